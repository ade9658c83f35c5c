// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Sources page and its wizard on a real engine, end to end.

#include "../postgres/cluster.h"
#include "core/engine/child_entry.h"
#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_actions.h"
#include "ui/shell/main_window.h"
#include "ui/sources/checklist.h"
#include "ui/sources/plan_panel.h"
#include "ui/sources/source_actions.h"
#include "ui/sources/sources_page.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr int kPatience = 60'000; // milliseconds; a busy machine

Clock testClock() { return Clock::startingAt(*parseInstant("2022-06-17T10:00:00Z")); }

constexpr const char* kShopTables =
    "CREATE TABLE statsig_user_metrics (unit_id TEXT, id_type TEXT, date TEXT, metric_name TEXT,"
    " metric_value REAL);"
    "INSERT INTO statsig_user_metrics VALUES ('u1', 'user_id', '2022-06-13', 'revenue', 1),"
    " ('u2', 'user_id', '2022-06-13', 'revenue', 2), ('u1', 'user_id', '2022-06-15', 'revenue', 3);"
    "CREATE TABLE statsig_user_metrics_signal (finished_date TEXT);"
    "INSERT INTO statsig_user_metrics_signal VALUES ('2022-06-13'), ('2022-06-15');";

void makeDatabase(const QString& path, const char* sql)
{
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
}

void writeFile(const QString& path, const QByteArray& content)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QString plainName(QString name) { return name.remove(QLatin1Char('&')); }

/// A visible widget by its accessible name, or by that of the label that belongs to it.
template <class T>
T* field(QWidget* home, const QString& name)
{
    for (T* candidate : home->findChildren<T*>())
        if (candidate->isVisible() && candidate->accessibleName() == name)
            return candidate;
    for (const QLabel* label : home->findChildren<QLabel*>())
        if (label->isVisible() && plainName(label->text()) == name)
            if (auto* found = qobject_cast<T*>(label->buddy()))
                return found;
    return nullptr;
}

template <class T>
T* buttonOf(QWidget* home, const QString& name)
{
    for (T* candidate : home->findChildren<T*>())
        if (candidate->isVisible() && plainName(candidate->text()) == name)
            return candidate;
    return nullptr;
}

bool says(QWidget* home, const QString& words)
{
    for (const QLabel* label : home->findChildren<QLabel*>())
        if (label->isVisible() && label->text().contains(words))
            return true;
    return false;
}

QString title(const QWizard* wizard)
{
    return wizard && wizard->currentPage() ? wizard->currentPage()->title() : QString();
}

/// The letters that more than one control on show answers to: with Alt they press none of these.
QString sharedLetters(const QWidget* home)
{
    QStringList names;
    for (const QAbstractButton* button : home->findChildren<QAbstractButton*>())
        if (button->isVisible() && button->isEnabled())
            names << button->text();
    for (const QLabel* label : home->findChildren<QLabel*>())
        if (label->isVisible() && label->buddy())
            names << label->text();
    QString seen;
    QString shared;
    for (const QString& name : names) {
        const QString key = QKeySequence::mnemonic(name).toString().right(1);
        shared += seen.contains(key) ? key : QString();
        seen += key;
    }
    return shared;
}

/// The cells of a table, a row a line.
QStringList rowsOf(const QTableView* table)
{
    QStringList rows;
    for (int row = 0; table && row < table->model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < table->model()->columnCount(); ++column)
            cells << table->model()->index(row, column).data().toString();
        rows << cells.join(QLatin1Char('|'));
    }
    return rows;
}

} // namespace

class TestSourceWizard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void teachesWhereThereIsNoSource();
    void addsADatabase();
    void goesBackWithoutLoss();
    void addsAFolderOfFiles();
    void addsAQueryWithChosenColumns();
    void addsByKeyboardAlone();
    void addsPostgres();
    void saysWhenTheKeychainIsLocked();
    void stopsWhereAServerHangs();
    void saysBesideTheFieldWhatIsWrong();
    void editsAndSaysWhatChanges();
    void duplicatesDisablesAndRemoves();
    void asksBeforeInputIsLost();
    void testsAConnection();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    void openWindow();
    void addShop();
    SourceWizard* wizard();
    QPushButton* wizardButton(QWizard::WizardButton which);
    void goOnTo(const QString& page);
    void nameAndKind(const QString& name, const QString& kind);
    std::vector<SourceInfo> sources();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    QHash<QString, QString> m_kept;     ///< the keychain's
    std::atomic<bool> m_locked = false; ///< the keychain gives and takes nothing
};

