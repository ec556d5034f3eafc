// A streaming XML reader over expat for the parts of an .xlsx package and for SpreadsheetML. Document type declarations
// are refused, so no entity can grow.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>

namespace tanfang::excel {

/// What a part's reader implements. Names come without their namespace prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  /// `attributes` is name, value, …, nullptr, with prefixes.
  virtual void start(std::string_view name, const char** attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view characters) = 0;
};

/// The value of an attribute, or empty.
std::string_view attribute(const char** attributes, std::string_view name);

class XmlReader {
 public:
  /// `part` names what is read in a refusal. `encoding`: what the bytes are, whatever their declaration says.
  XmlReader(XmlHandler& handler, std::string part, const char* encoding = nullptr);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// Reads the next bytes; `last` with the final ones. Throws Problem `ledger.malformed`, and what the handler threw.
  void feed(std::string_view bytes, bool last);

 private:
  struct Callbacks;
  struct Parser;
  std::unique_ptr<Parser> parser_;
  XmlHandler& handler_;
  std::string part_;
  std::exception_ptr thrown_;
  int depth_ = 0;
};

}  // namespace tanfang::excel
