// Letters of one run drawn so that little of their face is read: the faces for Chinese have 20 MB of outlines each,
// which cairo copies whole for every document that it ends. It is given the common letters as a face of their own
// instead, made once, and what is rare as others. Inside the folder only.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string_view>
#include <vector>

namespace tanfang::pdf {

/// Glyphs with their places on the page, in reading order. Each cluster says how many bytes of the text its glyphs
/// show.
struct Run {
  std::string_view text;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
};

/// Of one thread.
class Letters {
 public:
  Letters();
  ~Letters();
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

  void show(cairo_t* page, PangoFont* font, const Run& run);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tanfang::pdf
