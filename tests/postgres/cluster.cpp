// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <arpa/inet.h>
#include <csignal>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace daymark::test {

namespace {

QString binaryFolder()
{
    const QDir versions("/usr/lib/postgresql");
    for (const QString& version :
         versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        const QString folder = versions.filePath(version + "/bin");
        if (QFile::exists(folder + "/initdb") && QFile::exists(folder + "/postgres"))
            return folder;
    }
    return {};
}

int freePort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    const bool bound =
        bind(descriptor, plain, size) == 0 && getsockname(descriptor, plain, &size) == 0;
    close(descriptor);
    return bound ? ntohs(address.sin_port) : 0;
}

bool runToEnd(const QStringList& command)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(command.first(), command.mid(1));
    const bool done = process.waitForFinished(120'000) && process.exitCode() == 0;
    if (!done)
        qWarning() << command << process.readAll();
    return done;
}

} // namespace

bool Cluster::isInstalled() { return !binaryFolder().isEmpty(); }

Cluster::Cluster(Tls tls) : m_tls(tls), m_folder(QDir::tempPath() + "/daymark-pg-XXXXXX")
{
    m_port = freePort();
    if (geteuid() != 0)
        return;
    if (const passwd* owner = getpwnam("postgres")) {
        [[maybe_unused]] const int changed =
            chown(m_folder.path().toLocal8Bit().constData(), owner->pw_uid, owner->pw_gid);
    }
}

