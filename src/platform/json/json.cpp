#include "platform/json/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include "base/problem.h"
#include "platform/json/json_problems.h"

namespace tanfang::json {
namespace {

namespace bj = boost::json;

/// Builds the value and refuses a key that stands twice in one object.
class Builder {
 public:
  static constexpr std::size_t max_object_size = 1u << 20;
  static constexpr std::size_t max_array_size = 1u << 24;
  static constexpr std::size_t max_key_size = 1u << 16;
  static constexpr std::size_t max_string_size = 1u << 26;

  bj::value release() { return stack_.release(); }
  const std::string& duplicate() const { return duplicate_; }

  bool on_document_begin(bj::error_code&) {
    stack_.reset();
    return true;
  }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) {
    frames_.push_back(keys_.size());
    return true;
  }
  bool on_object_end(std::size_t count, bj::error_code&) {
    keys_.resize(frames_.back());
    frames_.pop_back();
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(bj::error_code&) { return true; }
  bool on_array_end(std::size_t count, bj::error_code&) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
    key_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(bj::string_view part, std::size_t, bj::error_code& error) {
    key_.append(part.data(), part.size());
    stack_.push_key(part);
    for (std::size_t i = frames_.back(); i < keys_.size(); ++i) {
      if (keys_[i] != key_) continue;
      duplicate_ = key_;
      error = bj::error::syntax;
      return false;
    }
    keys_.push_back(std::move(key_));
    key_.clear();
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
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
  bj::value_stack stack_;
  std::vector<std::string> keys_;    // of the objects that are open
  std::vector<std::size_t> frames_;  // where each open object's keys begin
  std::string key_;
  std::string duplicate_;
};

}  // namespace

boost::json::value parse(std::string_view text) {
  bj::parse_options options;
  options.max_depth = 32;
  bj::basic_parser<Builder> parser(options);
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

void append_quoted(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    switch (c) {
      case '"':
        out.append("\\\"");
        break;
      case '\\':
        out.append("\\\\");
        break;
      case '\n':
        out.append("\\n");
        break;
      case '\r':
        out.append("\\r");
        break;
      case '\t':
        out.append("\\t");
        break;
      default:
        out.append("\\u00");
        out.push_back(kHex[c >> 4]);
        out.push_back(kHex[c & 15]);
    }
  }
  out.append(text, from, text.size() - from);
  out.push_back('"');
}

}  // namespace tanfang::json
