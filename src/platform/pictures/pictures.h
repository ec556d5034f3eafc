// Pages out of foreign pictures and PDFs, with the codes on them.
//
// Everything that reads the foreign bytes runs in child processes with little time and memory, without network and
// without files (`platform/process`); what comes back is drawn anew, so that no foreign byte goes further and nothing
// that a camera wrote beside the picture (place, owner) is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace tanfang::pictures {

enum class Kind { pdf, jpeg, png };
std::string_view to_text(Kind kind);
/// By the first bytes; nullopt: none of the three.
std::optional<Kind> kind_of(std::string_view beginning);

/// A file in memory alone, for children to read: nothing of it comes to a disk.
class MemoryFile {
 public:
  /// Throws Failure.
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  /// Appends. Throws Failure.
  void write(std::string_view bytes);
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

/// A page as it was read: drawn anew as a JPEG of at most `kPageSide` pixels a side, upright where a code says what is
/// up.
struct Page {
  std::string jpeg;
  std::vector<std::string> codes;
};
inline constexpr int kPageSide = 2200;
inline constexpr int kMostPages = 500;

/// How many pages the PDF has; nullopt where it cannot be opened (damaged, or under a password). Throws Failure where
/// no child can be started.
std::optional<int> count_pages(const MemoryFile& pdf);
/// The page (from 1); nullopt where it cannot be drawn. `wanted`: how the code begins that is looked for hardest.
std::optional<Page> read_pdf_page(const MemoryFile& pdf, int page, std::string_view wanted);
/// A JPEG or PNG as one page; nullopt where it is malformed, or too large.
std::optional<Page> read_picture(const MemoryFile& picture, std::string_view wanted);

/// For `main`, before anything else: where this process was started for one of these, does that and ends. A program
/// whose `main` does not call it cannot read any (Failure).
void serve_parent(int count, char** words);

/// What a child answers: the page, or nullopt where the bytes are no answer of ours. For the parent, the child, and
/// their fuzzer.
std::string answer_of(const Page& page);
std::optional<Page> read_answer(std::string_view bytes);

}  // namespace tanfang::pictures
