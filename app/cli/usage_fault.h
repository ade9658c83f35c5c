// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace daymark::cli {

/// How a value is refused out of the parser's callbacks. Thrown and caught within the two files
/// that wrap the parser's library.
struct UsageFault
{
    Error error;
};

} // namespace daymark::cli
