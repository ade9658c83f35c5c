// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar/policy.h"

namespace daymark {

std::string_view recheckName(Recheck recheck)
{
    return recheck == Recheck::Count ? "count" : "full";
}

std::optional<Recheck> findRecheck(std::string_view name)
{
    for (const Recheck recheck : {Recheck::Full, Recheck::Count}) {
        if (recheckName(recheck) == name)
            return recheck;
    }
    return std::nullopt;
}

std::string_view schemaActionName(SchemaAction action)
{
    switch (action) {
    case SchemaAction::Block:
        return "block";
    case SchemaAction::Warn:
        return "warn";
    case SchemaAction::Accept:
        break;
    }
    return "accept";
}

std::optional<SchemaAction> findSchemaAction(std::string_view name)
{
    for (const SchemaAction action :
         {SchemaAction::Block, SchemaAction::Warn, SchemaAction::Accept}) {
        if (schemaActionName(action) == name)
            return action;
    }
    return std::nullopt;
}

} // namespace daymark
