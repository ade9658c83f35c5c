// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string_view>

namespace daymark {

/// Holds the first bytes of a text file (after decompression) against what they must not be:
/// nothing at all (ErrorCode::SourceEmpty), UTF-16 or UTF-32, another format under a wrong name, or
/// binary (ErrorCode::SourceFormat). `name` is the file, for the message.
[[nodiscard]] Status checkTextContent(std::string_view beginning, std::string_view name);

/// The bytes without a UTF-8 byte-order mark in front.
[[nodiscard]] std::string_view withoutByteOrderMark(std::string_view text);

} // namespace daymark
