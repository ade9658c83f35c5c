// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/key_run.h"

#include "core/base/fault.h"
#include "core/base/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace daymark {

namespace {

constexpr std::size_t kBlockKeys = 4096 / sizeof(Hash128);
constexpr std::size_t kBufferKeys = 256 * kBlockKeys;
constexpr unsigned kFilterBits = 6; // set for each key

bool isBefore(const Hash128& a, const Hash128& b)
{
    return a.high != b.high ? a.high < b.high : a.low < b.low;
}

} // namespace

Result<int> openUnnamedFile(const std::filesystem::path& folder)
{
    std::error_code ignored;
    const std::filesystem::path place =
        folder.empty() ? std::filesystem::temp_directory_path(ignored) : folder;
    const int unnamed = ::open(place.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (unnamed >= 0)
        return unnamed;
    std::string name = (place / "daymark-spill-XXXXXX").string();
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named < 0)
        return fail(fileError(errno, "create a temporary file in", place));
    ::unlink(name.c_str());
    return named;
}

KeyRun::KeyRun(KeyRun&& other) noexcept { *this = std::move(other); }

KeyRun& KeyRun::operator=(KeyRun&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    m_folder = std::move(other.m_folder);
    m_buffer = std::move(other.m_buffer);
    m_fences = std::move(other.m_fences);
    m_filter = std::move(other.m_filter);
    m_keys = other.m_keys;
    m_written = other.m_written;
    return *this;
}

KeyRun::~KeyRun()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<KeyRun> KeyRun::create(const std::filesystem::path& folder, std::size_t keys, unsigned bits)
{
    KeyRun run;
    const Result<int> file = openUnnamedFile(folder);
    if (!file)
        return fail(file.error());
    run.m_descriptor = *file;
    run.m_folder = folder;
    run.m_buffer.reserve(kBufferKeys);
    run.m_fences.reserve(keys / kBlockKeys + 1);
    run.m_filter.resize(bits == 0 ? 0 : keys * bits / 512 + 1);
    return run;
}

std::size_t KeyRun::lineOf(const Hash128& key) const
{
    __extension__ typedef unsigned __int128 Wide;
    const std::uint64_t spread = key.low * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(static_cast<Wide>(spread) * m_filter.size() >> 64U);
}

Status KeyRun::append(const Hash128& key)
{
    if (m_keys % kBlockKeys == 0)
        m_fences.push_back(key.high);
    ++m_keys;
    m_buffer.push_back(key);
    if (!m_filter.empty()) {
        Line& line = m_filter[lineOf(key)];
        for (unsigned i = 0; i < kFilterBits; ++i) {
            const std::uint64_t bit = key.low >> (9 * i) & 511U;
            line.words[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
        }
    }
    return m_buffer.size() < kBufferKeys ? Status{} : write();
}

Status KeyRun::write()
{
    if (Status fault = faultPoint("spill_keys"); !fault)
        return fault;
    const char* bytes = reinterpret_cast<const char*>(m_buffer.data());
    std::size_t size = m_buffer.size() * sizeof(Hash128);
    auto offset = static_cast<off_t>(m_written * sizeof(Hash128));
    while (size > 0) {
        const ssize_t done = ::pwrite(m_descriptor, bytes, size, offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return fail(fileError(done == 0 ? EIO : errno, "write a temporary file in", m_folder));
        bytes += done;
        offset += done;
        size -= static_cast<std::size_t>(done);
    }
    m_written += m_buffer.size();
    m_buffer.clear();
    return {};
}

Status KeyRun::seal()
{
    Status written = write();
    m_buffer = {};
    return written;
}

void KeyRun::prefetch(const Hash128& key) const
{
    if (!m_filter.empty())
        __builtin_prefetch(&m_filter[lineOf(key)]);
}

bool KeyRun::mayContain(const Hash128& key) const
{
    if (m_filter.empty())
        return true;
    const Line& line = m_filter[lineOf(key)];
    for (unsigned i = 0; i < kFilterBits; ++i) {
        const std::uint64_t bit = key.low >> (9 * i) & 511U;
        if ((line.words[bit >> 6U] >> (bit & 63U) & 1U) == 0)
            return false;
    }
    return true;
}

Result<bool> KeyRun::contains(const Hash128& key) const
{
    if (!mayContain(key))
        return false;
    // The last block that begins at or below the key; blocks that begin with the same high half as
    // the key are looked through one after the other.
    auto fence = std::upper_bound(m_fences.begin(), m_fences.end(), key.high);
    std::array<Hash128, kBlockKeys> block;
    while (fence != m_fences.begin()) {
        --fence;
        const std::size_t first = static_cast<std::size_t>(fence - m_fences.begin()) * kBlockKeys;
        const std::size_t count = std::min(kBlockKeys, m_keys - first);
        const std::size_t bytes = count * sizeof(Hash128);
        const ssize_t got =
            ::pread(m_descriptor, block.data(), bytes, static_cast<off_t>(first * sizeof(Hash128)));
        if (got < 0 && errno == EINTR) {
            ++fence;
            continue;
        }
        if (got != static_cast<ssize_t>(bytes))
            return fail(fileError(got < 0 ? errno : EIO, "read a temporary file in", m_folder));
        if (std::binary_search(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count),
                               key, isBefore))
            return true;
        if (*fence != key.high)
            return false;
    }
    return false;
}

} // namespace daymark
