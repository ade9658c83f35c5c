// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What fuzz targets share. A target is one function, LLVMFuzzerTestOneInput: given any bytes it
// returns, or aborts where something that must always hold does not.

#include "core/source/file_root.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace daymark::fuzz {

/// Ends the program where a property does not hold: the input that showed it is kept.
inline void hold(bool property)
{
    if (!property)
        std::abort();
}

/// The bytes of an input, taken off the front.
class Input
{
public:
    Input(const std::uint8_t* data, std::size_t size)
        : m_left(reinterpret_cast<const char*>(data), size)
    {}

    std::uint8_t byte()
    {
        if (m_left.empty())
            return 0;
        const auto value = static_cast<std::uint8_t>(m_left.front());
        m_left.remove_prefix(1);
        return value;
    }

    [[nodiscard]] std::string_view rest() const { return m_left; }

private:
    std::string_view m_left;
};

/// An open file with these bytes, in memory.
inline Descriptor fileOf(std::string_view bytes)
{
    Descriptor file(::memfd_create("fuzz", MFD_CLOEXEC));
    hold(file.get() >= 0 && ::ftruncate(file.get(), static_cast<off_t>(bytes.size())) == 0);
    hold(::pwrite(file.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    return file;
}

inline ListedFile listedAs(std::string name, std::string_view bytes)
{
    ListedFile listed;
    listed.type = fileTypeOf(name);
    listed.path = listed.name = std::move(name);
    listed.size = bytes.size();
    return listed;
}

} // namespace daymark::fuzz
