#include "platform/crypto/key_json.h"

#include <boost/json.hpp>

#include "platform/crypto/crypto_problems.h"

namespace tanfang::crypto {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool read_hex(std::string_view text, std::string& out) {
  if (text.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    int high = digit_of(text[i]);
    int low = digit_of(text[i + 1]);
    if (high < 0 || low < 0) return false;
    out += static_cast<char>(high << 4 | low);
  }
  return true;
}

}  // namespace

boost::json::object key_document(std::string_view text, std::string_view format) {
  boost::json::error_code error;
  boost::json::value document = boost::json::parse(text, error);
  if (error || !document.is_object()) throw keys_malformed("not a JSON object");
  const boost::json::value* named = document.get_object().if_contains("format");
  if (!named || !named->is_string() || std::string_view(named->get_string()) != format) {
    throw keys_malformed("its format is not " + std::string(format));
  }
  return std::move(document.get_object());
}

std::string key_bytes(const boost::json::object& object, std::string_view name, std::size_t length) {
  const boost::json::value* value = object.if_contains(name);
  std::string bytes;
  if (!value || !value->is_string() || !read_hex(value->get_string(), bytes)) {
    throw keys_malformed(std::string(name) + " is missing or not hexadecimal");
  }
  if (length != 0 && bytes.size() != length) throw keys_malformed(std::string(name) + " has the wrong length");
  return bytes;
}

}  // namespace tanfang::crypto
