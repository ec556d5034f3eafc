#include "platform/http/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace tanfang::http {
namespace {

constexpr std::size_t kMapped = 12;  // bytes of an IPv6 address before an IPv4 one that is mapped into it

std::string text_of(int family, const void* bytes) {
  char text[INET6_ADDRSTRLEN];
  return ::inet_ntop(family, bytes, text, sizeof text) ? text : "";
}

/// Without the brackets and the port.
std::string_view host_of(std::string_view text) {
  if (text.starts_with('[')) {
    std::size_t end = text.find(']');
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  }
  return std::count(text.begin(), text.end(), ':') == 1 ? text.substr(0, text.find(':')) : text;
}

bool read_ipv6(std::string_view text, in6_addr& bytes) {
  return ::inet_pton(AF_INET6, std::string(text).c_str(), &bytes) == 1;
}

}  // namespace

std::string plain_address(std::string_view text) {
  std::string host(host_of(text));
  in_addr four;
  if (::inet_pton(AF_INET, host.c_str(), &four) == 1) return text_of(AF_INET, &four);
  in6_addr six;
  if (!read_ipv6(host, six)) return "";
  if (IN6_IS_ADDR_V4MAPPED(&six)) return text_of(AF_INET, six.s6_addr + kMapped);
  return text_of(AF_INET6, &six);
}

std::string network_of(std::string_view address) {
  in6_addr six;
  if (!read_ipv6(address, six)) return std::string(address);
  if (IN6_IS_ADDR_V4MAPPED(&six)) return text_of(AF_INET, six.s6_addr + kMapped);
  std::memset(six.s6_addr + 8, 0, 8);
  return text_of(AF_INET6, &six) + "/64";
}

bool is_loopback(std::string_view address) { return address == "::1" || address.starts_with("127."); }

}  // namespace tanfang::http
