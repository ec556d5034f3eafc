// A PDF document written page by page: text that can be selected and searched, subset fonts inside, lines, pictures, QR
// codes. What is drawn first is read first: draw in reading order, and say by tags what it is, for those who have it
// read aloud (ISO 32000-1, 14.7; the document says that its language is Chinese).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "platform/pdf/picture.h"
#include "platform/pdf/text.h"

namespace tanfang::pdf {

inline constexpr double kPageWidth = 210 * kMillimetre;  // A4
inline constexpr double kPageHeight = 297 * kMillimetre;

struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

struct Properties {
  std::string title;
  std::string subject;
  Instant made_at;
};

/// Takes the bytes as they are made. What it throws leaves the call that made them, or `finish`.
using Sink = std::function<void(std::string_view)>;

/// Takes a page as PNG, as it is ended.
using PageSink = std::function<void(std::string)>;

class Document {
 public:
  Document(Sink sink, const Properties& properties);
  /// The same pages as pictures of so many dots an inch, to be looked at beside the document; a JPEG is a grey field
  /// there.
  Document(PageSink sink, double dots);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// What is drawn until `end` is one of PDF's standard elements (14.8.4): H1, H2, P, Table, TR, TH, TD. They nest.
  /// What stands in none is not read aloud.
  void begin(const char* element);
  void end(const char* element);
  void text(const Text& text, double left, double top);
  void line(double left, double top, double right, double bottom, double width);
  /// The boxes' edges, drawn at once.
  void frames(const std::vector<Box>& boxes, double width);
  /// A PNG or JPEG, scaled into the box with its proportions kept. With a fault nothing is drawn.
  PictureFault picture(std::string_view content, const Box& box);
  /// A square code with error correction for a quarter of it.
  void qr(const std::string& content, const Box& box);
  /// Ends the page; the next thing drawn stands on a new one.
  void end_page();
  /// Writes what is left. Throws Failure where something could not be drawn.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tanfang::pdf
