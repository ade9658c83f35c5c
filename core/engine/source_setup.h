// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/draft.h"
#include "core/engine/workspace.h"
#include "core/source/source.h"

namespace daymark {

/// What saving a draft would write.
struct Proposal
{
    ledger::SourceEdit edit;
    std::optional<ledger::SourceRecord> saved; ///< the source that an edit changes
    std::optional<ledger::SourceRecord> kept;  ///< the removed one whose days a new one takes up
    /// Whether the place or a format is new, so that what is found at set-up is to be found anew.
    bool needsLook = false;
};

/// Applies a draft's settings to the defaults or to the saved source, and refuses those that cannot
/// be right. Asks nothing but the ledger.
[[nodiscard]] Result<Proposal> propose(const Workspace& workspace, const SourceDraft& draft);

/// Looks at a source as if for the first time: finds its format and names its places.
[[nodiscard]] Status lookAt(ledger::SourceEdit& edit, std::vector<SchemaFinding>& findings,
                            std::stop_token stop);

/// Adds or edits a source after a look at it. Settings that cannot be right, and a place that isn't
/// there or may not be read, are refused; whatever else is wrong (a missing column, a server that
/// does not answer) is said and the source is kept, for it may be mended meanwhile. An edit keeps
/// what was found at set-up unless the place or a format changes.
[[nodiscard]] Result<SourceSaved> saveSource(const Workspace& workspace, const SourceDraft& draft,
                                             std::stop_token stop);

[[nodiscard]] Status removeSourceFrom(const Workspace& workspace, const std::string& name,
                                      bool keepData);

[[nodiscard]] Result<SourceTest> testSourceOf(const Workspace& workspace, const std::string& name,
                                              std::stop_token stop);

/// The same for a source that is made already, such as one whose settings are not saved.
[[nodiscard]] Result<SourceTest> testWith(const Workspace& workspace,
                                          const ledger::SourceRecord& record, Source& source,
                                          std::stop_token stop);

/// Adds a failing step to a test whose steps all passed though the source was refused before.
void noteRefusal(SourceTest& test, const Error& error);

[[nodiscard]] std::vector<TestStepInfo> toStepInfos(const std::vector<TestStep>& steps);

/// The removed sources whose landed days are kept, by name.
[[nodiscard]] Result<std::vector<KeptSource>> keptSourcesOf(const Workspace& workspace);

} // namespace daymark
