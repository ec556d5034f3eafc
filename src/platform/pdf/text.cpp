#include "platform/pdf/text.h"

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "platform/pdf/letters.h"
#include "platform/pdf/pdf_problems.h"

#ifdef __SANITIZE_ADDRESS__
/// What the library of faces keeps to the program's end is no leak of ours; cairo 1.16 loses 768 bytes a face and
/// document.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\nleak:libcairo"; }
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif

namespace tanfang::pdf {
namespace {

constexpr const char* kFamily = "Noto Serif CJK SC, Noto Serif CJK, serif";
constexpr float kLineSpacing = 1.08F;
/// Kept layouts; a county prints a handful of forms, each with some hundred labels.
constexpr std::size_t kMostKept = 8192;

struct Freed {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoFontMap* map) const { g_object_unref(map); }
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFont* font) const { g_object_unref(font); }
  void operator()(PangoLayoutIter* place) const { pango_layout_iter_free(place); }
};
template <typename Held>
using Owned = std::unique_ptr<Held, Freed>;

std::string_view valid_part(std::string_view text) {
  const char* end = nullptr;
  g_utf8_validate(text.data(), static_cast<gssize>(text.size()), &end);
  return text.substr(0, static_cast<std::size_t>(end - text.data()));
}

/// The empty box's letter with a tick over it, read by programs as `kTicked`. `base` is the line that letters stand on.
void draw_ticked(cairo_t* page, Letters& letters, PangoFont* font, double left, double base) {
  cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
  cairo_glyph_t* glyphs = nullptr;
  int count = 0;
  cairo_scaled_font_text_to_glyphs(scaled, left, base, kBox.data(), static_cast<int>(kBox.size()), &glyphs, &count,
                                   nullptr, nullptr, nullptr);
  if (count == 1) letters.show(page, font, {kTicked, {glyphs[0]}, {{static_cast<int>(kTicked.size()), 1}}});
  cairo_glyph_free(glyphs);
  cairo_matrix_t matrix;
  cairo_scaled_font_get_font_matrix(scaled, &matrix);
  cairo_save(page);
  cairo_set_line_width(page, matrix.xx * 0.11);
  cairo_new_path(page);
  cairo_move_to(page, left + matrix.xx * 0.24, base - matrix.xx * 0.40);
  cairo_line_to(page, left + matrix.xx * 0.43, base - matrix.xx * 0.18);
  cairo_line_to(page, left + matrix.xx * 0.80, base - matrix.xx * 0.74);
  cairo_stroke(page);
  cairo_restore(page);
}

/// In 256ths, as cairo keeps the places of lines.
double on_grid(double length) { return std::nearbyint(length * 256) / 256; }

bool is_shaped(const PangoItem& item) {
  for (GSList* each = item.analysis.extra_attrs; each != nullptr; each = each->next) {
    if (static_cast<PangoAttribute*>(each->data)->klass->type == PANGO_ATTR_SHAPE) return true;
  }
  return false;
}

/// The run's glyphs from `left` on; nullopt where there is one that no face has.
std::optional<Run> run_of(PangoGlyphItem& item, const char* text, double left, double base) {
  Run run;
  run.text = {text + item.item->offset, static_cast<std::size_t>(item.item->length)};
  PangoGlyphItemIter at;
  for (gboolean has = pango_glyph_item_iter_init_start(&at, &item, text); has;
       has = pango_glyph_item_iter_next_cluster(&at)) {
    std::size_t before = run.glyphs.size();
    for (int i = at.start_glyph; i < at.end_glyph; ++i) {
      const PangoGlyphInfo& glyph = item.glyphs->glyphs[i];
      if ((glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) return std::nullopt;
      if (glyph.glyph != PANGO_GLYPH_EMPTY) {
        run.glyphs.push_back({glyph.glyph, left + pango_units_to_double(glyph.geometry.x_offset),
                              base + pango_units_to_double(glyph.geometry.y_offset)});
      }
      left += pango_units_to_double(glyph.geometry.width);
    }
    run.clusters.push_back({at.end_index - at.start_index, static_cast<int>(run.glyphs.size() - before)});
  }
  return run;
}

void keep_together(PangoAttrList* attributes, const std::vector<Span>& together) {
  for (const Span& span : together) {
    PangoAttribute* attribute = pango_attr_allow_breaks_new(FALSE);
    attribute->start_index = static_cast<guint>(span.begin);
    attribute->end_index = static_cast<guint>(span.end);
    pango_attr_list_insert(attributes, attribute);
  }
}

void shape_ticked(PangoAttrList* attributes, std::string_view text, double size) {
  int em = pango_units_from_double(size);
  PangoRectangle box{0, -em * 88 / 100, em, em};
  for (std::size_t at = text.find(kTicked); at != text.npos; at = text.find(kTicked, at + kTicked.size())) {
    PangoAttribute* attribute = pango_attr_shape_new(&box, &box);
    attribute->start_index = static_cast<guint>(at);
    attribute->end_index = static_cast<guint>(at + kTicked.size());
    pango_attr_list_insert(attributes, attribute);
  }
}

}  // namespace

struct Text::State {
  Letters* letters = nullptr;  // the typesetter's
  Owned<PangoLayout> layout;
  PangoFont* box_font = nullptr;  // the typesetter's
  double width = 0;
  double height = 0;
};

struct Typesetter::State {
  Owned<PangoFontMap> map{pango_cairo_font_map_new()};
  Owned<PangoContext> context{pango_font_map_create_context(map.get())};
  std::map<std::pair<double, bool>, Owned<PangoFontDescription>> faces;
  std::map<double, Owned<PangoFont>> box_fonts;
  Letters letters;
  std::map<std::string, Text, std::less<>> kept;

