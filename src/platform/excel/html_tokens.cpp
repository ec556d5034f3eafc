#include "platform/excel/html_tokens.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace tanfang::excel {
namespace {

bool is_space(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNamed = {{{"amp", "&"},
                                                                                   {"lt", "<"},
                                                                                   {"gt", ">"},
                                                                                   {"quot", "\""},
                                                                                   {"apos", "'"},
                                                                                   {"nbsp", " "},
                                                                                   {"ensp", " "},
                                                                                   {"emsp", " "},
                                                                                   {"middot", "·"},
                                                                                   {"ldquo", "“"},
                                                                                   {"rdquo", "”"},
                                                                                   {"mdash", "—"}}};

void append_character(std::string& out, std::uint32_t code) {
  auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

/// `name` stands between `&` and `;`. False where it is no reference.
bool append_reference(std::string& out, std::string_view name) {
  for (const auto& [known, text] : kNamed) {
    if (known == name) {
      out += text;
      return true;
    }
  }
  if (name.size() < 2 || name[0] != '#') return false;
  bool hex = name[1] == 'x' || name[1] == 'X';
  std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t code = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  bool read = error == std::errc() && end == digits.data() + digits.size();
  if (!read || code < 0x20 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
  append_character(out, code == 0xA0 ? ' ' : code);
  return true;
}

}  // namespace

std::string resolve_references(std::string_view text) {
  constexpr std::size_t kLongest = 10;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text[at] == '&' ? text.substr(at, kLongest).find(';') : std::string_view::npos;
    if (end != std::string_view::npos && append_reference(out, text.substr(at + 1, end - 1))) {
      at += end + 1;
    } else {
      out += text[at++];
    }
  }
  return out;
}

int HtmlToken::number(std::string_view attribute, int most) const {
  for (const auto& [key, value] : attributes) {
    int number = 0;
    if (key != attribute) continue;
    auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    return read.ec == std::errc() ? std::clamp(number, 1, most) : 1;
  }
  return 1;
}

int HtmlTokens::peek() {
  if (at_ == text_.size()) {
    text_ = decoder_.next();
    at_ = 0;
    if (text_.empty()) return kEnd;
  }
  return static_cast<unsigned char>(text_[at_]);
}

int HtmlTokens::take() {
  int c = peek();
  if (c != kEnd) ++at_;
  return c;
}

void HtmlTokens::append(std::string& text, int c) const {
  if (text.size() < limits_.cell_bytes) text += static_cast<char>(c);
}

void HtmlTokens::skip_space() {
  while (is_space(peek())) take();
}

bool HtmlTokens::next(HtmlToken& token) {
  token = {};
  while (peek() != kEnd) {
    if (!raw_.empty()) {
      skip_raw(raw_);
      continue;
    }
    if (peek() != '<') {
      read_text(token);
      return true;
    }
    take();
    int c = peek();
    if (c == '!' || c == '?') {
      skip_declaration();
    } else if (c == '/' || is_letter(c)) {
      if (read_tag(token)) return true;
    } else {
      token.text.push_back('<');
      return true;
    }
  }
  return false;
}

void HtmlTokens::read_text(HtmlToken& token) {
  std::string text;
  for (int c = peek(); c != kEnd && c != '<' && text.size() < limits_.cell_bytes; c = peek()) append(text, take());
  token.text = resolve_references(text);
}

/// Behind `<`. False for a tag without a name.
bool HtmlTokens::read_tag(HtmlToken& token) {
  token.kind = HtmlToken::Kind::start;
  if (peek() == '/') {
    take();
    token.kind = HtmlToken::Kind::end;
  }
  for (int c = peek(); c != kEnd && c != '>' && c != '/' && c != '<' && !is_space(c); c = peek()) {
    append(token.name, take());
  }
  token.name = lower_ascii(token.name);
  read_attributes(token);
  if (token.kind == HtmlToken::Kind::start && (token.name == "script" || token.name == "style")) raw_ = token.name;
  return !token.name.empty();
}

/// To the end of the tag, `>` included; a `<` before it ends the tag too.
void HtmlTokens::read_attributes(HtmlToken& token) {
  constexpr std::size_t kMost = 64;
  while (true) {
    while (is_space(peek()) || peek() == '/') take();
    int c = peek();
    if (c == kEnd || c == '<') return;
    if (c == '>') {
      take();
      return;
    }
    std::string name;
    for (c = peek(); c != kEnd && c != '=' && c != '>' && c != '/' && !is_space(c); c = peek()) append(name, take());
    skip_space();
    std::string value;
    if (peek() == '=') {
      take();
      value = read_value();
    }
    if (token.attributes.size() < kMost) token.attributes.emplace_back(lower_ascii(name), resolve_references(value));
  }
}

std::string HtmlTokens::read_value() {
  skip_space();
  std::string value;
  int quote = peek();
  if (quote == '"' || quote == '\'') {
    take();
    for (int c = take(); c != kEnd && c != quote; c = take()) append(value, c);
    return value;
  }
  for (int c = peek(); c != kEnd && c != '>' && !is_space(c); c = peek()) append(value, take());
  return value;
}

/// A comment to its `-->`, anything else that begins with `!` or `?` to its `>`.
void HtmlTokens::skip_declaration() {
  std::string head;
  std::string tail;
  for (int c = take(); c != kEnd; c = take()) {
    if (head.size() < 3) head += static_cast<char>(c);
    tail += static_cast<char>(c);
    if (tail.size() > 3) tail.erase(0, 1);
    if (head == "!--" ? tail == "-->" : c == '>') return;
  }
}

/// To the end tag of an element whose content is no text.
void HtmlTokens::skip_raw(const std::string& name) {
  const std::string end = "</" + name;
  std::string seen;
  while (true) {
    int c = take();
    if (c == kEnd) break;
    seen += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    if (seen.size() > end.size()) seen.erase(0, 1);
    if (seen == end) break;
  }
  raw_.clear();
  while (peek() != kEnd && take() != '>') {
  }
}

}  // namespace tanfang::excel
