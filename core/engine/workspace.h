// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"
#include "core/engine/engine.h"
#include "core/engine/event_hub.h"
#include "core/landing/landing.h"
#include "core/ledger/ledger.h"

#include <atomic>

namespace daymark {

/// Held by the one process that writes into a workspace.
inline constexpr std::string_view kLockName = "daymark.lock";

/// An open workspace folder with what every part of the engine needs: the ledger, the landing, the
/// clock, who acts, and whom to tell. Made once; safe to share between threads.
///
///     daymark.lock     held by the one writing process
///     daymark.sqlite   the ledger
///     landing/ staging/ rejects/ history/
class Workspace
{
public:
    /// Creates the folders and an empty ledger.
    [[nodiscard]] static Status create(const std::filesystem::path& folder, const Clock& clock,
                                       const std::string& actor);

    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(const EngineOptions& options);

    [[nodiscard]] ledger::Stamp stamp() const { return {actor, clock.now()}; }

    /// Whether some process writes here now: this one, or another.
    [[nodiscard]] bool hasWriter() const;

    /// WorkspaceBusy in a reading process.
    [[nodiscard]] Status requireWriter() const;

    /// Changes the ledger, in a reading process too as long as no other process writes: then this
    /// one is the writer for that moment. False where another one is, or the change failed.
    [[nodiscard]] bool change(const std::function<Status(ledger::Ledger&)>& change) const;

    std::filesystem::path folder;
    Clock clock;
    std::string actor;
    bool writable = false;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<landing::Landing> landing;
    std::shared_ptr<EventHub> events = std::make_shared<EventHub>();
    std::vector<std::string> repairs;        ///< what the start mended, in sentences
    std::atomic<bool> schedulerRuns = false; ///< in this process

private:
    FileLock m_lock;
};

/// The name of the user whom this process belongs to.
[[nodiscard]] std::string systemUser();

/// This process, for the runs that it begins.
[[nodiscard]] ledger::RunOwner thisProcess();

} // namespace daymark
