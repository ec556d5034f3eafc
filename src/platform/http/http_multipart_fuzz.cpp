// Any bytes as a form: the first byte says in what pieces they come; the pieces must not matter.
#include <cstdint>

#include "base/problem.h"
#include "base/text.h"
#include "platform/http/media_parameters.h"
#include "platform/http/multipart.h"

namespace {

using tanfang::http::Part;

std::string read(std::string_view form, std::size_t step) {
  std::string found;
  try {
    tanfang::http::MultipartLimits limits{.parts = 5, .name_bytes = 50, .header_bytes = 300, .text_bytes = 1000};
    tanfang::http::MultipartReader reader("B", limits, "/dev/shm");
    for (std::size_t at = 0; at < form.size(); at += step) reader.push(form.substr(at, step));
    for (const Part& part : reader.finish()) {
      if (!tanfang::is_valid_utf8(part.name + part.file_name + part.text)) __builtin_trap();
      found += part.name + "|" + part.file_name + "|" + part.content_type + "|" + part.text + "|";
      if (part.file) found += part.file->content(1u << 20);
    }
  } catch (const tanfang::Problem&) {
    return "refused";
  }
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  if (read(text, bytes[0] % 40 + 1) != read(text, size)) __builtin_trap();
  tanfang::http::parse_media(text);
  try {
    tanfang::http::multipart_boundary(text);
  } catch (const tanfang::Problem&) {
  }
  return 0;
}
