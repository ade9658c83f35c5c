// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychain.h"
#include "app/window/options.h"
#include "app/window/startup_time.h"
#include "core/engine/child_entry.h"
#include "ui/runs/proof_window.h"
#include "ui/shell/screenshots.h"
#include "ui/style/appearance.h"
#include "ui/style/text.h"

#include <QApplication>
#include <QIcon>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace daymark;

/// Neither of these needs a display.
std::optional<int> sayFarewell(const std::variant<ProgramOptions, Farewell>& options)
{
    const auto* farewell = std::get_if<Farewell>(&options);
    if (!farewell)
        return std::nullopt;
    std::fputs(qPrintable(farewell->text), farewell->exitCode == 0 ? stdout : stderr);
    return farewell->exitCode;
}

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("daymark"));
    QCoreApplication::setOrganizationName(QStringLiteral("daymark"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DAYMARK_VERSION));
}

/// The icon of the theme that is installed with us, or the one that the program carries.
QIcon programIcon()
{
    QIcon carried;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        carried.addFile(QStringLiteral(":/daymark/icons/daymark-%1.png").arg(size));
    return QIcon::fromTheme(QStringLiteral("org.daymark.Daymark"), carried);
}

/// Passwords that the wizard takes go to the keychain, where there is one.
ui::SecretKeeper secretKeeper()
{
    if (!secrets::hasKeychain())
        return {};
    return {secrets::storeSecret, secrets::removeSecret};
}

/// Whatever the display can't do, the program's text can be asked for without one.
std::variant<ProgramOptions, Farewell> readArguments(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return readOptions(arguments);
}

/// The proof of a run, in a window of its own.
int showProof(const QString& file)
{
    const auto proof = readRunProof(std::filesystem::path(ui::utf8(file)));
    ui::ProofWindow window(file, proof);
    QObject::connect(&window, &QDialog::finished, &window,
                     [&proof] { QApplication::exit(proof ? EXIT_SUCCESS : EXIT_FAILURE); });
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    if (const std::optional<int> code = daymark::serveAsChild(argc, argv))
        return *code;
    // A write beyond a file-size limit is an error to report, not a reason to die.
    std::signal(SIGXFSZ, SIG_IGN);
    nameProgram();
    const auto options = readArguments(argc, argv);
    if (const std::optional<int> code = sayFarewell(options))
        return *code;
    auto program = std::get<ProgramOptions>(options);

    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setDesktopFileName(QStringLiteral("org.daymark.Daymark"));
    QApplication::setWindowIcon(programIcon());
    secrets::useKeychain();
    ui::setUpAppearance(application);
    if (!program.proof.isEmpty())
        return showProof(program.proof);
    program.window.secrets = secretKeeper();
    ui::MainWindow window(program.window);
    int exitCode = EXIT_SUCCESS;
    QObject::connect(
        &window, &ui::MainWindow::closed, &application,
        [&exitCode] { QApplication::exit(exitCode); }, Qt::QueuedConnection);
    std::unique_ptr<ui::Screenshots> screenshots;
    if (!program.screenshots.isEmpty()) {
        screenshots = std::make_unique<ui::Screenshots>(window, program.screenshots);
        QObject::connect(screenshots.get(), &ui::Screenshots::finished, &window, [&](int code) {
            exitCode = code;
            window.close();
        });
    }
    tellStartupTime(window);
    window.show();
    return QApplication::exec();
}
