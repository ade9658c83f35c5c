// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/verdict.h"

#include "ui/style/text.h"

#include <QCoreApplication>

namespace daymark::ui {

namespace {

struct Verdict
{
    Q_DECLARE_TR_FUNCTIONS(daymark::ui::Verdict)
};

} // namespace

std::pair<Tone, QString> verdictOn(const Preview& preview, double tolerance)
{
    if (preview.rowsRead == 0)
        return {Tone::Warning, Verdict::tr("The day has no rows: it would land as empty.")};
    const double share = 100.0 * double(preview.rejected) / double(preview.rowsRead);
    if (share > tolerance)
        return {Tone::Error,
                Verdict::tr("%1 % of these rows are rejected, more than the tolerance of %2 %: "
                            "such a day would not land.")
                    .arg(wordsLocale().toString(share, 'f', 1),
                         wordsLocale().toString(tolerance, 'g', 4))};
    if (preview.rejected > 0)
        return {Tone::Warning,
                Verdict::tr("The day would land without the rejected rows, which are kept in a "
                            "file beside it.")};
    return {Tone::Good, Verdict::tr("These rows would land.")};
}

} // namespace daymark::ui
