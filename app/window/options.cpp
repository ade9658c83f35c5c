// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/options.h"

#include "app/window/versions.h"
#include "core/engine/run_proof.h"
#include "core/engine/workspace_path.h"
#include "ui/style/text.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace daymark {

namespace {

QString phrase(const char* words) { return QCoreApplication::translate("Options", words); }

Farewell usageError(const QString& sentence)
{
    return {phrase("error: %1\nhint: daymark --help lists the options.\n").arg(sentence), 2};
}

void declare(QCommandLineParser& parser)
{
    parser.setApplicationDescription(phrase(
        "The window of Daymark: which days of a source have landed, and what the others wait "
        "for."));
    parser.addOption({QStringLiteral("workspace"),
                      phrase("The workspace folder; otherwise DAYMARK_WORKSPACE, otherwise the "
                             "platform's application-data folder."),
                      QStringLiteral("DIR")});
    parser.addOption(
        {QStringLiteral("now"),
         phrase("The clock, as RFC 3339 time, wherever a decision depends on it; otherwise "
                "DAYMARK_NOW."),
         QStringLiteral("TIME")});
    parser.addOption(
        {QStringLiteral("screenshots"),
         phrase("Import what is ready, save a picture of every page in this folder, and "
                "end."),
         QStringLiteral("DIR")});
    parser.addPositionalArgument(
        QStringLiteral("FILE.daymark-run"),
        phrase("Show the proof of a run that was exported; needs no workspace."),
        QStringLiteral("[FILE.daymark-run]"));
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, phrase("Show this help.")});
    parser.addOption({{QStringLiteral("v"), QStringLiteral("version")},
                      phrase("Show the versions of the program and its "
                             "libraries.")});
}

/// The parser only knows the program's name while an application object is there.
QString helpOf(const QCommandLineParser& parser)
{
    return parser.helpText().replace(QStringLiteral("<executable_name>"),
                                     QCoreApplication::applicationName());
}

} // namespace

std::variant<ProgramOptions, Farewell> readOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        return Farewell{helpOf(parser), 0};
    if (parser.isSet(QStringLiteral("version")))
        return Farewell{versionText(), 0};
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1 ||
        (files.size() == 1 && !files.front().endsWith(ui::text(kRunProofEnding))))
        return usageError(phrase("%1 is not an option.").arg(files.back()));

    ProgramOptions options;
    options.proof = files.value(0);
    options.screenshots = parser.value(QStringLiteral("screenshots"));
    options.window.schedule = options.screenshots.isEmpty();
    options.window.engine.workspace =
        chooseWorkspace(ui::utf8(parser.value(QStringLiteral("workspace"))));
    QString now = parser.value(QStringLiteral("now"));
    if (now.isEmpty())
        now = qEnvironmentVariable("DAYMARK_NOW");
    if (!now.isEmpty()) {
        const std::optional<Instant> instant = parseInstant(ui::utf8(now));
        if (!instant)
            return usageError(
                phrase("%1 is no RFC 3339 time such as 2022-06-17T10:00:00Z.").arg(now));
        options.window.engine.clock = Clock::startingAt(*instant);
    }
    options.window.engine.mode = OpenMode::WriteOrRead;
    return options;
}

} // namespace daymark
