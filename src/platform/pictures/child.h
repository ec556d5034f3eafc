// The words between the program and its children that read pictures.
#pragma once

#include <cstddef>
#include <string_view>

namespace tanfang::pictures {

/// First words: the second is how the wanted code begins; or the program to run confined, and its words.
inline constexpr std::string_view kReadPicture = "--read-picture-of-parent";
inline constexpr std::string_view kRunConfined = "--run-confined-of-parent";
inline constexpr const char* kInput = "/proc/self/fd/3";

inline constexpr int kProcessorSeconds = 30;
inline constexpr std::size_t kMemory = 1536u << 20;

/// How the child ends: malformed picture; could not even begin.
inline constexpr int kMalformed = 10;
inline constexpr int kCannotServe = 12;

bool can_serve();

}  // namespace tanfang::pictures
