// A web page cut into tags and text, as far as tables need it. Nothing in a page is malformed: browsers show anything,
// so what is not understood is passed over.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/excel/table.h"
#include "platform/excel/text_decoder.h"

namespace tanfang::excel {

struct HtmlToken {
  enum class Kind { text, start, end };
  Kind kind = Kind::text;
  std::string name;                                             // of a tag, in small letters
  std::string text;                                             // with character references resolved
  std::vector<std::pair<std::string, std::string>> attributes;  // of a start tag, names in small letters

  /// A whole number of an attribute in 1..most; 1 where it is absent or none.
  int number(std::string_view attribute, int most) const;
};

class HtmlTokens {
 public:
  HtmlTokens(const std::string& path, Encoding encoding, const Limits& limits)
      : decoder_(path, encoding), limits_(limits) {}
  /// The next token; false at the end. Comments, declarations, scripts and styles are passed over; a text longer than a
  /// cell may be comes in pieces, a longer attribute is cut off. Throws Problem `ledger.encoding`.
  bool next(HtmlToken& token);

 private:
  static constexpr int kEnd = -1;

  int peek();
  int take();
  /// Up to as much as a cell may hold.
  void append(std::string& text, int c) const;
  void read_text(HtmlToken& token);
  bool read_tag(HtmlToken& token);
  void read_attributes(HtmlToken& token);
  std::string read_value();
  void skip_declaration();
  void skip_raw(const std::string& name);
  void skip_space();

  TextDecoder decoder_;
  Limits limits_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::string raw_;  // the element whose content is no text: script, style
};

/// `&amp;`, `&#20013;` and the like as characters; what is none stays as it is written.
std::string resolve_references(std::string_view text);

}  // namespace tanfang::excel
