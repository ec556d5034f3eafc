// One HTTP request (1.1 or 1.0) out of bytes in any pieces; refuses what two readers could understand differently.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/chunk_reader.h"
#include "platform/http/request.h"

namespace tanfang::http {

struct HeaderLimits {
  std::size_t bytes = 16u << 10;
  std::size_t target_bytes = 8u << 10;
  std::size_t fields = 100;
};

/// The edge feeds bytes and this takes what belongs to the request: what follows it (pipelining) is left.
class RequestParser {
 public:
  explicit RequestParser(HeaderLimits limits = {});
  ~RequestParser();

  /// Takes the header from the front of `bytes` when it is there whole; false where more is needed. Throws the Problems
  /// of http_problems.h, after which the connection is of no more use.
  bool take_header(std::string& bytes);
  /// After the header; valid until the end of the request.
  Method method() const;
  const std::string& target() const;
  std::vector<Field>& headers();
  bool keep_alive() const;
  bool expects_continue() const;
  /// The announced length; nullopt where it comes in chunks.
  std::optional<std::uint64_t> content_length() const;

  /// Takes what there is of the body and hands it to `sink`: how many bytes of `bytes` were used. What is left before
  /// the body is done is a piece that needs more. Throws Problem `http.malformed` on a bad chunk, and what `sink`
  /// throws.
  std::size_t take_body(std::string_view bytes, const std::function<void(std::string_view)>& sink);
  bool body_done() const;

 private:
  class Reader;
  HeaderLimits limits_;
  bool began_ = false;
  std::size_t searched_ = 0;
  std::unique_ptr<Reader> reader_;
  std::uint64_t body_left_ = 0;
  std::optional<ChunkReader> chunks_;
};

}  // namespace tanfang::http
