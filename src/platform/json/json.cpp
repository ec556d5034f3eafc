#include "platform/json/json.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/problem.h"
#include "platform/json/json_problems.h"

namespace tanfang::json {
namespace {

namespace bj = boost::json;

/// The keys of the objects that are open, to refuse one that stands twice. Their text lies in one buffer.
class OpenKeys {
 public:
  void begin_object() { frames_.push_back(keys_.size()); }
  void append(bj::string_view part) { text_.append(part.data(), part.size()); }
  void end_key() {
    std::size_t begin = keys_.empty() ? 0 : keys_.back().end;
    std::size_t size = text_.size() - begin;
    std::size_t mark =
        size == 0 ? 0 : size << 16 | static_cast<std::size_t>(text_[begin] & 0xFF) << 8 | (text_.back() & 0xFF);
    keys_.push_back({begin, text_.size(), mark});
  }
  /// A key that stands twice in the object that ends here, or nothing.
  std::string end_object() {
    std::string twice = find_twice(frames_.back());
    keys_.resize(frames_.back());
    frames_.pop_back();
    text_.resize(keys_.empty() ? 0 : keys_.back().end);
    return twice;
  }

 private:
  struct Key {
    std::size_t begin;
    std::size_t end;
    std::size_t mark;  // length, first and last byte: most keys differ in it
  };
  std::string_view view(Key key) const { return std::string_view(text_).substr(key.begin, key.end - key.begin); }

  std::string find_twice(std::size_t first) {
    static constexpr std::size_t kFew = 48;
    if (keys_.size() - first > kFew) {
      std::vector<std::string_view> names;
      for (std::size_t i = first; i < keys_.size(); ++i) names.push_back(view(keys_[i]));
      std::sort(names.begin(), names.end());
      auto twice = std::adjacent_find(names.begin(), names.end());
      return twice == names.end() ? std::string() : key_name(*twice);
    }
    for (std::size_t i = first; i < keys_.size(); ++i) {
      for (std::size_t j = first; j < i; ++j) {
        if (keys_[i].mark == keys_[j].mark && view(keys_[i]) == view(keys_[j])) return key_name(view(keys_[i]));
      }
    }
    return {};
  }
  static std::string key_name(std::string_view name) { return name.empty() ? "\"\"" : std::string(name); }

  std::string text_;
  std::vector<Key> keys_;
  std::vector<std::size_t> frames_;
};

/// Builds the value and refuses a key that stands twice in one object.
class Builder {
 public:
  static constexpr std::size_t max_object_size = 1u << 20;
  static constexpr std::size_t max_array_size = 1u << 24;
  static constexpr std::size_t max_key_size = 1u << 16;
  static constexpr std::size_t max_string_size = 1u << 26;

  explicit Builder(bj::storage_ptr storage) : storage_(std::move(storage)) {}

  bj::value release() { return stack_.release(); }
  const std::string& duplicate() const { return duplicate_; }

  bool on_document_begin(bj::error_code&) {
    stack_.reset(storage_);
    return true;
  }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) {
    keys_.begin_object();
    return true;
  }
  bool on_object_end(std::size_t count, bj::error_code& error) {
    duplicate_ = keys_.end_object();
    if (!duplicate_.empty()) {
      error = bj::error::syntax;
      return false;
    }
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(bj::error_code&) { return true; }
  bool on_array_end(std::size_t count, bj::error_code&) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
    refuse_nul(part);
    keys_.append(part);
    stack_.push_chars(part);
    return true;
  }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    refuse_nul(part);
    keys_.append(part);
    keys_.end_key();
    stack_.push_key(part);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    refuse_nul(part);
    stack_.push_chars(part);
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    refuse_nul(part);
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, bj::error_code&) {
    stack_.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, bj::string_view, bj::error_code&) {
    stack_.push_uint64(value);
    return true;
  }
  bool on_double(double value, bj::string_view, bj::error_code&) {
    if (!std::isfinite(value)) throw number_too_large();
    stack_.push_double(value);
    return true;
  }
  bool on_bool(bool value, bj::error_code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(bj::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  /// PostgreSQL holds no text with one.
  static void refuse_nul(bj::string_view part) {
    if (!part.empty() && std::memchr(part.data(), 0, part.size()) != nullptr) throw nul_character();
  }

  bj::storage_ptr storage_;
  bj::value_stack stack_;
  OpenKeys keys_;
  std::string duplicate_;
};

}  // namespace

boost::json::value parse(std::string_view text) { return parse(text, bj::storage_ptr()); }

boost::json::value parse(std::string_view text, bj::storage_ptr storage) {
  bj::parse_options options;
  options.max_depth = 32;
  bj::basic_parser<Builder> parser(options, std::move(storage));
  bj::error_code error;
  std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  const Builder& builder = parser.handler();
  if (error == bj::error::too_deep) throw too_deep();
  if (!builder.duplicate().empty()) throw duplicate_key(builder.duplicate());
  if (error) throw malformed(read);
  while (read < text.size() && (text[read] == ' ' || text[read] == '\n' || text[read] == '\r' || text[read] == '\t'))
    ++read;
  if (read != text.size()) throw malformed(read);
  return parser.handler().release();
}

namespace {

/// Which bytes must be escaped within a quoted string.
constexpr std::array<bool, 256> escaped_bytes() {
  std::array<bool, 256> out{};
  for (std::size_t c = 0; c < 0x20; ++c) out[c] = true;
  out['"'] = true;
  out['\\'] = true;
  return out;
}
constexpr std::array<bool, 256> kEscaped = escaped_bytes();

/// Whether one of eight bytes must be escaped (the usual bit tricks for "a byte below", "a byte equal").
bool any_escaped(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  auto has_zero = [](std::uint64_t x) { return (x - kOnes) & ~x & kHighs; };
  std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
  return (control | has_zero(word ^ kOnes * '"') | has_zero(word ^ kOnes * '\\')) != 0;
}

void append_escaped(std::string& out, unsigned char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out.append("\\\"");
      return;
    case '\\':
      out.append("\\\\");
      return;
    case '\b':
      out.append("\\b");
      return;
    case '\f':
      out.append("\\f");
      return;
    case '\n':
      out.append("\\n");
      return;
    case '\r':
      out.append("\\r");
      return;
    case '\t':
      out.append("\\t");
      return;
    default:
      out.append("\\u00");
      out.push_back(kHex[c >> 4]);
      out.push_back(kHex[c & 15]);
  }
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (i + 8 <= text.size() && !any_escaped(text.data() + i)) i += 8;
    if (i >= text.size()) break;
    auto c = static_cast<unsigned char>(text[i]);
    if (!kEscaped[c]) continue;
    out.append(text, from, i - from);
    from = i + 1;
    append_escaped(out, c);
  }
  out.append(text, from, text.size() - from);
  out.push_back('"');
}

void append(std::string& out, const boost::json::value& value) {
  switch (value.kind()) {
    case bj::kind::string:
      return append_quoted(out, value.get_string());
    case bj::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return;
    case bj::kind::array: {
      char before = '[';
      for (const bj::value& item : value.get_array()) {
        out += std::exchange(before, ',');
        append(out, item);
      }
      out += value.get_array().empty() ? "[]" : "]";
      return;
    }
    case bj::kind::object: {
      char before = '{';
      for (const bj::key_value_pair& member : value.get_object()) {
        out += std::exchange(before, ',');
        append_quoted(out, member.key());
        out += ':';
        append(out, member.value());
      }
      out += value.get_object().empty() ? "{}" : "}";
      return;
    }
    default:
      out += bj::serialize(value);
  }
}

}  // namespace tanfang::json
