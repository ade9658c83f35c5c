// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the one source of a test program that runs DuckDB's or Qt's own threads: both libraries come
// without ThreadSanitizer's instrumentation, so that it doesn't see how they keep their data in
// order. Under other builds this is an unused function.

extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions()
{
    return "race:libduckdb.so\nrace:libQt6Core.so\nrace:libQt6Test.so\n";
}
