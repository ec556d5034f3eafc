// One's own saved views of the desk's screens. They are of the account alone and say nothing of people, so that the
// trail keeps nothing of them.
#include <algorithm>
#include <boost/json.hpp>

#include "app/server/api.h"
#include "app/server/input.h"
#include "app/server/output.h"
#include "app/server/server_problems.h"
#include "app/server/views_store.h"
#include "base/text.h"
#include "platform/json/json.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;

constexpr std::size_t kMostViews = 50;
constexpr std::size_t kLongestName = 40;
constexpr std::size_t kLongestBody = 4096;

js::object to_json(const store::SavedView& view) {
  return {{"id", format_id(view.id)}, {"screen", view.screen}, {"name", view.name}, {"view", json::parse(view.body)}};
}

http::Response list(const Call& call) {
  js::array views;
  call.read([&](db::Session& session) {
    for (const auto& view : store::load_views(session, call.principal.account)) views.push_back(to_json(view));
  });
  return answer_page("views", std::move(views), "");
}

std::string read_view(Body& body) {
  const js::value* given = body.value("view");
  std::string text = given && given->is_object() ? js::serialize(*given) : "";
  if (text.empty() || text.size() > kLongestBody) {
    body.refuse(field_type("view", {"一个不超过 4 KB 的对象", "an object of 4 KB at most"}));
  }
  return text;
}

http::Response save(const Call& call) {
  Body body(call);
  store::SavedView view;
  view.screen = body.choice("screen", {"people", "visits", "plan", "accounts", "audit"});
  view.name = body.text("name");
  view.body = read_view(body);
  if (view.screen.empty()) body.refuse(field_missing("screen"));
  if (length_of(view.name) > kLongestName) body.refuse(field_type("name", {"不超过 40 字", "40 characters at most"}));
  body.finish();
  view.id = call.service.ids().next(call.now);
  call.service.database().write([&](db::Session& session) {
    std::vector<store::SavedView> kept = store::load_views(session, call.principal.account);
    bool known = std::any_of(kept.begin(), kept.end(), [&](const store::SavedView& each) {
      return each.screen == view.screen && each.name == view.name;
    });
    if (!known && kept.size() >= kMostViews) throw too_many_views();
    view.id = store::put_view(session, call.principal.account, view);
  });
  return answer_json(to_json(view), 201);
}

http::Response remove(const Call& call) {
  call.service.database().write([&](db::Session& session) {
    if (!store::delete_view(session, call.principal.account, call.path_id("view").value_or(Id{}))) throw view_unknown();
  });
  return http::no_content();
}

}  // namespace

void add_view_routes(Api& api) {
  api.add({http::Method::get, "/session/views", Access::signed_in(), list, {}});
  api.add({http::Method::post, "/session/views", Access::signed_in(), save, http::BodyRule::memory()});
  api.add({http::Method::del, "/session/views/{view}", Access::signed_in(), remove, {}});
}

}  // namespace tanfang::app::server
