// Schemes: read as they are in force, and asked for a verdict.
#include <boost/json.hpp>

#include "app/commands/classify_lines.h"
#include "app/commands/scheme_text.h"
#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

http::Response list(const Call& call) {
  auto set = call.service.classifier().schemes();
  js::array schemes;
  for (const auto& scheme : set->all()) {
    schemes.push_back(js::object{{"id", scheme->id},
                                 {"version", scheme->version},
                                 {"in_force", scheme->in_force.iso()},
                                 {"area", scheme->area},
                                 {"national_floor", scheme->national_floor},
                                 {"title", js::object{{"zh", scheme->title.zh}, {"en", scheme->title.en}}}});
  }
  return answer_page("schemes", std::move(schemes), "");
}

const schemes::Scheme& scheme_of(const Call& call, const schemes::SchemeSet& set, Date on) {
  return set.get(call.request.path_parameter("scheme"), on);
}

http::Response show(const Call& call) {
  Query query(call.request);
  Date on = query.optional_date("on").value_or(call.today());
  query.finish();
  auto set = call.service.classifier().schemes();
  return answer_json(scheme_json(scheme_of(call, *set, on)));
}

/// The body is one line as `tanfang classify` reads it; what is wrong with it is told in the same shape.
http::Response give_verdict(const Call& call) {
  auto set = call.service.classifier().schemes();
  LineClassifier classifier(*set, scheme_of(call, *set, call.today()).id, call.today());
  std::string answer;
  bool done = classifier.answer(call.request.body, answer);
  return http::json_response(std::move(answer), done ? 200 : 422);
}

}  // namespace

void add_scheme_routes(Api& api) {
  api.get("/schemes", Permission::schemes_read, list);
  api.get("/schemes/{scheme}", Permission::schemes_read, show);
  api.post("/schemes/{scheme}/verdicts", Permission::schemes_read, give_verdict);
}

}  // namespace tanfang::app::server
