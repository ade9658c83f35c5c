// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar/explain.h"

#include "history.h"

#include <QtTest>

using namespace daymark;
using namespace daymark::test;

QTEST_APPLESS_MAIN(QObject)
