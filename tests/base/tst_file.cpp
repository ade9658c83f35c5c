// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include <QtTest>

#include <cerrno>
#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace daymark;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

std::string read(const fs::path& path)
{
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return content.str();
}

/// Another process that takes a lock and holds it until it is ended.
class Holder
{
public:
    explicit Holder(const fs::path& path)
    {
        int ready[2];
        if (::pipe(ready) != 0)
            return;
        m_process = ::fork();
        if (m_process == 0) {
            const auto lock = FileLock::acquire(path);
            const char answer = lock ? 'y' : 'n';
            if (::write(ready[1], &answer, 1) == 1)
                ::pause();
            ::_exit(0);
        }
        char answer = 'n';
        m_holds = ::read(ready[0], &answer, 1) == 1 && answer == 'y';
        ::close(ready[0]);
        ::close(ready[1]);
    }
    ~Holder() { end(); }
    void end()
    {
        if (m_process <= 0)
            return;
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
        m_process = 0;
    }
    bool holds() const { return m_holds; }

private:
    pid_t m_process = 0;
    bool m_holds = false;
};

} // namespace

class TestFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void errorsNameTheThingAndTheWayOut();
    void movesOnlyToNewNames();
    void movesFolders();
    void exchangesFolders();
    void digests();
    void digestsOfWhatIsNoFile();
    void writesWholeFiles();
    void leavesNoDraftBehind();
    void syncs();
    void aLockIsHeldOnce();
    void aLockOfAnotherProcess();
    void aLockEndsWithItsProcess();
    void locksMove();

private:
    fs::path m_folder;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestFile::init()
{
    m_temporary = std::make_unique<QTemporaryDir>();
    QVERIFY(m_temporary->isValid());
    m_folder = m_temporary->path().toStdString();
}

void TestFile::errorsNameTheThingAndTheWayOut()
{
    const Error full = fileError(ENOSPC, "write", "/srv/x\ny");
    QVERIFY(full.code == ErrorCode::StorageFull);
    QCOMPARE(full.message, std::string("Could not write /srv/x\\x0Ay: No space left on device."));
    QVERIFY(!full.hint.empty());
    QVERIFY(fileError(EDQUOT, "write", "x").code == ErrorCode::StorageFull);
    QVERIFY(fileError(EACCES, "open", "x").code == ErrorCode::StorageFailed);
    QVERIFY(fileError(EACCES, "open", "x").hint != fileError(EIO, "open", "x").hint);
}

void TestFile::movesOnlyToNewNames()
{
    write(m_folder / "a", "a");
    write(m_folder / "b", "b");
    QVERIFY(!moveToNew(m_folder / "a", m_folder / "b"));
    QCOMPARE(read(m_folder / "b"), std::string("b"));
    QVERIFY(moveToNew(m_folder / "a", m_folder / "c"));
    QCOMPARE(read(m_folder / "c"), std::string("a"));
    QVERIFY(!fs::exists(m_folder / "a"));
    QVERIFY(!moveToNew(m_folder / "gone", m_folder / "d"));
}

void TestFile::movesFolders()
{
    fs::create_directories(m_folder / "staged");
    write(m_folder / "staged" / "x", "x");
    fs::create_directories(m_folder / "day");
    QVERIFY(!moveToNew(m_folder / "staged", m_folder / "day"));
    fs::remove(m_folder / "day");
    QVERIFY(moveToNew(m_folder / "staged", m_folder / "day"));
    QCOMPARE(read(m_folder / "day" / "x"), std::string("x"));
}

void TestFile::exchangesFolders()
{
    fs::create_directories(m_folder / "old");
    fs::create_directories(m_folder / "new");
    write(m_folder / "old" / "x", "old");
    write(m_folder / "new" / "x", "new");
    QVERIFY(exchange(m_folder / "new", m_folder / "old"));
    QCOMPARE(read(m_folder / "old" / "x"), std::string("new"));
    QCOMPARE(read(m_folder / "new" / "x"), std::string("old"));
    QVERIFY(!exchange(m_folder / "gone", m_folder / "old"));
    QCOMPARE(read(m_folder / "old" / "x"), std::string("new"));
}

