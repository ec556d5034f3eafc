// Forms on paper: empty, with a person's head data, with a record. Gathered in the transaction, drawn behind it.
#include "app/server/routes/paper_routes.h"

#include <boost/json.hpp>

#include "app/printing/printing.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/routes/printing_of.h"
#include "app/server/routes/visit_reached.h"
#include "app/server/server_problems.h"
#include "platform/crypto/base64.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;
using identity::Permission;

constexpr std::int64_t kMostCopies = 20;

int copies_asked(Input& input) { return static_cast<int>(input.integer("copies", 1, kMostCopies).value_or(1)); }

http::Response answer_pdf(std::string pdf) {
  http::Response response;
  response.status = 200;
  response.body = std::move(pdf);
  response.set("Content-Type", "application/pdf");
  response.set("Content-Disposition", "inline");
  return response;
}

/// With `preview` also its pages as pictures, so that whoever looks before they print is noted once.
http::Response answer_print(const Print& print, bool preview) {
  std::string pdf = draw(print);
  if (!preview) return answer_pdf(std::move(pdf));
  js::array pages;
  for (const std::string& png : draw_pictures(print)) pages.emplace_back(crypto::to_base64(png));
  return answer_json(js::object{{"pdf", crypto::to_base64(pdf)}, {"pages", std::move(pages)}});
}

void note_reveal(const Call& call, audit::Work& work) {
  identity::note_reveal(work, call.principal, call.service.settings().identity.reveals_a_day);
}

http::Response blank(const Call& call, PrintingOf& printing) {
  Query query(call);
  int copies = copies_asked(query);
  query.finish();
  std::string form = call.request.path_parameter("scheme") + "/" + call.request.path_parameter("form");
  return answer_pdf(print_blank(printing(call.service), form, copies, call.now));
}

http::Response of_person(const Call& call, PrintingOf& printing) {
  Body body(call);
  std::string form = body.optional_text("form").value_or("");
  std::string reason = body.optional_text("reason").value_or("");
  int copies = copies_asked(body);
  bool preview = body.flag("preview").value_or(false);
  body.finish();
  const PrintingGround& ground = printing(call.service);
  Print print;
  call.change([&](audit::Work& work) {
    auto key = person_of(call, work.session, Permission::people_read);
    if (!reason.empty()) {
      call.require(Permission::reveal, registry::area_of(work.session, key));
      note_reveal(call, work);
    }
    if (form.empty()) form = form_of_person(work.session, ground, key, call.today());
    print = print_person(work, ground, key, form, reason, copies);
  });
  return answer_print(print, preview);
}

http::Response of_visit(const Call& call, PrintingOf& printing) {
  Body body(call);
  std::string reason = body.text("reason");
  int copies = copies_asked(body);
  bool preview = body.flag("preview").value_or(false);
  body.finish();
  const PrintingGround& ground = printing(call.service);
  Print print;
  call.change([&](audit::Work& work) {
    visits::Visit visit = visit_of(call, work.session, Permission::reveal);
    note_reveal(call, work);
    print = print_visit(work, ground, visit.county, visit.id, reason, copies);
  });
  return answer_print(print, preview);
}

}  // namespace

void add_paper_routes(Api& api) {
  auto printing = std::make_shared<PrintingOf>();
  api.get("/schemes/{scheme}/forms/{form}/paper", Permission::schemes_read,
          [printing](const Call& call) { return blank(call, *printing); });
  api.post("/people/{person}/paper", Permission::people_read,
           [printing](const Call& call) { return of_person(call, *printing); });
  api.post("/visits/{visit}/paper", Permission::reveal,
           [printing](const Call& call) { return of_visit(call, *printing); });
}

}  // namespace tanfang::app::server
