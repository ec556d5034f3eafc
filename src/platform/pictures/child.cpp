// What the children do: become pdftoppm or pdfinfo, confined; or read one picture.
#include "platform/pictures/child.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "platform/files/files.h"
#include "platform/pictures/codes.h"
#include "platform/pictures/pictures.h"
#include "platform/process/address_sanitizer.h"
#include "platform/process/confine.h"

namespace tanfang::pictures {
namespace {

constexpr std::size_t kLargest = 64u << 20;  // bytes of a picture
constexpr int kQuality = 80;
constexpr int kSharpest = 92;

bool serves = false;

void tell(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) ::_exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// Ends at once: what the libraries still hold goes with the process.
[[noreturn]] void read_one(std::string_view wanted) {
  if (!process::confine({process::kAddressSanitizer ? 0 : kMemory, kProcessorSeconds})) ::_exit(kCannotServe);
  try {
    auto raster = decode(files::read_whole(kInput, kLargest));
    if (!raster) ::_exit(kMalformed);
    Page page;
    int quarters = 0;
    for (const Code& code : find_codes(gray_of(*raster), wanted)) {
      page.codes.push_back(code.text);
      if (code.text.starts_with(wanted)) quarters = code.quarters;
    }
    Raster kept = turned(shrunk(*raster, kPageSide), quarters);
    page.jpeg = encode_jpeg(kept, std::max(kept.width, kept.height) < kPageSide ? kSharpest : kQuality);
    tell(answer_of(page));
    ::_exit(0);
  } catch (...) {
    ::_exit(kMalformed);
  }
}

[[noreturn]] void become(char** words) {
  char* const environment[] = {nullptr};
  if (process::confine({kMemory, kProcessorSeconds})) ::execve(words[0], words, environment);
  ::_exit(kCannotServe);
}

}  // namespace

bool can_serve() { return serves; }

void serve_parent(int count, char** words) {
  serves = true;
  if (count == 3 && words[1] == kReadPicture) read_one(words[2]);
  if (count > 3 && words[1] == kRunConfined) become(words + 2);
}

}  // namespace tanfang::pictures
