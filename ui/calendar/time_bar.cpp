// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/time_bar.h"

#include "ui/calendar/journal_words.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kHeight = 30;
constexpr int kPageStep = 10;
constexpr std::size_t kEntriesSaid = 3;

/// `14 June 2022 skipped by anna`
QString entryWords(const JournalEntry& entry)
{
    const QString what = actionWords(entry.action);
    const QString who = text(entry.actor);
    return entry.day ? TimeBar::tr("%1 %2, by %3").arg(plainDate(toDate(*entry.day)), what, who)
                     : TimeBar::tr("%1, by %2").arg(what, who);
}

/// Tab leaves it; the arrow keys go from part to part.
class MomentField : public QDateTimeEdit
{
public:
    using QDateTimeEdit::QDateTimeEdit;

protected:
    bool focusNextPrevChild(bool next) override { return QWidget::focusNextPrevChild(next); }
};

Instant toInstant(const QDateTime& time)
{
    return Instant(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace

QString momentWords(const PastMoment& moment)
{
    QStringList parts;
    for (std::size_t i = 0; i < std::min(moment.entries.size(), kEntriesSaid); ++i)
        parts << entryWords(moment.entries[i]);
    if (moment.entries.size() > kEntriesSaid)
        parts << TimeBar::tr("%1 more entries").arg(moment.entries.size() - kEntriesSaid);
    if (moment.announced == 1)
        parts << TimeBar::tr("1 signal first seen");
    else if (moment.announced > 1)
        parts << TimeBar::tr("%1 signals first seen").arg(figure(moment.announced));
    return parts.join(QStringLiteral("; "));
}

QString TimeBar::whyReadOnly()
{
    return tr("The calendar shows a moment of the past, where nothing can be done. Go back to now "
              "first.");
}

TimeBar::TimeBar(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_banner(new Banner(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    setupRow(layout);
    m_words = wrappedLabel({}, this);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_words);
    layout->addWidget(m_banner);
    hide();
}

void TimeBar::setupRow(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    QLabel* label = plainLabel(tr("As &known on"), this);
    m_field = new MomentField(this);
    m_field->setObjectName(QStringLiteral("moment"));
    m_field->setLocale(wordsLocale());
    m_field->setDisplayFormat(QStringLiteral("d MMM yyyy HH:mm:ss"));
    m_field->setKeyboardTracking(false);
    m_field->setMinimumHeight(kHeight);
    m_field->setToolTip(tr("Any moment since the source was added, in this machine's time zone."));
    label->setBuddy(m_field);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setAccessibleName(tr("Moments at which something changed"));
    m_slider->setToolTip(tr("Arrow keys go from one change to the next, Page Up and Page Down by "
                            "ten, Home to the first and End to now."));
    m_slider->setPageStep(kPageStep);
    m_slider->setMinimumHeight(kHeight);
    m_now = new QPushButton(tr("No&w"), this);
    m_now->setMinimumHeight(kHeight);
    m_now->setAutoDefault(false);
    m_now->setToolTip(tr("Goes back to the calendar as it is, where days can be acted on."));
    row->addWidget(label);
    row->addWidget(m_field);
    row->addWidget(m_slider, 1);
    row->addWidget(m_now);
    layout->addLayout(row);
    connect(m_slider, &QSlider::valueChanged, this, &TimeBar::chooseStep);
    connect(m_field, &QDateTimeEdit::dateTimeChanged, this, &TimeBar::chooseTyped);
    connect(m_now, &QPushButton::clicked, this, [this] { choose(std::nullopt); });
}

// --- The moments ---------------------------------------------------------------------------------

void TimeBar::setSource(const QString& name)
{
    if (name == m_source)
        return;
    m_source = name;
    m_request.cancel();
    m_loaded = false;
    m_moments.clear();
    m_moment.reset();
    if (name.isEmpty())
        setOpen(false);
    refresh();
    reload();
}

void TimeBar::setOpen(bool open)
{
    if (open == !isHidden())
        return;
    setVisible(open);
    if (open) {
        m_wantsFocus = true;
        reload();
    } else {
        choose(std::nullopt);
    }
    Q_EMIT openChanged(open);
}

void TimeBar::reload()
{
    if (isHidden() || m_source.isEmpty())
        return;
    m_bridge.ask(
        m_request, EngineBridge::Lane::Ledger,
        [name = utf8(m_source)](Engine& engine, const std::stop_token&) {
            return pastMoments(engine, name);
        },
        [this](const Result<std::vector<PastMoment>>& moments) { showMoments(moments); });
}

void TimeBar::showMoments(const Result<std::vector<PastMoment>>& moments)
{
    if (!moments) {
        Q_EMIT failed(moments.error());
        return;
    }
    m_moments = *moments;
    m_loaded = true;
    refresh();
    if (std::exchange(m_wantsFocus, false))
        m_slider->setFocus();
}

// --- The chosen one ------------------------------------------------------------------------------

/// The slider's place: of the last change up to the chosen moment.
int TimeBar::step() const
{
    if (!m_moment)
        return int(m_moments.size());
    const auto after =
        std::upper_bound(m_moments.begin(), m_moments.end(), *m_moment,
                         [](Instant at, const PastMoment& moment) { return at < moment.at; });
    return std::max(0, int(after - m_moments.begin()) - 1);
}

QString TimeBar::stepWords() const
{
    if (m_moments.empty())
        return tr("Reading what the journal keeps…");
    if (!m_moment)
        return tr("Now; changes so far: %1. Move the slider, or type a moment, to see the calendar "
                  "as it was known then.")
            .arg(figure(m_moments.size()));
    const PastMoment& moment = m_moments[std::size_t(step())];
    return tr("Change %1 of %2, %3: %4")
        .arg(figure(std::size_t(step()) + 1), figure(m_moments.size()), dateAndTime(moment.at),
             momentWords(moment));
}

void TimeBar::refresh()
{
    const QSignalBlocker quietSlider(m_slider);
    const QSignalBlocker quietField(m_field);
    const bool any = !m_moments.empty();
    m_slider->setRange(0, int(m_moments.size()));
    m_slider->setValue(step());
    m_slider->setEnabled(any);
    m_field->setEnabled(any);
    const Instant now = m_bridge.now();
    if (any)
        m_field->setDateTimeRange(toLocalTime(m_moments.front().at), toLocalTime(now));
    m_field->setDateTime(toLocalTime(m_moment.value_or(now)));
    m_now->setEnabled(m_moment.has_value());
    m_words->setText(stepWords());
    m_slider->setAccessibleDescription(m_words->text());
    if (!m_moment)
        m_banner->say(Tone::Information, {});
}

void TimeBar::choose(std::optional<Instant> moment)
{
    if (moment == m_moment)
        return;
    const bool hadFocus = m_now->hasFocus();
    m_moment = moment;
    refresh();
    if (hadFocus && !m_now->isEnabled())
        m_slider->setFocus();
    Q_EMIT momentChosen();
}

void TimeBar::chooseStep(int step)
{
    if (step >= int(m_moments.size()))
        choose(std::nullopt);
    else
        choose(m_moments[std::size_t(step)].at);
}

/// What came about in the second that was typed is known at its end.
void TimeBar::chooseTyped()
{
    const auto second = std::chrono::floor<std::chrono::seconds>(toInstant(m_field->dateTime()));
    const Instant end = second + std::chrono::seconds(1) - std::chrono::microseconds(1);
    if (m_moments.empty() || end >= m_bridge.now())
        choose(std::nullopt);
    else
        choose(std::max(end, m_moments.front().at));
}

void TimeBar::tell(const std::vector<std::string>& unknown)
{
    if (!m_moment)
        return;
    QStringList lines{tr("As known on %1: read only. Nothing here changes what is now.")
                          .arg(dateAndTime(*m_moment))};
    for (const std::string& sentence : unknown)
        lines << text(sentence);
    m_banner->say(Tone::Warning, lines.join(QLatin1Char('\n')));
}

} // namespace daymark::ui
