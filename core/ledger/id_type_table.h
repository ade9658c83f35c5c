// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

namespace daymark::ledger {

class Connection;

/// The workspace's id types. Case counts.
class IdTypeTable
{
public:
    explicit IdTypeTable(Connection& connection) : m_connection(connection) {}

    /// In the order in which they were added.
    [[nodiscard]] Result<std::vector<IdTypeRecord>> list();

    /// IdTypeExists; IdTypeInvalid for a name that is empty, over 128 bytes, no UTF-8, has blanks
    /// at its ends or control characters.
    [[nodiscard]] Status add(const std::string& name, const Stamp& by);

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
