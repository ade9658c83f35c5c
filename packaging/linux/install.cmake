# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# DuckDB comes with us: no distribution has it. The programs look for it relative to themselves.
set(daymark_library_folder lib/daymark)
install(FILES "${DuckDB_LIBRARY}" DESTINATION "${daymark_library_folder}" RENAME libduckdb.so)
install(CODE "
    execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-unneeded
        \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${daymark_library_folder}/libduckdb.so\"
        COMMAND_ERROR_IS_FATAL ANY)")

# Desktop integration, under the names that desktops look for.
install(FILES "${CMAKE_CURRENT_LIST_DIR}/${daymark_id}.desktop" DESTINATION share/applications
    COMPONENT desktop)
install(FILES "${CMAKE_CURRENT_LIST_DIR}/${daymark_id}.mime.xml" DESTINATION share/mime/packages
    RENAME "${daymark_id}.xml" COMPONENT desktop)
configure_file("${CMAKE_CURRENT_LIST_DIR}/${daymark_id}.metainfo.xml.in"
    "${daymark_id}.metainfo.xml" @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${daymark_id}.metainfo.xml" DESTINATION share/metainfo
    COMPONENT desktop)
set(icon_folder "${CMAKE_SOURCE_DIR}/resources/icons")
foreach(size 16 22 24 32 48 64 128 256 512)
    install(FILES "${icon_folder}/daymark-${size}.png"
        DESTINATION "share/icons/hicolor/${size}x${size}/apps" RENAME "${daymark_id}.png"
        COMPONENT desktop)
endforeach()
install(FILES "${icon_folder}/daymark.svg" DESTINATION share/icons/hicolor/scalable/apps
    RENAME "${daymark_id}.svg" COMPONENT desktop)

# Manuals, completion, the unit for servers.
find_program(GZIP_PROGRAM gzip REQUIRED)
function(install_compressed source name destination)
    add_custom_command(OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${name}.gz"
        COMMAND "${GZIP_PROGRAM}" -9nc "${source}" > "${CMAKE_CURRENT_BINARY_DIR}/${name}.gz"
        DEPENDS "${source}" VERBATIM)
    set_property(GLOBAL APPEND PROPERTY DAYMARK_COMPRESSED "${CMAKE_CURRENT_BINARY_DIR}/${name}.gz")
    install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${name}.gz" DESTINATION "${destination}" ${ARGN})
endfunction()
install_compressed("${CMAKE_CURRENT_SOURCE_DIR}/man/daymark.1" daymark.1 share/man/man1
    COMPONENT desktop)
install_compressed("${CMAKE_CURRENT_SOURCE_DIR}/man/daymark-cli.1" daymark-cli.1 share/man/man1
    COMPONENT desktop)
install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/completion/daymark-cli.bash"
    DESTINATION share/bash-completion/completions RENAME daymark-cli COMPONENT desktop)
set(DAYMARK_BINDIR /usr/bin)
configure_file("${CMAKE_CURRENT_LIST_DIR}/daymark-watch.service.in" daymark-watch.service @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/daymark-watch.service" DESTINATION lib/systemd/user
    COMPONENT desktop)

# The licences of everything that the package carries, and what changed.
install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/copyright" DESTINATION share/doc/daymark)
install_compressed("${CMAKE_CURRENT_SOURCE_DIR}/changelog" changelog share/doc/daymark)
install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/debian/lintian-overrides"
    DESTINATION share/lintian/overrides RENAME daymark COMPONENT debian EXCLUDE_FROM_ALL)

get_property(compressed_files GLOBAL PROPERTY DAYMARK_COMPRESSED)
add_custom_target(daymark_manuals ALL DEPENDS ${compressed_files})

# For packages that have to run where there is no Qt: see carry.cmake.
find_program(PATCHELF_PROGRAM patchelf)
get_target_property(qmake Qt6::qmake IMPORTED_LOCATION)
execute_process(COMMAND "${qmake}" -query QT_INSTALL_PLUGINS
    OUTPUT_VARIABLE QT_PLUGIN_FOLDER OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
cmake_path(GET DuckDB_LIBRARY PARENT_PATH DUCKDB_FOLDER)
configure_file("${CMAKE_CURRENT_LIST_DIR}/carry_settings.cmake.in" carry_settings.cmake @ONLY)
install(CODE "include(\"${CMAKE_CURRENT_BINARY_DIR}/carry_settings.cmake\")"
    COMPONENT carried EXCLUDE_FROM_ALL)
install(SCRIPT "${CMAKE_CURRENT_LIST_DIR}/carry.cmake" COMPONENT carried EXCLUDE_FROM_ALL)

# The links of a package that lives in a folder of its own.
install(CODE "
    set(bin \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin\")
    file(MAKE_DIRECTORY \"\${bin}\")
    foreach(program daymark daymark-cli)
        file(CREATE_LINK \"../../opt/daymark/bin/\${program}\" \"\${bin}/\${program}\" SYMBOLIC)
    endforeach()"
    COMPONENT links EXCLUDE_FROM_ALL)