void TestSourceWizard::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_source_wizard"));
}

void TestSourceWizard::init()
{
    m_kept.clear();
    m_locked = false;
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
    makeDatabase(path(QStringLiteral("shop.sqlite")), kShopTables);
}

void TestSourceWizard::cleanup()
{
    m_window.reset();
    m_folder.reset();
}

void TestSourceWizard::openWindow()
{
    WindowOptions options;
    options.engine.workspace = path(QStringLiteral("workspace")).toStdString();
    options.engine.clock = testClock();
    options.schedule = false;
    options.secrets.store = [this](const std::string& source, const std::string& secret) -> Status {
        if (m_locked)
            return fail(ErrorCode::SourceCredentials, "The keychain is locked.", "Unlock it.");
        m_kept[text(source)] = text(secret);
        return {};
    };
    options.secrets.remove = [this](const std::string& source) -> Status {
        m_kept.remove(text(source));
        return {};
    };
    QVERIFY(Engine::create(options.engine.workspace, options.engine.clock));
    m_window = std::make_unique<MainWindow>(options);
    m_window->show();
    m_window->showPage(MainWindow::Sources);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->sourcesPage().isLoaded(), kPatience);
}

SourceWizard* TestSourceWizard::wizard()
{
    for (auto* found : m_window->findChildren<SourceWizard*>())
        if (found->isVisible())
            return found;
    return nullptr;
}

QPushButton* TestSourceWizard::wizardButton(QWizard::WizardButton which)
{
    return qobject_cast<QPushButton*>(wizard()->button(which));
}

/// Presses the button that leads on and waits for the page.
void TestSourceWizard::goOnTo(const QString& page)
{
    const QWizard::WizardButton forward =
        wizard()->currentPage()->isCommitPage() ? QWizard::CommitButton : QWizard::NextButton;
    QTRY_VERIFY_WITH_TIMEOUT(wizardButton(forward)->isEnabled(), kPatience);
    wizardButton(forward)->click();
    QTRY_COMPARE_WITH_TIMEOUT(title(wizard()), page, kPatience);
    QCOMPARE(sharedLetters(wizard()), QString());
}

void TestSourceWizard::nameAndKind(const QString& name, const QString& kind)
{
    QVERIFY(wizard());
    auto* choice = buttonOf<QRadioButton>(wizard(), kind);
    QVERIFY(choice);
    choice->click();
    auto* edit = field<QLineEdit>(wizard(), QStringLiteral("Name of the source"));
    QVERIFY(edit);
    edit->setText(name);
    goOnTo(QStringLiteral("Where is it?"));
}

/// A saved source, by the wizard.
void TestSourceWizard::addShop()
{
    m_window->sourcesPage().addSource();
    nameAndKind(QStringLiteral("shop"), QStringLiteral("SQLite database"));
    field<QLineEdit>(wizard(), QStringLiteral("Database file"))
        ->setText(path(QStringLiteral("shop.sqlite")));
    goOnTo(QStringLiteral("Which rows?"));
    goOnTo(QStringLiteral("Which column is which?"));
    goOnTo(QStringLiteral("Would it import?"));
    goOnTo(QStringLiteral("How are its days taken in?"));
    goOnTo(QStringLiteral("Done"));
    wizardButton(QWizard::FinishButton)->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sourcesPage().selected(), QStringLiteral("shop"),
                              kPatience);
}

/// What the workspace holds, read beside the window.
std::vector<SourceInfo> TestSourceWizard::sources()
{
    EngineOptions options;
    options.workspace = path(QStringLiteral("workspace")).toStdString();
    options.clock = testClock();
    options.mode = OpenMode::Read;
    const auto engine = Engine::open(options);
    if (!engine)
        return {};
    auto found = (*engine)->sources();
    return found ? std::move(*found) : std::vector<SourceInfo>();
}

