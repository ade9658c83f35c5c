// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace daymark {

namespace {

constexpr std::size_t kMaskedCharacters = 40;
constexpr std::string_view kDots = "•••";
constexpr std::string_view kEllipsis = "…";

/// Part of a word that names a secret. `sig` and `pwd` only count as whole words.
constexpr std::array<std::string_view, 8> kSecretWords = {
    "password", "passwd", "secret", "token", "api_key", "apikey", "access_key", "signature"};
constexpr std::array<std::string_view, 3> kShortWords = {"sig", "pwd", "pw"};

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool isBlank(char c) { return c == ' ' || c == '\t'; }

char maskOf(unsigned char c)
{
    if (c >= 'a' && c <= 'z')
        return 'a';
    if (c >= 'A' && c <= 'Z')
        return 'A';
    if (c >= '0' && c <= '9')
        return '9';
    return c < 0x20 || c == 0x7F ? '?' : static_cast<char>(c);
}

bool namesSecret(std::string_view word)
{
    const std::string name = asciiLower(word);
    const auto within = [&name](std::string_view secret) {
        return name.find(secret) != std::string::npos;
    };
    return std::any_of(kSecretWords.begin(), kSecretWords.end(), within) ||
           std::find(kShortWords.begin(), kShortWords.end(), name) != kShortWords.end();
}

/// The end of the value that begins at `at`: a quoted one ends with its quote.
std::size_t endOfValue(std::string_view text, std::size_t at)
{
    if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
        const char quote = text[at];
        std::size_t end = at + 1;
        while (end < text.size() && text[end] != quote)
            end += text[end] == '\\' ? 2 : 1;
        return std::min(end + 1, text.size());
    }
    return std::min(text.find_first_of(" \t\r\n&;,)", at), text.size());
}

/// Where the value of a secret begins, if the word that ends at `at` names one and a value follows.
std::size_t startOfSecret(std::string_view text, std::size_t from, std::size_t at)
{
    if (!namesSecret(text.substr(from, at - from)))
        return std::string_view::npos;
    std::size_t next = at;
    if (next < text.size() && (text[next] == '"' || text[next] == '\''))
        ++next; // the key of a JSON object
    while (next < text.size() && isBlank(text[next]))
        ++next;
    if (next >= text.size() || (text[next] != '=' && text[next] != ':'))
        return std::string_view::npos;
    ++next;
    while (next < text.size() && isBlank(text[next]))
        ++next;
    return next < endOfValue(text, next) ? next : std::string_view::npos;
}

/// `scheme://user:password@host` without the password.
std::string withoutUserInfo(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t scheme = text.find("://", at);
        if (scheme == std::string_view::npos)
            return out.append(text.substr(at));
        const std::size_t begin = scheme + 3;
        const std::size_t end = std::min(text.find_first_of("/?# \t\r\n\"'", begin), text.size());
        const std::string_view place = text.substr(begin, end - begin);
        const std::size_t host = place.rfind('@');
        const std::size_t colon = place.find(':');
        out.append(text.substr(at, begin - at));
        if (host != std::string_view::npos && colon < host)
            out.append(place.substr(0, colon + 1)).append(kDots).append(place.substr(host));
        else
            out.append(place);
        at = end;
    }
    return out;
}

/// The closing quote of what opens at `at`; npos where nothing opens there.
std::size_t endOfQuote(std::string_view text, std::size_t at)
{
    static constexpr std::string_view kOpen = "“";
    static constexpr std::string_view kClose = "”";
    if (text.substr(at).substr(0, kOpen.size()) == kOpen) {
        const std::size_t end = text.find(kClose, at);
        return end == std::string_view::npos ? end : end + kClose.size();
    }
    const char quote = text[at];
    if (quote != '"' && quote != '\'' && quote != '`')
        return std::string_view::npos;
    // An apostrophe stands within or after a word.
    if (quote == '\'' && at > 0 && isWordByte(text[at - 1]))
        return std::string_view::npos;
    const std::size_t end = text.find(quote, at + 1);
    return end == std::string_view::npos ? end : end + 1;
}

} // namespace

std::string masked(std::string_view value)
{
    std::string out;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < value.size(); ++at) {
        const auto byte = static_cast<unsigned char>(value[at]);
        if ((byte & 0xC0U) == 0x80U)
            continue; // the rest of a character that has its dot already
        if (characters++ == kMaskedCharacters)
            return out.append(kEllipsis);
        if (byte < 0x80)
            out += maskOf(byte);
        else
            out.append("·");
    }
    return out;
}

std::string withoutQuoted(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = endOfQuote(text, at);
        if (end == std::string_view::npos) {
            out += text[at++];
            continue;
        }
        out.append("\"").append(kEllipsis).append("\"");
        at = end;
    }
    return out;
}

std::string withoutCredentials(std::string_view given)
{
    const std::string text = withoutUserInfo(given);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (!isWordByte(text[at])) {
            out += text[at++];
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isWordByte(text[end]))
            ++end;
        const std::size_t secret = startOfSecret(text, at, end);
        out.append(text, at, (secret == std::string::npos ? end : secret) - at);
        at = end;
        if (secret != std::string::npos) {
            out.append(kDots);
            at = endOfValue(text, secret);
        }
    }
    return out;
}

} // namespace daymark
