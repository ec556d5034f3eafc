// UTF-8 text: validity, plain forms for comparing, splitting.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tanfang {

bool is_valid_utf8(std::string_view text);
/// Without white space (also U+3000 and U+00A0, zero-width characters, BOM) at both ends.
std::string trimmed(std::string_view text);
/// Full-width ASCII (Ａ，１：) and the ideographic space to their half-width forms; the rest is kept.
std::string half_width(std::string_view text);
/// Every white space and zero-width character taken out.
std::string without_spaces(std::string_view text);
std::string replaced(std::string text, std::string_view what, std::string_view with);
/// Parts between `separator`, empty ones kept.
std::vector<std::string> split(std::string_view text, char separator);
/// Code points of valid UTF-8.
std::vector<char32_t> code_points(std::string_view text);
void append_utf8(std::string& out, char32_t code_point);
/// Number of code points of valid UTF-8.
std::size_t length_of(std::string_view text);
std::string lower_ascii(std::string_view text);

}  // namespace tanfang
