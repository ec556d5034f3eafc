// The plain forms in which headings and values are compared with the tables of words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tanfang::ledgers {

/// Half-width, lower case, without spaces, punctuation and brackets (what stands in them is kept).
std::string plain_value(std::string_view text);

/// The plain forms of a heading, best first: with what stands in brackets, without it, each without numbering in front
/// and 必填 and the like behind. Without repeats; none empty.
std::vector<std::string> plain_headings(std::string_view text);

/// The plain form of an answer: a mark alone (●, ■, ☑) reads √, an empty box ×.
std::string plain_answer(std::string_view text);

/// Half-width without spaces; punctuation stays.
std::string compact(std::string_view text);

/// How many digits stand in a text, full-width ones too.
std::size_t digits_in(std::string_view text);

}  // namespace tanfang::ledgers
