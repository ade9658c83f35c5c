// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Settings page on a real workspace, and what is told on the desktop.

#include "ui/settings/notices.h"
#include "ui/settings/notices_card.h"
#include "ui/settings/settings_page.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr int kPatience = 30'000; // milliseconds; a busy machine

/// The words of the label that names a field.
QString labelOf(QWidget& home, const QWidget* field)
{
    for (const QLabel* label : home.findChildren<QLabel*>()) {
        if (label->buddy() == field)
            return label->text().remove(QLatin1Char('&'));
    }
    return {};
}

template <class Widget>
Widget* named(QWidget& home, const QString& name)
{
    for (Widget* candidate : home.findChildren<Widget*>()) {
        if (candidate->accessibleName() == name || labelOf(home, candidate) == name)
            return candidate;
    }
    return nullptr;
}

QPushButton* button(QWidget& home, const QString& name)
{
    for (QPushButton* candidate : home.findChildren<QPushButton*>()) {
        if (candidate->text().remove(QLatin1Char('&')) == name)
            return candidate;
    }
    return nullptr;
}

QStringList items(const QListWidget& list)
{
    QStringList out;
    for (int row = 0; row < list.count(); ++row)
        out << list.item(row)->text();
    return out;
}

} // namespace

class TestSettingsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everySettingHasChoicesAndHelp();
    void aChoiceIsKept();
    void nonsenseThatWasKeptCountsAsTheDefault();
    void idTypesAreAdded();
    void aRefusedIdTypeStaysTyped();
    void otherWorkspacesAreOffered();
    void noticesAreShownOnTheDesktop();
    void noticesAreMuted();
    void aWebhookIsKeptAndNeverShown();
    void aCommandIsTriedAndKept();
    void commandLinesKeepTheirWords_data();
    void commandLinesKeepTheirWords();

private:
    void openPage();
    /// Whether a banner on the page says this.
    [[nodiscard]] bool says(const QString& words) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<EngineBridge> m_bridge;
    std::unique_ptr<SettingsPage> m_page;
};

void TestSettingsPage::init()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_settings_page"));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
    QSettings().clear();
}

void TestSettingsPage::cleanup()
{
    m_page.reset();
    m_bridge.reset();
    m_folder.reset();
}

void TestSettingsPage::openPage()
{
    m_bridge = std::make_unique<EngineBridge>();
    EngineOptions options;
    options.workspace = m_folder->filePath(QStringLiteral("workspace")).toStdString();
    m_bridge->open(options, true, false);
    QTRY_VERIFY_WITH_TIMEOUT(m_bridge->isOpen(), kPatience);
    m_page = std::make_unique<SettingsPage>(*m_bridge);
    m_page->show();
}

bool TestSettingsPage::says(const QString& words) const
{
    const auto banners = m_page->findChildren<Banner*>();
    return std::any_of(banners.begin(), banners.end(),
                       [&](const Banner* banner) { return banner->text().contains(words); });
}

void TestSettingsPage::everySettingHasChoicesAndHelp()
{
    openPage();
    for (const SettingInfo& info : settingsTable()) {
        QVERIFY(info.choices.size() >= 2);
        const auto* choice = named<QComboBox>(*m_page, QString(info.name).remove(QLatin1Char('&')));
        QVERIFY2(choice, qPrintable(info.name));
        QCOMPARE(choice->accessibleDescription(), info.help);
        QCOMPARE(choice->currentData().toString(), info.choices.front().value);
    }
}

void TestSettingsPage::aChoiceIsKept()
{
    openPage();
    const QSignalSpy changes(m_page.get(), &SettingsPage::changed);
    auto* imports = named<QComboBox>(*m_page, QStringLiteral("Imports"));
    QVERIFY(imports);
    imports->setFocus();
    QTest::keyClick(imports, Qt::Key_Down);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(settingValue(Setting::Imports), QStringLiteral("manual"));
    const SettingsPage second(*m_bridge);
    QCOMPARE(named<QComboBox>(const_cast<SettingsPage&>(second), QStringLiteral("Imports"))
                 ->currentIndex(),
             1);
}

void TestSettingsPage::nonsenseThatWasKeptCountsAsTheDefault()
{
    saveSetting(Setting::Imports, QStringLiteral("perhaps"));
    QCOMPARE(settingValue(Setting::Imports), kAutomatic);
}

void TestSettingsPage::idTypesAreAdded()
{
    openPage();
    const auto* list = named<QListWidget>(*m_page, QStringLiteral("Id types of this workspace"));
    auto* name = named<QLineEdit>(*m_page, QStringLiteral("New id type"));
    QTRY_VERIFY_WITH_TIMEOUT(list->count() > 0, kPatience);
    QVERIFY(!button(*m_page, QStringLiteral("Add id type"))->isEnabled());
    QTest::keyClicks(name, QStringLiteral("company_id"));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(items(*list).contains(QStringLiteral("company_id")), kPatience);
    QVERIFY(name->text().isEmpty());
}

void TestSettingsPage::aRefusedIdTypeStaysTyped()
{
    openPage();
    auto* name = named<QLineEdit>(*m_page, QStringLiteral("New id type"));
    name->setText(QStringLiteral("user_id"));
    QTest::keyClick(name, Qt::Key_Return);
    const auto* message = m_page->findChild<Banner*>();
    QTRY_VERIFY_WITH_TIMEOUT(!message->text().isEmpty(), kPatience);
    QCOMPARE(message->tone(), Tone::Error);
    QCOMPARE(name->text(), QStringLiteral("user_id"));
}

