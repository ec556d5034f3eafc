// Foreign bytes: a line of `tanfang visits record` must be read or refused, and answers of any shape checked.
#include <boost/json.hpp>

#include "visits/visits.h"

namespace {

/// A form with a field of every kind.
tanfang::forms::Form form_of_all_kinds() {
  using namespace tanfang::forms;
  Form form;
  form.id = "invented/visit";
  Section section;
  for (int kind = 0; kind <= static_cast<int>(FieldKind::rows); ++kind) {
    Field field;
    field.code = "f" + std::to_string(kind);
    field.kind = static_cast<FieldKind>(kind);
    field.options.resize(2);
    field.options[0].code = "a";
    field.options[1].code = "b";
    section.fields.push_back(field);
  }
  section.fields.back().columns = {section.fields.front()};
  form.sections.push_back(section);
  return form;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tanfang::forms::Form kForm = form_of_all_kinds();
  std::string key;
  try {
    tanfang::visits::VisitEntry entry =
        tanfang::visits::read_entry(std::string_view(reinterpret_cast<const char*>(data), size), key);
    const boost::json::value answers = boost::json::parse(entry.answers);
    tanfang::forms::check_answers(kForm, nullptr, {}, answers.as_object(), {});
  } catch (const tanfang::Problem&) {
  }
  return 0;
}
