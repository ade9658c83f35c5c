// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace daymark {

/// The SHA-256 of bytes that come piece by piece.
class Sha256
{
public:
    Sha256();

    void add(const void* bytes, std::size_t size);
    /// Of all that was added: 64 hexadecimal digits, lower case. Nothing can be added after it.
    [[nodiscard]] std::string hex();

private:
    struct Free
    {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

/// The SHA-256 of the bytes: 64 hexadecimal digits, lower case.
[[nodiscard]] std::string sha256Of(std::string_view bytes);

} // namespace daymark