Cluster::~Cluster()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    kill(static_cast<pid_t>(m_server.processId()), SIGINT); // a fast shutdown
    if (!m_server.waitForFinished(10'000))
        stopAtOnce();
}

QString Cluster::program(const QString& name) const { return binaryFolder() + "/" + name; }

QStringList Cluster::asOwner(const QString& name, const QStringList& arguments) const
{
    QStringList command;
    if (geteuid() == 0)
        command << "setpriv"
                << "--reuid=postgres"
                << "--regid=postgres"
                << "--init-groups"
                << "--pdeathsig=QUIT"
                << "--";
    return command << name << arguments;
}

bool Cluster::run(const QString& name, const QStringList& arguments)
{
    return runToEnd(asOwner(name, arguments));
}

/// An authority, a certificate of its own for `localhost`, and one for the role `carded`.
bool Cluster::makeCertificates()
{
    const QString folder = m_folder.path() + "/";
    const QString data = folder + "data/";
    return run("openssl",
               {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=Test authority", "-keyout",
                folder + "authority.key", "-out", folder + "authority.crt"}) &&
           run("openssl", {"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                           "-nodes", "-subj", "/CN=localhost", "-keyout", data + "server.key",
                           "-out", folder + "server.csr"}) &&
           run("openssl", {"x509", "-req", "-days", "2", "-in", folder + "server.csr", "-CA",
                           folder + "authority.crt", "-CAkey", folder + "authority.key",
                           "-CAcreateserial", "-out", data + "server.crt"}) &&
           run("openssl", {"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                           "-nodes", "-subj", "/CN=carded", "-keyout", folder + "client.key",
                           "-out", folder + "client.csr"}) &&
           run("openssl", {"x509", "-req", "-days", "2", "-in", folder + "client.csr", "-CA",
                           folder + "authority.crt", "-CAkey", folder + "authority.key",
                           "-CAcreateserial", "-out", folder + "client.crt"}) &&
           run("chmod", {"600", data + "server.key", folder + "client.key"});
}

bool Cluster::start()
{
    const QString data = m_folder.filePath("data");
    if (!QFile::exists(data)) {
        if (!run(program("initdb"), {"-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                                     "--locale=C", "--no-sync", "--no-instructions"}))
            return false;
        if (m_tls == Tls::On && !makeCertificates())
            return false;
        QFile rules(data + "/pg_hba.conf");
        if (!rules.open(QFile::WriteOnly | QFile::Truncate))
            return false;
        rules.write(m_tls == Tls::On ? "hostssl all carded all cert\n" : "");
        rules.write("local all all trust\n"
                    "host all guarded 127.0.0.1/32 scram-sha-256\n"
                    "host all all 127.0.0.1/32 trust\n"
                    "host all all ::1/128 trust\n");
    }
    QStringList arguments{"-D", data, "-k", m_folder.path(), "-p", QString::number(m_port)};
    for (const char* setting : {"fsync=off", "full_page_writes=off", "max_connections=20",
                                "shared_buffers=32MB", "log_statement=all", "log_line_prefix=%u: ",
                                "autovacuum=off", "unix_socket_permissions=0777"})
        arguments << "-c" << setting;
    if (m_tls == Tls::On)
        arguments << "-c"
                  << "ssl=on"
                  << "-c"
                  << "ssl_ca_file=" + certificate() << "-c"
                  << "listen_addresses=*";
    else
        arguments << "-c"
                  << "listen_addresses=127.0.0.1";
    const QStringList command = asOwner(program("postgres"), arguments);
    m_server.setStandardErrorFile(m_folder.filePath("log"), QIODevice::Append);
    m_server.setStandardOutputFile(QProcess::nullDevice());
    m_server.start(command.first(), command.mid(1));
    const std::string address = uri();
    return m_server.waitForStarted() &&
           QTest::qWaitFor([&] { return PQping(address.c_str()) == PQPING_OK; }, 60'000);
}

void Cluster::stopAtOnce()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    kill(static_cast<pid_t>(m_server.processId()), SIGQUIT);
    m_server.waitForFinished(20'000);
}

bool Cluster::isRunning() const { return m_server.state() != QProcess::NotRunning; }

QString Cluster::sql(const QString& statements, const QString& database)
{
    const std::string address = uri("postgres", {}, database);
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(address.c_str()),
                                                                  &PQfinish);
    PQsetNoticeReceiver(
        connection.get(), [](void*, const PGresult*) {}, nullptr);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(connection.get(), statements.toUtf8().constData()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        qWarning() << statements << PQerrorMessage(connection.get());
        return "failed";
    }
    return PQntuples(result.get()) > 0 ? QString::fromUtf8(PQgetvalue(result.get(), 0, 0))
                                       : QString();
}

QByteArray Cluster::log() const
{
    QFile file(m_folder.filePath("log"));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

std::string Cluster::uri(const QString& user, const QString& more, const QString& database,
                         const QString& host, int port) const
{
    return QString("postgresql://%1@%2:%3/%4%5%6")
        .arg(user, host)
        .arg(port == 0 ? m_port : port)
        .arg(database, more.isEmpty() ? "" : "?", more)
        .toStdString();
}

SourceConfig shopConfig(const std::string& uri)
{
    SourceConfig config;
    config.name = "shop";
    config.kind = "postgres";
    config.uri = uri;
    return config;
}

Result<std::unique_ptr<RowReader>> openDay(Source& source, const char* day,
                                           const std::map<std::string, std::string>& overrides,
                                           std::stop_token stop)
{
    const Result<SourceDescription> description = source.describe({});
    if (!description)
        return fail(description.error());
    const MappedSchema schema =
        mapColumns(dataset(DatasetKind::Metrics), description->columns, overrides);
    return source.openDay(*parseDay(day), schema.mapping, std::move(stop));
}

Result<std::uint64_t> drain(RowReader& reader, std::stop_token stop)
{
    Batch batch;
    std::uint64_t rows = 0;
    while (true) {
        const Result<bool> more = reader.read(batch, stop);
        if (!more)
            return fail(more.error());
        if (!*more)
            return rows;
        rows += batch.rows;
    }
}

QStringList readRows(Source& source, const char* day, Error* error)
{
    const auto keep = [error](const Error& found) {
        if (error)
            *error = found;
        else
            qWarning() << found.message.c_str();
        return QStringList{"failed"};
    };
    const auto reader = openDay(source, day);
    if (!reader)
        return keep(reader.error());
    QStringList rows;
    Batch batch;
    while (true) {
        const Result<bool> more = (*reader)->read(batch, {});
        if (!more)
            return keep(more.error());
        if (!*more)
            return rows;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            QStringList cells;
            for (const std::vector<Cell>& column : batch.columns)
                cells << (column.empty() || column[row].isNull()
                              ? "~"
                              : QString::fromStdString(formatCell(column[row])));
            rows << cells.join('|');
        }
    }
}

} // namespace daymark::test
