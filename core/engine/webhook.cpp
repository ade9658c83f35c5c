// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/webhook.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <mutex>

namespace daymark {

namespace {

constexpr std::size_t kLongestUrl = 4096;
constexpr long kConnectMs = 5000;

struct CloseEasy
{
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CloseUrl
{
    void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
};
struct CloseList
{
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, CloseEasy>;
using Url = std::unique_ptr<CURLU, CloseUrl>;
using List = std::unique_ptr<curl_slist, CloseList>;

void startLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::string partOf(CURLU* url, CURLUPart part)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK)
        return {};
    std::string copy = text;
    curl_free(text);
    return copy;
}

std::size_t ignoreBody(char*, std::size_t size, std::size_t count, void*) { return size * count; }

/// Ends the transfer once a stop was asked for.
int stopWhenAsked(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

/// Where this system keeps the certificates that it trusts; null where none of the usual places is
/// there. A libcurl that came along from another distribution knows only that one's place.
const char* trustedCertificates()
{
    static constexpr std::array<const char*, 4> kPlaces = {
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};
    const auto found = std::find_if(kPlaces.begin(), kPlaces.end(), [](const char* place) {
        std::error_code ignored;
        return std::filesystem::exists(place, ignored);
    });
    return found == kPlaces.end() ? nullptr : *found;
}

void setUp(CURL* easy, const std::string& url, const std::string& json, curl_slist* headers,
           std::stop_token& stop, std::chrono::milliseconds patience)
{
    const auto total = static_cast<long>(patience.count());
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    if (const char* place = trustedCertificates())
        curl_easy_setopt(easy, CURLOPT_CAINFO, place);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, json.c_str());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json.size()));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Daymark");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, std::min(kConnectMs, total));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, total);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignoreBody);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, stopWhenAsked);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &stop);
}

WebhookAnswer failed(CURLcode code, const std::string& host)
{
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return {false, true, true, "Sending to " + host + " was cancelled."};
    std::string reason = curl_easy_strerror(code);
    if (code == CURLE_OPERATION_TIMEDOUT)
        reason = "it did not answer in time";
    return {false, true, false, host + " could not be reached: " + reason + "."};
}

WebhookAnswer answered(long status, const std::string& host)
{
    const bool ok = status >= 200 && status < 300;
    std::string words = host + " answered " + std::to_string(status) + ".";
    if (status >= 300 && status < 400)
        words += " Redirects are not followed: enter the address that it points to.";
    return {ok, status >= 500 || status == 429, false, words};
}

} // namespace

std::string webhookHost(const std::string& url)
{
    startLibrary();
    if (url.empty() || url.size() > kLongestUrl)
        return {};
    const Url parsed(curl_url());
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return {};
    const std::string scheme = partOf(parsed.get(), CURLUPART_SCHEME);
    const std::string host = partOf(parsed.get(), CURLUPART_HOST);
    if ((scheme != "http" && scheme != "https") || host.empty())
        return {};
    const std::string port = partOf(parsed.get(), CURLUPART_PORT);
    return scheme + "://" + host + (port.empty() ? "" : ":" + port);
}

Status checkWebhook(const std::string& url)
{
    if (!webhookHost(url).empty())
        return {};
    return fail(ErrorCode::UsageInvalid, "This is no address that notices can be sent to.",
                "Enter an address that begins with https:// (or http://) and a host.");
}

WebhookAnswer postToWebhook(const std::string& url, const std::string& json, std::stop_token stop,
                            std::chrono::milliseconds patience)
{
    const std::string host = webhookHost(url);
    const Easy easy(host.empty() ? nullptr : curl_easy_init());
    if (!easy)
        return {false, false, false, "This is no address that notices can be sent to."};
    const List headers(curl_slist_append(nullptr, "Content-Type: application/json"));
    setUp(easy.get(), url, json, headers.get(), stop, patience);
    const CURLcode code = curl_easy_perform(easy.get());
    if (code != CURLE_OK)
        return failed(code, host);
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    return answered(status, host);
}

} // namespace daymark
