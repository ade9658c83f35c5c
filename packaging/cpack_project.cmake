# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Read by cpack once for each kind of package: which parts of the installation go where.
set(daymark_part "${CPACK_DAYMARK_BINARY_DIR};Daymark")

if(CPACK_GENERATOR STREQUAL "DEB")
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
    set(CPACK_INSTALL_CMAKE_PROJECTS "${daymark_part};ALL;/;${daymark_part};debian;/")
elseif(CPACK_GENERATOR STREQUAL "TGZ")
    set(CPACK_INSTALL_CMAKE_PROJECTS "${daymark_part};ALL;/;${daymark_part};carried;/")
    set(CPACK_PACKAGE_FILE_NAME
        "daymark-${CPACK_PACKAGE_VERSION}-linux-${CPACK_DAYMARK_PROCESSOR}")
    set(CPACK_INCLUDE_TOPLEVEL_DIRECTORY ON)
elseif(CPACK_GENERATOR STREQUAL "RPM")
    set(CPACK_PACKAGING_INSTALL_PREFIX /)
    set(CPACK_INSTALL_CMAKE_PROJECTS
        "${daymark_part};programs;/opt/daymark;${daymark_part};carried;/opt/daymark"
        "${daymark_part};desktop;/usr;${daymark_part};links;/usr")
endif()
