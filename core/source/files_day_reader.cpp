// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/files_day_reader.h"

#include "core/base/text.h"
#include "core/source/content_check.h"
#include "core/source/format_keys.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

/// The column of that name, a byte-order mark in front of either aside.
const SourceColumn* findColumn(const std::vector<SourceColumn>& columns, std::string_view name)
{
    const auto exact = std::find_if(columns.begin(), columns.end(),
                                    [name](const SourceColumn& c) { return c.name == name; });
    if (exact != columns.end())
        return &*exact;
    const auto alike = std::find_if(columns.begin(), columns.end(), [name](const SourceColumn& c) {
        return withoutByteOrderMark(c.name) == withoutByteOrderMark(name);
    });
    return alike == columns.end() ? nullptr : &*alike;
}

std::string listed(const std::vector<std::string>& names)
{
    std::vector<std::string> first;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 20); ++i)
        first.push_back(shortened(names[i], 60));
    return fmt::format("{}{}", fmt::join(first, ", "), names.size() > first.size() ? ", …" : "");
}

Error headerChanged(const std::string& file, const std::vector<std::string>& gone,
                    const std::vector<std::string>& added)
{
    return {
        ErrorCode::SchemaMismatch,
        fmt::format("{} no longer has the column {}{}.", file, listed(gone),
                    added.empty() ? std::string() : "; it has " + listed(added) + " instead"),
        "Restore the column, or edit the source (--map canonical=column) so that its columns are "
        "looked up anew."};
}

} // namespace

FilesDayReader::FilesDayReader(FileRoot root, Task task)
    : m_root(std::move(root))
    , m_task(std::move(task))
    , m_recorded(columnsOf(m_task.format))
    , m_decoder(m_task.decoder ? std::move(m_task.decoder) : makeDecoder())
{
    for (const ListedFile& file : m_task.files)
        m_totalSize += file.size;
}

std::vector<std::string> FilesDayReader::ownNames() const
{
    std::vector<std::string> names = m_task.names;
    for (std::size_t i = 0; i < m_task.lateNames.size() && !m_reader->hasFixedColumns(); ++i) {
        if (names[i].empty())
            names[i] = m_task.lateNames[i];
    }
    for (std::string& name : names) {
        if (const SourceColumn* column = findColumn(m_reader->columns(), name))
            name = column->name;
    }
    return names;
}

std::vector<std::string> FilesDayReader::missingOf(const std::vector<std::string>& names) const
{
    std::vector<std::string> gone;
    for (const std::string& name : names) {
        if (!name.empty() && !findColumn(m_reader->columns(), name))
            gone.push_back(name);
    }
    return gone;
}

std::vector<std::string> FilesDayReader::addedColumns() const
{
    std::vector<std::string> added;
    for (const SourceColumn& column : m_reader->columns()) {
        const auto isSame = [&column](const std::string& name) {
            return withoutByteOrderMark(name) == withoutByteOrderMark(column.name);
        };
        if (std::none_of(m_recorded.begin(), m_recorded.end(), isSame))
            added.push_back(column.name);
    }
    return added;
}

void FilesDayReader::warn(const char* code, const ListedFile& file, const char* what,
                          const std::vector<std::string>& columns)
{
    if (columns.empty() || m_task.findings.size() >= 100)
        return;
    m_task.findings.push_back(
        {code, Severity::Warning, shortened(columns.front()),
         fmt::format("{} {}: {}.", shortened(file.path), what, listed(columns))});
}

Status FilesDayReader::checkColumns(const ListedFile& file)
{
    if (!m_reader->hasFixedColumns())
        return {};
    const std::vector<std::string> added = addedColumns();
    if (const std::vector<std::string> gone = missingOf(m_task.names); !gone.empty())
        return fail(headerChanged(m_root.fullPath(file.path), gone, added));
    if (m_recorded.empty())
        return {};
    warn("schema.contract_gone", file, "lacks columns that are expected of it, and are not used",
         missingOf(m_recorded));
    warn("schema.column_extra", file, "has columns that are not expected of it", added);
    return {};
}

Status FilesDayReader::openNext(std::stop_token stop)
{
    const ListedFile& file = m_task.files[m_next];
    Result<std::unique_ptr<FileReader>> reader =
        openFileReader(m_root, file, m_task.format, std::move(stop), m_decoder);
    if (!reader)
        return fail(reader.error());
    m_reader = std::move(*reader);
    if (Status status = checkColumns(file); !status)
        return status;
    return m_reader->select(ownNames());
}

Status FilesDayReader::begin(std::stop_token stop)
{
    if (m_task.files.empty()) {
        m_expectedRows = 0;
        return {};
    }
    if (Status status = openNext(std::move(stop)); !status)
        return status;
    const std::uint64_t size = std::max<std::uint64_t>(1, m_task.files.front().size);
    if (const std::optional<std::uint64_t> rows = m_reader->expectedRows()) {
        m_expectedRows = static_cast<std::uint64_t>(static_cast<double>(*rows) *
                                                    static_cast<double>(m_totalSize) /
                                                    static_cast<double>(size));
    }
    return {};
}

std::optional<std::uint64_t> FilesDayReader::expectedRows() const { return m_expectedRows; }

std::optional<double> FilesDayReader::fraction() const
{
    return m_fraction.load(std::memory_order_relaxed);
}

Result<bool> FilesDayReader::read(Batch& batch, std::stop_token stop)
{
    while (m_next < m_task.files.size()) {
        const ListedFile& file = m_task.files[m_next];
        if (!m_reader) {
            if (Status status = openNext(stop); !status)
                return fail(status.error());
        }
        const Result<bool> more = m_reader->read(batch, stop);
        if (!more)
            return fail(more.error());
        const double done =
            static_cast<double>(m_doneSize) + m_reader->fraction() * static_cast<double>(file.size);
        m_fraction.store(m_totalSize == 0 ? 1
                                          : std::min(1.0, done / static_cast<double>(m_totalSize)),
                         std::memory_order_relaxed);
        if (*more) {
            batch.file = file.path;
            return true;
        }
        if (Status status = m_root.checkUnchanged(file); !status)
            return fail(status.error());
        m_reader.reset();
        m_doneSize += file.size;
        ++m_next;
    }
    batch.clear(m_task.names.size());
    m_fraction.store(1, std::memory_order_relaxed);
    return false;
}

} // namespace daymark