  const PangoFontDescription* face(const Style& style) {
    auto& face = faces[{style.size, style.bold}];
    if (!face) {
      face.reset(pango_font_description_from_string(kFamily));
      pango_font_description_set_absolute_size(face.get(), style.size * PANGO_SCALE);
      pango_font_description_set_weight(face.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    }
    return face.get();
  }

  /// A machine without its faces would print frames with numbers in them.
  void require_chinese() {
    constexpr gunichar kOfTheTitle = 0x63a2;  // 探
    for (bool bold : {false, true}) {
      Owned<PangoFont> font(pango_context_load_font(context.get(), face({Style().size, bold, Align::left})));
      if (!font || !pango_font_has_char(font.get(), kOfTheTitle)) throw problems::no_face();
    }
  }

  /// The face that has the empty box, for ticked ones of the same size.
  PangoFont* box_font(double size) {
    auto& font = box_fonts[size];
    if (!font) font.reset(pango_context_load_font(context.get(), face({size, false, Align::left})));
    return font.get();
  }
};

Typesetter::Typesetter() : state_(std::make_unique<State>()) {
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(state_->map.get()), 72);
  Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  PangoContext* context = state_->context.get();
  pango_cairo_context_set_font_options(context, options.get());
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_context_set_language(context, pango_language_from_string("zh-cn"));
  state_->require_chinese();
}

Typesetter::~Typesetter() = default;

Text Typesetter::lay(std::string_view given, const Style& style, double width, const std::vector<Span>& together) {
  std::string_view text = valid_part(given);
  Text made;
  made.state_ = std::make_shared<Text::State>();
  Text::State& state = *made.state_;
  state.letters = &state_->letters;
  state.layout.reset(pango_layout_new(state_->context.get()));
  PangoLayout* layout = state.layout.get();
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  pango_layout_set_font_description(layout, state_->face(style));
  pango_layout_set_width(layout, pango_units_from_double(width));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout, kLineSpacing);
  constexpr std::array<PangoAlignment, 3> kAligns{PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
  pango_layout_set_alignment(layout, kAligns[static_cast<std::size_t>(style.align)]);
  bool ticked = text.find(kTicked) != text.npos;
  if (ticked || !together.empty()) {
    PangoAttrList* attributes = pango_attr_list_new();
    keep_together(attributes, together);
    if (ticked) {
      shape_ticked(attributes, text, style.size);
      state.box_font = state_->box_font(style.size);
    }
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
  }
  PangoRectangle extents;
  pango_layout_get_extents(layout, nullptr, &extents);
  state.width = pango_units_to_double(extents.width);
  state.height = pango_units_to_double(extents.height);
  return made;
}

Text Typesetter::lay_fixed(const std::string& text, const Style& style, double width,
                           const std::vector<Span>& together) {
  std::string key = fmt::format("{}|{}|{}|{}|{}", style.size, style.bold, static_cast<int>(style.align), width, text);
  if (auto found = state_->kept.find(key); found != state_->kept.end()) return found->second;
  if (state_->kept.size() >= kMostKept) state_->kept.clear();
  return state_->kept.emplace(std::move(key), lay(text, style, width, together)).first->second;
}

double Text::height() const { return state_->height; }
double Text::width() const { return state_->width; }

std::size_t Text::fitting(double height) const {
  PangoLayoutIter* line = pango_layout_get_iter(state_->layout.get());
  std::size_t fits = 0;
  do {
    int bottom = 0;
    pango_layout_iter_get_line_yrange(line, nullptr, &bottom);
    if (pango_units_to_double(bottom) > height + 0.01) break;
    PangoLayoutLine* read = pango_layout_iter_get_line_readonly(line);
    fits = static_cast<std::size_t>(read->start_index + read->length);
  } while (pango_layout_iter_next_line(line));
  bool all = pango_layout_iter_at_last_line(line) && state_->height <= height + 0.01;
  pango_layout_iter_free(line);
  return all ? std::string_view(pango_layout_get_text(state_->layout.get())).size() : fits;
}

void Text::draw(cairo_t* page, double left, double top) const {
  left = on_grid(left);
  top = on_grid(top);
  const char* text = pango_layout_get_text(state_->layout.get());
  Owned<PangoLayoutIter> place(pango_layout_get_iter(state_->layout.get()));
  do {
    PangoLayoutRun* run = pango_layout_iter_get_run_readonly(place.get());
    if (run == nullptr) continue;  // the end of a line
    PangoRectangle extents;
    pango_layout_iter_get_run_extents(place.get(), nullptr, &extents);
    double begin = left + pango_units_to_double(extents.x);
    double base = top + pango_units_to_double(pango_layout_iter_get_run_baseline(place.get()));
    if (is_shaped(*run->item)) {
      for (int i = 0; i < run->glyphs->num_glyphs; ++i) {
        draw_ticked(page, *state_->letters, state_->box_font, begin, base);
        begin += pango_units_to_double(run->glyphs->glyphs[i].geometry.width);
      }
    } else if (auto glyphs = run_of(*run, text, begin, base)) {
      state_->letters->show(page, run->item->analysis.font, *glyphs);
    } else {
      cairo_move_to(page, begin, base);
      pango_cairo_show_glyph_item(page, text, run);
    }
  } while (pango_layout_iter_next_run(place.get()));
}

Typesetter& typesetter() {
  thread_local Typesetter kept;
  return kept;
}

}  // namespace tanfang::pdf
