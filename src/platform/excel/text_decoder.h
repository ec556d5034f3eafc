// Text files of unknown encoding as UTF-8: UTF-8 (with or without BOM), GB18030, UTF-16 with a BOM, told by content.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace tanfang::excel {

enum class Encoding { utf8, gb18030, utf16_little, utf16_big };

/// Reads the whole file to tell. Throws Problem `ledger.encoding`, `ledger.unreadable` or `ledger.not_a_table` (zero
/// bytes).
Encoding detect_encoding(const std::string& path);

class TextDecoder {
 public:
  TextDecoder(const std::string& path, Encoding encoding);
  ~TextDecoder();
  TextDecoder(const TextDecoder&) = delete;
  TextDecoder& operator=(const TextDecoder&) = delete;
  /// The next piece as UTF-8 without a BOM, valid until the next call; empty at the end. Throws Problem
  /// `ledger.encoding`.
  std::string_view next();

 private:
  struct Converter;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::unique_ptr<Converter> converter_;
  std::string decoded_;
  bool at_start_ = true;
};

}  // namespace tanfang::excel
