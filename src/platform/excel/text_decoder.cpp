#include "platform/excel/text_decoder.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <vector>

#include "base/text.h"
#include "platform/excel/excel_problems.h"

namespace tanfang::excel {
namespace {

constexpr std::size_t kChunk = 64 << 10;

const char* name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::gb18030:
      return "gb18030";
    case Encoding::utf16_little:
      return "UTF-16LE";
    case Encoding::utf16_big:
      return "UTF-16BE";
  }
  return "UTF-8";
}

std::unique_ptr<std::FILE, int (*)(std::FILE*)> open_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) throw problems::unreadable_file();
  return {file, &std::fclose};
}

bool decodes(const std::string& path, Encoding encoding) {
  TextDecoder decoder(path, encoding);
  try {
    for (std::string_view piece = decoder.next(); !piece.empty(); piece = decoder.next()) {
      if (piece.find('\0') != std::string_view::npos) throw problems::not_a_table();
    }
    return true;
  } catch (const Problem& problem) {
    if (problem.code != "ledger.encoding") throw;
    return false;
  }
}

}  // namespace

struct TextDecoder::Converter {
  explicit Converter(Encoding encoding) {
    UErrorCode error = U_ZERO_ERROR;
    handle = ucnv_open(name_of(encoding), &error);
    if (U_FAILURE(error)) throw Failure(std::string("no converter for ") + name_of(encoding));
    ucnv_setToUCallBack(handle, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  }
  ~Converter() { ucnv_close(handle); }
  UConverter* handle;
  std::vector<char> bytes = std::vector<char>(kChunk);
  std::vector<UChar> units = std::vector<UChar>(2 * kChunk);
};

TextDecoder::TextDecoder(const std::string& path, Encoding encoding)
    : file_(open_file(path)), converter_(std::make_unique<Converter>(encoding)) {}

TextDecoder::~TextDecoder() = default;

std::string_view TextDecoder::next() {
  decoded_.clear();
  while (decoded_.empty()) {
    std::size_t count = std::fread(converter_->bytes.data(), 1, kChunk, file_.get());
    if (count < kChunk && std::ferror(file_.get()) != 0) throw problems::unreadable_file();
    const char* source = converter_->bytes.data();
    UChar* target = converter_->units.data();
    UErrorCode error = U_ZERO_ERROR;
    ucnv_toUnicode(converter_->handle, &target, converter_->units.data() + converter_->units.size(), &source,
                   source + count, nullptr, count < kChunk, &error);
    if (U_FAILURE(error)) throw problems::encoding();
    icu::UnicodeString(false, converter_->units.data(), static_cast<int32_t>(target - converter_->units.data()))
        .toUTF8String(decoded_);
    if (at_start_ && decoded_.starts_with("\xEF\xBB\xBF")) decoded_.erase(0, 3);
    at_start_ = at_start_ && decoded_.empty();
    if (count < kChunk) break;
  }
  return decoded_;
}

Encoding detect_encoding(const std::string& path) {
  unsigned char start[2] = {0, 0};
  std::size_t count = std::fread(start, 1, 2, open_file(path).get());
  if (count == 2 && start[0] == 0xFF && start[1] == 0xFE && decodes(path, Encoding::utf16_little)) {
    return Encoding::utf16_little;
  }
  if (count == 2 && start[0] == 0xFE && start[1] == 0xFF && decodes(path, Encoding::utf16_big)) {
    return Encoding::utf16_big;
  }
  if (decodes(path, Encoding::utf8)) return Encoding::utf8;
  if (decodes(path, Encoding::gb18030)) return Encoding::gb18030;
  throw problems::encoding();
}

}  // namespace tanfang::excel
