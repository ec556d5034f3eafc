#include "platform/pdf/text.h"

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <array>
#include <map>

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
  void operator()(cairo_scaled_font_t* font) const { cairo_scaled_font_destroy(font); }
};
template <typename Held>
using Owned = std::unique_ptr<Held, Freed>;

std::string_view valid_part(std::string_view text) {
  const char* end = nullptr;
  g_utf8_validate(text.data(), static_cast<gssize>(text.size()), &end);
  return text.substr(0, static_cast<std::size_t>(end - text.data()));
}

/// The empty box's letter with a tick over it, read by programs as `kTicked`.
void draw_ticked(cairo_t* page, PangoAttrShape*, gboolean do_path, gpointer) {
  if (do_path) return;
  cairo_scaled_font_t* font = cairo_get_scaled_font(page);
  cairo_matrix_t matrix;
  cairo_scaled_font_get_font_matrix(font, &matrix);
  double left = 0;
  double base = 0;
  cairo_get_current_point(page, &left, &base);
  cairo_glyph_t* glyphs = nullptr;
  int count = 0;
  cairo_scaled_font_text_to_glyphs(font, left, base, kBox.data(), static_cast<int>(kBox.size()), &glyphs, &count,
                                   nullptr, nullptr, nullptr);
  if (count == 1) {
    cairo_text_cluster_t cluster{static_cast<int>(kTicked.size()), 1};
    cairo_show_text_glyphs(page, kTicked.data(), cluster.num_bytes, glyphs, 1, &cluster, 1,
                           cairo_text_cluster_flags_t(0));
  }
  cairo_glyph_free(glyphs);
  cairo_save(page);
  cairo_set_line_width(page, matrix.xx * 0.11);
  cairo_new_path(page);
  cairo_move_to(page, left + matrix.xx * 0.24, base - matrix.xx * 0.40);
  cairo_line_to(page, left + matrix.xx * 0.43, base - matrix.xx * 0.18);
  cairo_line_to(page, left + matrix.xx * 0.80, base - matrix.xx * 0.74);
  cairo_stroke(page);
  cairo_restore(page);
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
  Owned<PangoLayout> layout;
  cairo_scaled_font_t* box_font = nullptr;
  double width = 0;
  double height = 0;
  bool ticked = false;
};

struct Typesetter::State {
  Owned<PangoFontMap> map{pango_cairo_font_map_new()};
  Owned<PangoContext> context{pango_font_map_create_context(map.get())};
  std::map<std::pair<double, bool>, Owned<PangoFontDescription>> faces;
  std::map<double, Owned<cairo_scaled_font_t>> box_fonts;
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

  /// The face that has the empty box, for ticked ones of the same size.
  cairo_scaled_font_t* box_font(double size) {
    auto& font = box_fonts[size];
    if (!font) {
      std::unique_ptr<PangoFont, decltype(&g_object_unref)> loaded(
          pango_context_load_font(context.get(), face({size, false, Align::left})), g_object_unref);
      cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(loaded.get()));
      font.reset(cairo_scaled_font_reference(scaled));
    }
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
  pango_cairo_context_set_shape_renderer(context, draw_ticked, nullptr, nullptr);
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_context_set_language(context, pango_language_from_string("zh-cn"));
}

Typesetter::~Typesetter() = default;

Text Typesetter::lay(std::string_view given, const Style& style, double width, const std::vector<Span>& together) {
  std::string_view text = valid_part(given);
  Text made;
  made.state_ = std::make_shared<Text::State>();
  Text::State& state = *made.state_;
  state.layout.reset(pango_layout_new(state_->context.get()));
  PangoLayout* layout = state.layout.get();
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  pango_layout_set_font_description(layout, state_->face(style));
  pango_layout_set_width(layout, pango_units_from_double(width));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout, kLineSpacing);
  constexpr std::array<PangoAlignment, 3> kAligns{PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
  pango_layout_set_alignment(layout, kAligns[static_cast<std::size_t>(style.align)]);
  state.ticked = text.find(kTicked) != text.npos;
  if (state.ticked || !together.empty()) {
    PangoAttrList* attributes = pango_attr_list_new();
    keep_together(attributes, together);
    if (state.ticked) {
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
  if (state_->ticked) cairo_set_scaled_font(page, state_->box_font);
  cairo_move_to(page, left, top);
  pango_cairo_show_layout(page, state_->layout.get());
}

Typesetter& typesetter() {
  thread_local Typesetter kept;
  return kept;
}

}  // namespace tanfang::pdf
