// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychain.h"

#include "core/base/secret.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>

#include <qt6keychain/keychain.h>

#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace daymark::secrets {

namespace {

using namespace std::chrono;

constexpr auto kService = "daymark";
constexpr seconds kPatience{5};
constexpr seconds kSilence{60}; ///< for which a keychain that did not answer is left alone

std::atomic<steady_clock::time_point>& silentUntil()
{
    static std::atomic<steady_clock::time_point> until{steady_clock::time_point{}};
    return until;
}

/// What a job came to; shared by the thread that does it and whoever waits.
struct Answer
{
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false; ///< guarded by mutex, like all below
    QKeychain::Error error = QKeychain::NoError;
    std::string words;
    std::string secret;
};

using MakeJob = std::function<std::unique_ptr<QKeychain::Job>()>;

/// The body of the thread: a job needs an event loop, and its backend may block for ever.
void work(const std::shared_ptr<Answer>& answer, const QString& key, const MakeJob& makeJob)
{
    const std::unique_ptr<QKeychain::Job> job = makeJob();
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    job->setKey(key);
    QEventLoop loop;
    QObject::connect(job.get(), &QKeychain::Job::finished, &loop, &QEventLoop::quit,
                     Qt::QueuedConnection);
    job->start();
    loop.exec();
    const std::scoped_lock lock(answer->mutex);
    answer->error = job->error();
    answer->words = job->errorString().toStdString();
    if (const auto* read = qobject_cast<const QKeychain::ReadPasswordJob*>(job.get()))
        answer->secret = read->textData().toStdString();
    answer->done = true;
    answer->changed.notify_all();
}

Error locked(const std::string& source, const std::string& words)
{
    return {ErrorCode::SourceCredentials,
            "The keychain does not give out the secret of the source " + source +
                (words.empty() ? "." : ": " + words + "."),
            "Unlock the keychain, or set the environment variable " + secretVariable(source) + "."};
}

/// A bus that never answers would also keep the process from ending: the libraries behind it wait
/// for their threads at exit.
void endWithoutWaiting()
{
    static std::once_flag once;
    std::call_once(once, [] {
        on_exit(
            [](int status, void*) {
                std::fflush(nullptr);
                _exit(status);
            },
            nullptr);
    });
}

/// Does a job on a thread of its own and waits for it, though not for ever.
Result<std::shared_ptr<Answer>> carryOut(const std::string& source, MakeJob makeJob)
{
    if (steady_clock::now() < silentUntil().load())
        return fail(locked(source, "it did not answer just now"));
    const auto answer = std::make_shared<Answer>();
    std::thread(work, answer, QString::fromStdString("source/" + source), std::move(makeJob))
        .detach();
    std::unique_lock lock(answer->mutex);
    if (!answer->changed.wait_for(lock, kPatience, [&] { return answer->done; })) {
        silentUntil() = steady_clock::now() + kSilence;
        endWithoutWaiting();
        return fail(locked(source, "no answer within 5 s"));
    }
    return answer;
}

/// Whether there is nothing to be had: no entry, or no keychain on this machine at all.
bool isAbsent(QKeychain::Error error)
{
    return error != QKeychain::NoError && error != QKeychain::AccessDenied &&
           error != QKeychain::AccessDeniedByUser;
}

/// An event loop needs an application object, which a command line does not have.
void ensureApplication()
{
    static int count = 1;
    static char name[] = "daymark";
    static char* arguments[] = {name, nullptr};
    if (!QCoreApplication::instance()) {
        static QCoreApplication application(count, arguments);
    }
}

} // namespace

/// Without a session bus no keychain can answer, and asking one would only cost the patience.
bool hasKeychain()
{
#ifdef Q_OS_LINUX
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           (!runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus")));
#else
    return true;
#endif
}

void useKeychain()
{
    if (!hasKeychain())
        return;
    ensureApplication();
    setSecretStore([](const std::string& source) { return readSecret(source); });
}

Result<std::optional<std::string>> readSecret(const std::string& source)
{
    auto answer =
        carryOut(source, [] { return std::make_unique<QKeychain::ReadPasswordJob>(kService); });
    if (!answer)
        return fail(answer.error());
    const std::scoped_lock lock((*answer)->mutex);
    if (isAbsent((*answer)->error))
        return std::nullopt;
    if ((*answer)->error != QKeychain::NoError)
        return fail(locked(source, (*answer)->words));
    return std::move((*answer)->secret);
}

Status storeSecret(const std::string& source, const std::string& secret)
{
    const auto answer = carryOut(source, [secret]() -> std::unique_ptr<QKeychain::Job> {
        auto job = std::make_unique<QKeychain::WritePasswordJob>(kService);
        job->setTextData(QString::fromStdString(secret));
        return job;
    });
    if (!answer)
        return fail(answer.error());
    const std::scoped_lock lock((*answer)->mutex);
    if ((*answer)->error != QKeychain::NoError)
        return fail(locked(source, (*answer)->words));
    return {};
}

std::vector<std::pair<std::string, std::string>> libraryVersions()
{
    return {{"Qt", qVersion()}, {"QtKeychain", DAYMARK_QTKEYCHAIN_VERSION}};
}

Status removeSecret(const std::string& source)
{
    const auto answer =
        carryOut(source, [] { return std::make_unique<QKeychain::DeletePasswordJob>(kService); });
    if (!answer)
        return fail(answer.error());
    const std::scoped_lock lock((*answer)->mutex);
    const QKeychain::Error error = (*answer)->error;
    if (error != QKeychain::NoError && error != QKeychain::EntryNotFound)
        return fail(locked(source, (*answer)->words));
    return {};
}

} // namespace daymark::secrets
