// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace daymark {

/// A key of the ledger, typed by what it names, so that one kind cannot stand where another
/// belongs.
template <class Tag>
struct Id
{
    std::int64_t value = 0; ///< 0: none

    auto operator<=>(const Id&) const = default; // NOLINT(modernize-use-nullptr)
    explicit operator bool() const { return value != 0; }
};

using SourceId = Id<struct SourceTag>;
using RunId = Id<struct RunTag>;

} // namespace daymark

template <class Tag>
struct std::hash<daymark::Id<Tag>>
{
    std::size_t operator()(daymark::Id<Tag> id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};
