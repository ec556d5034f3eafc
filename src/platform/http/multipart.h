// Reads multipart/form-data (RFC 7578) as it arrives.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.h"
#include "platform/http/router.h"

namespace tanfang::http {

/// The boundary of a `multipart/form-data` content type. Throws Problem `http.media_type` where it is another type, and
/// `http.multipart` where the boundary is missing or malformed.
std::string multipart_boundary(std::string_view content_type);

/// Takes the body in pieces of any size. Parts with a file name go to files without name in `folder`.
class MultipartReader {
 public:
  MultipartReader(std::string boundary, MultipartLimits limits, std::string folder);

  /// Throws Problem `http.multipart` or `http.multipart_too_large`.
  void push(std::string_view bytes);
  /// The parts. Throws Problem `http.multipart` where the closing boundary has not come.
  std::vector<Part> finish();

 private:
  enum class Step { boundary, header, body, end };
  bool advance();
  bool read_boundary();
  bool read_header();
  bool read_body();
  void keep(std::string_view bytes);
  void end_part();

  std::string delimiter_;
  MultipartLimits limits_;
  std::string folder_;
  Step step_ = Step::boundary;
  std::string waiting_;
  std::vector<Part> parts_;
};

}  // namespace tanfang::http
