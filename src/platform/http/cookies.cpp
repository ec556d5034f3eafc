#include "platform/http/cookies.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace tanfang::http {
namespace {

constexpr std::size_t kMostCookies = 50;

bool is_token(std::string_view text) {
  constexpr std::string_view kSeparators = "()<>@,;:\\\"/[]?={} \t";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return c > 0x20 && c < 0x7f && kSeparators.find(c) == std::string_view::npos;
  });
}

bool is_value(std::string_view text) {
  constexpr std::string_view kForbidden = "\",;\\";
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return c > 0x20 && c < 0x7f && kForbidden.find(c) == std::string_view::npos; });
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<Field> parse_cookies(const Request& request) {
  std::vector<Field> cookies;
  for (const Field& header : request.headers) {
    if (lower_ascii(header.name) != "cookie") continue;
    for (const std::string& pair : split(header.value, ';')) {
      std::size_t equals = pair.find('=');
      if (equals == std::string::npos || cookies.size() == kMostCookies) continue;
      std::string_view name = without_blanks(std::string_view(pair).substr(0, equals));
      std::string_view value = without_blanks(std::string_view(pair).substr(equals + 1));
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
      if (is_token(name) && is_value(value)) cookies.push_back({std::string(name), std::string(value)});
    }
  }
  return cookies;
}

std::optional<std::string> find_cookie(const Request& request, std::string_view name) {
  std::optional<std::string> found;
  for (Field& cookie : parse_cookies(request)) {
    if (cookie.name != name) continue;
    if (found) return std::nullopt;
    found = std::move(cookie.value);
  }
  return found;
}

std::string set_cookie(const Cookie& cookie) {
  bool path_good = cookie.path.starts_with('/') && is_value(cookie.path);
  bool host_kept = !cookie.name.starts_with("__Host-") || (cookie.secure && cookie.path == "/");
  if (!is_token(cookie.name) || !is_value(cookie.value) || !path_good || !host_kept) {
    throw std::invalid_argument("a cookie with characters or attributes that are not allowed");
  }
  std::string out = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) out += "; Max-Age=" + std::to_string(cookie.max_age->count());
  if (cookie.secure) out += "; Secure";
  if (cookie.http_only) out += "; HttpOnly";
  out += cookie.same_site == SameSite::strict ? "; SameSite=Strict" : "; SameSite=Lax";
  return out;
}

}  // namespace tanfang::http
