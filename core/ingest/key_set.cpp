// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Open addressing with linear probing. A key's home is its high half scaled to the number of slots,
// so that the slots hold the keys almost in order, and
// 1. any number of slots will do, not just powers of two;
// 2. growing goes through the old and the new table front to back, and gives the old one back as it
//    goes;
// 3. spilling writes the table as it lies, sorting the keys between two empty slots only.
#include "core/ingest/key_set.h"

#include <algorithm>
#include <atomic>
#include <new>
#include <thread>

#include <sys/mman.h>
#include <sys/random.h>

namespace daymark {

namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::size_t kOverhang = 4096;
constexpr std::size_t kFirstSlots = std::size_t{1} << 16U;
constexpr std::size_t kReleaseBytes = std::size_t{8} << 20U;
constexpr std::size_t kLargePage = std::size_t{2} << 20U;
constexpr std::size_t kSmallPage = 4096;
constexpr unsigned kFilterBitsPerKey = 10;

/// Used slots of each hundred at which the table counts as full.
constexpr std::size_t kFullPercent = 84;

bool isEmpty(const Hash128& slot) { return slot.high == 0 && slot.low == 0; }

bool before(const Hash128& a, const Hash128& b)
{
    return a.high != b.high ? a.high < b.high : a.low < b.low;
}

std::size_t bytesFor(std::size_t homes) { return (homes + kOverhang) * sizeof(Hash128); }

Hash128* allocate(std::size_t homes)
{
    void* memory = ::mmap(nullptr, bytesFor(homes), PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        throw std::bad_alloc();
    ::madvise(memory, bytesFor(homes), MADV_HUGEPAGE);
    return static_cast<Hash128*>(memory);
}

/// Has the memory of an empty table cleared, by two threads. Keys fall everywhere from the start:
/// the first few of them would wait for one page after the other, and all other threads with them.
void touchAll(Hash128* slots, std::size_t bytes)
{
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t at = next++ * kLargePage; at < bytes; at = next++ * kLargePage) {
            volatile char* const page = reinterpret_cast<char*>(slots) + at;
            for (std::size_t i = 0; i < std::min(kLargePage, bytes - at); i += kSmallPage)
                page[i] = 0;
        }
    };
    const std::jthread other(work);
    work();
}

/// Different in every process, so that nobody can choose keys that all fall into one place.
std::uint64_t randomSeed()
{
    std::uint64_t seed = 0;
    if (::getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
        seed = reinterpret_cast<std::uintptr_t>(&seed);
    return seed;
}

const std::uint64_t kSeed = randomSeed();

std::uint64_t scramble(std::uint64_t x)
{
    x ^= x >> 32U;
    x *= 0xD6E8FEB86659FD93ULL;
    x ^= x >> 32U;
    return x;
}

} // namespace

KeySet::KeySet(std::size_t memory, std::filesystem::path spillFolder)
    : m_maxSlots(std::max<std::size_t>(memory / sizeof(Hash128), 256))
    , m_folder(std::move(spillFolder))
{}

KeySet::~KeySet()
{
    if (m_slots)
        ::munmap(m_slots, bytesFor(m_homes));
}

Hash128 KeySet::mixed(Hash128 key)
{
    key.high ^= scramble(key.low + kSeed);
    key.low ^= scramble(key.high ^ kSeed);
    key.high ^= scramble(key.low);
    return key;
}

std::size_t KeySet::homeOf(const Hash128& key) const
{
    return static_cast<std::size_t>(static_cast<Wide>(key.high) * m_homes >> 64U);
}

void KeySet::expect(std::uint64_t keys)
{
    const std::uint64_t slots = keys * 100 / kFullPercent + keys / 64 + 1;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(slots, m_maxSlots));
    if (wanted <= m_homes)
        return;
    grow(wanted);
    touchAll(m_slots, bytesFor(m_homes));
}

