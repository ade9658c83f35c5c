// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_settings.h"

#include <mutex>

namespace daymark {

namespace {

struct Guarded
{
    std::mutex mutex;
    DecodeSettings settings; ///< guarded by mutex
};

Guarded& guarded()
{
    static Guarded one;
    return one;
}

} // namespace

DecodeSettings decodeSettings()
{
    Guarded& one = guarded();
    const std::lock_guard lock(one.mutex);
    return one.settings;
}

void setDecodeSettings(DecodeSettings settings)
{
    Guarded& one = guarded();
    const std::lock_guard lock(one.mutex);
    one.settings = std::move(settings);
}

} // namespace daymark
