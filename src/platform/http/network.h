// Addresses as limits and trust see them.
#pragma once

#include <string>
#include <string_view>

namespace tanfang::http {

/// An IPv4 or IPv6 address in its one spelling: an IPv4 address that came over an IPv6 socket is that IPv4 address, a
/// port behind it (`1.2.3.4:80`, `[::1]:80`) is left off. "" where the text is no address.
std::string plain_address(std::string_view text);
/// Whose the address is: itself, or of an IPv6 address the /64, as whoever has one has the 64 bits behind it as well.
/// What is no address is given back.
std::string network_of(std::string_view address);
/// Of this machine itself; takes what `plain_address` gives.
bool is_loopback(std::string_view address);

}  // namespace tanfang::http
