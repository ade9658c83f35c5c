// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

#include <span>

namespace daymark::ledger {

class Connection;

/// The columns that sources are held to: fixed when their first day lands, accepted anew by an
/// operator.
class ContractTable
{
public:
    explicit ContractTable(Connection& connection) : m_connection(connection) {}

    /// In the source's order; none where nothing is agreed on yet.
    [[nodiscard]] Result<std::vector<ContractColumn>> columns(SourceId source);

    /// Agrees on these columns, whatever was agreed on before, and forgets the break. None: the
    /// next landing agrees on what it finds. SourceUnknown.
    [[nodiscard]] Status fix(SourceId source, std::span<const ContractColumn> columns,
                             const Stamp& by);

    /// Notes for what the columns block imports; empty: for nothing. A change is journaled.
    [[nodiscard]] Status noteBreak(SourceId source, const std::string& words, const Stamp& by);

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
