#include "platform/pdf/letters.h"

#include <cairo-ft.h>
#include <hb-subset.h>
#include <pango/pangofc-font.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>

#include "base/problem.h"

namespace tanfang::pdf {
namespace {

/// A face with less is given to cairo whole.
constexpr unsigned kLargeOutlines = 4'000'000;
constexpr hb_tag_t kOutlines = HB_TAG('C', 'F', 'F', ' ');

struct Freed {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
  void operator()(hb_set_t* set) const { hb_set_destroy(set); }
  void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
  void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
  void operator()(PangoFont* font) const { g_object_unref(font); }
};
template <typename Held>
using Owned = std::unique_ptr<Held, Freed>;
using Blob = std::shared_ptr<hb_blob_t>;

/// Glyphs keep their numbers, so that whatever laid them out need not know. With outlines in one piece each, taking
/// them out needs a third of the memory.
Blob part_of(hb_face_t* face, const hb_set_t* glyphs) {
  Owned<hb_subset_input_t> input(hb_subset_input_create_or_fail());
  if (!input) throw std::bad_alloc();
  hb_set_union(hb_subset_input_glyph_set(input.get()), glyphs);
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING |
                                             HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  hb_set_t* left_out = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* table : {"GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"}) {
    hb_set_add(left_out, hb_tag_from_string(table, -1));
  }
  Owned<hb_face_t> part(hb_subset_or_fail(face, input.get()));
  if (!part) throw Failure("pdf: the letters cannot be taken out of their face");
  return {hb_face_reference_blob(part.get()), Freed()};
}

/// The letters and signs of GB 2312, which nearly every text is written with, and those of Latin names.
Owned<hb_set_t> common_glyphs(hb_face_t* face) {
  Owned<hb_set_t> glyphs(hb_set_create());
  Owned<hb_font_t> font(hb_font_create(face));
  auto add = [&](hb_codepoint_t letter) {
    hb_codepoint_t glyph = 0;
    if (hb_font_get_nominal_glyph(font.get(), letter, &glyph)) hb_set_add(glyphs.get(), glyph);
  };
  for (hb_codepoint_t letter = 0x20; letter < 0x180; ++letter) add(letter);
  GIConv reader = g_iconv_open("UCS-4LE", "GB2312");
  for (int row = 0xa1; row <= 0xf7; ++row) {
    for (int cell = 0xa1; cell <= 0xfe; ++cell) {
      char written[2] = {static_cast<char>(row), static_cast<char>(cell)};
      unsigned char read[4] = {};
      char* in = written;
      char* out = reinterpret_cast<char*>(read);
      gsize in_left = sizeof written;
      gsize out_left = sizeof read;
      bool is_letter = g_iconv(reader, &in, &in_left, &out, &out_left) != static_cast<gsize>(-1);
      if (is_letter) add(read[0] | static_cast<hb_codepoint_t>(read[1]) << 8);
    }
  }
  g_iconv_close(reader);
  return glyphs;
}

/// Faces in memory. FreeType's own list of faces is for one thread at a time.
class FacesInMemory {
 public:
  static Owned<cairo_font_face_t> open(Blob bytes) {
    std::lock_guard lock(mutex());
    unsigned length = 0;
    const char* data = hb_blob_get_data(bytes.get(), &length);
    auto held = std::make_unique<Held>(Held{nullptr, std::move(bytes)});
    if (FT_New_Memory_Face(library(), reinterpret_cast<const FT_Byte*>(data), length, 0, &held->face) != 0) {
      throw Failure("pdf: the letters taken out of their face are no face");
    }
    static cairo_user_data_key_t key;
    Owned<cairo_font_face_t> face(cairo_ft_font_face_create_for_ft_face(held->face, FT_LOAD_NO_HINTING));
    if (cairo_font_face_set_user_data(face.get(), &key, held.get(), close) != CAIRO_STATUS_SUCCESS) {
      throw std::bad_alloc();
    }
    static_cast<void>(held.release());
    return face;
  }

 private:
  struct Held {
    FT_Face face;
    Blob bytes;
  };
  /// cairo keeps faces for a while, so they may outlive the thread that made them.
  static void close(void* given) {
    std::unique_ptr<Held> held(static_cast<Held*>(given));
    std::lock_guard lock(mutex());
    FT_Done_Face(held->face);
  }
  static std::mutex& mutex() {
    static auto* kept = new std::mutex;
    return *kept;
  }
  static FT_Library library() {
    static FT_Library kept = [] {
      FT_Library made = nullptr;
      if (FT_Init_FreeType(&made) != 0) throw std::bad_alloc();
      return made;
    }();
    return kept;
  }
};

struct FaceFile {
  std::string path;
  unsigned index = 0;
  bool operator<(const FaceFile& other) const { return std::tie(path, index) < std::tie(other.path, other.index); }
};

Owned<hb_face_t> open_file(const FaceFile& file) {
  Owned<hb_blob_t> bytes(hb_blob_create_from_file_or_fail(file.path.c_str()));
  return Owned<hb_face_t>(bytes ? hb_face_create(bytes.get(), file.index) : nullptr);
}

/// A face is given to cairo whole, or in pieces: the common letters, and the rest by their numbers. Which piece a glyph
/// is in does not depend on what was drawn before, so the same text makes the same bytes.
constexpr int kWhole = -1;
constexpr int kCommon = 0;
constexpr hb_codepoint_t kGlyphsOfPiece = 1024;

/// The pieces of one face, each made when it is wanted first, for all threads.
class Pieces {
 public:
  explicit Pieces(FaceFile file) : file_(std::move(file)) {
    Owned<hb_face_t> face = open_file(file_);
    if (!face) return;
    Owned<hb_blob_t> outlines(hb_face_reference_table(face.get(), kOutlines));
    if (hb_blob_get_length(outlines.get()) > kLargeOutlines) common_ = common_glyphs(face.get());
  }

