#include "platform/pdf/document.h"

#include <cairo-pdf.h>
#include <qrencode.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

namespace tanfang::pdf {
namespace {

struct Freed {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* page) const { cairo_destroy(page); }
  void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
  void operator()(QRcode* code) const { QRcode_free(code); }
};
template <typename Held>
using Owned = std::unique_ptr<Held, Freed>;

/// The one element that all others stand in.
constexpr const char* kWhole = "Document";

struct Unread {
  std::string_view left;
};

cairo_status_t read_part(void* closure, unsigned char* into, unsigned int size) {
  auto* unread = static_cast<Unread*>(closure);
  if (unread->left.size() < size) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(into, unread->left.data(), size);
  unread->left.remove_prefix(size);
  return CAIRO_STATUS_SUCCESS;
}

using Picture = Owned<cairo_surface_t>;

Picture read_png(std::string_view content) {
  Unread unread{content};
  return Picture(cairo_image_surface_create_from_png_stream(read_part, &unread));
}

/// The file itself goes into the document, with the size that it tells; of the surface, which cairo copies, one dot will
/// do.
Picture hold_jpeg(std::string_view content) {
  Picture picture(cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1));
  auto* bytes = static_cast<unsigned char*>(std::malloc(content.size()));
  if (bytes == nullptr) throw std::bad_alloc();
  std::memcpy(bytes, content.data(), content.size());
  if (cairo_surface_set_mime_data(picture.get(), CAIRO_MIME_TYPE_JPEG, bytes, content.size(), std::free, bytes) !=
      CAIRO_STATUS_SUCCESS) {
    std::free(bytes);
  }
  return picture;
}

/// Adds what cairo has no call for. The catalog is the last object: behind it only the table of places moves, whose own
/// place stands at the end.
void complete_catalog(std::string& last) {
  constexpr std::string_view kCatalog = "/Type /Catalog";
  constexpr std::string_view kAdded =
      "\n   /Lang (zh-CN)\n   /ViewerPreferences << /DisplayDocTitle true >>"
      "\n   /MarkInfo << /Marked true >>";
  constexpr std::string_view kPlace = "startxref\n";
  std::size_t catalog = last.rfind(kCatalog);
  std::size_t place = last.rfind(kPlace);
  if (catalog == last.npos || place == last.npos) throw Failure("pdf: there is no catalog");
  std::size_t digits = place + kPlace.size();
  std::size_t end = last.find('\n', digits);
  long moved = std::stol(last.substr(digits, end - digits)) + static_cast<long>(kAdded.size());
  last.replace(digits, end - digits, std::to_string(moved));
  last.insert(catalog + kCatalog.size(), kAdded);
}

}  // namespace

struct Document::State {
  Sink sink;
  PageSink pages;  // of a document of pictures
  std::exception_ptr refused;
  bool ending = false;
  std::string last;  // fonts and catalog, kept until the catalog is complete
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> page;

  static cairo_status_t take(void* closure, const unsigned char* bytes, unsigned int size) {
    auto* state = static_cast<State*>(closure);
    if (state->refused) return CAIRO_STATUS_WRITE_ERROR;
    if (state->ending) return collect(&state->last, bytes, size);
    try {
      state->sink({reinterpret_cast<const char*>(bytes), size});
    } catch (...) {
      state->refused = std::current_exception();
      return CAIRO_STATUS_WRITE_ERROR;
    }
    return CAIRO_STATUS_SUCCESS;
  }

  /// A white page.
  void clear() const {
    cairo_set_source_rgb(page.get(), 1, 1, 1);
    cairo_paint(page.get());
    cairo_set_source_rgb(page.get(), 0, 0, 0);
  }

  static cairo_status_t collect(void* closure, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
  }

  void check(cairo_status_t status) const {
    if (refused) std::rethrow_exception(refused);
    if (status != CAIRO_STATUS_SUCCESS) throw Failure(std::string("pdf: ") + cairo_status_to_string(status));
  }
};

Document::Document(Sink sink, const Properties& properties) : state_(std::make_unique<State>()) {
  state_->sink = std::move(sink);
  state_->surface.reset(cairo_pdf_surface_create_for_stream(State::take, state_.get(), kPageWidth, kPageHeight));
  cairo_surface_t* surface = state_->surface.get();
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, properties.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, properties.subject.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Tanfang");
  std::string made = format_instant(properties.made_at);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, made.c_str());
  state_->page.reset(cairo_create(surface));
  begin(kWhole);
  state_->check(cairo_status(state_->page.get()));
}

