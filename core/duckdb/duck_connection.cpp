// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/duckdb/duck_handles.h"

namespace daymark {

namespace {

using Prepared = Scoped<duckdb_prepared_statement, duckdb_destroy_prepare>;
using Pending = Scoped<duckdb_pending_result, duckdb_destroy_pending>;
using Statements = Scoped<duckdb_extracted_statements, duckdb_destroy_extracted>;

/// Prepares exactly one statement: what comes from outside never brings a second one along.
Status prepareOne(duckdb_connection connection, const std::string& sql, Prepared& prepared)
{
    Statements statements;
    const idx_t count = duckdb_extract_statements(connection, sql.c_str(), &statements.value);
    if (count == 0)
        return fail(
            duckError(DUCKDB_ERROR_PARSER, duckdb_extract_statements_error(statements.value)));
    if (count > 1)
        return fail(ErrorCode::SourceQuery, "The query has more than one statement.",
                    "Give a single SELECT.");
    if (duckdb_prepare_extracted_statement(connection, statements.value, 0, &prepared.value) !=
        DuckDBSuccess)
        return fail(duckError(DUCKDB_ERROR_BINDER, duckdb_prepare_error(prepared.value)));
    return {};
}

} // namespace

DuckConnection::DuckConnection(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) {}
DuckConnection::~DuckConnection() = default;
DuckConnection::DuckConnection(DuckConnection&&) noexcept = default;
DuckConnection& DuckConnection::operator=(DuckConnection&&) noexcept = default;

Status DuckConnection::execute(const std::string& sql, std::stop_token stop)
{
    Result<DuckResult> result = query(sql, stop);
    if (!result)
        return fail(std::move(result.error()));
    while (true) {
        const Result<bool> more = result->next();
        if (!more)
            return fail(more.error());
        if (!*more)
            return {};
    }
}

Result<DuckResult> DuckConnection::query(const std::string& sql, std::stop_token stop)
{
    auto handle = std::make_unique<DuckResult::Handle>();
    handle->stop = stop;
    Prepared prepared;
    if (Status status = prepareOne(m_handle->connection, sql, prepared); !status)
        return fail(std::move(status.error()));
    Pending pending;
    if (duckdb_pending_prepared_streaming(prepared.value, &pending.value) != DuckDBSuccess)
        return fail(duckError(DUCKDB_ERROR_INVALID, duckdb_pending_error(pending.value)));
    // From here on an interrupt sticks: making the pending result has cleared earlier ones.
    handle->interrupt.emplace(stop, DuckInterrupt{m_handle->connection});
    if (stop.stop_requested())
        return fail(cancelledError());
    if (duckdb_execute_pending(pending.value, &handle->result) != DuckDBSuccess) {
        if (stop.stop_requested())
            return fail(cancelledError());
        return fail(duckError(duckdb_result_error_type(&handle->result),
                              duckdb_result_error(&handle->result)));
    }
    DuckResult result(std::move(handle));
    result.describeColumns();
    return result;
}

} // namespace daymark
