// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/duckdb/duck_handles.h"

#include <utility>

namespace daymark {

namespace {

std::shared_ptr<const std::vector<std::string>> enumTexts(duckdb_logical_type type)
{
    auto out = std::make_shared<std::vector<std::string>>();
    const std::uint32_t count = duckdb_enum_dictionary_size(type);
    for (std::uint32_t i = 0; i < count; ++i) {
        char* text = duckdb_enum_dictionary_value(type, i);
        out->emplace_back(text ? text : "");
        duckdb_free(text);
    }
    return out;
}

} // namespace

DuckResult::DuckResult(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) {}
DuckResult::~DuckResult() = default;
DuckResult::DuckResult(DuckResult&&) noexcept = default;
DuckResult& DuckResult::operator=(DuckResult&&) noexcept = default;

void DuckResult::describeColumns()
{
    const idx_t count = duckdb_column_count(&m_handle->result);
    for (idx_t i = 0; i < count; ++i) {
        Scoped<duckdb_logical_type, duckdb_destroy_logical_type> logical;
        logical.value = duckdb_column_logical_type(&m_handle->result, i);
        const duckdb_type type = duckdb_get_type_id(logical.value);
        const char* name = duckdb_column_name(&m_handle->result, i);
        m_handle->columns.push_back(
            {name ? name : "", duckTypeOf(type), duckTypeName(logical.value)});
        DuckVector vector;
        vector.m_type = duckTypeOf(type);
        vector.m_physical = type;
        if (type == DUCKDB_TYPE_ENUM) {
            vector.m_entries = enumTexts(logical.value);
            vector.m_physical = duckdb_enum_internal_type(logical.value);
        } else if (type == DUCKDB_TYPE_DECIMAL) {
            vector.m_scale = duckdb_decimal_scale(logical.value);
            vector.m_physical = duckdb_decimal_internal_type(logical.value);
        }
        m_handle->vectors.push_back(std::move(vector));
    }
}

const std::vector<DuckColumn>& DuckResult::columns() const { return m_handle->columns; }

Result<bool> DuckResult::next()
{
    Handle& handle = *m_handle;
    if (handle.chunk)
        duckdb_destroy_data_chunk(&handle.chunk);
    handle.rows = 0;
    if (handle.stop.stop_requested())
        return fail(cancelledError());
    handle.chunk = duckdb_fetch_chunk(handle.result);
    if (!handle.chunk) {
        const char* words = duckdb_result_error(&handle.result);
        if (words && *words != '\0')
            return fail(handle.stop.stop_requested()
                            ? cancelledError()
                            : duckError(duckdb_result_error_type(&handle.result), words));
        return false;
    }
    handle.rows = duckdb_data_chunk_get_size(handle.chunk);
    for (std::size_t i = 0; i < handle.vectors.size(); ++i) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(handle.chunk, i);
        handle.vectors[i].m_data = duckdb_vector_get_data(vector);
        handle.vectors[i].m_validity = duckdb_vector_get_validity(vector);
    }
    return handle.rows > 0;
}

std::shared_ptr<const void> DuckResult::keepChunk()
{
    const auto destroy = [](duckdb_data_chunk chunk) { duckdb_destroy_data_chunk(&chunk); };
    return {std::exchange(m_handle->chunk, nullptr), destroy};
}

std::size_t DuckResult::rows() const { return m_handle->rows; }

const DuckVector& DuckResult::column(std::size_t position) const
{
    return m_handle->vectors[position];
}

} // namespace daymark