void TestSourceWizard::teachesWhereThereIsNoSource()
{
    openWindow();
    QVERIFY(says(&m_window->sourcesPage(), QStringLiteral("No sources yet")));
    auto* demo = buttonOf<QPushButton>(&m_window->sourcesPage(), QStringLiteral("Add demo source"));
    QVERIFY(demo);
    demo->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sourcesPage().selected(), QStringLiteral("demo"),
                              kPatience);
}

void TestSourceWizard::addsADatabase()
{
    openWindow();
    m_window->sourcesPage().actions().add->trigger();
    nameAndKind(QStringLiteral("shop"), QStringLiteral("SQLite database"));
    auto* place = field<QLineEdit>(wizard(), QStringLiteral("Database file"));
    QVERIFY(place);
    place->setText(path(QStringLiteral("shop.sqlite")));
    buttonOf<QPushButton>(wizard(), QStringLiteral("Test connection"))->click();
    auto* steps = wizard()->findChild<Checklist*>();
    QTRY_VERIFY_WITH_TIMEOUT(steps->lines().size() == 2, kPatience);
    QVERIFY(steps->lines().last().contains(QStringLiteral("2 tables and views")));

    goOnTo(QStringLiteral("Which rows?"));
    QCOMPARE(rowsOf(field<QTableView>(wizard(), QStringLiteral("Tables and files"))).size(), 2);
    auto* rows = field<QTableView>(wizard(), QStringLiteral("First rows"));
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 3, kPatience);
    QCOMPARE(rowsOf(rows).first(), QStringLiteral("u1|user_id|2022-06-13|revenue|1"));

    goOnTo(QStringLiteral("Which column is which?"));
    QVERIFY(says(wizard(), QStringLiteral("Every needed column is there.")));
    auto* unit = field<QComboBox>(wizard(), QStringLiteral("unit_id *"));
    QVERIFY(unit);
    QCOMPARE(unit->currentText(), QStringLiteral("by name: unit_id"));

    goOnTo(QStringLiteral("Would it import?"));
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard(), QStringLiteral("2 rows read: 2 accepted, 0 rejected")),
                             kPatience);
    QVERIFY(says(wizard(), QStringLiteral("These rows would land.")));

    goOnTo(QStringLiteral("How are its days taken in?"));
    auto* panel = wizard()->findChild<PlanPanel*>();
    QTRY_COMPARE_WITH_TIMEOUT(panel->sentence(),
                              QStringLiteral("1 day would import now: 13 June 2022."), kPatience);
    buttonOf<QRadioButton>(wizard(), QStringLiteral("High-water"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(
        panel->sentence(),
        QStringLiteral("3 days would import now: 13 June 2022, 14 June 2022 and 15 June 2022."),
        kPatience);
    QVERIFY(sources().empty());

    goOnTo(QStringLiteral("Done"));
    QVERIFY(says(wizard(), QStringLiteral("shop was added.")));
    QCOMPARE(sources().size(), 1U);
    QCOMPARE(sources().front().policy.order, DayOrder::HighWater);
    buttonOf<QPushButton>(wizard(), QStringLiteral("Open its calendar"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->calendarPage().source(), QStringLiteral("shop"), kPatience);
    QTRY_VERIFY(!wizard());
    QVERIFY(m_window->calendarPage().isVisible());
}

void TestSourceWizard::goesBackWithoutLoss()
{
    openWindow();
    m_window->sourcesPage().addSource();
    nameAndKind(QStringLiteral("shop"), QStringLiteral("SQLite database"));
    field<QLineEdit>(wizard(), QStringLiteral("Database file"))
        ->setText(path(QStringLiteral("shop.sqlite")));
    goOnTo(QStringLiteral("Which rows?"));
    auto* places = field<QTableView>(wizard(), QStringLiteral("Tables and files"));
    places->selectRow(1);
    const QString chosen = places->currentIndex().data().toString();
    goOnTo(QStringLiteral("Which column is which?"));
    auto* unit = field<QComboBox>(wizard(), QStringLiteral("unit_id *"));
    unit->setCurrentIndex(unit->count() - 1);
    const QString column = unit->currentText();
    for (int i = 0; i < 3; ++i)
        wizardButton(QWizard::BackButton)->click();
    QCOMPARE(field<QLineEdit>(wizard(), QStringLiteral("Name of the source"))->text(),
             QStringLiteral("shop"));
    buttonOf<QRadioButton>(wizard(), QStringLiteral("Folder of files"))->click();
    goOnTo(QStringLiteral("Where is it?"));
    QVERIFY(field<QLineEdit>(wizard(), QStringLiteral("Folder or file"))->text().isEmpty());
    wizardButton(QWizard::BackButton)->click();
    buttonOf<QRadioButton>(wizard(), QStringLiteral("SQLite database"))->click();
    goOnTo(QStringLiteral("Where is it?"));
    QCOMPARE(field<QLineEdit>(wizard(), QStringLiteral("Database file"))->text(),
             path(QStringLiteral("shop.sqlite")));
    goOnTo(QStringLiteral("Which rows?"));
    QCOMPARE(places->currentIndex().data().toString(), chosen);
    goOnTo(QStringLiteral("Which column is which?"));
    QCOMPARE(unit->currentText(), column);
    QVERIFY(says(wizard(), QStringLiteral("Some needed columns are missing.")));
}

void TestSourceWizard::addsAFolderOfFiles()
{
    const QString folder = path(QStringLiteral("drop"));
    writeFile(folder + QStringLiteral("/metrics/2022-06-13/part.csv"),
              "unit_id,id_type,date,metric_name,metric_value\nu1,user_id,2022-06-13,revenue,1\n"
              "u2,user_id,2022-06-13,revenue,nothing\n");
    writeFile(folder + QStringLiteral("/signals/2022-06-13"), {});
    openWindow();
    m_window->sourcesPage().addSource();
    nameAndKind(QStringLiteral("drop"), QStringLiteral("Folder of files"));
    field<QLineEdit>(wizard(), QStringLiteral("Folder or file"))->setText(folder);
    goOnTo(QStringLiteral("Which rows?"));
    QVERIFY(rowsOf(field<QTableView>(wizard(), QStringLiteral("Tables and files")))
                .first()
                .startsWith(QStringLiteral("metrics/*/")));
    QVERIFY(!buttonOf<QRadioButton>(wizard(), QStringLiteral("A query")));
    goOnTo(QStringLiteral("Which column is which?"));
    goOnTo(QStringLiteral("Would it import?"));
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard(), QStringLiteral("2 rows read: 1 accepted, 1 rejected")),
                             kPatience);
    QVERIFY(says(wizard(), QStringLiteral("such a day would not land")));
    QVERIFY(rowsOf(field<QTableView>(wizard(), QStringLiteral("Rules broken")))
                .join(QLatin1Char('\n'))
                .contains(QStringLiteral("value.not_a_number")));
    goOnTo(QStringLiteral("How are its days taken in?"));
    goOnTo(QStringLiteral("Done"));
    QCOMPARE(sources().size(), 1U);
    QCOMPARE(sources().front().config.kind, std::string("files"));
    QCOMPARE(sources().front().dataPlace, std::string("metrics/*/"));
}

