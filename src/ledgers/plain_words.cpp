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

std::string compact(std::string_view text) { return without_spaces(half_width(text)); }

std::string plain_value(std::string_view text) { return without_marks(lower_ascii(compact(text)), true); }

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