  static Pieces& of(const FaceFile& file) {
    static std::mutex mutex;
    static std::map<FaceFile, Pieces> known;
    std::lock_guard lock(mutex);
    return known.try_emplace(file, file).first->second;
  }

  int piece_with(const cairo_glyph_t* glyphs, int count) const {
    if (!common_ || count == 0) return common_ ? kCommon : kWhole;
    int piece = piece_with(glyphs[0]);
    bool same = std::all_of(glyphs, glyphs + count, [&](const auto& glyph) { return piece_with(glyph) == piece; });
    return same ? piece : kWhole;
  }

  Blob bytes(int piece) {
    std::lock_guard lock(mutex_);
    Blob& made = made_[piece];
    if (!made) made = part_of(open_file(file_).get(), glyphs_of(piece).get());
    return made;
  }

 private:
  int piece_with(const cairo_glyph_t& glyph) const {
    auto number = static_cast<hb_codepoint_t>(glyph.index);
    return hb_set_has(common_.get(), number) ? kCommon : static_cast<int>(number / kGlyphsOfPiece) + 1;
  }

  Owned<hb_set_t> glyphs_of(int piece) const {
    if (piece == kCommon) return Owned<hb_set_t>(hb_set_copy(common_.get()));
    Owned<hb_set_t> glyphs(hb_set_create());
    hb_codepoint_t first = static_cast<hb_codepoint_t>(piece - 1) * kGlyphsOfPiece;
    hb_set_add_range(glyphs.get(), first, first + kGlyphsOfPiece - 1);
    return glyphs;
  }

  FaceFile file_;
  Owned<hb_set_t> common_;  // nullptr where it is given whole
  std::mutex mutex_;        // of what follows
  std::map<int, Blob> made_;
};

/// One face as one thread draws with it.
struct Face {
  explicit Face(const FaceFile& file) : pieces(Pieces::of(file)) {}

  /// nullptr for the whole one.
  cairo_font_face_t* of(int piece) {
    if (piece == kWhole) return nullptr;
    Owned<cairo_font_face_t>& face = opened[piece];
    if (!face) face = FacesInMemory::open(pieces.bytes(piece));
    return face.get();
  }

  Pieces& pieces;
  std::map<int, Owned<cairo_font_face_t>> opened;
};

FaceFile file_of(PangoFont* font) {
  FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
  FcChar8* path = nullptr;
  int index = 0;
  FcPatternGetString(pattern, FC_FILE, 0, &path);
  FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
  return {path == nullptr ? "" : reinterpret_cast<const char*>(path), static_cast<unsigned>(index) & 0xffff};
}

/// From one cluster and its first byte and glyph on.
struct At {
  int cluster = 0;
  int byte = 0;
  int glyph = 0;
};

void show_with(cairo_t* page, cairo_scaled_font_t* whole, cairo_font_face_t* piece, const Run& run, At from, At to) {
  cairo_set_scaled_font(page, whole);
  if (piece != nullptr) {  // in the size of the whole one
    cairo_matrix_t matrix;
    cairo_scaled_font_get_font_matrix(whole, &matrix);
    cairo_set_font_face(page, piece);
    cairo_set_font_matrix(page, &matrix);
  }
  cairo_show_text_glyphs(page, run.text.data() + from.byte, to.byte - from.byte, run.glyphs.data() + from.glyph,
                         to.glyph - from.glyph, run.clusters.data() + from.cluster, to.cluster - from.cluster,
                         cairo_text_cluster_flags_t(0));
}

}  // namespace

struct Letters::State {
  std::map<FaceFile, Face> faces;
  std::map<PangoFont*, std::pair<Owned<PangoFont>, Face*>> of_fonts;

  Face& face_of(PangoFont* font) {
    auto found = of_fonts.find(font);
    if (found == of_fonts.end()) {
      FaceFile file = file_of(font);
      Face& face = faces.try_emplace(file, file).first->second;
      Owned<PangoFont> kept(static_cast<PangoFont*>(g_object_ref(font)));
      found = of_fonts.emplace(font, std::pair(std::move(kept), &face)).first;
    }
    return *found->second.second;
  }
};

Letters::Letters() : state_(std::make_unique<State>()) {}
Letters::~Letters() = default;

void Letters::show(cairo_t* page, PangoFont* font, const Run& run) {
  Face& face = state_->face_of(font);
  cairo_scaled_font_t* whole = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
  int piece = kCommon;
  At begin;
  At at;
  for (const cairo_text_cluster_t& cluster : run.clusters) {
    int wanted = face.pieces.piece_with(run.glyphs.data() + at.glyph, cluster.num_glyphs);
    if (wanted != piece && at.cluster > 0) show_with(page, whole, face.of(piece), run, std::exchange(begin, at), at);
    piece = wanted;
    at = {at.cluster + 1, at.byte + cluster.num_bytes, at.glyph + cluster.num_glyphs};
  }
  if (at.cluster > 0) show_with(page, whole, face.of(piece), run, begin, at);
}

}  // namespace tanfang::pdf