void TestSourceWizard::addsAQueryWithChosenColumns()
{
    makeDatabase(path(QStringLiteral("odd.sqlite")),
                 "CREATE TABLE facts (who TEXT, day TEXT, what TEXT, amount REAL);"
                 "INSERT INTO facts VALUES ('u1', '13/06/2022', 'revenue', 4);"
                 "CREATE TABLE done (finished_date TEXT); INSERT INTO done VALUES ('2022-06-13');");
    openWindow();
    m_window->sourcesPage().addSource();
    nameAndKind(QStringLiteral("odd"), QStringLiteral("SQLite database"));
    field<QLineEdit>(wizard(), QStringLiteral("Database file"))
        ->setText(path(QStringLiteral("odd.sqlite")));
    goOnTo(QStringLiteral("Which rows?"));
    buttonOf<QRadioButton>(wizard(), QStringLiteral("A query"))->click();
    auto* query = field<QPlainTextEdit>(wizard(), QStringLiteral("One SELECT without a semicolon"));
    QVERIFY(query);
    query->setPlainText(QStringLiteral("SELECT who, 'user_id' AS id_type, day, what, amount"
                                       " FROM facts"));
    field<QComboBox>(wizard(), QStringLiteral("Finished days are announced in"))
        ->setCurrentText(QStringLiteral("done"));
    goOnTo(QStringLiteral("Which column is which?"));
    QVERIFY(says(wizard(), QStringLiteral("Some needed columns are missing.")));
    const std::pair<QString, QString> choices[] = {
        {QStringLiteral("unit_id *"), QStringLiteral("who")},
        {QStringLiteral("date *"), QStringLiteral("day")},
        {QStringLiteral("metric_name *"), QStringLiteral("what")},
        {QStringLiteral("metric_value"), QStringLiteral("amount")}};
    for (const auto& choice : choices)
        field<QComboBox>(wizard(), choice.first)->setCurrentText(choice.second);
    QVERIFY(says(wizard(), QStringLiteral("Every needed column is there.")));
    QVERIFY(says(wizard(), QStringLiteral("such as 13/06/2022")));
    goOnTo(QStringLiteral("Would it import?"));
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard(), QStringLiteral("1 rows read: 1 accepted")), kPatience);
    goOnTo(QStringLiteral("How are its days taken in?"));
    goOnTo(QStringLiteral("Done"));
    const std::vector<SourceInfo> found = sources();
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found.front().config.columnMap.at("unit_id"), std::string("who"));
    QCOMPARE(found.front().config.signalTable, std::string("done"));
    QVERIFY(found.front().config.table.empty());
}

