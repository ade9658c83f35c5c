# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# What every target of the project shares. A room is a folder, a target and a layer at once:
#   daymark_room(calendar SOURCES plan.cpp … DEPENDS base)
# makes the static library daymark_calendar, whose headers are included as "core/calendar/plan.h".
# DEPENDS names the rooms it may use: the arrows of the house stand on the targets that they bind.

add_library(daymark_options INTERFACE)
target_compile_features(daymark_options INTERFACE cxx_std_20)
target_compile_options(daymark_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wimplicit-fallthrough -Werror -fstack-protector-strong
    $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
# No folder of the machine that builds stands in what is built: the same bytes everywhere.
target_compile_options(daymark_options INTERFACE
    "$<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_BINARY_DIR}=build>"
    "$<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.>")
# g++ 12 warns about "literal" + std::string of its own library (its bug 105651), the more so where
# that library's headers were precompiled.
target_compile_options(daymark_options INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>)
target_link_options(daymark_options INTERFACE -Wl,-z,relro,-z,now)
target_include_directories(daymark_options INTERFACE "${CMAKE_SOURCE_DIR}")
if(DAYMARK_FAULTS)
    target_compile_definitions(daymark_options INTERFACE DAYMARK_FAULTS)
endif()
if(DAYMARK_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC takes the sanitizers' own checks for uses of what isn't initialized.
    target_compile_options(daymark_options INTERFACE -Wno-maybe-uninitialized)
endif()
if(DAYMARK_SANITIZE STREQUAL "address")
    target_compile_options(daymark_options INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(daymark_options INTERFACE -fsanitize=address,undefined)
elseif(DAYMARK_SANITIZE STREQUAL "fuzz")
    # Exceptions' types are compared by name across libraries that were built without sanitizers.
    set(fuzz_options -fsanitize=address,undefined -fno-sanitize=vptr,function
        -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_compile_options(daymark_options INTERFACE -fsanitize=fuzzer-no-link ${fuzz_options})
    target_link_options(daymark_options INTERFACE ${fuzz_options})
elseif(DAYMARK_SANITIZE STREQUAL "thread")
    target_compile_options(daymark_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
    target_link_options(daymark_options INTERFACE -fsanitize=thread)
endif()

# Of sources compiled together g++ takes all but one for headers, and warns of what those may not do.
if(DAYMARK_UNITY)
    target_compile_options(daymark_options INTERFACE
        $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
# With DAYMARK_UNITY a target's sources are compiled some at a time, as one: less time where
# all has to be built, and more where one file changed. What has no name outside of its file needs a
# name of its own within its target, therefore.
function(daymark_unity name)
    if(DAYMARK_UNITY)
        set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
    endif()
endfunction()

# Where optimization while linking is asked for, it and -O3 go to the rooms that rows pass through.
# Elsewhere they take nearly a third of a build's time, and no import is faster for it.
set(daymark_row_rooms base duckdb ingest landing schema source)
function(daymark_optimize_in_files name)
    if(CMAKE_INTERPROCEDURAL_OPTIMIZATION)
        set_target_properties(${name} PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
        target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-O2>)
        get_target_property(type ${name} TYPE)
        if(type STREQUAL "EXECUTABLE" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            # It links rooms that are. The warning is that of bug 105651, which is told of above.
            target_link_options(${name} PRIVATE -flto=auto -Wno-stringop-overflow)
        endif()
    endif()
endfunction()

function(daymark_room name)
    cmake_parse_arguments(ROOM "" "PRECOMPILED" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
    if(NOT ROOM_PRECOMPILED)
        set(ROOM_PRECOMPILED core)
    endif()
    add_library(daymark_${name} STATIC ${ROOM_SOURCES})
    target_precompile_headers(daymark_${name} REUSE_FROM daymark_precompiled_${ROOM_PRECOMPILED})
    daymark_unity(daymark_${name})
    if(NOT name IN_LIST daymark_row_rooms)
        daymark_optimize_in_files(daymark_${name})
    endif()
    list(TRANSFORM ROOM_DEPENDS PREPEND daymark_)
    target_link_libraries(daymark_${name}
        PUBLIC daymark_options ${ROOM_DEPENDS}
        PRIVATE ${ROOM_LIBRARIES})
endfunction()
