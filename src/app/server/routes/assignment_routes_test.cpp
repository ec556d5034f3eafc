// Visitors, assignments and proposals over HTTP.
#include "app/server/test_server.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

class AssignmentRoutesTest : public ServerTest {
 protected:
  js::object visitor(const std::string& village) {
    return {{"name", "王敏"}, {"kind", "grid_worker"}, {"villages", js::array{village}}, {"capacity", 100}};
  }
  std::string id_of(const http::Answer& answer) { return std::string(json_of(answer).at("id").as_string()); }
  js::object giving(const registry::PersonKey& person, const std::string& to) {
    js::value given = to.empty() ? js::value(nullptr) : js::value(to);
    return {{"assignments", js::array{js::object{{"person", format_id(person.id)}, {"visitor", given}}}}};
  }
};
TANFANG_ON_EACH_ENGINE(AssignmentRoutesTest);

TEST_P(AssignmentRoutesTest, ATownKeepsTheVisitorsOfItsVillages) {
  Client town = as(Role::town_office, kTown);
  http::Answer made = post(town, "/visitors", visitor(kVillage));
  ASSERT_EQ(made.status, 201) << made.body;
  js::object changed = visitor(kVillage);
  changed["capacity"] = 60;
  std::string path = "/visitors/" + id_of(made);
  std::string seen = "If-Match: " + made.value("etag") + "\r\n";
  EXPECT_EQ(code_of(ask(town, "PUT", path, changed)), "precondition.needed");
  EXPECT_EQ(json_of(ask(town, "PUT", path, changed, seen)).at("capacity"), 60);
  EXPECT_EQ(code_of(ask(town, "PUT", path, changed, seen)), "precondition.failed") << "somebody was quicker";
  js::object known = json_of(get(town, "/visitors")).at("visitors").at(0).as_object();
  std::string now = "If-Match: " + std::string(known.at("etag").as_string()) + "\r\n";
  EXPECT_EQ(ask(town, "PUT", path, changed, now).status, 200);
  EXPECT_EQ(code_of(post(town, "/visitors", visitor(kOtherVillage))), "identity.outside_area");
  http::Answer farther = post(as(Role::county_bureau, kCounty), "/visitors", visitor(kOtherVillage));
  ASSERT_EQ(farther.status, 201);
  EXPECT_EQ(code_of(ask(town, "PUT", "/visitors/" + id_of(farther), changed, seen)), "identity.outside_area");
  http::Answer listed = get(as(Role::visitor, kVillage), "/visitors");
  EXPECT_EQ(json_of(listed).at("visitors").as_array().size(), 2u);
  EXPECT_EQ(post(as(Role::village_clerk, kVillage), "/visitors", visitor(kVillage)).status, 403);
  http::Answer wrong = post(town, "/visitors", js::object{{"name", "王敏"}, {"kind", "robot"}, {"capacity", 5}});
  EXPECT_EQ(wrong.status, 403) << "without villages it is the county's";
  wrong = post(as(Role::county_bureau, kCounty), "/visitors",
               js::object{{"name", "王敏"}, {"kind", "robot"}, {"capacity", 5}});
  EXPECT_EQ(code_of(wrong), "visitor.invalid");
  EXPECT_NE(wrong.body.find("visitor.kind"), std::string::npos);
}

