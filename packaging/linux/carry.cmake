# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Carries what the programs need into an installed tree that has to run on a machine without Qt, from
# any folder. An install script (component `carried`), after the programs are in place:
#
#   1. Qt's plugins for displays, input methods, pictures and icons go to lib/daymark/plugins
#   2. every library that the programs and the plugins need goes to lib/daymark, but for those that a
#      desktop has (system_libraries.txt)
#   3. the carried files find each other relative to themselves, and bin/qt.conf says where the
#      plugins are
#   4. the licences of all of them join our own in share/doc/daymark/copyright

set(root "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}")
set(library_folder "${root}/lib/daymark")
set(plugin_folder "${library_folder}/plugins")

if(NOT carry_patchelf)
    message(FATAL_ERROR "patchelf is needed to carry libraries; ./dev package installs it.")
endif()

# --- 1. Plugins

set(wanted_plugins
    platforms/libqxcb.so platforms/libqoffscreen.so platforms/libqminimal.so
    platforms/libqwayland-egl.so platforms/libqwayland-generic.so
    xcbglintegrations/libqxcb-egl-integration.so xcbglintegrations/libqxcb-glx-integration.so
    wayland-shell-integration/libxdg-shell.so
    wayland-decoration-client/libbradient.so
    wayland-graphics-integration-client/libqt-plugin-wayland-egl.so
    imageformats/libqgif.so imageformats/libqico.so imageformats/libqjpeg.so imageformats/libqsvg.so
    iconengines/libqsvgicon.so
    platforminputcontexts/libcomposeplatforminputcontextplugin.so
    platforminputcontexts/libibusplatforminputcontextplugin.so)
set(carried)
foreach(plugin IN LISTS wanted_plugins)
    if(NOT EXISTS "${carry_qt_plugins}/${plugin}")
        message(FATAL_ERROR "Qt's plugin ${plugin} is not installed in ${carry_qt_plugins}.")
    endif()
    cmake_path(GET plugin PARENT_PATH kind)
    file(COPY "${carry_qt_plugins}/${plugin}" DESTINATION "${plugin_folder}/${kind}")
    list(APPEND carried "${plugin_folder}/${plugin}")
    list(APPEND sources "${carry_qt_plugins}/${plugin}")
endforeach()

# --- 2. Libraries

file(STRINGS "${carry_system_list}" system_patterns REGEX "^[^#]")
list(TRANSFORM system_patterns REPLACE "^.+$" "^(\\0)$")
file(GET_RUNTIME_DEPENDENCIES
    EXECUTABLES "${root}/bin/daymark" "${root}/bin/daymark-cli"
    LIBRARIES ${sources}
    DIRECTORIES "${carry_duckdb_folder}"
    PRE_EXCLUDE_REGEXES ${system_patterns}
    RESOLVED_DEPENDENCIES_VAR found
    UNRESOLVED_DEPENDENCIES_VAR missing)
if(missing)
    message(FATAL_ERROR "These libraries are needed and nowhere to be found: ${missing}")
endif()
list(SORT found)
foreach(library IN LISTS found)
    cmake_path(GET library FILENAME name)
    if(NOT name STREQUAL "libduckdb.so")
        # Under the very name by which it is asked for, whatever it is a link to.
        file(REAL_PATH "${library}" real)
        file(COPY_FILE "${real}" "${library_folder}/${name}")
        list(APPEND carried "${library_folder}/${name}")
        list(APPEND sources "${library}")
    endif()
endforeach()

# --- 3. Where they look for each other

foreach(file IN LISTS carried)
    cmake_path(GET file PARENT_PATH folder)
    cmake_path(RELATIVE_PATH library_folder BASE_DIRECTORY "${folder}" OUTPUT_VARIABLE way)
    if(way STREQUAL ".")
        set(search "$ORIGIN")
    else()
        set(search "$ORIGIN/${way}")
    endif()
    file(CHMOD "${file}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    execute_process(COMMAND "${carry_patchelf}" --set-rpath "${search}" "${file}"
        COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(WRITE "${root}/bin/qt.conf" "[Paths]\nPrefix = ../lib/daymark\nPlugins = plugins\n")

# --- 4. Licences

find_program(DPKG_QUERY dpkg-query)
if(NOT DPKG_QUERY)
    message(FATAL_ERROR "Packages that carry libraries are made on Debian: it knows their licences.")
endif()
# Where /lib is a link, a package may know a file by its name without /usr.
set(paths)
foreach(source IN LISTS sources)
    file(REAL_PATH "${source}" real)
    string(REGEX REPLACE "^/usr/lib/" "/lib/" short "${source}")
    string(REGEX REPLACE "^/usr/lib/" "/lib/" short_real "${real}")
    list(APPEND paths "${source}" "${short}" "${real}" "${short_real}")
    set(names_of_${source} "${source}" "${short}" "${real}" "${short_real}")
endforeach()
list(REMOVE_DUPLICATES paths)
execute_process(COMMAND "${DPKG_QUERY}" -S ${paths} OUTPUT_VARIABLE answer ERROR_QUIET)
string(REPLACE "\n" ";" lines "${answer}")
foreach(line IN LISTS lines)
    if(line MATCHES "^([^:, ]+)[^/]* (/.*)$")
        set(owner_of_${CMAKE_MATCH_2} "${CMAKE_MATCH_1}")
    endif()
endforeach()
set(packages)
foreach(source IN LISTS sources)
    set(owner)
    foreach(name IN LISTS names_of_${source})
        if(NOT owner AND owner_of_${name})
            set(owner "${owner_of_${name}}")
        endif()
    endforeach()
    if(NOT owner)
        message(FATAL_ERROR "No Debian package owns ${source}: its licence is not known.")
    endif()
    list(APPEND packages "${owner}")
endforeach()
list(REMOVE_DUPLICATES packages)
list(SORT packages)
file(READ "${carry_own_copyright}" text)
string(APPEND text "\n\n"
    "Besides, this package carries libraries of the Debian packages below. Their licences, as Debian\n"
    "tells them, follow one after another; Debian has the sources of each.\n")
set(known)
foreach(package IN LISTS packages)
    file(READ "/usr/share/doc/${package}/copyright" words)
    string(SHA256 sum "${words}")
    execute_process(COMMAND "${DPKG_QUERY}" -W -f "\${source:Package} \${Version}" "${package}"
        OUTPUT_VARIABLE version)
    string(APPEND text "\n==== ${package} (${version})\n\n")
    list(FIND known "${sum}" place)
    if(place LESS 0)
        list(APPEND known "${sum}")
        set(first_${sum} "${package}")
        string(APPEND text "${words}\n")
    else()
        string(APPEND text "The same as ${first_${sum}}.\n")
    endif()
endforeach()
foreach(licence Apache-2.0 Artistic GFDL-1.3 GPL-1 GPL-2 GPL-3 LGPL-2 LGPL-2.1 LGPL-3 MPL-1.1 MPL-2.0)
    if(text MATCHES "common-licenses/${licence}" AND EXISTS "/usr/share/common-licenses/${licence}")
        file(READ "/usr/share/common-licenses/${licence}" words)
        string(APPEND text "\n==== /usr/share/common-licenses/${licence}\n\n${words}\n")
    endif()
endforeach()
file(WRITE "${root}/share/doc/daymark/copyright" "${text}")