/// From the page to a source that is there, without a pointer.
void TestSourceWizard::addsByKeyboardAlone()
{
    openWindow();
    const auto press = [](Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(QApplication::focusWidget(), key, with);
    };
    const auto type = [](const QString& words) {
        QTest::keyClicks(QApplication::focusWidget(), words);
    };
    const auto tabTo = [&](const QWidget* wanted) {
        for (int i = 0; i < 60 && QApplication::focusWidget() != wanted; ++i)
            press(Qt::Key_Tab);
        return QApplication::focusWidget() == wanted;
    };
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(tabTo(buttonOf<QPushButton>(&m_window->sourcesPage(), QStringLiteral("Add source…"))));
    press(Qt::Key_Space);
    QTRY_VERIFY(wizard());
    QTRY_VERIFY(wizard()->isAncestorOf(QApplication::focusWidget()));
    QVERIFY(tabTo(field<QLineEdit>(wizard(), QStringLiteral("Name of the source"))));
    type(QStringLiteral("shop"));
    press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(title(wizard()), QStringLiteral("Where is it?"), kPatience);
    // Each step begins with the focus in its first control, and Enter goes on from anywhere.
    QTRY_COMPARE(QApplication::focusWidget(),
                 field<QLineEdit>(wizard(), QStringLiteral("Database file")));
    type(path(QStringLiteral("shop.sqlite")));
    press(Qt::Key_Return);
    const QStringList pages{QStringLiteral("Which rows?"), QStringLiteral("Which column is which?"),
                            QStringLiteral("Would it import?"),
                            QStringLiteral("How are its days taken in?"), QStringLiteral("Done")};
    for (const QString& page : pages) {
        QTRY_COMPARE_WITH_TIMEOUT(title(wizard()), page, kPatience);
        if (page == pages.last())
            break;
        const QWizard::WizardButton forward =
            wizard()->currentPage()->isCommitPage() ? QWizard::CommitButton : QWizard::NextButton;
        QTRY_VERIFY_WITH_TIMEOUT(wizardButton(forward)->isEnabled(), kPatience);
        QTRY_VERIFY(wizard()->currentPage()->isAncestorOf(QApplication::focusWidget()));
        if (wizard()->currentPage()->isCommitPage()) {
            auto* zone =
                field<QComboBox>(wizard(), QStringLiteral("Time zone in which its days begin"));
            QVERIFY(tabTo(zone));
            press(Qt::Key_Return);
        } else {
            QVERIFY(tabTo(wizardButton(forward)));
            press(Qt::Key_Space);
        }
    }
    QCOMPARE(sources().front().config.timeZone, std::string("UTC"));
    QVERIFY(tabTo(buttonOf<QPushButton>(wizard(), QStringLiteral("Open its calendar"))));
    press(Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->calendarPage().source(), QStringLiteral("shop"), kPatience);
    QCOMPARE(sources().size(), 1U);

    const auto landed = [this] {
        const std::vector<CalendarDay>& days = m_window->calendarPage().facts().view().days;
        return std::ranges::any_of(
            days, [](const CalendarDay& day) { return day.planned.state == DayState::Imported; });
    };
    QVERIFY(!landed());
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().actions().importNow->isEnabled(), kPatience);
    m_window->activateWindow();
    QTRY_VERIFY(m_window->isActiveWindow());
    QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(landed(), kPatience);
}

