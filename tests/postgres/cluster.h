// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/registry.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace daymark::test {

/// A PostgreSQL server of the test's own: made by initdb in a temporary folder, on a free port and
/// a socket in that folder, run as the user `postgres` where the test runs as root. It ends with
/// the object, and with the process however that ends.
class Cluster
{
public:
    enum class Tls { Off, On };

    /// Whether PostgreSQL's server programs are installed.
    static bool isInstalled();

    explicit Cluster(Tls tls = Tls::Off);
    ~Cluster();

    bool start();
    void stopAtOnce(); ///< as if the power was cut
    bool isRunning() const;

    /// Runs statements as the superuser; the first column of the first row.
    QString sql(const QString& statements, const QString& database = "postgres");

    int port() const { return m_port; }
    QString folder() const { return m_folder.path(); } ///< of the socket
    QString certificate() const { return m_folder.filePath("authority.crt"); }
    /// Parameters of a connection string that show the certificate of the role `carded`.
    QString card() const
    {
        return "sslcert=" + m_folder.filePath("client.crt") +
               "&sslkey=" + m_folder.filePath("client.key");
    }
    QByteArray log() const;

    /// `postgresql://user@host:port/database` with more parameters after it.
    std::string uri(const QString& user = "postgres", const QString& more = {},
                    const QString& database = "postgres", const QString& host = "127.0.0.1",
                    int port = 0) const;

private:
    QString program(const QString& name) const;
    bool run(const QString& name, const QStringList& arguments);
    bool makeCertificates();
    QStringList asOwner(const QString& name, const QStringList& arguments) const;

    Tls m_tls;
    QTemporaryDir m_folder;
    int m_port = 0;
    QProcess m_server;
};

/// A source of metrics called `shop` on the default tables.
SourceConfig shopConfig(const std::string& uri);

/// The rows of a read as text, a row a line, its cells separated by `|`, null as `~`.
QStringList readRows(Source& source, const char* day, Error* error = nullptr);

/// Opens a day with the mapping that the source's own description gives.
Result<std::unique_ptr<RowReader>> openDay(Source& source, const char* day,
                                           const std::map<std::string, std::string>& overrides = {},
                                           std::stop_token stop = {});

/// Reads to the end: how many rows, or the error.
Result<std::uint64_t> drain(RowReader& reader, std::stop_token stop = {});

} // namespace daymark::test
