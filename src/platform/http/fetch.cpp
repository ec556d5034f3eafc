#include "platform/http/fetch.h"

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <string_view>

#include "base/problem.h"

namespace tanfang::http {
namespace {

struct Cleaning {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

struct Answer {
  std::string body;
  std::size_t most_bytes;
};

/// Anything but all of the bytes ends the transfer.
std::size_t take(char* bytes, std::size_t, std::size_t count, void* into) {
  auto* answer = static_cast<Answer*>(into);
  if (answer->body.size() + count > answer->most_bytes) return 0;
  answer->body.append(bytes, count);
  return count;
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy = text;
  curl_free(text);
  return copy;
}

CURL* new_handle() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  return curl_easy_init();
}

}  // namespace

bool may_fetch(const std::string& url) {
  std::unique_ptr<CURLU, Cleaning> parts(curl_url());
  if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return false;
  if (!part_of(parts.get(), CURLUPART_USER).empty()) return false;
  std::string scheme = part_of(parts.get(), CURLUPART_SCHEME);
  std::string host = part_of(parts.get(), CURLUPART_HOST);
  return scheme == "https" || (scheme == "http" && (host == "127.0.0.1" || host == "[::1]" || host == "localhost"));
}

Fetched fetch(const Fetch& wanted) {
  if (!may_fetch(wanted.url)) throw Failure("the address of the other server is neither https nor loopback");
  std::unique_ptr<CURL, Cleaning> handle(new_handle());
  if (!handle) throw Failure("cannot ask another server: out of memory");
  CURL* curl = handle.get();
  Answer answer{{}, wanted.most_bytes};
  curl_easy_setopt(curl, CURLOPT_URL, wanted.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(wanted.time.count()));
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(wanted.most_bytes));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  if (!wanted.form.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(wanted.form.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, wanted.form.c_str());
  }
  if (!wanted.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl, CURLOPT_USERNAME, wanted.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, wanted.password.c_str());
  }
  CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) throw Failure(std::string("another server did not answer: ") + curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return {static_cast<int>(status), std::move(answer.body)};
}

}  // namespace tanfang::http