void KeySet::prefetch(const Hash128& key) const
{
    if (m_slots)
        __builtin_prefetch(&m_slots[homeOf(key)], 1);
    for (const KeyRun& run : m_runs)
        run.prefetch(key);
}

Seen KeySet::insert(const Hash128& given)
{
    if (m_used >= m_limit && !makeRoom())
        return Seen::Failed;
    const Hash128 key = isEmpty(given) ? Hash128{1, 0} : given;
    while (true) {
        const std::size_t end = m_homes + kOverhang;
        std::size_t slot = homeOf(key);
        for (; slot < end && !isEmpty(m_slots[slot]); ++slot) {
            if (m_slots[slot] == key)
                return Seen::Before;
        }
        if (!m_runs.empty()) {
            if (const Seen seen = findInRuns(key); seen != Seen::New)
                return seen;
        }
        if (slot < end) {
            m_slots[slot] = key;
            m_last = slot;
            ++m_used;
            return Seen::New;
        }
        if (!makeRoom()) // the overhang is full
            return Seen::Failed;
    }
}

void KeySet::undoInsert()
{
    // Nothing was put behind it since, so no other key's probe leads over this slot.
    m_slots[m_last] = {};
    --m_used;
}

bool KeySet::makeRoom()
{
    if (m_homes < m_maxSlots) {
        grow(std::min(m_maxSlots, std::max(kFirstSlots, m_homes + m_homes / 2)));
        return true;
    }
    Status spilled = spill();
    if (!spilled)
        m_error = std::move(spilled.error());
    return spilled.has_value();
}

void KeySet::grow(std::size_t slots)
{
    Hash128* const old = m_slots;
    const std::size_t oldCount = m_homes + (old ? kOverhang : 0);
    m_slots = allocate(slots);
    const std::size_t oldHomes = m_homes;
    m_homes = slots;
    m_limit = slots / 100 * kFullPercent + slots % 100 * kFullPercent / 100;
    std::size_t released = 0;
    for (std::size_t i = 0; i < oldCount; ++i) {
        if (!isEmpty(old[i])) {
            std::size_t slot = homeOf(old[i]);
            while (!isEmpty(m_slots[slot]))
                ++slot;
            m_slots[slot] = old[i];
        }
        const std::size_t passed = (i + 1) * sizeof(Hash128);
        if (passed - released >= kReleaseBytes) {
            ::madvise(reinterpret_cast<char*>(old) + released, kReleaseBytes, MADV_DONTNEED);
            released += kReleaseBytes;
        }
    }
    if (old)
        ::munmap(old, bytesFor(oldHomes));
}

Status KeySet::spill()
{
    const bool filtered = m_filterBytes < m_maxSlots * sizeof(Hash128) / 2;
    Result<KeyRun> run = KeyRun::create(m_folder, m_used, filtered ? kFilterBitsPerKey : 0);
    if (!run)
        return fail(std::move(run.error()));
    const std::size_t count = m_homes + kOverhang;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t end = i;
        while (end < count && !isEmpty(m_slots[end]))
            ++end;
        std::sort(m_slots + i, m_slots + end, before);
        for (; i < end; ++i) {
            if (Status appended = run->append(m_slots[i]); !appended)
                return appended;
        }
    }
    if (Status sealed = run->seal(); !sealed)
        return sealed;
    m_filterBytes += run->filterBytes();
    m_runs.push_back(std::move(*run));
    m_spilled += m_used;
    m_used = 0;
    ::madvise(m_slots, bytesFor(m_homes), MADV_DONTNEED);
    return {};
}

Seen KeySet::findInRuns(const Hash128& key)
{
    for (const KeyRun& run : m_runs) {
        Result<bool> found = run.contains(key);
        if (!found) {
            m_error = std::move(found.error());
            return Seen::Failed;
        }
        if (*found)
            return Seen::Before;
    }
    return Seen::New;
}

} // namespace daymark
