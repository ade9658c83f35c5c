// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/versions.h"

#include "app/secrets/keychain.h"
#include "core/engine/about.h"
#include "ui/catalog/plot_library.h"

namespace daymark {

QString versionText()
{
    auto libraries = secrets::libraryVersions();
    libraries.emplace_back("QCustomPlot", QCUSTOMPLOT_VERSION_STR);
    for (auto& library : libraryVersions())
        libraries.push_back(std::move(library));
    QString text = QStringLiteral("daymark " DAYMARK_VERSION "\n");
    for (const auto& [library, version] : libraries)
        text += QStringLiteral("  %1 %2\n")
                    .arg(QString::fromStdString(library), QString::fromStdString(version));
    return text;
}

} // namespace daymark
