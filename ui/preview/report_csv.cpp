// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/report_csv.h"

#include "ui/preview/signs.h"
#include "ui/style/text.h"

#include "core/base/text.h"

namespace daymark::ui {

namespace {

struct Line
{
    QString kind;
    QString code;
    QString severity;
    QString count;
    QString file;
    QString row;
    QString column;
    QString value;
    QString message;
};

QString field(QString text)
{
    bool isNumber = false;
    static_cast<void>(text.toDouble(&isNumber));
    if (!text.isEmpty() && QStringLiteral("=+-@\t").contains(text.front()) && !isNumber)
        text.prepend(QLatin1Char('\''));
    const bool quoted = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) ||
                        text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'));
    if (!quoted)
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
           QLatin1Char('"');
}

QString written(const Line& line)
{
    QStringList fields;
    for (const QString& text : {line.kind, line.code, line.severity, line.count, line.file,
                                line.row, line.column, line.value, line.message})
        fields << field(text);
    return fields.join(QLatin1Char(',')) + QLatin1Char('\n');
}

QString counts(const Preview& preview)
{
    const std::pair<const char*, std::uint64_t> figures[] = {{"rows_read", preview.rowsRead},
                                                             {"accepted", preview.accepted},
                                                             {"rejected", preview.rejected},
                                                             {"duplicates", preview.duplicates}};
    QString lines;
    for (const auto& [name, number] : figures) {
        Line line;
        line.kind = QStringLiteral("count");
        line.code = QString::fromLatin1(name);
        line.count = QString::number(number);
        line.message = preview.wholeDay ? QStringLiteral("of the whole day")
                                        : QStringLiteral("of the first rows");
        lines += written(line);
    }
    return lines;
}

QString findings(const char* kind, const std::vector<SchemaFinding>& found)
{
    QString lines;
    for (const SchemaFinding& finding : found) {
        Line line;
        line.kind = QString::fromLatin1(kind);
        line.code = text(finding.code);
        line.severity = severityWord(finding.severity);
        line.column = text(finding.column);
        line.message = text(finding.message);
        lines += written(line);
    }
    return lines;
}

QString rules(const Preview& preview)
{
    QString lines;
    for (const RuleCount& rule : preview.rules) {
        Line line;
        line.kind = QStringLiteral("rule");
        line.code = text(ruleSpec(rule.rule).code);
        line.severity = severityWord(rule.severity);
        line.count = QString::number(rule.count);
        line.message = text(rule.message.empty() ? ruleSpec(rule.rule).meaning
                                                 : std::string_view(rule.message));
        lines += written(line);
        for (const RuleExample& example : rule.examples) {
            Line row;
            row.kind = QStringLiteral("example");
            row.code = line.code;
            row.severity = line.severity;
            row.file = text(example.file);
            row.row = QString::number(example.row);
            row.column = text(example.column);
            row.value = text(example.value);
            row.message = example.null ? QStringLiteral("null") : QString();
            lines += written(row);
        }
    }
    return lines;
}

} // namespace

QString reportCsv(const Preview& preview)
{
    return QStringLiteral("kind,code,severity,count,file,row,column,value,message\n") +
           counts(preview) + findings("day", preview.suspicions) +
           findings("schema", preview.schema) + rules(preview);
}

QString reportName(const Preview& preview)
{
    QString name = QStringLiteral("preview-") + text(pathSafe(preview.source));
    if (preview.day)
        name += QLatin1Char('-') + isoDate(toDate(*preview.day));
    return name + QStringLiteral(".csv");
}

} // namespace daymark::ui
