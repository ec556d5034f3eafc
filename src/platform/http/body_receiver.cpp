#include "platform/http/body_receiver.h"

#include "platform/http/http_problems.h"

namespace tanfang::http {

BodyReceiver::BodyReceiver(const BodyRule& rule, const Request& request, const std::string& folder) : rule_(rule) {
  if (rule.kind == BodyKind::file) file_ = File::temporary(folder);
  if (rule.kind == BodyKind::multipart) {
    const std::string* type = request.header("content-type");
    parts_ = std::make_unique<MultipartReader>(multipart_boundary(type ? *type : ""), rule.parts, folder);
  }
}

void BodyReceiver::push(std::string_view bytes) {
  if (rule_.kind == BodyKind::none) throw body_unexpected();
  if (bytes.size() > rule_.bytes - received_) throw body_too_large(rule_.bytes);
  received_ += bytes.size();
  if (file_) {
    file_->write(bytes);
  } else if (parts_) {
    parts_->push(bytes);
  } else {
    memory_ += bytes;
  }
}

void BodyReceiver::finish(Request& request) {
  if (parts_) request.parts = parts_->finish();
  request.file = std::move(file_);
  request.body = std::move(memory_);
}

}  // namespace tanfang::http
