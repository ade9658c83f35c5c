// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/rejects_file.h"

#include "core/base/fault.h"
#include "core/base/file.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace daymark {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10U;

std::string headerLine()
{
    std::string line = "file,row,codes";
    for (const ColumnSpec& column : dataset(DatasetKind::Metrics).columns)
        line += "," + std::string(column.name);
    return line + ",raw\n";
}

} // namespace

std::string codesOf(std::uint32_t rules)
{
    std::string out;
    for (const RuleSpec& spec : ruleSpecs()) {
        if ((rules & maskOf(spec.rule)) == 0)
            continue;
        if (!out.empty())
            out += ' ';
        out += spec.code;
    }
    return out;
}

RejectsFile::RejectsFile(std::filesystem::path path) : m_path(std::move(path)) {}

RejectsFile::~RejectsFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Status RejectsFile::begin(std::string_view file, std::uint64_t number, std::uint32_t rules)
{
    if (!m_created) {
        m_descriptor =
            ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (m_descriptor < 0)
            return fail(fileError(errno, "create the rejects file", m_path));
        m_created = true;
        m_buffer = headerLine();
    }
    addText(file);
    m_buffer += ',' + std::to_string(number) + ',' + codesOf(rules);
    return {};
}

/// A field in quotes where it needs them; empty text gets them, so that it isn't taken for null.
void RejectsFile::addText(std::string_view text)
{
    const bool quoted = text.empty() || text.find_first_of(",\"\r\n") != std::string_view::npos ||
                        text.front() == ' ' || text.back() == ' ';
    if (!quoted) {
        m_buffer += text;
        return;
    }
    m_buffer += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t quote = std::min(text.find('"', at), text.size());
        m_buffer += text.substr(at, quote - at);
        if (quote < text.size())
            m_buffer += "\"\"";
        at = quote + 1;
    }
    m_buffer += '"';
}

/// Long values go to the disk piece by piece.
Status RejectsFile::addValue(std::string_view value)
{
    m_buffer += ',';
    if (textFaults(value) == 0) {
        addText(value);
        return m_buffer.size() < kBufferBytes ? Status{} : flush();
    }
    constexpr std::string_view digits = "0123456789abcdef";
    m_buffer += "\\x";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        m_buffer += digits[byte >> 4U];
        m_buffer += digits[byte & 15U];
        if (m_buffer.size() >= kBufferBytes) {
            if (Status flushed = flush(); !flushed)
                return flushed;
        }
    }
    return {};
}

Status RejectsFile::add(const Batch& batch, std::size_t row, std::uint32_t rules)
{
    if (m_path.empty())
        return {};
    if (Status begun = begin(batch.file, batch.rowNumbers[row], rules); !begun)
        return begun;
    for (std::size_t i = 0; i < metrics::kColumns; ++i) {
        const bool mapped = i < batch.columns.size() && !batch.columns[i].empty();
        if (!mapped || batch.columns[i][row].isNull()) {
            m_buffer += ',';
            continue;
        }
        const Cell& cell = batch.columns[i][row];
        const Status added =
            cell.kind == Cell::Kind::Text ? addValue(cell.asText()) : addValue(formatCell(cell));
        if (!added)
            return added;
    }
    m_buffer += ",\n";
    return m_buffer.size() < kBufferBytes ? Status{} : flush();
}

Status RejectsFile::add(const Batch& batch, const BrokenRow& broken)
{
    if (m_path.empty())
        return {};
    if (Status begun = begin(batch.file, broken.number, maskOf(Rule::RowMalformed)); !begun)
        return begun;
    m_buffer.append(metrics::kColumns, ',');
    if (Status added = addValue(broken.text); !added)
        return added;
    m_buffer += '\n';
    return m_buffer.size() < kBufferBytes ? Status{} : flush();
}

Status RejectsFile::flush()
{
    if (Status fault = faultPoint("write_rejects"); !fault)
        return fault;
    std::string_view left = m_buffer;
    while (!left.empty()) {
        const ssize_t done = ::write(m_descriptor, left.data(), left.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return fail(fileError(errno, "write the rejects file", m_path));
        left.remove_prefix(static_cast<std::size_t>(done));
    }
    m_buffer.clear();
    return {};
}

Status RejectsFile::close()
{
    if (!m_created)
        return {};
    if (Status flushed = flush(); !flushed)
        return flushed;
    if (::fsync(m_descriptor) != 0)
        return fail(fileError(errno, "sync the rejects file", m_path));
    if (::close(std::exchange(m_descriptor, -1)) != 0)
        return fail(fileError(errno, "close the rejects file", m_path));
    return {};
}

} // namespace daymark