void TestSettingsPage::otherWorkspacesAreOffered()
{
    rememberWorkspace(QStringLiteral("/first"));
    rememberWorkspace(QStringLiteral("/second"));
    rememberWorkspace(QStringLiteral("/first"));
    QCOMPARE(recentWorkspaces(),
             QStringList({QStringLiteral("/first"), QStringLiteral("/second")}));
    openPage();
    const QSignalSpy asked(m_page.get(), &SettingsPage::workspaceAsked);
    auto* list = named<QListWidget>(*m_page, QStringLiteral("Workspaces opened before"));
    QCOMPARE(list->count(), 2);
    list->setCurrentRow(1);
    button(*m_page, QStringLiteral("Open selected"))->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toString(), QStringLiteral("/second"));
}

void TestSettingsPage::noticesAreShownOnTheDesktop()
{
    EngineBridge bridge;
    QWidget window;
    Notices notices(bridge, window);
    const QSignalSpy told(&notices, &Notices::told);
    Notice notice;
    notice.kind = NoticeKind::Gap;
    notice.title = "shop: a new gap";
    notice.words = "14 June is not signalled.";
    Q_EMIT bridge.noticeTold(notice);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0][0].toString(), QStringLiteral("shop: a new gap"));
    QCOMPARE(told[0][1].toString(), QStringLiteral("14 June is not signalled."));
    saveSetting(Setting::Notices, QStringLiteral("window"));
    Q_EMIT bridge.noticeTold(notice);
    QCOMPARE(told.size(), 1);
}

void TestSettingsPage::noticesAreMuted()
{
    openPage();
    const auto* state = named<QLabel>(*m_page, QStringLiteral("Whether notices are muted"));
    QVERIFY(state);
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("Notices are on."), kPatience);
    QVERIFY(!button(*m_page, QStringLiteral("Turn notices on"))->isEnabled());
    button(*m_page, QStringLiteral("Mute for 1 hour"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(state->text().startsWith(QStringLiteral("Notices are muted until ")),
                             kPatience);
    button(*m_page, QStringLiteral("Mute until I turn them on"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(
        state->text(), QStringLiteral("Notices are muted until they are turned on."), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(button(*m_page, QStringLiteral("Turn notices on"))->isEnabled(),
                             kPatience);
    button(*m_page, QStringLiteral("Turn notices on"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("Notices are on."), kPatience);
}

void TestSettingsPage::aWebhookIsKeptAndNeverShown()
{
    openPage();
    auto* field = named<QLineEdit>(*m_page, QStringLiteral("Webhook"));
    const auto* state = named<QLabel>(*m_page, QStringLiteral("Webhook: state"));
    auto* save = named<QPushButton>(*m_page, QStringLiteral("Webhook: Save"));
    const auto* remove = named<QPushButton>(*m_page, QStringLiteral("Webhook: Remove"));
    QVERIFY(field && state && save && remove);
    QVERIFY(!save->isEnabled());
    field->setText(QStringLiteral("ftp://example.org/secret"));
    save->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("no address that notices can be sent to")),
                             kPatience);
    QVERIFY(!field->text().isEmpty());
    field->setText(QStringLiteral("http://127.0.0.1:9/secret"));
    save->click();
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("Sends to http://127.0.0.1:9."),
                              kPatience);
    QVERIFY(field->text().isEmpty());
    QVERIFY(remove->isEnabled());
    named<QPushButton>(*m_page, QStringLiteral("Webhook: Test"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("The test failed: http://127.0.0.1:9 could not")),
                             kPatience);
}

void TestSettingsPage::aCommandIsTriedAndKept()
{
    openPage();
    QSignalSpy undo(m_bridge.get(), &EngineBridge::undoOffered);
    auto* field = named<QLineEdit>(*m_page, QStringLiteral("Command to run"));
    const auto* state = named<QLabel>(*m_page, QStringLiteral("Command to run: state"));
    auto* remove = named<QPushButton>(*m_page, QStringLiteral("Command to run: Remove"));
    QVERIFY(field && state && remove);
    field->setText(QStringLiteral("/bin/sh -c \"exit 3\""));
    named<QPushButton>(*m_page, QStringLiteral("Command to run: Test"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("The test failed: /bin/sh ended with 3.")),
                             kPatience);
    field->setText(QStringLiteral("/bin/sh -c \"exit 0\""));
    named<QPushButton>(*m_page, QStringLiteral("Command to run: Test"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("The test arrived: /bin/sh ended with 0.")),
                             kPatience);
    named<QPushButton>(*m_page, QStringLiteral("Command to run: Save"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("Starts /bin/sh."), kPatience);
    QCOMPARE(field->text(), QStringLiteral("/bin/sh -c \"exit 0\""));
    remove->click();
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("No command."), kPatience);
    QCOMPARE(undo.size(), 1);
}

void TestSettingsPage::commandLinesKeepTheirWords_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("plain") << "/bin/notify --urgent" << QStringList{"/bin/notify", "--urgent"};
    QTest::newRow("held together")
        << "/bin/notify \"a b\" c" << QStringList{"/bin/notify", "a b", "c"};
    QTest::newRow("no shell") << "/bin/notify $HOME;ls|cat"
                              << QStringList{"/bin/notify", "$HOME;ls|cat"};
    QTest::newRow("a quote") << "/bin/notify a\"\"\"b" << QStringList{"/bin/notify", "a\"b"};
}

void TestSettingsPage::commandLinesKeepTheirWords()
{
    QFETCH(QString, line);
    QFETCH(QStringList, words);
    const std::vector<std::string> read = commandWords(line);
    QStringList found;
    for (const std::string& word : read)
        found << text(word);
    QCOMPARE(found, words);
    QCOMPARE(commandLine(read), line);
}

QTEST_MAIN(TestSettingsPage)
#include "tst_settings_page.moc"