TEST_P(AssignmentRoutesTest, GivesPeopleOfTheAreaOnly) {
  Client town = as(Role::town_office, kTown);
  std::string wang = id_of(post(town, "/visitors", visitor(kVillage)));
  EXPECT_EQ(post(town, "/plan/assignments", giving(key_, wang)).status, 204);
  EXPECT_EQ(json_of(get(town, path_of(key_) + "/assignment")).at("visitor").as_string(), wang);
  EXPECT_EQ(code_of(post(town, "/plan/assignments", giving(neighbour_, wang))), "person.unknown");
  EXPECT_EQ(code_of(post(town, "/plan/assignments", giving(stranger_, wang))), "person.unknown");
  EXPECT_EQ(code_of(post(town, "/plan/assignments", giving(key_, format_id(Id{77})))), "visitor.unknown");
  http::Answer wrong =
      post(town, "/plan/assignments", js::object{{"assignments", js::array{js::object{{"person", 1}}}}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find("assignments[0]"), std::string::npos);
  EXPECT_EQ(post(town, "/plan/assignments", js::object{{"assignments", js::array{}}}).status, 422);
  auto load_seen = [&](const Client& client) {
    return json_of(get(client, "/visitors?month=2025-06")).at("visitors").at(0).at("visits").as_int64();
  };
  EXPECT_EQ(load_seen(as(Role::visitor, kVillage)), load_seen(town));
  EXPECT_EQ(load_seen(as(Role::visitor, kOtherVillage)), 0) << "nothing of people elsewhere";
  EXPECT_EQ(post(town, "/plan/assignments", giving(key_, "")).status, 204);
  EXPECT_TRUE(json_of(get(town, path_of(key_) + "/assignment")).at("visitor").is_null());
  EXPECT_EQ(get(as(Role::town_office, kTown), path_of(neighbour_) + "/assignment").status, 404);
}

TEST_P(AssignmentRoutesTest, RefusesWhatWasDecidedOnAnOldList) {
  Client town = as(Role::town_office, kTown);
  std::string wang = id_of(post(town, "/visitors", visitor(kVillage)));
  auto giving_from = [&](const js::value& from, const std::string& to) {
    return js::object{
        {"assignments", js::array{js::object{{"person", format_id(key_.id)}, {"visitor", to}, {"from", from}}}}};
  };
  EXPECT_EQ(post(town, "/plan/assignments", giving_from(js::value(nullptr), wang)).status, 204);
  http::Answer late = post(town, "/plan/assignments", giving_from(js::value(nullptr), wang));
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(code_of(late), "assignment.changed");
  EXPECT_EQ(json_of(late).at("fields").at(0).at("field"), "assignments[0]");
  EXPECT_EQ(post(town, "/plan/assignments", giving_from(js::value(wang), wang)).status, 204);
  EXPECT_EQ(post(town, "/plan/assignments", giving_from(js::value(3), wang)).status, 422);
}

TEST_P(AssignmentRoutesTest, TellsWhatIsOwedToThePeopleOfEachVisitor) {
  Client town = as(Role::town_office, kTown);
  std::string wang = id_of(post(town, "/visitors", visitor(kVillage)));
  EXPECT_EQ(post(town, "/plan/assignments", giving(key_, wang)).status, 204);
  js::object without = json_of(get(town, "/visitors")).at("visitors").at(0).as_object();
  EXPECT_FALSE(without.contains("visits"));
  EXPECT_EQ(json_of(get(town, "/visitors?month=2025-06")).at("visitors").at(0).at("visits"), 2);
  EXPECT_EQ(json_of(get(town, "/visitors?month=2025-05")).at("visitors").at(0).at("visits"), 0);
  EXPECT_EQ(code_of(get(town, "/visitors?month=2025-13")), "month.malformed");
  Client city = as(Role::city_supervisor, "5105");
  EXPECT_EQ(json_of(get(city, "/visitors?county=" + kCounty)).at("visitors").as_array().size(), 1u);
  EXPECT_EQ(get(city, "/visitors").status, 422);
  EXPECT_EQ(code_of(get(town, "/visitors?county=" + kOtherCounty)), "identity.outside_area");
}

TEST_P(AssignmentRoutesTest, ListsWhoComesToAPlace) {
  Client county = as(Role::county_bureau, kCounty);
  auto add = [&](const std::string& name, js::object where, const std::string& login = "") {
    where.insert({{"name", name}, {"kind", "volunteer"}, {"capacity", 5}, {"login", login}});
    http::Answer made = post(county, "/visitors", where);
    EXPECT_EQ(made.status, 201) << made.body;
    return id_of(made);
  };
  auto told_by = [&](const http::Answer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::string told;
    js::object listed = json_of(answer);
    for (const js::value& each : listed.at("visitors").as_array()) {
      told += std::string(each.at("name").as_string()) + " ";
      if (const js::value* comes = each.as_object().if_contains("comes")) told += js::serialize(*comes) + " ";
    }
    return told;
  };
  auto names = [&](const Client& client, const std::string& query) {
    return told_by(get(client, "/visitors?" + query));
  };
  auto found = [&](const js::object& search) { return told_by(post(county, "/visitors/search", search)); };
  std::string there = "[\"" + kVillage + "\"] ";
  std::string next_town = kOtherVillage.substr(0, 9);
  add("a named", {{"villages", js::array{kVillage, kOtherVillage}}}, "wang");
  add("b at home", {{"home", kVillage}});
  add("c elsewhere", {{"home", kOtherVillage}});
  add("d near enough", {{"home", kOtherVillage}, {"radius_metres", 2000}});
  std::string everywhere = add("e everywhere", {});
  EXPECT_EQ(names(county, "area=" + kTown), "a named " + there + "b at home " + there) << "nobody knows where they lie";
  js::object point{{"latitude", 29.15}, {"longitude", 105}};
  js::object near{{"latitude", 29.16}, {"longitude", 105}};
  ASSERT_EQ(ask(county, "PUT", "/areas/" + kVillage + "/point", point).status, 204);
  ASSERT_EQ(ask(county, "PUT", "/areas/" + kOtherVillage + "/point", near).status, 204);
  ASSERT_EQ(post(county, "/plan/assignments", giving(key_, everywhere)).status, 204);
  std::string all = "a named " + there + "b at home " + there + "d near enough " + there + "e everywhere [] ";
  EXPECT_EQ(names(county, "area=" + kTown), all) << "who visits somebody there comes there too";
  EXPECT_EQ(names(county, "area=" + kVillage), all);
  EXPECT_EQ(names(as(Role::town_office, kTown), "area=" + kTown + "&limit=1"), "a named " + there);
  EXPECT_EQ(names(county, "area=" + kCounty), "a named b at home c elsewhere d near enough e everywhere ");
  EXPECT_EQ(found({{"name", "e"}}), "a named b at home c elsewhere d near enough e everywhere ");
  EXPECT_EQ(found({{"name", "near"}}), "d near enough ");
  EXPECT_EQ(found({{"name", "wang"}}), "a named ") << "by the login too";
  EXPECT_EQ(found({{"name", "e"}, {"area", kTown}, {"limit", 1}}), "a named " + there);
  js::object ended{{"name", "c elsewhere"}, {"kind", "volunteer"}, {"capacity", 5}, {"active", false}};
  ASSERT_EQ(post(county, "/visitors", ended).status, 201);
  EXPECT_EQ(found({{"name", "elsewhere"}, {"active_only", true}}), "c elsewhere ");
  EXPECT_EQ(code_of(get(county, "/visitors?name=near")), "request.invalid") << "a name stands in no address";
  EXPECT_EQ(code_of(post(county, "/visitors/search", js::object{{"area", kTown}})), "request.invalid");
  Client town = as(Role::town_office, kTown);
  js::object beyond{{"name", "e"}, {"area", next_town}};
  EXPECT_EQ(code_of(post(town, "/visitors/search", beyond)), "identity.outside_area");
  EXPECT_EQ(code_of(get(town, "/visitors?area=" + next_town)), "identity.outside_area");
  EXPECT_EQ(code_of(get(county, "/visitors?area=" + kOtherCounty)), "request.invalid");
}

TEST_P(AssignmentRoutesTest, ProposesAndListsTheMonth) {
  Client county = as(Role::county_bureau, kCounty);
  std::string wang = id_of(post(county, "/visitors", visitor(kVillage)));
  http::Answer proposed = post(county, "/plan/proposals", js::object{{"month", "2025-06"}});
  ASSERT_EQ(proposed.status, 200) << proposed.body;
  js::object made = json_of(proposed);
  EXPECT_LT(made.at("after").at("uncovered").as_int64(), made.at("before").at("uncovered").as_int64());
  EXPECT_TRUE(made.at("changes").as_array().empty()) << "a county is told in sums";
  ASSERT_EQ(made.at("parts").as_array().size(), 1u) << proposed.body;
  EXPECT_EQ(made.at("parts").at(0).at("area"), js::value(kTown));
  EXPECT_EQ(made.at("parts").at(0).at("people"), 1);
  EXPECT_EQ(made.at("parts").at(0).at("reasons").at(0).at("reason"), "nobody_before");
  EXPECT_EQ(made.at("visitors"), 1);
  js::object village =
      json_of(post(county, "/plan/proposals", js::object{{"month", "2025-06"}, {"within", kVillage}, {"limit", 9}}));
  ASSERT_EQ(village.at("changes").as_array().size(), 1u);
  EXPECT_EQ(village.at("changes").at(0).at("person").as_string(), format_id(key_.id));
  EXPECT_EQ(village.at("changes").at(0).at("name"), "张*");
  EXPECT_EQ(village.at("changes").at(0).at("from_name"), nullptr);
  EXPECT_EQ(village.at("changes").at(0).at("to_name"), "王敏");
  EXPECT_EQ(village.at("loads").at(0).at("name"), "王敏");
  EXPECT_EQ(village.at("loads").at(0).at("capacity"), 100);
  EXPECT_EQ(village.at("next"), nullptr);
  EXPECT_EQ(village.at("parts").at(0).at("area"), js::value(kVillage));
  EXPECT_EQ(made.at("gaps").at(0).at("reason"), "nobody_comes");
  EXPECT_EQ(post(county, "/plan/assignments", giving(key_, wang)).status, 204);
  http::Answer listed = get(county, "/plan/assignments?month=2025-06&area=" + kTown);
  ASSERT_EQ(json_of(listed).at("assignments").as_array().size(), 1u) << listed.body;
  EXPECT_EQ(json_of(listed).at("assignments").at(0).at("visitor").as_string(), wang);
  EXPECT_EQ(json_of(listed).at("assignments").at(0).at("name"), "张*");
  EXPECT_EQ(json_of(listed).at("assignments").at(0).at("visitor_name"), "王敏");
  EXPECT_EQ(json_of(listed).at("assignments").at(0).at("visitor_kind"), "grid_worker");
  EXPECT_EQ(get(county, "/plan/assignments").status, 422);
  EXPECT_EQ(code_of(post(county, "/plan/proposals", js::object{{"month", "2025-07"}})), "month.not_open");
  EXPECT_EQ(code_of(post(as(Role::town_office, kTown), "/plan/proposals", js::object{{"area", kCounty}})),
            "identity.outside_area");
}

TEST_P(AssignmentRoutesTest, ACountysProposalIsToldByTownAndPageByPage) {
  Client county = as(Role::county_bureau, kCounty);
  id_of(post(county, "/visitors", visitor(kVillage)));
  id_of(post(county, "/visitors", visitor(kOtherVillage)));
  std::string other_town = kOtherVillage.substr(0, 9);
  auto told = [&](js::object asked) {
    asked["month"] = "2025-06";
    http::Answer answer = post(county, "/plan/proposals", asked);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer);
  };
  auto areas = [&](const js::object& made) {
    std::string all;
    for (const js::value& part : made.at("parts").as_array()) all += std::string(part.at("area").as_string()) + " ";
    return all;
  };
  auto people = [&](const js::object& made) {
    std::string all;
    for (const js::value& each : made.at("changes").as_array()) all += std::string(each.at("person").as_string());
    return all;
  };
  js::object whole = told({});
  EXPECT_EQ(areas(whole), kTown + " " + other_town + " ") << "towns, however many villages they have";
  EXPECT_EQ(areas(told({{"within", other_town}})), kOtherVillage + " ");
  EXPECT_EQ(told({{"within", other_town}}).at("after"), whole.at("after")) << "it is the county's all the same";
  EXPECT_EQ(people(told({{"within", other_town}, {"limit", 9}})), format_id(neighbour_.id));
  js::object first = told({{"limit", 1}});
  EXPECT_EQ(people(first), format_id(key_.id));
  js::object second = told({{"limit", 1}, {"cursor", first.at("next")}});
  EXPECT_EQ(people(second), format_id(neighbour_.id));
  EXPECT_EQ(second.at("next"), nullptr);
  EXPECT_EQ(told({{"limit", 2}}).at("next"), nullptr);
  EXPECT_EQ(told({{"limit", 5000}}).at("next"), nullptr) << "as many as are assigned at once";
  for (const js::object& wrong : {js::object{{"limit", 5001}}, js::object{{"area", kTown}, {"within", other_town}}}) {
    EXPECT_EQ(code_of(post(county, "/plan/proposals", wrong)), "request.invalid");
  }
  EXPECT_EQ(code_of(post(county, "/plan/proposals", js::object{{"cursor", "x"}})), "request.cursor");
}

