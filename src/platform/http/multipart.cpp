#include "platform/http/multipart.h"

#include <algorithm>

#include "base/text.h"
#include "platform/http/http_problems.h"
#include "platform/http/media_parameters.h"
#include "platform/http/percent.h"

namespace tanfang::http {
namespace {

/// Browsers of long ago sent whole paths, and write a quote as %22.
std::string plain_file_name(std::string name) {
  name = name.substr(name.find_last_of("/\\") + 1);
  return replaced(std::move(name), "%22", "\"");
}

void read_disposition(std::string_view value, Part& part, bool& is_file) {
  auto disposition = parse_media(value);
  if (!disposition || disposition->type != "form-data") throw bad_multipart();
  const std::string* name = find_field(disposition->parameters, "name");
  if (!name) throw bad_multipart();
  part.name = *name;
  const std::string* file = find_field(disposition->parameters, "filename");
  const std::string* extended = find_field(disposition->parameters, "filename*");
  is_file = file || extended;
  if (file) part.file_name = plain_file_name(*file);
  if (extended && lower_ascii(extended->substr(0, 7)) == "utf-8''") {
    auto decoded = percent_decoded(extended->substr(7));
    if (!decoded) throw bad_multipart();
    part.file_name = plain_file_name(*decoded);
  }
  if (!is_plain_text(part.name) || !is_plain_text(part.file_name)) throw bad_multipart();
}

/// One header block of a part. True where the part is a file.
bool read_part_header(std::string_view block, Part& part) {
  bool is_file = false;
  bool named = false;
  while (!block.empty()) {
    std::size_t end = block.find("\r\n");
    std::string_view line = block.substr(0, end);
    block.remove_prefix(end == std::string_view::npos ? block.size() : end + 2);
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.find_first_of("\r\n") != std::string_view::npos) throw bad_multipart();
    std::string name = lower_ascii(line.substr(0, colon));
    std::string value = trimmed(line.substr(colon + 1));
    if (name == "content-disposition") {
      if (named) throw bad_multipart();
      read_disposition(value, part, is_file);
      named = true;
    } else if (name == "content-type") {
      if (!is_plain_text(value)) throw bad_multipart();
      part.content_type = value;
    }
  }
  if (!named) throw bad_multipart();
  return is_file;
}

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
  auto media = parse_media(content_type);
  if (!media || media->type != "multipart/form-data") throw media_type("multipart/form-data");
  const std::string* boundary = find_field(media->parameters, "boundary");
  auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
  };
  if (!boundary || boundary->empty() || boundary->size() > 70 || boundary->back() == ' ' ||
      !std::all_of(boundary->begin(), boundary->end(), allowed)) {
    throw bad_multipart();
  }
  return *boundary;
}

MultipartReader::MultipartReader(std::string boundary, MultipartLimits limits, std::string folder)
    : delimiter_("\r\n--" + std::move(boundary)), limits_(limits), folder_(std::move(folder)), waiting_("\r\n") {}

void MultipartReader::push(std::string_view bytes) {
  waiting_ += bytes;
  while (advance()) {
  }
}

std::vector<Part> MultipartReader::finish() {
  bool ended = step_ == Step::end && (waiting_.empty() || waiting_ == "\r\n");
  if (!ended) throw bad_multipart();
  return std::move(parts_);
}

/// One step forward; false where more bytes are needed.
bool MultipartReader::advance() {
  switch (step_) {
    case Step::boundary:
      return read_boundary();
    case Step::header:
      return read_header();
    case Step::body:
      return read_body();
    case Step::end:
      if (waiting_.size() > 2) throw bad_multipart();
      return false;
  }
  return false;
}

/// The delimiter stands at the start of `waiting_`, or is about to (the body may begin with it: its line break is
/// given).
bool MultipartReader::read_boundary() {
  std::size_t known = std::min(waiting_.size(), delimiter_.size());
  if (waiting_.compare(0, known, delimiter_, 0, known) != 0) throw bad_multipart();
  if (waiting_.size() < delimiter_.size() + 2) return false;
  std::string_view after = std::string_view(waiting_).substr(delimiter_.size(), 2);
  if (after != "\r\n" && after != "--") throw bad_multipart();
  step_ = after == "--" ? Step::end : Step::header;
  waiting_.erase(0, delimiter_.size() + 2);
  return true;
}

bool MultipartReader::read_header() {
  std::size_t end = waiting_.find("\r\n\r\n");
  // Up to three bytes of the end may be here already.
  bool too_long = end == std::string::npos ? waiting_.size() > limits_.header_bytes + 3 : end > limits_.header_bytes;
  if (too_long || parts_.size() == limits_.parts) throw multipart_too_large("");
  if (end == std::string::npos) return false;
  Part part;
  bool is_file = read_part_header(std::string_view(waiting_).substr(0, end), part);
  if (part.name.size() > limits_.name_bytes || part.file_name.size() > limits_.name_bytes) {
    throw multipart_too_large("");
  }
  if (is_file) part.file = File::temporary(folder_);
  parts_.push_back(std::move(part));
  waiting_.erase(0, end + 4);
  step_ = Step::body;
  return true;
}

bool MultipartReader::read_body() {
  std::size_t at = waiting_.find(delimiter_);
  if (at != std::string::npos) {
    keep(std::string_view(waiting_).substr(0, at));
    waiting_.erase(0, at);
    end_part();
    step_ = Step::boundary;
    return true;
  }
  if (waiting_.size() >= delimiter_.size()) {
    std::size_t sure = waiting_.size() - delimiter_.size() + 1;
    keep(std::string_view(waiting_).substr(0, sure));
    waiting_.erase(0, sure);
  }
  return false;
}

void MultipartReader::keep(std::string_view bytes) {
  Part& part = parts_.back();
  if (part.file) return part.file->write(bytes);
  if (part.text.size() + bytes.size() > limits_.text_bytes) throw multipart_too_large(part.name);
  part.text += bytes;
}

void MultipartReader::end_part() {
  const Part& part = parts_.back();
  if (part.file) return;
  if (!is_valid_utf8(part.text) || part.text.find('\0') != std::string::npos) throw bad_multipart();
}

}  // namespace tanfang::http
