// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/key_run.h"

namespace daymark {

/// Whether a key is new to a set.
enum class Seen : std::uint8_t {
    New,
    Before,
    Failed, ///< the disk failed: see error()
};

/// A set of 128-bit keys that says of each whether it came before. In memory up to a cap, 16 bytes
/// a key and a fifth more; what came earlier lies on the disk in sorted runs. Used by one thread.
class KeySet
{
public:
    /// @param memory  cap of the table in bytes. The runs' filters come on top: 1.25 bytes a key
    ///                until they are half of the cap, none after that.
    KeySet(std::size_t memory, std::filesystem::path spillFolder);
    KeySet(const KeySet&) = delete;
    KeySet& operator=(const KeySet&) = delete;
    ~KeySet();

    /// Makes room for about so many keys at once, as far as the cap goes.
    void expect(std::uint64_t keys);

    /// Spreads keys that are not random evenly; one to one, hence still exact.
    [[nodiscard]] static Hash128 mixed(Hash128 key);

    void prefetch(const Hash128& key) const;

    /// New: the key is in the set from now on. Keys must be evenly spread: mixed().
    [[nodiscard]] Seen insert(const Hash128& key);

    [[nodiscard]] const Error& error() const { return m_error; } ///< after Seen::Failed

    /// Takes the key out that the last insert() put in.
    void undoInsert();

    [[nodiscard]] std::uint64_t spilled() const { return m_spilled; }

private:
    [[nodiscard]] std::size_t homeOf(const Hash128& key) const;
    [[nodiscard]] bool makeRoom();
    void grow(std::size_t slots);
    [[nodiscard]] Status spill();
    [[nodiscard]] Seen findInRuns(const Hash128& key);

    std::size_t m_maxSlots;
    std::filesystem::path m_folder;
    Hash128* m_slots = nullptr; ///< m_homes and an overhang, so that no probe wraps around
    std::size_t m_homes = 0;
    std::size_t m_used = 0;
    std::size_t m_limit = 0; ///< used slots that are still fine
    std::size_t m_last = 0;  ///< slot of the last insert
    std::vector<KeyRun> m_runs;
    std::size_t m_filterBytes = 0;
    std::uint64_t m_spilled = 0;
    Error m_error;
};

} // namespace daymark
