// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs a file of SQL statements on DuckDB as it comes, with two threads, for the benchmark's peers:
//     duck_sql FILE.sql

#include <duckdb.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

int main(int argc, char** argv)
{
    std::ifstream file(argc > 1 ? argv[1] : "");
    std::stringstream sql;
    sql << "SET threads = 2; SET preserve_insertion_order = false;" << file.rdbuf();
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    if (!file || duckdb_open(nullptr, &database) != DuckDBSuccess ||
        duckdb_connect(database, &connection) != DuckDBSuccess)
        return 2;
    duckdb_result result = {};
    const bool done = duckdb_query(connection, sql.str().c_str(), &result) == DuckDBSuccess;
    if (!done)
        std::fprintf(stderr, "%s\n", duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    return done ? 0 : 1;
}
