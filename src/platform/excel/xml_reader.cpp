#include "platform/excel/xml_reader.h"

#include <expat.h>

#include "platform/excel/excel_problems.h"

namespace tanfang::excel {
namespace {

constexpr int kDeepest = 64;

std::string_view local_name(const char* name) {
  std::string_view text(name);
  std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

}  // namespace

std::string_view attribute(const char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    if (attributes[0] == name) return attributes[1];
  }
  return {};
}

struct XmlReader::Parser {
  explicit Parser(const char* encoding) : expat(XML_ParserCreate(encoding)) {}
  XML_Parser expat;
  ~Parser() { XML_ParserFree(expat); }
};

/// Exceptions must not pass through expat's C frames: they are kept and thrown again by `feed`.
struct XmlReader::Callbacks {
  template <typename Act>
  static void guarded(XmlReader& reader, Act act) {
    if (reader.thrown_) return;
    try {
      act();
    } catch (...) {
      reader.thrown_ = std::current_exception();
      XML_StopParser(reader.parser_->expat, XML_FALSE);
    }
  }

  static void start(void* user, const char* name, const char** attributes) {
    auto& reader = *static_cast<XmlReader*>(user);
    guarded(reader, [&] {
      if (++reader.depth_ > kDeepest) throw problems::malformed(reader.part_);
      reader.handler_.start(local_name(name), attributes);
    });
  }

  static void end(void* user, const char* name) {
    auto& reader = *static_cast<XmlReader*>(user);
    --reader.depth_;
    guarded(reader, [&] { reader.handler_.end(local_name(name)); });
  }

  static void text(void* user, const char* characters, int length) {
    auto& reader = *static_cast<XmlReader*>(user);
    guarded(reader, [&] { reader.handler_.text({characters, static_cast<std::size_t>(length)}); });
  }

  static void doctype(void* user, const char*, const char*, const char*, int) {
    auto& reader = *static_cast<XmlReader*>(user);
    guarded(reader, [&] { throw problems::malformed(reader.part_); });
  }
};

XmlReader::XmlReader(XmlHandler& handler, std::string part, const char* encoding)
    : parser_(std::make_unique<Parser>(encoding)), handler_(handler), part_(std::move(part)) {
  if (parser_->expat == nullptr) throw std::bad_alloc();
  XML_SetUserData(parser_->expat, this);
  XML_SetElementHandler(parser_->expat, Callbacks::start, Callbacks::end);
  XML_SetCharacterDataHandler(parser_->expat, Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_->expat, Callbacks::doctype);
}

XmlReader::~XmlReader() = default;

void XmlReader::feed(std::string_view bytes, bool last) {
  auto status = XML_Parse(parser_->expat, bytes.data(), static_cast<int>(bytes.size()), last);
  if (thrown_) std::rethrow_exception(thrown_);
  if (status != XML_STATUS_OK) throw problems::malformed(part_);
}

}  // namespace tanfang::excel
