// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

namespace daymark::ledger {

class Connection;

/// Who did what when. Entries are only ever added; the tables' own commands write theirs in the
/// transaction of the change.
class JournalTable
{
public:
    explicit JournalTable(Connection& connection) : m_connection(connection) {}

    /// Adds an entry; `id` is given by the ledger.
    [[nodiscard]] Status append(const JournalRecord& entry);

    /// Latest first; of one source where `source` is given (ASCII case aside).
    [[nodiscard]] Result<std::vector<JournalRecord>> list(std::optional<std::string> source,
                                                          std::size_t limit);

    /// What was done about one day of a source, latest first.
    [[nodiscard]] Result<std::vector<JournalRecord>> ofDay(const std::string& source, Day day,
                                                           std::size_t limit);

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
