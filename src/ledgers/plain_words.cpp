#include "ledgers/plain_words.h"

#include <algorithm>

#include "base/text.h"

namespace tanfang::ledgers {
namespace {

bool is_punctuation(char32_t c) {
  constexpr std::u32string_view kMarks =
      U"()[]{}<>《》〈〉【】〔〕「」『』“”‘’\"'`、，,。.·•:：;；/\\|-—–_~～+&*#＊!！?？…^=※★☆●○◆◇□■△▲▼";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool opens(char32_t c) { return c == U'(' || c == U'[' || c == U'【' || c == U'〔'; }
bool closes(char32_t c) { return c == U')' || c == U']' || c == U'】' || c == U'〕'; }

std::string without_marks(std::string_view text, bool keep_bracketed) {
  std::string plain;
  int depth = 0;
  for (char32_t c : code_points(text)) {
    if (!keep_bracketed && opens(c)) ++depth;
    bool inside = depth > 0;
    if (!keep_bracketed && closes(c) && depth > 0) --depth;
    if (!inside && !is_punctuation(c)) append_utf8(plain, c);
  }
  return plain;
}

/// Without digits and Chinese numbering in front (`1姓名`, `一、姓名`) and remarks behind.
std::string without_numbering(std::string heading) {
  std::size_t digits = heading.find_first_not_of("0123456789");
  if (digits != std::string::npos && digits <= 2 && !heading.substr(digits).starts_with("位") &&
      !heading.substr(digits).starts_with("岁")) {
    heading.erase(0, digits);
  }
  for (std::string_view remark : {"必填项", "必填", "选填", "必录", "下拉选择", "下拉"}) {
    if (heading.size() > remark.size() && heading.ends_with(remark)) heading.erase(heading.size() - remark.size());
  }
  return heading;
}

}  // namespace

std::size_t digits_in(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (c >= '0' && c <= '9') ++digits;
    // １ is EF BC 91.
    if (c == 0xEF && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xBC) {
      unsigned char last = static_cast<unsigned char>(text[i + 2]);
      digits += last >= 0x90 && last <= 0x99 ? 1 : 0;
    }
  }
  return digits;
}

std::string compact(std::string_view text) { return without_spaces(half_width(text)); }

std::string plain_value(std::string_view text) { return without_marks(lower_ascii(compact(text)), true); }

std::string plain_answer(std::string_view text) {
  std::string plain = plain_value(text);
  if (!plain.empty()) return plain;
  auto points = code_points(compact(text));
  if (points.size() != 1) return plain;
  constexpr std::u32string_view kFull = U"●■◆★▲";
  if (kFull.find(points[0]) != std::u32string_view::npos) return "√";
  return points[0] == U'□' ? "×" : plain;
}

std::vector<std::string> plain_headings(std::string_view text) {
  std::string base = lower_ascii(compact(text));
  std::vector<std::string> forms;
  for (bool keep : {true, false}) {
    std::string form = without_marks(base, keep);
    for (std::string candidate : {form, without_numbering(form)}) {
      if (!candidate.empty() && std::find(forms.begin(), forms.end(), candidate) == forms.end()) {
        forms.push_back(std::move(candidate));
      }
    }
  }
  return forms;
}

}  // namespace tanfang::ledgers
