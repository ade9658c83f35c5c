// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Settings page on a real workspace, and what is told on the desktop.

#include "ui/settings/notices.h"
#include "ui/settings/settings_page.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
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

template <class Widget>
Widget* named(QWidget& home, const QString& name)
{
    for (Widget* candidate : home.findChildren<Widget*>()) {
        if (candidate->accessibleName() == name)
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
    void failuresAreToldOnce();

private:
    void openPage();

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

void TestSettingsPage::failuresAreToldOnce()
{
    EngineBridge bridge;
    QWidget window;
    Notices notices(bridge, window);
    const QSignalSpy told(&notices, &Notices::told);
    RunInfo run;
    run.source = "shop";
    run.state = RunState::Failed;
    run.error = Error{ErrorCode::SourceBusy, "It is locked.", "Try again."};
    Q_EMIT bridge.runFinished(run);
    Q_EMIT bridge.runFinished(run);
    QCOMPARE(told.size(), 1);
    QVERIFY(told[0][1].toString().contains(QStringLiteral("It is locked.")));
    run.state = RunState::Imported;
    Q_EMIT bridge.runFinished(run);
    QCOMPARE(told.size(), 1);
    PollReport poll;
    poll.source = "shop";
    poll.error = run.error;
    Q_EMIT bridge.pollFinished(poll);
    Q_EMIT bridge.pollFinished(poll);
    QCOMPARE(told.size(), 2);
    poll.ok = true;
    Q_EMIT bridge.pollFinished(poll);
    QCOMPARE(told.size(), 3);
    saveSetting(Setting::Notices, QStringLiteral("window"));
    poll.ok = false;
    Q_EMIT bridge.pollFinished(poll);
    QCOMPARE(told.size(), 3);
}

QTEST_MAIN(TestSettingsPage)
#include "tst_settings_page.moc"
