// Asking another server, within limits: no redirects are followed, and neither time nor size is left to it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace tanfang::http {

struct Fetch {
  std::string url;
  std::string form;  // posted as application/x-www-form-urlencoded; "": a GET
  std::string user;  // for Basic authentication, "" for none
  std::string password;
  std::chrono::milliseconds time{5'000};  // for all of it
  std::size_t most_bytes = 64u << 10;     // of the answer
};

struct Fetched {
  int status = 0;
  std::string body;
};

/// `https://…`, or `http://` to this machine's loopback.
bool may_fetch(const std::string& url);

/// Any status is an answer. Throws Failure where there is none in time, it is too large, or its certificate is not
/// good; the text names neither parameters nor secrets.
Fetched fetch(const Fetch& wanted);

}  // namespace tanfang::http
