// Whether this program was built with AddressSanitizer, which reserves terabytes of address space: then a limit of that
// space is no limit of memory.
#pragma once

namespace tanfang::process {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif
#else
inline constexpr bool kAddressSanitizer = false;
#endif

}  // namespace tanfang::process
