// Any bytes as a request, a target, a query and cookies: pieces must not matter, and nothing leaves its folder.
#include <cstdint>

#include "base/problem.h"
#include "base/text.h"
#include "platform/http/compress.h"
#include "platform/http/cookies.h"
#include "platform/http/percent.h"
#include "platform/http/request_parser.h"
#include "platform/http/response.h"

namespace tanfang::http {
namespace {

/// What was read of the first request and its body, and how many bytes were left; the code where it was refused.
std::string read(std::string_view bytes, std::size_t step) {
  RequestParser parser(HeaderLimits{.bytes = 2000, .target_bytes = 500, .fields = 20});
  std::string waiting;
  std::string body;
  bool headed = false;
  try {
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      waiting += bytes.substr(at, step);
      headed = headed || parser.take_header(waiting);
      if (headed && !parser.body_done()) {
        waiting.erase(0, parser.take_body(waiting, [&](std::string_view piece) { body += piece; }));
      }
    }
    if (!headed || !parser.body_done()) return "cut short";
  } catch (const Problem&) {
    return "refused";
  }
  std::string found = std::string(name_of(parser.method())) + parser.target() + "|" + body + "|" + waiting;
  for (const Field& field : parser.headers()) found += "|" + field.name + ":" + field.value;
  return found;
}

void read_target(std::string_view text) {
  try {
    Target target = parse_target(text);
    for (std::size_t i = 0; i < target.path.size(); ++i) {
      const std::string& segment = target.path[i];
      bool last = i + 1 == target.path.size();
      bool good = is_valid_utf8(segment) && segment != ".." && segment != "." && (last || !segment.empty()) &&
                  segment.find_first_of(std::string_view("/\\\0\n", 4)) == std::string::npos;
      if (!good) __builtin_trap();
    }
  } catch (const Problem&) {
  }
}

void read_query(std::string_view text) {
  try {
    std::vector<Field> fields = parse_query(text);
    std::string again;
    for (const Field& field : fields) {
      again += (again.empty() ? "" : "&") + percent_encoded(field.name) + "=" + percent_encoded(field.value);
    }
    if (parse_form(again) != fields) __builtin_trap();
  } catch (const Problem&) {
  }
}

void read_cookies(std::string_view text) {
  Request request;
  request.headers = {{"Cookie", std::string(text)}};
  for (const Field& cookie : parse_cookies(request)) set_cookie({.name = "n", .value = cookie.value});
  accepts_gzip(text);
  names_etag(text, "\"a\"");
}

}  // namespace
}  // namespace tanfang::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  if (tanfang::http::read(text, bytes[0] % 60 + 1) != tanfang::http::read(text, size)) __builtin_trap();
  tanfang::http::read_target(text);
  tanfang::http::read_query(text);
  tanfang::http::read_cookies(text);
  return 0;
}
