// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/last_look.h"

#include "ui/style/text.h"

#include <QCryptographicHash>
#include <QSettings>

namespace daymark::ui {

namespace {

/// Paths hold what a settings key may not.
QString keyOf(const std::filesystem::path& workspace)
{
    const QByteArray path =
        QByteArray::fromStdString(std::filesystem::absolute(workspace).lexically_normal().string());
    const QByteArray digest = QCryptographicHash::hash(path, QCryptographicHash::Sha1).toHex();
    return QStringLiteral("overview/looked/%1").arg(QString::fromLatin1(digest.left(16)));
}

} // namespace

std::optional<Instant> lastLook(const std::filesystem::path& workspace)
{
    return parseInstant(utf8(QSettings().value(keyOf(workspace)).toString()));
}

void rememberLook(const std::filesystem::path& workspace, Instant at)
{
    // Written to the millisecond, and never to one before what was seen.
    const Instant whole = std::chrono::ceil<std::chrono::milliseconds>(at);
    QSettings().setValue(keyOf(workspace), text(formatInstant(whole)));
}

} // namespace daymark::ui
