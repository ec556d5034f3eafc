#include "platform/http/forwarded.h"

#include <algorithm>

#include "base/text.h"

namespace tanfang::http {
namespace {

bool is_address(std::string_view text) {
  return !text.empty() && text.size() <= 45 &&
         text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
}

}  // namespace

void apply_forwarded(Request& request, const std::vector<std::string>& trusted) {
  auto is_trusted = [&](const std::string& address) {
    return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
  };
  if (!is_trusted(request.peer)) return;
  std::string scheme;
  std::vector<std::string> chain;
  for (const Field& field : request.headers) {
    std::string name = lower_ascii(field.name);
    if (name == "x-forwarded-proto") scheme = lower_ascii(trimmed(field.value));
    if (name != "x-forwarded-for") continue;
    for (const std::string& address : split(field.value, ',')) chain.push_back(trimmed(address));
  }
  request.secure = request.secure || scheme == "https";
  for (auto each = chain.rbegin(); each != chain.rend() && is_address(*each); ++each) {
    request.peer = *each;
    if (!is_trusted(*each)) return;
  }
}

}  // namespace tanfang::http
