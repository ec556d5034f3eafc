#include "platform/http/chunk_reader.h"

#include <algorithm>

#include "platform/http/http_problems.h"

namespace tanfang::http {
namespace {

constexpr int kMostDigits = 15;
constexpr std::size_t kMostExtra = 4096;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_text(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

void require(bool good) {
  if (!good) throw malformed_request();
}

}  // namespace

std::size_t ChunkReader::take(std::string_view bytes, const std::function<void(std::string_view)>& sink) {
  std::size_t used = 0;
  while (used < bytes.size() && step_ != Step::done) {
    if (step_ != Step::data) {
      take_byte(bytes[used++]);
      continue;
    }
    auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - used));
    sink(bytes.substr(used, count));
    used += count;
    left_ -= count;
    if (left_ == 0) step_ = Step::data_return;
  }
  return used;
}

void ChunkReader::take_byte(char c) {
  switch (step_) {
    case Step::size:
      return take_size(c);
    case Step::extension:
      return take_extension(c);
    case Step::size_end:
      require(c == '\n');
      step_ = left_ > 0 ? Step::data : Step::line;
      digits_ = 0;
      extra_ = 0;
      return;
    case Step::data_return:
      require(c == '\r');
      step_ = Step::data_feed;
      return;
    case Step::data_feed:
      require(c == '\n');
      step_ = Step::size;
      return;
    default:
      take_trailer(c);
  }
}

void ChunkReader::take_size(char c) {
  int digit = hex_digit(c);
  if (digit >= 0) {
    require(++digits_ <= kMostDigits);
    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
    return;
  }
  require(digits_ > 0 && (c == ';' || c == '\r'));
  step_ = c == ';' ? Step::extension : Step::size_end;
}

void ChunkReader::take_extension(char c) {
  if (c == '\r') {
    step_ = Step::size_end;
    return;
  }
  require(is_text(c));
  spend();
}

/// After the last chunk: lines of `name: value`, then an empty one.
void ChunkReader::take_trailer(char c) {
  switch (step_) {
    case Step::line:
      step_ = c == '\r' ? Step::last_feed : Step::field;
      named_ = false;
      require(c == '\r' || (is_text(c) && c != ' ' && c != '\t' && c != ':'));
      return;
    case Step::field:
      named_ = named_ || c == ':';
      require(is_text(c) || (c == '\r' && named_));
      if (c == '\r') step_ = Step::field_end;
      return spend();
    case Step::field_end:
      require(c == '\n');
      step_ = Step::line;
      return;
    default:
      require(c == '\n');
      step_ = Step::done;
  }
}

void ChunkReader::spend() { require(++extra_ <= kMostExtra); }

}  // namespace tanfang::http
