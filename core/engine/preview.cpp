// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preview.h"

#include "core/engine/convert.h"
#include "core/engine/day_reader.h"
#include "core/engine/ingest_options.h"
#include "core/engine/planning.h"
#include "core/engine/polling.h"
#include "core/ingest/suspicions.h"

#include <algorithm>

namespace daymark {

namespace {

/// A folder of its own below the system's temporary one, removed at the end of the scope.
class ScratchFolder
{
public:
    ScratchFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "daymark-XXXXXX").string();
        if (::mkdtemp(pattern.data()))
            m_path = pattern;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored;
        if (!m_path.empty())
            std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// The next day, if it is signalled; else the latest signalled day up to today, else the latest.
std::optional<Day> chooseDay(const PlannedSource& planned)
{
    const Plan& plan = planned.plan;
    if (plan.nextDay)
        if (const PlannedDay* next = plan.find(*plan.nextDay); next && next->signalled)
            return next->day;
    std::optional<Day> latest;
    std::optional<Day> latestPast;
    for (const Signal& signal : planned.signals) {
        latest = std::max(latest.value_or(signal.day), signal.day);
        if (signal.day <= plan.today)
            latestPast = std::max(latestPast.value_or(signal.day), signal.day);
    }
    return latestPast ? latestPast : latest;
}

/// A plan from the ledger or, before the first poll, from the source's signals as they are now.
Result<PlannedSource> planForPreview(const Workspace& workspace, const ledger::SourceRecord& record,
                                     Source& source, std::stop_token stop)
{
    if (record.poll.lastSuccess)
        return planSource(workspace, record.config.name);
    const auto reading = source.readSignals(stop);
    if (!reading)
        return fail(reading.error());
    std::vector<Signal> signals;
    for (const Day day : reading->days)
        signals.push_back({day});
    return planWith(workspace, record, std::move(signals));
}

Result<Day> dayOf(const Workspace& workspace, const ledger::SourceRecord& record, Source& source,
                  const PreviewRequest& request, std::stop_token stop)
{
    if (request.day)
        return *request.day;
    const auto planned = planForPreview(workspace, record, source, stop);
    if (!planned)
        return fail(planned.error());
    if (const auto day = chooseDay(*planned))
        return *day;
    return fail(ErrorCode::DayInvalid,
                "No day of " + record.config.name + " is signalled, so there is none to preview.",
                "Name one: daymark-cli preview " + shellQuoted(record.config.name) +
                    " --day YYYY-MM-DD.");
}

/// Days before this one that say how many rows are usual.
constexpr std::size_t kUsualDays = 7;
constexpr std::size_t kFewestUsualDays = 3;

/// The median of the rows of the latest imported days before `day`; none where there are too few.
std::optional<std::uint64_t> usualRows(const Workspace& workspace, SourceId source, Day day)
{
    const auto days = workspace.ledger->dayTable().list(source);
    if (!days)
        return std::nullopt;
    std::vector<std::uint64_t> rows;
    for (auto it = days->rbegin(); it != days->rend() && rows.size() < kUsualDays; ++it) {
        if (it->day < day && it->standing == Standing::Imported)
            rows.push_back(it->counts.read);
    }
    if (rows.size() < kFewestUsualDays)
        return std::nullopt;
    const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
    std::nth_element(rows.begin(), middle, rows.end());
    return *middle;
}

void fill(Preview& preview, IngestSummary summary)
{
    preview.rowsRead = summary.read;
    preview.accepted = summary.accepted;
    preview.rejected = summary.rejected;
    preview.duplicates = summary.dropped;
    preview.rules = std::move(summary.rules);
    preview.samples = std::move(summary.samples);
    preview.wholeDay = summary.whole;
}

std::vector<PreviewColumn> columnsOf(const Dataset& data, const ColumnMapping& mapping)
{
    std::vector<PreviewColumn> columns;
    for (std::size_t i = 0; i < data.columns.size(); ++i)
        columns.push_back({std::string(data.columns[i].name),
                           i < mapping.names.size() ? mapping.names[i] : std::string()});
    return columns;
}

IngestProgressFn toIngestProgress(const PreviewProgressFn& tell)
{
    if (!tell)
        return {};
    return [&tell](const IngestProgress& progress) {
        tell({progress.rows, progress.rejected, progress.fraction});
    };
}

/// Reads rows of the preview's day and fills in what came of them.
Status readRows(const Workspace& workspace, const ledger::SourceRecord& record, RowReader& reader,
                const PreviewRequest& request, const PreviewProgressFn& progress, Preview& preview,
                std::stop_token stop)
{
    auto options = ingestOptions(workspace, record, *preview.day);
    if (!options)
        return fail(options.error());
    const ScratchFolder scratch;
    options->spillFolder = scratch.path();
    options->rowLimit = request.rows.value_or(0);
    options->sampleRows = request.samples;
    options->tallyUnits = true;
    auto summary =
        ingestDay(reader, *options, nullptr, toIngestProgress(progress), std::move(stop));
    if (!summary)
        return fail(summary.error());
    preview.suspicions = suspicionsOf(
        *summary, {record.config.unitDay, usualRows(workspace, record.id, *preview.day)});
    fill(preview, std::move(*summary));
    return {};
}

} // namespace

Result<Preview> previewWith(const Workspace& workspace, const ledger::SourceRecord& record,
                            Source& source, const PreviewRequest& request,
                            const PreviewProgressFn& progress, std::stop_token stop)
{
    const auto description = source.describe(stop);
    if (!description)
        return fail(description.error());
    Preview preview;
    preview.source = record.config.name;
    const Dataset& data = dataset(record.config.dataset);
    const MappedSchema schema = mapColumns(data, description->columns, record.config.columnMap);
    preview.columns = columnsOf(data, schema.mapping);
    preview.schema = schema.findings;
    addFindings(preview.schema, description->findings);
    if (schema.hasErrors())
        return preview;
    const auto day = dayOf(workspace, record, source, request, stop);
    if (!day)
        return fail(day.error());
    preview.day = *day;
    const auto reader = source.openDay(*day, schema.mapping, stop);
    if (!reader)
        return fail(reader.error());
    if (const Status read = readRows(workspace, record, **reader, request, progress, preview, stop);
        !read)
        return fail(read.error());
    addFindings(preview.schema, (*reader)->findings());
    if (preview.wholeDay && preview.rowsRead == 0)
        preview.schema.push_back({"schema.no_rows", Severity::Warning, "",
                                  "The day has no rows: it would land as empty."});
    return preview;
}

Result<Preview> previewOf(const Workspace& workspace, const std::string& name,
                          const PreviewRequest& request, const PreviewProgressFn& progress,
                          std::stop_token stop)
{
    auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    const auto source = openAgreed(workspace, *record, stop);
    if (!source)
        return fail(source.error());
    return previewWith(workspace, *record, **source, request, progress, std::move(stop));
}

} // namespace daymark
