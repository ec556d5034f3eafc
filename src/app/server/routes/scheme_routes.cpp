// Schemes: read as they are in force, and asked for a verdict.
#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "app/commands/classify_lines.h"
#include "app/commands/scheme_text.h"
#include "app/json/forms_json.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/draft_routes.h"
#include "app/server/routes/scheme_lint.h"
#include "app/server/server_problems.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::size_t kMostForms = 20;

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 60 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

http::Response list(const Call& call) {
  auto set = known_schemes(call);
  js::array schemes;
  for (const auto& scheme : set->all()) {
    schemes.push_back(
        js::object{{"id", scheme->id},
                   {"version", scheme->version},
                   {"in_force", scheme->in_force.iso()},
                   {"area", scheme->area},
                   {"national_floor", scheme->national_floor},
                   {"title", js::object{{"zh", scheme->title.zh}, {"en", scheme->title.en}}},
                   {"short", js::object{{"zh", scheme->short_title.zh}, {"en", scheme->short_title.en}}}});
  }
  return answer_page("schemes", std::move(schemes), "");
}

const schemes::Scheme& scheme_of(const Call& call, const schemes::SchemeSet& set, Date on) {
  return set.get(call.request.path_parameter("scheme"), on);
}

/// The words of a value that some fact has: `mild`; null where none has it, or facts call it differently.
js::value words_of_value(const schemes::Vocabulary& vocabulary, std::string_view value) {
  js::value words = nullptr;
  if (value.size() < 2 || value.front() != '"') return words;
  for (const schemes::FactDeclaration& fact : vocabulary.facts()) {
    const schemes::Labelled* found = fact.find_value(value.substr(1, value.size() - 2));
    if (!found) continue;
    js::value said = js::object{{"zh", found->words.zh}, {"en", found->words.en}};
    if (!words.is_null() && words != said) return nullptr;
    words = std::move(said);
  }
  return words;
}

http::Response show(const Call& call) {
  Query query(call);
  Date on = query.optional_date("on").value_or(call.today());
  query.finish();
  auto set = known_schemes(call);
  js::object scheme = scheme_json(scheme_of(call, *set, on));
  for (js::value& setting : scheme.at("settings").as_array()) {
    js::object& each = setting.as_object();
    each["value_text"] = words_of_value(set->vocabulary(), each.at("value").as_string());
  }
  return answer_json(scheme);
}

/// What `tanfang classify` says of a line that it refuses.
Problem refused_line(const std::string& answer) {
  const js::value said = js::parse(answer);
  const js::object& error = said.at("error").as_object();
  auto text = [&](const char* name) {
    const js::value* found = error.if_contains(name);
    return found ? std::string(found->as_string()) : std::string();
  };
  Words words{text("text"), text("text_en")};
  return Problem("verdict.refused", 422, words, {{text("field"), text("code"), words}});
}

/// The body is one line as `tanfang classify` reads it.
http::Response give_verdict(const Call& call) {
  if (call.request.media_type() != "application/json") throw body_type();
  auto set = known_schemes(call);
  LineClassifier classifier(*set, scheme_of(call, *set, call.today()).id, call.today());
  std::string answer;
  if (!classifier.answer(call.request.body, answer)) throw refused_line(answer);
  return http::json_response(std::move(answer));
}

http::Response list_forms(const Call& call) {
  std::string folder = call.request.path_parameter("scheme") + "/";
  js::array forms;
  for (const forms::Form* form : call.service.rooms().forms.all()) {
    if (form->id.starts_with(folder)) forms.push_back(form_head_json(*form));
  }
  if (forms.empty()) scheme_of(call, *known_schemes(call), call.today());
  return answer_page("forms", std::move(forms), "");
}

http::Response show_form(const Call& call) {
  const forms::Catalog& catalog = call.service.rooms().forms;
  const forms::Form* form =
      catalog.find(call.request.path_parameter("scheme") + "/" + call.request.path_parameter("form"));
  if (form == nullptr) throw form_not_known();
  http::Response response = answer_json(form_json(*form, catalog.supplement_of(*form)));
  response.set("ETag", etag_of(response.body));
  return response;
}

/// Files by name, as texts; names that could leave the folder are refused.
std::map<std::string, std::string> texts_of(Body& body, const std::string& name, std::size_t most) {
  std::map<std::string, std::string> texts;
  const js::value* value = body.value(name);
  if (!value) return texts;
  Words wanted{"至多 " + std::to_string(most) + " 个名称（小写字母、数字、-、_）到文字的对象",
               "an object of at most " + std::to_string(most) + " texts by name (a-z, 0-9, - and _)"};
  if (!value->is_object() || value->get_object().size() > most) {
    body.refuse(field_type(name, wanted));
    return texts;
  }
  for (const auto& [file, text] : value->get_object()) {
    if (is_plain_name(file) && text.is_string()) {
      texts.emplace(file, text.get_string());
    } else {
      body.refuse(field_type(name, wanted));
    }
  }
  return texts;
}

/// The files of a scheme folder as texts; each is checked as `tanfang schemes lint` does.
http::Response lint(const Call& call) {
  Body body(call);
  std::string name = body.optional_text("name").value_or("scheme");
  if (!is_plain_name(name)) body.refuse(field_type("name", {"小写字母、数字、-、_", "of a-z, 0-9, - and _"}));
  std::string scheme = body.raw_text("scheme");
  std::string indicators = body.optional_text("indicators").value_or("");
  std::string cases = body.optional_text("cases").value_or("");
  auto forms = texts_of(body, "forms", kMostForms);
  body.finish();
  drafts::Files files{{"scheme.toml", scheme}, {"cases.jsonl", cases}};
  if (!indicators.empty()) files["indicators.toml"] = indicators;
  for (const auto& [form, text] : forms) files["forms/" + form + ".toml"] = text;
  return answer_json(findings_of(call, name, files));
}

}  // namespace

void add_scheme_routes(Api& api) {
  api.post("/schemes/lint", Permission::schemes_manage, lint);
  api.get("/schemes/{scheme}/forms", Permission::schemes_read, list_forms);
  api.get("/schemes/{scheme}/forms/{form}", Permission::schemes_read, show_form);
  api.get("/schemes", Permission::schemes_read, list);
  api.get("/schemes/{scheme}", Permission::schemes_read, show);
  api.post("/schemes/{scheme}/verdicts", Permission::schemes_read, give_verdict);
  add_draft_routes(api);
}

}  // namespace tanfang::app::server
