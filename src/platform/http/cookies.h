// Cookies in and out (RFC 6265).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.h"

namespace tanfang::http {

/// Every cookie of the request, in order. What is not a `name=value` of allowed characters is passed over; at most 50.
std::vector<Field> parse_cookies(const Request& request);
/// The only cookie of that name; nullopt where there is none, or several (a neighbouring domain may have planted one).
std::optional<std::string> find_cookie(const Request& request, std::string_view name);

enum class SameSite { strict, lax };

/// HttpOnly, Secure and SameSite=Strict unless told otherwise.
struct Cookie {
  std::string name;
  std::string value;
  std::string path = "/";
  /// Without it the cookie ends with the browser; 0 deletes it.
  std::optional<std::chrono::seconds> max_age = std::nullopt;
  bool secure = true;
  bool http_only = true;
  SameSite same_site = SameSite::strict;
};
/// The value of a Set-Cookie field. Throws std::invalid_argument where name, value or path hold characters that are not
/// allowed, or a `__Host-` name lacks what it promises.
std::string set_cookie(const Cookie& cookie);

}  // namespace tanfang::http
