# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# How the installed tree becomes packages. What differs from package to package while it is made is
# in cpack_project.cmake.
set(CPACK_PACKAGE_NAME daymark)
set(CPACK_PACKAGE_VENDOR "Daymark developers")
set(CPACK_PACKAGE_CONTACT "Daymark developers <developers@daymark.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "bring days of product metrics in, in order and checked")
set(CPACK_PACKAGE_DESCRIPTION
"Daymark brings days of product metrics from customers' databases and files into
an experimentation platform's store: in order, without gaps, checked, and
explained. A source says which days are finished; Daymark plans what every day
is, takes the days that are ready, holds each row against the import rules, and
lands a day whole or not at all.
.
This package holds the window (daymark), the command line for servers and
schedulers (daymark-cli), and a systemd user unit that imports by itself.")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_INSTALL_DIRECTORY Daymark)
set(CPACK_PACKAGE_EXECUTABLES daymark Daymark)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# Two, on every machine: how xz cuts its blocks depends on whether it has threads.
set(CPACK_THREADS 2)
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_CURRENT_LIST_DIR}/cpack_project.cmake")
if(UNIX AND NOT APPLE)
    set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/linux/same_times.cmake")
endif()
set(CPACK_DAYMARK_BINARY_DIR "${CMAKE_BINARY_DIR}")
set(CPACK_DAYMARK_PROCESSOR "${CMAKE_SYSTEM_PROCESSOR}")

# Debian 12: the system's libraries, but for DuckDB.
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${DUCKDB_FOLDER}")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, fonts-dejavu-core | fonts-liberation, qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gnome-keyring | kwalletmanager")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

# Distributions with RPM: a folder of its own, below /opt, with all that no desktop is sure to have.
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "GPL-3.0-or-later")
set(CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
set(CPACK_RPM_PACKAGE_GROUP "Applications/Databases")
set(CPACK_RPM_PACKAGE_RELEASE 1)
set(CPACK_RPM_PACKAGE_AUTOREQPROV no)
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/rpm/requires.txt" requires REGEX "^[^#]")
list(JOIN requires ", " CPACK_RPM_PACKAGE_REQUIRES)
set(CPACK_RPM_SPEC_MORE_DEFINE
"%define _binary_payload w12.zstdio
%define _build_id_links none
%define __os_install_post %{nil}
%define _buildhost daymark
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define source_date_epoch_from_changelog 0")
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /opt /usr/share/applications /usr/share/bash-completion /usr/share/bash-completion/completions
    /usr/share/icons /usr/share/icons/hicolor /usr/share/man /usr/share/man/man1 /usr/share/metainfo
    /usr/share/mime /usr/share/mime/packages /usr/lib/systemd /usr/lib/systemd/user
    /usr/share/icons/hicolor/scalable /usr/share/icons/hicolor/scalable/apps)
foreach(size 16 22 24 32 48 64 128 256 512)
    list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
        "/usr/share/icons/hicolor/${size}x${size}" "/usr/share/icons/hicolor/${size}x${size}/apps")
endforeach()

# Windows and macOS: see their folders.
if(WIN32)
    set(CPACK_GENERATOR NSIS)
elseif(APPLE)
    set(CPACK_GENERATOR DragNDrop)
else()
    set(CPACK_GENERATOR "DEB;TGZ;RPM")
endif()
set(CPACK_SOURCE_GENERATOR "")
include(CPack)
