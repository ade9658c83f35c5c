// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The main() of a test that reads files which a process of its own decodes: the test's program
// becomes that process.

#include "core/source/decode_child.h"

#include <QtTest>

#define DAYMARK_DECODING_TEST_MAIN(Test)                                                           \
    int main(int argc, char** argv)                                                                \
    {                                                                                              \
        if (const std::optional<int> code = daymark::decodeIfChild(argc, argv))                    \
            return *code;                                                                          \
        Test test;                                                                                 \
        QTEST_SET_MAIN_SOURCE_PATH                                                                 \
        return QTest::qExec(&test, argc, argv);                                                    \
    }
