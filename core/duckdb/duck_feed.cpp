// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/duckdb/duck_handles.h"

namespace daymark {

namespace {

static_assert(sizeof(duckdb_string_t) == sizeof(PackedText));
static_assert(offsetof(duckdb_string_t, value.pointer.ptr) == offsetof(PackedText, bytes));

using FeedPtr = std::shared_ptr<DuckFeed>;

DuckFeed& feedOf(void* extra) { return **static_cast<FeedPtr*>(extra); }

template <class T>
void destroy(void* data)
{
    delete static_cast<T*>(data);
}

duckdb_logical_type typeOf(const FeedColumn& column)
{
    if (!column.isCoded())
        return duckdb_create_logical_type(column.real ? DUCKDB_TYPE_DOUBLE : DUCKDB_TYPE_VARCHAR);
    std::vector<const char*> values;
    for (const std::string& value : column.values)
        values.push_back(value.c_str());
    return duckdb_create_enum_type(values.data(), values.size());
}

void bindFeed(duckdb_bind_info info)
{
    for (const FeedColumn& column : feedOf(duckdb_bind_get_extra_info(info)).columns()) {
        duckdb_logical_type type = typeOf(column);
        duckdb_bind_add_result_column(info, column.name.c_str(), type);
        duckdb_destroy_logical_type(&type);
    }
}

void initFeed(duckdb_init_info info)
{
    duckdb_init_set_max_threads(info, feedOf(duckdb_init_get_extra_info(info)).threads());
}

void initThread(duckdb_init_info info)
{
    auto reader = feedOf(duckdb_init_get_extra_info(info)).reader();
    duckdb_init_set_init_data(info, reader.release(), destroy<FeedReader>);
}

} // namespace

/// What DuckDB calls for the next chunk; a friend's way to make a FeedChunk.
void DuckConnection::fillFeed(void* function, void* output)
{
    const auto info = static_cast<duckdb_function_info>(function);
    auto* reader = static_cast<FeedReader*>(duckdb_function_get_local_init_data(info));
    FeedChunk chunk(output);
    const Result<std::size_t> rows = reader->fill(chunk);
    if (!rows)
        duckdb_function_set_error(info, rows.error().message.c_str());
    duckdb_data_chunk_set_size(static_cast<duckdb_data_chunk>(output), rows ? *rows : 0);
}

Status DuckConnection::addFeed(const std::string& name, std::shared_ptr<DuckFeed> feed)
{
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, name.c_str());
    duckdb_table_function_set_extra_info(function, new FeedPtr(std::move(feed)), destroy<FeedPtr>);
    duckdb_table_function_set_bind(function, bindFeed);
    duckdb_table_function_set_init(function, initFeed);
    duckdb_table_function_set_local_init(function, initThread);
    duckdb_table_function_set_function(function,
                                       [](duckdb_function_info info, duckdb_data_chunk output) {
                                           DuckConnection::fillFeed(info, output);
                                       });
    const duckdb_state state = duckdb_register_table_function(m_handle->connection, function);
    duckdb_destroy_table_function(&function);
    if (state != DuckDBSuccess)
        return fail(ErrorCode::Internal, "DuckDB took no table function " + name + ".");
    return {};
}

namespace {

duckdb_vector vectorOf(void* chunk, std::size_t column)
{
    return duckdb_data_chunk_get_vector(static_cast<duckdb_data_chunk>(chunk), column);
}

} // namespace

std::uint8_t* FeedChunk::codes(std::size_t column)
{
    return static_cast<std::uint8_t*>(duckdb_vector_get_data(vectorOf(m_chunk, column)));
}

PackedText* FeedChunk::texts(std::size_t column)
{
    return static_cast<PackedText*>(duckdb_vector_get_data(vectorOf(m_chunk, column)));
}

double* FeedChunk::reals(std::size_t column)
{
    return static_cast<double*>(duckdb_vector_get_data(vectorOf(m_chunk, column)));
}

std::uint64_t* FeedChunk::validity(std::size_t column)
{
    duckdb_vector vector = vectorOf(m_chunk, column);
    duckdb_vector_ensure_validity_writable(vector);
    return duckdb_vector_get_validity(vector);
}

} // namespace daymark