Document::Document(PageSink sink, double dots) : state_(std::make_unique<State>()) {
  state_->pages = std::move(sink);
  double scale = dots / 72;
  state_->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(kPageWidth * scale),
                                                   static_cast<int>(kPageHeight * scale)));
  state_->page.reset(cairo_create(state_->surface.get()));
  cairo_scale(state_->page.get(), scale, scale);
  state_->clear();
  state_->check(cairo_status(state_->page.get()));
}

Document::~Document() = default;

void Document::begin(const char* element) { cairo_tag_begin(state_->page.get(), element, nullptr); }

void Document::end(const char* element) { cairo_tag_end(state_->page.get(), element); }

void Document::text(const Text& text, double left, double top) { text.draw(state_->page.get(), left, top); }

void Document::line(double left, double top, double right, double bottom, double width) {
  cairo_t* page = state_->page.get();
  cairo_set_line_width(page, width);
  cairo_move_to(page, left, top);
  cairo_line_to(page, right, bottom);
  cairo_stroke(page);
}

void Document::frames(const std::vector<Box>& boxes, double width) {
  cairo_t* page = state_->page.get();
  cairo_set_line_width(page, width);
  for (const Box& box : boxes) cairo_rectangle(page, box.left, box.top, box.width, box.height);
  cairo_stroke(page);
}

PictureFault Document::picture(std::string_view content, const Box& box) {
  PictureHead head = look_at_picture(content);
  if (head.fault != PictureFault::none) return head.fault;
  if (head.jpeg && state_->pages) {
    cairo_t* page = state_->page.get();
    cairo_set_source_rgb(page, 0.85, 0.85, 0.85);
    cairo_rectangle(page, box.left, box.top, box.width, box.height);
    cairo_fill(page);
    cairo_set_source_rgb(page, 0, 0, 0);
    return PictureFault::none;
  }
  Picture picture = head.jpeg ? hold_jpeg(content) : read_png(content);
  if (cairo_surface_status(picture.get()) != CAIRO_STATUS_SUCCESS) return PictureFault::damaged;
  double scale = std::min(box.width / head.width, box.height / head.height);
  double width = head.width * scale, height = head.height * scale;
  cairo_t* page = state_->page.get();
  cairo_save(page);
  cairo_translate(page, box.left + (box.width - width) / 2, box.top + (box.height - height) / 2);
  cairo_scale(page, width / cairo_image_surface_get_width(picture.get()),
              height / cairo_image_surface_get_height(picture.get()));
  cairo_set_source_surface(page, picture.get(), 0, 0);
  cairo_paint(page);
  cairo_restore(page);
  return PictureFault::none;
}

void Document::qr(const std::string& content, const Box& box) {
  Owned<QRcode> code(QRcode_encodeString8bit(content.c_str(), 0, QR_ECLEVEL_Q));
  if (!code) throw Failure("pdf: the content does not fit into a QR code");
  // A picture of one bit a square: its squares as rectangles took two thirds of a page's time.
  Owned<cairo_surface_t> squares(cairo_image_surface_create(CAIRO_FORMAT_A1, code->width, code->width));
  unsigned char* bits = cairo_image_surface_get_data(squares.get());
  int stride = cairo_image_surface_get_stride(squares.get());
  cairo_surface_flush(squares.get());
  for (int row = 0; row < code->width; ++row) {
    for (int column = 0; column < code->width; ++column) {
      if ((code->data[row * code->width + column] & 1) == 0) continue;
      bits[row * stride + column / 8] |=
          static_cast<unsigned char>(1 << (column % 8));  // least bit first, as cairo has it
    }
  }
  cairo_surface_mark_dirty(squares.get());
  cairo_t* page = state_->page.get();
  double side = std::min(box.width, box.height) / code->width;
  cairo_save(page);
  cairo_translate(page, box.left, box.top);
  cairo_scale(page, side, side);
  Owned<cairo_pattern_t> pattern(cairo_pattern_create_for_surface(squares.get()));
  cairo_pattern_set_filter(pattern.get(), CAIRO_FILTER_NEAREST);
  cairo_mask(page, pattern.get());
  cairo_restore(page);
}

void Document::end_page() {
  if (state_->pages) {
    std::string png;
    state_->check(cairo_surface_write_to_png_stream(state_->surface.get(), State::collect, &png));
    state_->pages(std::move(png));
    return state_->clear();
  }
  cairo_show_page(state_->page.get());
  state_->check(cairo_status(state_->page.get()));
}

void Document::finish() {
  if (!state_->pages) end(kWhole);
  state_->ending = true;
  cairo_surface_finish(state_->surface.get());
  state_->check(cairo_surface_status(state_->surface.get()));
  if (state_->pages) return;
  complete_catalog(state_->last);
  state_->sink(state_->last);
}

}  // namespace tanfang::pdf