void TestSourceWizard::addsPostgres()
{
    if (!daymark::test::Cluster::isInstalled())
        QSKIP("PostgreSQL's server is not installed.");
    daymark::test::Cluster cluster;
    QVERIFY(cluster.start());
    cluster.sql(QStringLiteral(
        "CREATE TABLE statsig_user_metrics (unit_id text, id_type text, date date,"
        " metric_name text, metric_value double precision);"
        "INSERT INTO statsig_user_metrics VALUES ('u1', 'user_id', '2022-06-13', 'revenue', 1);"
        "CREATE TABLE statsig_user_metrics_signal (finished_date date);"
        "INSERT INTO statsig_user_metrics_signal VALUES ('2022-06-13')"));
    openWindow();
    m_window->sourcesPage().addSource();
    nameAndKind(QStringLiteral("pg"), QStringLiteral("PostgreSQL database"));
    buttonOf<QPushButton>(wizard(), QStringLiteral("Copy statements"))->click();
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("GRANT SELECT")));
    field<QLineEdit>(wizard(), QStringLiteral("Address"))->setText(text(cluster.uri()));
    auto* password = field<QLineEdit>(wizard(), QStringLiteral("Password"));
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    password->setText(QStringLiteral("not asked for"));
    goOnTo(QStringLiteral("Which rows?"));
    goOnTo(QStringLiteral("Which column is which?"));
    goOnTo(QStringLiteral("Would it import?"));
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard(), QStringLiteral("1 rows read: 1 accepted")), kPatience);
    QVERIFY(m_kept.isEmpty());
    goOnTo(QStringLiteral("How are its days taken in?"));
    goOnTo(QStringLiteral("Done"));
    QCOMPARE(m_kept.value(QStringLiteral("pg")), QStringLiteral("not asked for"));
    QCOMPARE(sources().front().config.uri, cluster.uri());
}

/// Nothing is saved without the password that it needs; once the keychain is open, it is.
void TestSourceWizard::saysWhenTheKeychainIsLocked()
{
    if (!daymark::test::Cluster::isInstalled())
        QSKIP("PostgreSQL's server is not installed.");
    daymark::test::Cluster cluster;
    QVERIFY(cluster.start());
    cluster.sql(QStringLiteral("CREATE TABLE statsig_user_metrics (unit_id text)"));
    m_locked = true;
    openWindow();
    m_window->sourcesPage().addSource("postgres");
    nameAndKind(QStringLiteral("pg"), QStringLiteral("PostgreSQL database"));
    field<QLineEdit>(wizard(), QStringLiteral("Address"))->setText(text(cluster.uri()));
    field<QLineEdit>(wizard(), QStringLiteral("Password"))->setText(QStringLiteral("s3cret"));
    goOnTo(QStringLiteral("Which rows?"));
    goOnTo(QStringLiteral("Which column is which?"));
    QVERIFY(says(wizard(), QStringLiteral("Some needed columns are missing.")));
    goOnTo(QStringLiteral("Would it import?"));
    goOnTo(QStringLiteral("How are its days taken in?"));
    QTRY_VERIFY_WITH_TIMEOUT(wizardButton(QWizard::CommitButton)->isEnabled(), kPatience);
    wizardButton(QWizard::CommitButton)->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard(), QStringLiteral("The keychain is locked.")), kPatience);
    QVERIFY(sources().empty());
    m_locked = false;
    goOnTo(QStringLiteral("Done"));
    QCOMPARE(m_kept.value(QStringLiteral("pg")), QStringLiteral("s3cret"));
    QCOMPARE(sources().size(), 1U);
}

