// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ledger_copies.h"

#include "core/landing/folders.h"
#include "core/ledger/rebuild.h"

#include <algorithm>

namespace daymark {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKept = 3;
constexpr std::uintmax_t kLargestCopied = std::uintmax_t{512}
                                          << 20U; ///< a start is not to wait for more

std::string nameFor(Instant now)
{
    return "daymark-" + formatDay(std::chrono::floor<std::chrono::days>(now)) + ".sqlite";
}

/// Copies beyond the latest ones, by their names.
void dropOld(const fs::path& folder)
{
    std::vector<fs::path> copies;
    for (const fs::path& path : landing::entriesOf(folder))
        if (path.filename().string().starts_with("daymark-") && path.extension() == ".sqlite")
            copies.push_back(path);
    std::sort(copies.begin(), copies.end());
    std::error_code error;
    for (std::size_t i = 0; i + kKept < copies.size(); ++i)
        fs::remove(copies[i], error);
}

Status copyTo(const fs::path& ledger, const fs::path& target)
{
    std::error_code error;
    const fs::path draft = target.string() + ".new";
    fs::remove(draft, error);
    if (const Status copied = ledger::copyLedger(ledger, draft); !copied)
        return copied;
    if (const Status synced = syncFile(draft); !synced)
        return synced;
    fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write, error);
    fs::rename(draft, target, error);
    if (error)
        return fail(fileError(error.value(), "move " + draft.string() + " to", target));
    return syncFolder(target.parent_path());
}

fs::path todaysCopy(const Workspace& workspace)
{
    return workspace.folder / kCopiesFolder / nameFor(workspace.clock.now());
}

Status putBy(const Workspace& workspace)
{
    const fs::path ledger = workspace.folder / ledger::kFileName;
    std::error_code error;
    if (fs::file_size(ledger, error) > kLargestCopied || error)
        return {};
    if (const Status made = landing::makeFolders(workspace.folder, kCopiesFolder); !made)
        return made;
    return copyTo(ledger, todaysCopy(workspace));
}

} // namespace

void renewCopy(const Workspace& workspace) { static_cast<void>(putBy(workspace)); }

void putCopyBy(Workspace& workspace)
{
    const fs::path target = todaysCopy(workspace);
    if (landing::isThere(target))
        return;
    const Status put = putBy(workspace);
    if (!put)
        workspace.repairs.push_back("The daily copy of the ledger could not be put by: " +
                                    put.error().message);
    else
        dropOld(target.parent_path());
}

} // namespace daymark
