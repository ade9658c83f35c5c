// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret.h"

#include <cstdlib>
#include <cstring>
#include <mutex>

namespace daymark {

namespace {

constexpr std::string_view kHidden = "•••";

struct Store
{
    std::mutex mutex;
    SecretStore store; ///< guarded by mutex
};

Store& processStore()
{
    static Store store;
    return store;
}

thread_local LentSecret* latestLent = nullptr;

} // namespace

void setSecretStore(SecretStore store)
{
    Store& place = processStore();
    const std::scoped_lock lock(place.mutex);
    place.store = std::move(store);
}

std::string secretVariable(std::string_view source)
{
    std::string name = "DAYMARK_SECRET_";
    for (const char c : source) {
        if (c >= 'a' && c <= 'z')
            name += static_cast<char>(c - 'a' + 'A');
        else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            name += c;
        else
            name += '_';
    }
    return name;
}

Result<std::optional<std::string>> findSecret(const std::string& source)
{
    for (const LentSecret* lent = latestLent; lent; lent = lent->m_before)
        if (lent->m_secret && lent->m_source == source)
            return lent->m_secret;
    if (const char* value = std::getenv(secretVariable(source).c_str()); value && *value)
        return std::string(value);
    SecretStore store;
    {
        Store& place = processStore();
        const std::scoped_lock lock(place.mutex);
        store = place.store;
    }
    if (!store)
        return std::nullopt;
    return store(source);
}

LentSecret::LentSecret(std::string source, std::optional<std::string> secret)
    : m_source(std::move(source)), m_secret(std::move(secret)), m_before(latestLent)
{
    latestLent = this;
}

LentSecret::~LentSecret()
{
    latestLent = m_before;
    if (m_secret)
        wipe(*m_secret);
}

void wipe(std::string& secret)
{
    explicit_bzero(secret.data(), secret.size());
    secret.clear();
}

std::string withoutSecret(std::string text, std::string_view secret)
{
    if (secret.empty())
        return text;
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kHidden.size()))
        text.replace(at, secret.size(), kHidden);
    return text;
}

} // namespace daymark
