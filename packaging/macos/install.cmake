# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# macOS: an application bundle in a disk image, with Qt as macdeployqt gathers it. UNTESTED: nobody has
# run this, and the core's files and locks (core/base/file.cpp) use calls of Linux that have to be
# brought over first. Signing and notarising need the developer's own identity: release steps in
# CONTRIBUTING.md.
set(icon "${CMAKE_SOURCE_DIR}/resources/icons/daymark.icns")
target_sources(daymark PRIVATE "${icon}")
set_source_files_properties("${icon}" TARGET_DIRECTORY daymark
    PROPERTIES MACOSX_PACKAGE_LOCATION Resources)
set_target_properties(daymark PROPERTIES
    MACOSX_BUNDLE ON
    MACOSX_BUNDLE_INFO_PLIST "${CMAKE_CURRENT_LIST_DIR}/Info.plist.in"
    MACOSX_BUNDLE_GUI_IDENTIFIER "${daymark_id}"
    MACOSX_BUNDLE_BUNDLE_NAME Daymark
    MACOSX_BUNDLE_BUNDLE_VERSION "${PROJECT_VERSION}"
    MACOSX_BUNDLE_SHORT_VERSION_STRING "${PROJECT_VERSION}"
    MACOSX_BUNDLE_ICON_FILE daymark.icns
    INSTALL_RPATH "@executable_path/../Frameworks")
# The command line lives in the bundle, where it finds the same libraries.
set_target_properties(daymark-cli PROPERTIES INSTALL_RPATH "@executable_path/../Frameworks")

install(FILES "${DuckDB_LIBRARY}" DESTINATION daymark.app/Contents/Frameworks)
install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/copyright"
    DESTINATION daymark.app/Contents/Resources RENAME LICENCES.txt)
get_target_property(qmake Qt6::qmake IMPORTED_LOCATION)
get_filename_component(qt_bin "${qmake}" DIRECTORY)
find_program(MACDEPLOYQT macdeployqt HINTS "${qt_bin}" REQUIRED)
install(CODE "
    execute_process(
        COMMAND \"${MACDEPLOYQT}\" \"\${CMAKE_INSTALL_PREFIX}/daymark.app\" -always-overwrite
            \"-executable=\${CMAKE_INSTALL_PREFIX}/daymark.app/Contents/MacOS/daymark-cli\"
        COMMAND_ERROR_IS_FATAL ANY)")

set(CPACK_DMG_VOLUME_NAME "Daymark ${PROJECT_VERSION}")
set(CPACK_DMG_FORMAT UDZO)
