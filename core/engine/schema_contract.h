// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The columns that a source is held to. They are agreed on when its first day lands; at each poll
// and each import the source's columns are held against them, and what differs blocks, warns or is
// accepted, by kind of change, as the source's settings say.

#include "core/engine/engine.h"
#include "core/schema/mapping.h"

#include <optional>

namespace daymark {

/// A column that is not as it was agreed on.
struct ColumnDifference
{
    std::string name; ///< as the source spells it
    std::string was;  ///< its type; empty where none was declared, or the column is new
    std::string now;  ///< its type; empty where none is declared, or the column is gone
    bool isNew = false;
    bool isGone = false;
    bool feeds = false;                         ///< it is mapped, so that the import reads it
    SchemaAction action = SchemaAction::Accept; ///< what the source's settings say of it
};

/// How a source's columns stand at the moment.
struct SchemaStanding
{
    bool agreed = false;                       ///< there is an agreement to hold them against
    std::vector<ColumnDifference> differences; ///< in the order of the agreed ones, then the new
    std::optional<Error> unusable;             ///< why the columns as they are cannot be agreed on
    std::size_t waiting = 0;                   ///< days that wait for an agreement
};

/// Reads the source's columns and holds them against those agreed on; changes nothing.
[[nodiscard]] Result<SchemaStanding> lookAtSchema(Engine& engine, const std::string& name,
                                                  std::stop_token stop);

/// Agrees on the columns that the source has now, whatever was agreed on before; those are
/// returned. What blocked its imports blocks them no more. SchemaMismatch where columns that an
/// import needs are not among them.
[[nodiscard]] Result<std::vector<SourceColumn>>
acceptSchema(Engine& engine, const std::string& name, std::stop_token stop);

} // namespace daymark
