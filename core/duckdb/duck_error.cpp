// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/duckdb/duck_handles.h"

namespace daymark {

namespace {

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// Where the system gives no memory, DuckDB says so by many types of errors.
bool isWantOfMemory(std::string_view words)
{
    return contains(words, "llocation failure") || contains(words, "ailed to allocate") ||
           contains(words, "bad_alloc") || contains(words, "bad allocation");
}

ErrorCode codeOf(duckdb_error_type type, std::string_view words)
{
    if (isWantOfMemory(words))
        return ErrorCode::SourceLimit;
    if (contains(words, "No space left on device") || contains(words, "File too large") ||
        contains(words, "Disk quota exceeded") || contains(words, "max_temp_directory_size"))
        return ErrorCode::StorageFull;
    if (contains(words, "Permission denied"))
        return ErrorCode::SourcePermission;
    if (contains(words, "No such file") || contains(words, "No files found"))
        return ErrorCode::SourceMissing;
    switch (type) {
    case DUCKDB_ERROR_INTERRUPT:
        return ErrorCode::RunCancelled;
    case DUCKDB_ERROR_OUT_OF_MEMORY:
        return ErrorCode::SourceLimit;
    case DUCKDB_ERROR_IO:
        return ErrorCode::StorageFailed;
    case DUCKDB_ERROR_CONVERSION:
    case DUCKDB_ERROR_OUT_OF_RANGE:
    case DUCKDB_ERROR_INVALID_INPUT:
    case DUCKDB_ERROR_SERIALIZATION:
        return ErrorCode::SourceFormat;
    case DUCKDB_ERROR_BINDER:
    case DUCKDB_ERROR_PARSER:
    case DUCKDB_ERROR_CATALOG:
    case DUCKDB_ERROR_SYNTAX:
        return ErrorCode::SourceQuery;
    default:
        return ErrorCode::Internal;
    }
}

std::string hintFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::StorageFull:
        return "Free some space on that disk and try again.";
    case ErrorCode::SourceLimit:
        return "The file needs more memory to be read than the program allows itself.";
    default:
        return {};
    }
}

} // namespace

Error duckError(duckdb_error_type type, const char* words)
{
    std::string_view text = words && *words != '\0' ? words : "DuckDB gave no reason";
    text = trimmed(text.substr(0, text.find('\n'))); // what follows shows the SQL or a stack
    constexpr std::string_view kMark = " Error: ";
    const auto mark = text.find(kMark);
    if (mark != std::string_view::npos && mark < 40)
        text.remove_prefix(mark + kMark.size());
    std::string message = shortened(text, 400);
    if (!message.empty() && message.back() != '.' && message.back() != '!')
        message += '.';
    const ErrorCode code = codeOf(type, text);
    return {code, std::move(message), hintFor(code)};
}

Error cancelledError() { return {ErrorCode::RunCancelled, "The work was cancelled.", {}}; }

} // namespace daymark
