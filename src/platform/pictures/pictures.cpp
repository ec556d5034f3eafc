#include "platform/pictures/pictures.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "platform/pictures/child.h"
#include "platform/process/child_process.h"

namespace tanfang::pictures {
namespace {

constexpr std::string_view kJpeg = "\xff\xd8\xff";
constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kPdf = "%PDF-";
constexpr std::size_t kMostDrawn = 32u << 20;   // bytes of a page that pdftoppm drew
constexpr std::size_t kMostAnswer = 16u << 20;  // bytes of a child's answer
constexpr std::size_t kMostTold = 64u << 10;    // bytes that pdfinfo says
constexpr std::uint32_t kMostCodes = 8;
constexpr std::uint32_t kLongestCode = 8u << 10;
/// The longer side of a page as it is drawn: some 280 points an inch of A4, whatever size the page says it has.
constexpr const char* kDrawnSide = "3300";

process::ChildLimits limits() {
  process::ChildLimits made;
  made.memory = ~std::size_t{0};  // the child bounds its memory itself, before it reads
  made.processor_seconds = kProcessorSeconds;
  made.silence = std::chrono::milliseconds(60'000);
  return made;
}

/// What the command says of the file, where it ends well. Throws Failure where it is cut off: another time it may have
/// more of the machine.
std::optional<std::string> ask(const MemoryFile& file, std::vector<std::string> command, std::size_t most) {
  if (!can_serve()) throw Failure("this program cannot read pictures in a child process");
  command.insert(command.begin(), "/proc/self/exe");
  process::ChildProcess child(command, file.descriptor(), limits());
  auto told = child.read_all(most);
  int code = child.wait();
  if (code == kCannotServe) throw Failure("a child process that reads pictures could not be confined or started");
  if (code < 0) throw Failure("a child process that reads pictures was cut off");
  if (code != 0) return std::nullopt;
  return told;
}

void put_number(std::string& out, std::size_t value) {
  auto number = static_cast<std::uint32_t>(value);
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

/// What is left of an answer.
struct Rest {
  std::string_view bytes;

  std::optional<std::string_view> take(std::size_t count) {
    if (bytes.size() < count) return std::nullopt;
    std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
  }
  std::optional<std::uint32_t> number() {
    std::uint32_t value = 0;
    auto taken = take(sizeof value);
    if (!taken) return std::nullopt;
    std::memcpy(&value, taken->data(), sizeof value);
    return value;
  }
};

}  // namespace

std::string_view to_text(Kind kind) {
  constexpr std::array<std::string_view, 3> kNames{"pdf", "jpeg", "png"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_of(std::string_view beginning) {
  if (beginning.starts_with(kPdf)) return Kind::pdf;
  if (beginning.starts_with(kJpeg)) return Kind::jpeg;
  if (beginning.starts_with(kPng)) return Kind::png;
  return std::nullopt;
}

MemoryFile::MemoryFile() : descriptor_(::memfd_create("page", MFD_CLOEXEC)) {
  if (descriptor_ < 0) throw Failure(std::string("cannot make a file in memory: ") + std::strerror(errno));
}

MemoryFile::~MemoryFile() { ::close(descriptor_); }

void MemoryFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw Failure(std::string("cannot write a file in memory: ") + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::optional<int> count_pages(const MemoryFile& pdf) {
  auto told = ask(pdf, {std::string(kRunConfined), "/usr/bin/pdfinfo", kInput}, kMostTold);
  if (!told) return std::nullopt;
  constexpr std::string_view kLabel = "\nPages:";
  // The last: before it stand the title and the like, which may hold lines of their own; behind it nothing of the kind.
  std::size_t at = told->rfind(kLabel);
  if (at == std::string::npos) return std::nullopt;
  std::string_view rest = std::string_view(*told).substr(at + kLabel.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  int pages = 0;
  auto end = std::from_chars(rest.data(), rest.data() + rest.size(), pages);
  return end.ec == std::errc() && pages > 0 ? std::optional(pages) : std::nullopt;
}

std::optional<Page> read_pdf_page(const MemoryFile& pdf, int page, std::string_view wanted) {
  std::string number = std::to_string(page);
  auto drawn = ask(pdf,
                   {std::string(kRunConfined), "/usr/bin/pdftoppm", "-jpeg", "-jpegopt", "quality=92", "-scale-to",
                    kDrawnSide, "-f", number, "-l", number, kInput},
                   kMostDrawn);
  if (!drawn || drawn->empty()) return std::nullopt;
  MemoryFile picture;
  picture.write(*drawn);
  return read_picture(picture, wanted);
}

std::optional<Page> read_picture(const MemoryFile& picture, std::string_view wanted) {
  auto told = ask(picture, {std::string(kReadPicture), std::string(wanted)}, kMostAnswer);
  return told ? read_answer(*told) : std::nullopt;
}

std::string answer_of(const Page& page) {
  std::string made;
  put_number(made, page.codes.size());
  for (const std::string& code : page.codes) {
    put_number(made, code.size());
    made += code;
  }
  put_number(made, page.jpeg.size());
  return made + page.jpeg;
}

std::optional<Page> read_answer(std::string_view bytes) {
  Rest rest{bytes};
  Page page;
  auto codes = rest.number();
  if (!codes || *codes > kMostCodes) return std::nullopt;
  for (std::uint32_t i = 0; i < *codes; ++i) {
    auto size = rest.number();
    auto text = size && *size <= kLongestCode ? rest.take(*size) : std::nullopt;
    if (!text) return std::nullopt;
    page.codes.emplace_back(*text);
  }
  auto size = rest.number();
  if (!size || *size != rest.bytes.size() || !rest.bytes.starts_with(kJpeg)) return std::nullopt;
  page.jpeg = rest.bytes;
  return page;
}

}  // namespace tanfang::pictures
