// Text laid out for the page: lines broken to a width, ready to be drawn any number of times.
//
// One Typesetter serves one thread. Letters come from the serif face for Chinese that bin/setup installs; what it lacks
// is taken from any other face on the machine. Lengths are points (1/72 inch).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

typedef struct _cairo cairo_t;  // NOLINT: as cairo declares it

namespace tanfang::pdf {

inline constexpr double kMillimetre = 72.0 / 25.4;

enum class Align { left, center, right };

struct Style {
  double size = 10.5;
  bool bold = false;
  Align align = Align::left;
  bool operator==(const Style&) const = default;
};

/// Bytes of a text that stay on one line where they can.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A ticked box. No face for Chinese has the character, so it is drawn, and read as this character.
inline constexpr std::string_view kTicked = "☑";
inline constexpr std::string_view kBox = "□";

class Text {
 public:
  double height() const;
  double width() const;  // of the longest line
  /// How many bytes stand on the lines that fit into `height`: all, or the beginning up to the end of a line.
  std::size_t fitting(double height) const;
  /// `left` and `top` are the upper left corner of the width it was laid out for.
  void draw(cairo_t* page, double left, double top) const;

 private:
  friend class Typesetter;
  struct State;
  std::shared_ptr<State> state_;
};

class Typesetter {
 public:
  /// Throws Problem `print.no_face`.
  Typesetter();
  ~Typesetter();
  Typesetter(const Typesetter&) = delete;
  Typesetter& operator=(const Typesetter&) = delete;

  /// Invalid UTF-8 is shown as far as it is valid.
  Text lay(std::string_view text, const Style& style, double width, const std::vector<Span>& together = {});
  /// The same for what many pages bear (labels, boxes): laid out once and kept. Never for what is personal.
  Text lay_fixed(const std::string& text, const Style& style, double width, const std::vector<Span>& together = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The calling thread's. Throws Problem `print.no_face` where the machine has none for Chinese.
Typesetter& typesetter();

}  // namespace tanfang::pdf
