// A grid measured and broken into pages. Inside the room only.
#pragma once

#include <string>
#include <vector>

#include "paper/grid.h"

namespace tanfang::paper {

inline constexpr double kCodeSide = 17 * pdf::kMillimetre;
inline constexpr double kFooter = 10 * pdf::kMillimetre;
inline constexpr double kTitleSize = 16;

struct Placed {
  pdf::Text text;
  double left = 0;
  double top = 0;
};

struct PageCell {
  pdf::Box box;
  bool framed = true;
  std::vector<Placed> texts;  // none or one
  const std::string* picture = nullptr;
  bool tells_fault = false;  // where the picture cannot be drawn
  int row = -1;              // of the table; -1: it stands in none
  bool heading = false;
};

struct Page {
  std::vector<Placed> head;  // the title, and the lines below it
  std::vector<PageCell> cells;
};

/// With the pages of its photos. Pictures are pointed to, not copied: the sheet must outlive its pages.
std::vector<Page> make_pages(const Sheet& sheet);
void add_photo_pages(const Sheet& sheet, std::vector<Page>& pages);

}  // namespace tanfang::paper