/// Who cannot be helped is told by town too.
TEST_P(AssignmentRoutesTest, GapsOfACountyAreToldByTown) {
  Client county = as(Role::county_bureau, kCounty);
  http::Answer proposed = post(county, "/plan/proposals", js::object{{"month", "2025-06"}});
  js::object made = json_of(proposed);
  ASSERT_EQ(made.at("gaps").as_array().size(), 2u) << proposed.body;
  EXPECT_EQ(made.at("gaps").at(0).at("area"), js::value(kTown));
  EXPECT_EQ(made.at("gaps").at(0).at("people"), 1);
  js::object town = json_of(post(county, "/plan/proposals", js::object{{"month", "2025-06"}, {"within", kTown}}));
  ASSERT_EQ(town.at("gaps").as_array().size(), 1u);
  EXPECT_EQ(town.at("gaps").at(0).at("area"), js::value(kVillage));
}

TEST_P(AssignmentRoutesTest, KnowsWhereAreasLie) {
  Client county = as(Role::county_bureau, kCounty);
  js::object point{{"latitude", 29.15}, {"longitude", 105}};
  EXPECT_EQ(ask(county, "PUT", "/areas/" + kTown + "/point", point).status, 204);
  http::Answer points = get(county, "/area-points");
  EXPECT_EQ(json_of(points).at("points").at(0).at("latitude").as_double(), 29.15);
  std::string original = "If-Match: " + std::string(json_of(points).at("points").at(0).at("etag").as_string()) + "\r\n";
  js::object moved{{"latitude", 29.16}, {"longitude", 105}};
  EXPECT_EQ(code_of(ask(county, "PUT", "/areas/" + kTown + "/point", moved)), "precondition.needed");
  http::Answer kept = ask(county, "PUT", "/areas/" + kTown + "/point", moved, original);
  EXPECT_EQ(kept.status, 204);
  EXPECT_EQ(code_of(ask(county, "PUT", "/areas/" + kTown + "/point", point, original)), "precondition.failed");
  std::string seen = "If-Match: " + kept.value("etag") + "\r\n";
  EXPECT_EQ(ask(county, "PUT", "/areas/" + kTown + "/point", point, seen).status, 204);
  EXPECT_EQ(json_of(points).at("next"), nullptr);
  EXPECT_EQ(ask(county, "PUT", "/areas/" + kVillage + "/point", point).status, 204);
  js::object first = json_of(get(county, "/area-points?limit=1"));
  EXPECT_EQ(first.at("points").at(0).at("area"), js::value(kTown));
  js::object second = json_of(get(county, "/area-points?limit=1&cursor=" + std::string(first.at("next").as_string())));
  EXPECT_EQ(second.at("points").at(0).at("area"), js::value(kVillage));
  EXPECT_EQ(code_of(ask(county, "PUT", "/areas/" + kOtherCounty + "/point", point)), "identity.outside_area");
  EXPECT_EQ(code_of(ask(county, "PUT", "/areas/" + kTown + "/point", js::object{{"latitude", 91}, {"longitude", 0}},
                        original)),
            "point.range");
  EXPECT_EQ(ask(county, "PUT", "/areas/" + kTown + "/point", js::object{{"latitude", "x"}, {"longitude", 0}}).status,
            422);
  EXPECT_EQ(ask(as(Role::town_office, kTown), "PUT", "/areas/" + kTown + "/point", point).status, 403);
}

}  // namespace
}  // namespace tanfang::app::server