void TestFile::digests()
{
    write(m_folder / "empty", "");
    write(m_folder / "abc", "abc");
    const auto empty = digestFile(m_folder / "empty");
    QCOMPARE(empty->bytes, std::uint64_t{0});
    QCOMPARE(empty->sha256,
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    const auto abc = digestFile(m_folder / "abc");
    QCOMPARE(abc->bytes, std::uint64_t{3});
    QCOMPARE(abc->sha256,
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    write(m_folder / "large", std::string(1'000'000, 'a'));
    QCOMPARE(digestFile(m_folder / "large")->sha256,
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

void TestFile::digestsOfWhatIsNoFile()
{
    QVERIFY(!digestFile(m_folder / "gone"));
    QVERIFY(!digestFile(m_folder));
    fs::create_symlink(m_folder / "gone", m_folder / "link");
    QVERIFY(!digestFile(m_folder / "link"));
    QCOMPARE(::mkfifo((m_folder / "pipe").c_str(), 0600), 0);
    const auto pipe = digestFile(m_folder / "pipe"); // must not wait for a writer
    QVERIFY(!pipe || pipe->bytes == 0);
}

void TestFile::writesWholeFiles()
{
    QVERIFY(writeFileDurably(m_folder / "x", "first"));
    QVERIFY(writeFileDurably(m_folder / "x", ""));
    QCOMPARE(read(m_folder / "x"), std::string());
    const std::string large(300'000, 'y');
    QVERIFY(writeFileDurably(m_folder / "x", large));
    QVERIFY(read(m_folder / "x") == large);
    struct stat status = {};
    QCOMPARE(::stat((m_folder / "x").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void TestFile::leavesNoDraftBehind()
{
    fs::create_directories(m_folder / "taken" / "inside");
    QVERIFY(!writeFileDurably(m_folder / "taken", "x"));
    QVERIFY(!fs::exists(m_folder / "taken.new"));
    QVERIFY(!writeFileDurably(m_folder / "no" / "such" / "folder", "x"));
}

void TestFile::syncs()
{
    write(m_folder / "x", "x");
    QVERIFY(syncFile(m_folder / "x"));
    QVERIFY(syncFolder(m_folder));
    QVERIFY(!syncFile(m_folder / "gone"));
    QVERIFY(!syncFolder(m_folder / "x"));
}

void TestFile::aLockIsHeldOnce()
{
    const fs::path path = m_folder / "lock";
    QVERIFY(!FileLock::isHeld(path));
    QVERIFY(!fs::exists(path));
    {
        const auto lock = FileLock::acquire(path);
        QVERIFY(lock.has_value());
        QVERIFY(FileLock::isHeld(path));
        const auto second = FileLock::acquire(path);
        QVERIFY(!second);
        QVERIFY(second.error().code == ErrorCode::WorkspaceBusy);
    }
    QVERIFY(!FileLock::isHeld(path));
    QVERIFY(FileLock::acquire(path).has_value());
}

void TestFile::aLockOfAnotherProcess()
{
    const fs::path path = m_folder / "lock";
    Holder holder(path);
    QVERIFY(holder.holds());
    QVERIFY(FileLock::isHeld(path));
    const auto lock = FileLock::acquire(path);
    QVERIFY(!lock);
    QVERIFY(lock.error().code == ErrorCode::WorkspaceBusy);
}

void TestFile::aLockEndsWithItsProcess()
{
    const fs::path path = m_folder / "lock";
    Holder holder(path);
    QVERIFY(holder.holds());
    holder.end();
    QVERIFY(!FileLock::isHeld(path));
    QVERIFY(FileLock::acquire(path).has_value());
}

void TestFile::locksMove()
{
    const fs::path path = m_folder / "lock";
    FileLock kept;
    {
        auto lock = FileLock::acquire(path);
        QVERIFY(lock.has_value());
        kept = std::move(*lock);
    }
    QVERIFY(FileLock::isHeld(path));
    FileLock next(std::move(kept));
    QVERIFY(FileLock::isHeld(path));
    next = FileLock();
    QVERIFY(!FileLock::isHeld(path));
}

QTEST_APPLESS_MAIN(TestFile)
#include "tst_file.moc"