/// A server that takes the connection and never says a word.
void TestSourceWizard::stopsWhereAServerHangs()
{
    const int silent = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    QCOMPARE(::bind(silent, plain, size), 0);
    QCOMPARE(::listen(silent, 1), 0);
    QCOMPARE(::getsockname(silent, plain, &size), 0);
    openWindow();
    m_window->sourcesPage().addSource("postgres");
    nameAndKind(QStringLiteral("pg"), QStringLiteral("PostgreSQL database"));
    field<QLineEdit>(wizard(), QStringLiteral("Address"))
        ->setText(QStringLiteral("postgresql://reader@127.0.0.1:%1/shop?sslmode=disable")
                      .arg(ntohs(address.sin_port)));
    wizardButton(QWizard::NextButton)->click();
    QPushButton* stop = buttonOf<QPushButton>(wizard(), QStringLiteral("Stop"));
    QVERIFY(stop);
    QVERIFY(!wizardButton(QWizard::NextButton)->isEnabled());
    stop->click();
    QVERIFY(wizardButton(QWizard::NextButton)->isEnabled());
    QCOMPARE(title(wizard()), QStringLiteral("Where is it?"));
    m_window.reset(); // waits for the worker, which obeys too
    ::close(silent);
}

void TestSourceWizard::saysBesideTheFieldWhatIsWrong()
{
    openWindow();
    addShop();
    m_window->sourcesPage().addSource();
    auto* name = field<QLineEdit>(wizard(), QStringLiteral("Name of the source"));
    name->setText(QStringLiteral("Shop"));
    wizardButton(QWizard::NextButton)->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard(), QStringLiteral("There is a source named \"shop\"")),
                             kPatience);
    QVERIFY(name->accessibleDescription().contains(QStringLiteral("Choose another name")));
    name->setText(QStringLiteral("other"));
    goOnTo(QStringLiteral("Where is it?"));
    auto* place = field<QLineEdit>(wizard(), QStringLiteral("Database file"));
    place->setText(path(QStringLiteral("gone.sqlite")));
    wizardButton(QWizard::NextButton)->click();
    QTRY_VERIFY_WITH_TIMEOUT(!place->accessibleDescription().isEmpty(), kPatience);
    QVERIFY(says(wizard(), QStringLiteral("gone.sqlite")));
    QCOMPARE(title(wizard()), QStringLiteral("Where is it?"));
    place->setText(path(QStringLiteral("shop.sqlite")));
    goOnTo(QStringLiteral("Which rows?"));
    goOnTo(QStringLiteral("Which column is which?"));
    goOnTo(QStringLiteral("Would it import?"));
    goOnTo(QStringLiteral("How are its days taken in?"));
    auto* zone = field<QComboBox>(wizard(), QStringLiteral("Time zone in which its days begin"));
    zone->setCurrentText(QStringLiteral("Europe/Londn"));
    QVERIFY(says(wizard(), QStringLiteral("Europe/London")));
    QVERIFY(!wizardButton(QWizard::CommitButton)->isEnabled());
    zone->setCurrentText(QStringLiteral("Europe/London"));
    QTRY_VERIFY(wizardButton(QWizard::CommitButton)->isEnabled());
}

void TestSourceWizard::editsAndSaysWhatChanges()
{
    openWindow();
    addShop();
    m_window->sourcesPage().actions().editPolicy->trigger();
    QTRY_COMPARE(title(wizard()), QStringLiteral("How are its days taken in?"));
    QVERIFY(says(wizard(), QStringLiteral("Nothing yet: the settings are what they were.")));
    buttonOf<QRadioButton>(wizard(), QStringLiteral("High-water"))->click();
    QVERIFY(says(wizard(), QStringLiteral("Order: strict → high-water")));
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard(), QStringLiteral("14 June 2022: gap → queued")),
                             kPatience);
    QCOMPARE(sources().front().policy.order, DayOrder::Strict);
    goOnTo(QStringLiteral("Done"));
    QVERIFY(says(wizard(), QStringLiteral("shop was changed.")));
    QCOMPARE(sources().front().policy.order, DayOrder::HighWater);
    wizardButton(QWizard::FinishButton)->click();

    m_window->sourcesPage().actions().editPlace->trigger();
    QTRY_COMPARE(title(wizard()), QStringLiteral("Where is it?"));
    QCOMPARE(field<QLineEdit>(wizard(), QStringLiteral("Database file"))->text(),
             path(QStringLiteral("shop.sqlite")));
}

