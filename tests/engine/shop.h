// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A customer's SQLite database and a workspace beside it, in a folder of their own.

#include "core/engine/engine.h"

#include <QTemporaryDir>

namespace daymark::test {

class Shop
{
public:
    /// Makes both tables, empty, and a workspace whose clock stands at `now`.
    explicit Shop(const std::string& now = "2022-06-17T12:00:00Z");

    void execute(const std::string& sql) const;

    /// Writes `good` rows of the metric `revenue`, of value 1, 2, 3, …, and `bad` rows without a
    /// value.
    void addRows(int dayOfJune, int good, int bad = 0) const;
    void signal(int dayOfJune) const;

    [[nodiscard]] Result<std::unique_ptr<Engine>> open(OpenMode mode = OpenMode::Write) const;

    /// Opens the workspace for writing with a clock that stands at `now`.
    [[nodiscard]] std::unique_ptr<Engine> openAt(const std::string& now) const;

    /// Opens the workspace and adds the database as the source `shop`.
    [[nodiscard]] std::unique_ptr<Engine> openWithSource(const SourceSettings& given = {}) const;

    [[nodiscard]] std::string database() const;
    [[nodiscard]] std::filesystem::path folder() const;

private:
    QTemporaryDir m_folder;
    Clock m_clock;
};

[[nodiscard]] Day june(int dayOfMonth);

/// `imported gap blocked:14 awaiting`: the states of the listed days, oldest first.
[[nodiscard]] std::string states(Engine& engine, const std::string& source = "shop");
[[nodiscard]] std::string states(const CalendarView& calendar);

} // namespace daymark::test
