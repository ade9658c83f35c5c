// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace daymark {

std::string_view errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UsageInvalid:
        return "usage.invalid";
    case ErrorCode::WorkspaceMissing:
        return "workspace.missing";
    case ErrorCode::WorkspaceExists:
        return "workspace.exists";
    case ErrorCode::WorkspaceBusy:
        return "workspace.busy";
    case ErrorCode::WorkspaceNewer:
        return "workspace.newer";
    case ErrorCode::WorkspaceOlder:
        return "workspace.older";
    case ErrorCode::WorkspaceDamaged:
        return "workspace.damaged";
    case ErrorCode::SourceUnknown:
        return "source.unknown";
    case ErrorCode::SourceExists:
        return "source.exists";
    case ErrorCode::SourceInvalid:
        return "source.invalid";
    case ErrorCode::SourceUnreachable:
        return "source.unreachable";
    case ErrorCode::SourceMissing:
        return "source.missing";
    case ErrorCode::SourceBusy:
        return "source.busy";
    case ErrorCode::SourcePermission:
        return "source.permission";
    case ErrorCode::SourceTableMissing:
        return "source.table_missing";
    case ErrorCode::SourceQuery:
        return "source.query";
    case ErrorCode::SourceFormat:
        return "source.format";
    case ErrorCode::SourceEmpty:
        return "source.empty";
    case ErrorCode::SourceTruncated:
        return "source.truncated";
    case ErrorCode::SourceChanged:
        return "source.changed";
    case ErrorCode::SourceLimit:
        return "source.limit";
    case ErrorCode::SourceCredentials:
        return "source.credentials";
    case ErrorCode::SourceTimeout:
        return "source.timeout";
    case ErrorCode::SourceDisconnected:
        return "source.disconnected";
    case ErrorCode::SourceDamaged:
        return "source.damaged";
    case ErrorCode::SchemaMismatch:
        return "schema.mismatch";
    case ErrorCode::SignalMissing:
        return "schema.signal_missing";
    case ErrorCode::DayInvalid:
        return "day.invalid";
    case ErrorCode::DayState:
        return "day.state";
    case ErrorCode::DayTolerance:
        return "day.tolerance";
    case ErrorCode::IdTypeExists:
        return "id_type.exists";
    case ErrorCode::IdTypeInvalid:
        return "id_type.invalid";
    case ErrorCode::MetricUnknown:
        return "metric.unknown";
    case ErrorCode::RunUnknown:
        return "run.unknown";
    case ErrorCode::RunCancelled:
        return "run.cancelled";
    case ErrorCode::StorageFull:
        return "storage.full";
    case ErrorCode::StorageFailed:
        return "storage.failed";
    case ErrorCode::StorageDamaged:
        return "storage.damaged";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

std::optional<ErrorCode> findErrorCode(std::string_view name)
{
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        if (errorName(static_cast<ErrorCode>(code)) == name)
            return static_cast<ErrorCode>(code);
    }
    return std::nullopt;
}

Remedy remedyFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::SourceUnreachable:
    case ErrorCode::SourceBusy:
    case ErrorCode::SourceTimeout:
    case ErrorCode::SourceDisconnected:
    case ErrorCode::SourceChanged:
    case ErrorCode::WorkspaceBusy:
        return Remedy::Retry;
    case ErrorCode::SourceMissing:
    case ErrorCode::SourcePermission:
    case ErrorCode::SourceTableMissing:
    case ErrorCode::SourceQuery:
    case ErrorCode::SourceFormat:
    case ErrorCode::SourceEmpty:
    case ErrorCode::SourceTruncated:
    case ErrorCode::SourceLimit:
    case ErrorCode::SourceCredentials:
    case ErrorCode::SourceDamaged:
    case ErrorCode::SchemaMismatch:
    case ErrorCode::SignalMissing:
    case ErrorCode::DayTolerance:
        return Remedy::FixSource;
    case ErrorCode::UsageInvalid:
    case ErrorCode::WorkspaceMissing:
    case ErrorCode::WorkspaceExists:
    case ErrorCode::WorkspaceOlder:
    case ErrorCode::SourceUnknown:
    case ErrorCode::SourceExists:
    case ErrorCode::SourceInvalid:
    case ErrorCode::DayInvalid:
    case ErrorCode::DayState:
    case ErrorCode::IdTypeExists:
    case ErrorCode::IdTypeInvalid:
    case ErrorCode::MetricUnknown:
    case ErrorCode::RunUnknown:
    case ErrorCode::RunCancelled:
        return Remedy::FixUsage;
    case ErrorCode::WorkspaceNewer:
    case ErrorCode::WorkspaceDamaged:
    case ErrorCode::StorageFull:
    case ErrorCode::StorageFailed:
    case ErrorCode::StorageDamaged:
    case ErrorCode::Internal:
        return Remedy::GiveUp;
    }
    return Remedy::GiveUp;
}

} // namespace daymark
