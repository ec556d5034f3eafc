#include "platform/http/forwarded.h"

#include <algorithm>

#include "base/text.h"
#include "platform/http/network.h"

namespace tanfang::http {

bool apply_forwarded(Request& request, const std::vector<std::string>& trusted) {
  auto is_trusted = [&](const std::string& address) {
    return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
  };
  if (!is_trusted(request.peer)) return false;
  std::string scheme;
  std::vector<std::string> chain;
  for (const Field& field : request.headers) {
    std::string name = lower_ascii(field.name);
    if (name == "x-forwarded-proto") scheme = lower_ascii(trimmed(field.value));
    if (name != "x-forwarded-for") continue;
    for (const std::string& address : split(field.value, ',')) chain.push_back(trimmed(address));
  }
  request.secure = request.secure || scheme == "https";
  for (auto each = chain.rbegin(); each != chain.rend(); ++each) {
    std::string address = plain_address(*each);
    if (address.empty()) break;
    request.peer = address;
    if (!is_trusted(address)) break;
  }
  return true;
}

}  // namespace tanfang::http
