# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Windows: an installer by NSIS, with Qt as windeployqt gathers it. UNTESTED: nobody has run this, and
# the core's files and locks (core/base/file.cpp) speak POSIX and have to be brought over first.
target_sources(daymark PRIVATE "${CMAKE_CURRENT_LIST_DIR}/daymark.rc")
set_target_properties(daymark PROPERTIES WIN32_EXECUTABLE ON)

# Everything lies beside the programs: Windows looks there first.
install(FILES "${CMAKE_SOURCE_DIR}/resources/icons/daymark.ico" DESTINATION bin)
install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/copyright" DESTINATION . RENAME LICENCES.txt)
get_filename_component(duckdb_folder "${DuckDB_LIBRARY}" DIRECTORY)
install(FILES "${duckdb_folder}/duckdb.dll" DESTINATION bin)

get_target_property(qmake Qt6::qmake IMPORTED_LOCATION)
get_filename_component(qt_bin "${qmake}" DIRECTORY)
find_program(WINDEPLOYQT windeployqt HINTS "${qt_bin}" REQUIRED)
install(CODE "
    execute_process(
        COMMAND \"${WINDEPLOYQT}\" --release --no-translations --no-system-d3d-compiler
            --compiler-runtime \"\${CMAKE_INSTALL_PREFIX}/bin/daymark.exe\"
        COMMAND_ERROR_IS_FATAL ANY)")

# The libraries that are not Qt's: whatever the programs need and Windows doesn't bring.
install(CODE "
    file(GET_RUNTIME_DEPENDENCIES
        EXECUTABLES \"\${CMAKE_INSTALL_PREFIX}/bin/daymark.exe\"
            \"\${CMAKE_INSTALL_PREFIX}/bin/daymark-cli.exe\"
        DIRECTORIES \"${duckdb_folder}\" \"${qt_bin}\"
        PRE_EXCLUDE_REGEXES \"^api-ms-\" \"^ext-ms-\"
        POST_EXCLUDE_REGEXES \"[\\\\/][Ww][Ii][Nn][Dd][Oo][Ww][Ss][\\\\/]\"
        RESOLVED_DEPENDENCIES_VAR needed)
    file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/bin\" TYPE SHARED_LIBRARY FILES \${needed})")

set(CPACK_NSIS_DISPLAY_NAME Daymark)
set(CPACK_NSIS_PACKAGE_NAME Daymark)
set(CPACK_NSIS_MUI_ICON "${CMAKE_SOURCE_DIR}/resources/icons/daymark.ico")
set(CPACK_NSIS_MUI_UNIICON "${CMAKE_SOURCE_DIR}/resources/icons/daymark.ico")
set(CPACK_NSIS_INSTALLED_ICON_NAME "bin\\\\daymark.exe")
set(CPACK_NSIS_URL_INFO_ABOUT "${DAYMARK_HOMEPAGE}")
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_NSIS_MODIFY_PATH ON)
set(CPACK_NSIS_MUI_FINISHPAGE_RUN daymark.exe)
set(CPACK_NSIS_MANIFEST_DPI_AWARE ON)
# Proofs of runs open in the window. What the user made stays when the program goes.
set(CPACK_NSIS_EXTRA_INSTALL_COMMANDS [[
    WriteRegStr SHCTX "Software\Classes\.daymark-run" "" "Daymark.RunProof"
    WriteRegStr SHCTX "Software\Classes\Daymark.RunProof" "" "Proof of a Daymark run"
    WriteRegStr SHCTX "Software\Classes\Daymark.RunProof\DefaultIcon" "" "$INSTDIR\bin\daymark.exe,0"
    WriteRegStr SHCTX "Software\Classes\Daymark.RunProof\shell\open\command" "" '"$INSTDIR\bin\daymark.exe" "%1"'
]])
set(CPACK_NSIS_EXTRA_UNINSTALL_COMMANDS [[
    DeleteRegKey SHCTX "Software\Classes\.daymark-run"
    DeleteRegKey SHCTX "Software\Classes\Daymark.RunProof"
]])
