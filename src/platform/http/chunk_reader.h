// The chunked transfer coding (RFC 9112, 7.1), byte by byte: nothing waits for a line to be whole.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace tanfang::http {

class ChunkReader {
 public:
  /// Hands the data to `sink`: how many bytes were used, all of them until the body is done. Extensions and trailers
  /// are checked for their form and dropped. Throws Problem `http.malformed`, and what `sink` throws.
  std::size_t take(std::string_view bytes, const std::function<void(std::string_view)>& sink);
  bool done() const { return step_ == Step::done; }

 private:
  enum class Step { size, extension, size_end, data, data_return, data_feed, line, field, field_end, last_feed, done };
  void take_byte(char c);
  void take_size(char c);
  void take_extension(char c);
  void take_trailer(char c);
  void spend();

  Step step_ = Step::size;
  int digits_ = 0;
  std::uint64_t left_ = 0;
  /// Bytes of the current chunk's extension, or of all trailers.
  std::size_t extra_ = 0;
  bool named_ = false;
};

}  // namespace tanfang::http
