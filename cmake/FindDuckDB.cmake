# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Finds DuckDB's library and C header below DUCKDB_ROOT (a cache or environment variable), as
# `./dev` lays them out: include/duckdb.h and lib/libduckdb.so. Defines the target DuckDB::duckdb.

if(NOT DUCKDB_ROOT)
    set(DUCKDB_ROOT "$ENV{DUCKDB_ROOT}")
endif()
if(NOT DUCKDB_ROOT)
    set(DUCKDB_ROOT "${CMAKE_SOURCE_DIR}/build/deps/duckdb")
endif()
find_path(DuckDB_INCLUDE_DIR duckdb.h HINTS "${DUCKDB_ROOT}/include" "${DUCKDB_ROOT}" NO_CACHE)
find_library(DuckDB_LIBRARY duckdb HINTS "${DUCKDB_ROOT}/lib" "${DUCKDB_ROOT}" NO_CACHE)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB
    REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "./dev build fetches it, and DUCKDB_ROOT names another copy")

if(DuckDB_FOUND AND NOT TARGET DuckDB::duckdb)
    add_library(DuckDB::duckdb SHARED IMPORTED)
    set_target_properties(DuckDB::duckdb PROPERTIES
        IMPORTED_LOCATION "${DuckDB_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${DuckDB_INCLUDE_DIR}")
endif()
