// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/journal_words.h"

#include "ui/style/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace daymark::ui {

namespace {

struct ActionWords
{
    const char* action;
    const char* words;
};

constexpr std::array kActions = {
    ActionWords{"day.signal", QT_TRANSLATE_NOOP("Journal", "marked finished")},
    ActionWords{"day.withdraw_signal", QT_TRANSLATE_NOOP("Journal", "took the mark back")},
    ActionWords{"day.skip", QT_TRANSLATE_NOOP("Journal", "skipped")},
    ActionWords{"day.reopen", QT_TRANSLATE_NOOP("Journal", "reopened")},
    ActionWords{"day.changed", QT_TRANSLATE_NOOP("Journal", "differs at the source")},
    ActionWords{"day.unchanged", QT_TRANSLATE_NOOP("Journal", "agrees with the source again")},
    ActionWords{"day.damaged", QT_TRANSLATE_NOOP("Journal", "found damaged")},
    ActionWords{"day.intact", QT_TRANSLATE_NOOP("Journal", "found whole again")},
    ActionWords{"day.look", QT_TRANSLATE_NOOP("Journal", "looked at before a re-import")},
    ActionWords{"day.rollback", QT_TRANSLATE_NOOP("Journal", "rolled back")},
    ActionWords{"day.rollback_abandoned", QT_TRANSLATE_NOOP("Journal", "rollback given up")},
    ActionWords{"version.drop", QT_TRANSLATE_NOOP("Journal", "old version removed")},
    ActionWords{"run.rebuilt", QT_TRANSLATE_NOOP("Journal", "entered anew by a repair")},
    ActionWords{"run.begin", QT_TRANSLATE_NOOP("Journal", "import begun")},
    ActionWords{"run.import", QT_TRANSLATE_NOOP("Journal", "imported")},
    ActionWords{"run.reimport", QT_TRANSLATE_NOOP("Journal", "imported again")},
    ActionWords{"run.fail", QT_TRANSLATE_NOOP("Journal", "import failed")},
    ActionWords{"run.cancel", QT_TRANSLATE_NOOP("Journal", "import cancelled")},
    ActionWords{"run.interrupt", QT_TRANSLATE_NOOP("Journal", "import interrupted")},
    ActionWords{"source.add", QT_TRANSLATE_NOOP("Journal", "source added")},
    ActionWords{"source.edit", QT_TRANSLATE_NOOP("Journal", "source changed")},
    ActionWords{"source.policy", QT_TRANSLATE_NOOP("Journal", "policy changed")},
    ActionWords{"source.enable", QT_TRANSLATE_NOOP("Journal", "source enabled")},
    ActionWords{"source.disable", QT_TRANSLATE_NOOP("Journal", "source disabled")},
    ActionWords{"source.backfill", QT_TRANSLATE_NOOP("Journal", "first day moved back")},
    ActionWords{"source.start_over", QT_TRANSLATE_NOOP("Journal", "source started over")},
    ActionWords{"source.schema_agreed", QT_TRANSLATE_NOOP("Journal", "columns agreed on")},
    ActionWords{"source.schema_broken",
                QT_TRANSLATE_NOOP("Journal", "columns not those agreed on")},
    ActionWords{"source.schema_whole",
                QT_TRANSLATE_NOOP("Journal", "columns block nothing any more")},
};

} // namespace

QString actionWords(const std::string& action)
{
    const auto known = std::ranges::find_if(
        kActions, [&action](const ActionWords& words) { return action == words.action; });
    return known == kActions.end() ? text(action)
                                   : QCoreApplication::translate("Journal", known->words);
}

} // namespace daymark::ui
