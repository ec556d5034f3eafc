// Takes the body of one request by its route's rule: into memory, a file, or the parts of a form.
#pragma once

#include <memory>
#include <string_view>

#include "platform/http/multipart.h"
#include "platform/http/request.h"
#include "platform/http/router.h"

namespace tanfang::http {

class BodyReceiver {
 public:
  /// Throws Problem `http.media_type` or `http.multipart` where a form was wanted and another type is announced.
  BodyReceiver(const BodyRule& rule, const Request& request, const std::string& folder);

  /// Throws Problem `http.body_too_large` and what the parts refuse.
  void push(std::string_view bytes);
  /// Moves what was received into `request`.
  void finish(Request& request);
  std::uint64_t received() const { return received_; }

 private:
  BodyRule rule_;
  std::uint64_t received_ = 0;
  std::string memory_;
  std::shared_ptr<File> file_;
  std::unique_ptr<MultipartReader> parts_;
};

}  // namespace tanfang::http