void TestSourceWizard::duplicatesDisablesAndRemoves()
{
    openWindow();
    addShop();
    SourcesPage& page = m_window->sourcesPage();
    page.actions().duplicate->trigger();
    QCOMPARE(field<QLineEdit>(wizard(), QStringLiteral("Name of the source"))->text(),
             QStringLiteral("shop copy"));
    static_cast<QDialog*>(wizard())->done(QDialog::Rejected);

    page.actions().toggle->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(says(&page, QStringLiteral("disabled: neither polled")), kPatience);
    page.actions().toggle->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!says(&page, QStringLiteral("disabled: neither polled")), kPatience);

    page.actions().poll->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(says(&page, QStringLiteral("shop: 2 days are signalled")), kPatience);

    m_kept[QStringLiteral("shop")] = QStringLiteral("old");
    page.actions().remove->trigger();
    QDialog* dialog = nullptr;
    for (auto* candidate : m_window->findChildren<QDialog*>())
        if (candidate->windowTitle() == QLatin1String("Remove source"))
            dialog = candidate;
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(says(dialog, QStringLiteral("No day of it has landed.")), kPatience);
    buttonOf<QRadioButton>(dialog, QStringLiteral("Delete its landed days and their history"))
        ->click();
    buttonOf<QPushButton>(dialog, QStringLiteral("Remove source and data"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(&page, QStringLiteral("No sources yet")), kPatience);
    QVERIFY(sources().empty());
    QVERIFY(m_kept.isEmpty());
}

void TestSourceWizard::asksBeforeInputIsLost()
{
    openWindow();
    m_window->sourcesPage().addSource();
    nameAndKind(QStringLiteral("shop"), QStringLiteral("SQLite database"));
    wizard()->reject();
    auto* box = wizard()->findChild<QMessageBox*>();
    QVERIFY(box);
    QTRY_VERIFY(box->isVisible());
    buttonOf<QPushButton>(box, QStringLiteral("Keep editing"))->click();
    QVERIFY(wizard());
    QTRY_VERIFY(!wizard()->findChild<QMessageBox*>());
    wizard()->reject();
    buttonOf<QPushButton>(wizard()->findChild<QMessageBox*>(), QStringLiteral("Discard"))->click();
    QTRY_VERIFY(!wizard());
    QVERIFY(sources().empty());
}

void TestSourceWizard::testsAConnection()
{
    openWindow();
    addShop();
    m_window->sourcesPage().actions().test->trigger();
    QDialog* dialog = nullptr;
    for (auto* candidate : m_window->findChildren<QDialog*>())
        if (candidate->windowTitle() == QLatin1String("Test connection"))
            dialog = candidate;
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(says(dialog, QStringLiteral("Everything that an import needs")),
                             kPatience);
    const QStringList lines = dialog->findChild<Checklist*>()->lines();
    QVERIFY(lines.first().startsWith(QStringLiteral("Open the database: passed.")));
    QVERIFY(lines.size() >= 4);
    dialog->activateWindow();
    QTRY_VERIFY(dialog->isAncestorOf(QApplication::focusWidget()));
    const auto* close = buttonOf<QPushButton>(dialog, QStringLiteral("Close"));
    for (int i = 0; i < 20 && QApplication::focusWidget() != close; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), close);
}

int main(int argc, char** argv)
{
    // This program is also the one that decodes the files of folders.
    if (const std::optional<int> code = daymark::serveAsChild(argc, argv))
        return *code;
    QApplication application(argc, argv);
    TestSourceWizard test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_source_wizard.moc"
