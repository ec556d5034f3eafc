// Ledgers over HTTP: sent, followed, listed, undone.
#include "app/server/ledger_tasks.h"
#include "app/server/server_problems.h"
#include "app/server/test_ledger.h"

namespace tanfang::app::server {
namespace {

using identity::Role;

const std::string kRealVillage = "510521100015";  // 大田社区

class LedgerRoutesTest : public LedgerSender {
 protected:
  std::string csv() {
    return "姓名,身份证号码,村\n李四," + number_of(kCounty, 21) + "," + kRealVillage + "\n王五,510521194003020011," +
           kRealVillage + "\n";
  }
  std::string import(const Client& client, const std::string& text, const std::string& more = "") {
    http::Answer sent = upload(client, text, "area=" + kCounty + more);
    EXPECT_EQ(sent.status, 202) << sent.body;
    std::string id(json_of(sent).at("id").as_string());
    await(client, id);
    return id;
  }
  js::object ledger(const Client& client, const std::string& id) { return json_of(get(client, "/ledgers/" + id)); }
  LedgerOrder order_of(const Client& client, const std::string& text) {
    LedgerOrder order;
    order.account = *parse_id(std::string(json_of(get(client, "/session")).at("account").as_string()));
    order.actor = "command:test";
    order.file = http::File::temporary(serving_->service().upload_folder());
    order.file->write(text);
    order.file_name = "ledger.csv";
    order.area = kCounty;
    return order;
  }
  static bool taken(db::Session&, Id) { return true; }
  std::int64_t pieces() {
    std::int64_t count = 0;
    serving_->service().database().read([&](db::Session& session) {
      session.query("select count(*) from ledger_order_pieces", {},
                    [&](const db::Row& row) { count = row.integer(0); });
    });
    return count;
  }
  /// Asks until the ledger has ended.
  js::object await_taken(const Client& client, const std::string& id) {
    for (;;) {
      js::object shown = ledger(client, id);
      if (shown.at("state") != "waiting" && shown.at("state") != "running") return shown;
    }
  }
  /// Asks until the import is undone.
  js::object await_undone(const Client& client, const std::string& id) {
    for (;;) {
      js::object shown = ledger(client, id);
      if (shown.at("state") != "undoing") return shown;
    }
  }
  std::string coverage(const Client& client) { return get(client, "/coverage?month=2025-06&area=" + kCounty).body; }
};
TANFANG_ON_EACH_ENGINE(LedgerRoutesTest);

TEST_P(LedgerRoutesTest, TakesALedgerAndGivesBackWhatItRefused) {
  Client county = as(Role::county_bureau, kCounty);
  http::Answer sent = upload(county, csv(), "area=" + kCounty);
  ASSERT_EQ(sent.status, 202) << sent.body;
  std::string id(json_of(sent).at("id").as_string());
  await(county, id);
  js::object shown = json_of(get(county, "/ledgers/" + id));
  EXPECT_EQ(shown.at("state"), "done") << js::serialize(shown);
  EXPECT_EQ(shown.at("result").at("accepted"), 1);
  EXPECT_EQ(shown.at("result").at("refused").as_array().size(), 1u);
  http::Answer sheet = post(county, "/ledgers/" + id + "/refused-rows", nullptr);
  EXPECT_EQ(sheet.status, 200);
  EXPECT_TRUE(sheet.body.starts_with("PK")) << sheet.body.substr(0, 200);
  EXPECT_EQ(json_of(post(county, "/people/search", js::object{{"citizen_number", number_of(kCounty, 21)}}))
                .at("people")
                .as_array()
                .size(),
            1u);
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), "/ledgers/" + id)), "ledger.unknown");
  std::string trail = get(as(Role::auditor, kCounty), "/audit?limit=200").body;
  EXPECT_NE(trail.find("ledger_imported"), std::string::npos);
  EXPECT_NE(trail.find("refused_rows_written"), std::string::npos);
}

TEST_P(LedgerRoutesTest, ChecksALedgerWithoutKeepingAnyOfIt) {
  Client county = as(Role::county_bureau, kCounty);
  std::string id(json_of(upload(county, csv(), "dry_run=true&area=" + kCounty)).at("id").as_string());
  await(county, id);
  EXPECT_EQ(json_of(get(county, "/ledgers/" + id)).at("result").at("accepted"), 1);
  EXPECT_EQ(json_of(post(county, "/people/search", js::object{{"citizen_number", number_of(kCounty, 21)}}))
                .at("people")
                .as_array()
                .size(),
            0u);
}

TEST_P(LedgerRoutesTest, RefusesALedgerByItsFieldsItsSenderAndItsArea) {
  Client county = as(Role::county_bureau, kCounty);
  http::Answer refused = upload(county, csv(), "area=51&kind=wish&colour=red");
  EXPECT_EQ(refused.status, 422);
  for (const char* field : {"\"area\"", "\"kind\"", "\"colour\""}) {
    EXPECT_NE(refused.body.find(field), std::string::npos) << field << refused.body;
  }
  EXPECT_EQ(code_of(upload(county, csv(), "area=" + kOtherCounty)), "identity.outside_area");
  EXPECT_EQ(code_of(upload(as(Role::visitor, kVillage), csv(), "area=" + kVillage)), "identity.forbidden");
  EXPECT_EQ(code_of(upload(as(Role::department_liaison, kCounty), csv(), "area=" + kCounty)), "identity.forbidden");
  std::string id(json_of(upload(county, "nonsense", "area=" + kCounty)).at("id").as_string());
  await(county, id);
  js::object shown = json_of(get(county, "/ledgers/" + id));
  EXPECT_EQ(shown.at("state"), "refused");
  EXPECT_TRUE(shown.at("problem").is_object());
  EXPECT_EQ(post(county, "/ledgers/" + id + "/refused-rows", nullptr).status, 204);
}

TEST_P(LedgerRoutesTest, TakesNoMoreLedgersThanMayWait) {
  LedgerTasks tasks(serving_->service(), 0);
  try {
    tasks.take({}, taken);
    FAIL();
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "ledger.queue_full");
  }
}

TEST_P(LedgerRoutesTest, ASecondDeliveryIsNotASecondLedger) {
  Client county = as(Role::county_bureau, kCounty);
  std::string fields = "area=" + kCounty;
  std::string key = "Idempotency-Key: l-1\r\n";
  http::Answer first = upload(county, csv(), fields, key);
  ASSERT_EQ(first.status, 202) << first.body;
  http::Answer second = upload(county, csv(), fields, key);
  EXPECT_EQ(second.status, 202);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.value("idempotency-replayed"), "true");
  EXPECT_EQ(second.value("location"), first.value("location"));
  await(county, std::string(json_of(first).at("id").as_string()));
  EXPECT_EQ(json_of(get(county, "/ledgers")).at("ledgers").as_array().size(), 1u);
  EXPECT_EQ(code_of(upload(county, csv() + "\n", fields, key)), "idempotency.reused");
  EXPECT_EQ(code_of(upload(county, csv(), "dry_run=true&" + fields, key)), "idempotency.reused");
  EXPECT_EQ(code_of(upload(county, csv(), fields, "Idempotency-Key: " + std::string(101, 'k') + "\r\n")),
            "idempotency.key");
}

/// As where the same ledger arrives twice at once.
TEST_P(LedgerRoutesTest, WhatIsNotTakenAfterAllLeavesNothing) {
  Client county = as(Role::county_bureau, kCounty);
  Id id;
  serving_->service().ledgers().take(order_of(county, csv()), [&](db::Session&, Id given) {
    id = given;
    return false;
  });
  EXPECT_EQ(get(county, "/ledgers/" + format_id(id)).status, 404);
  EXPECT_EQ(pieces(), 0);
  EXPECT_THROW(
      serving_->service().ledgers().take(order_of(county, csv()), [](db::Session&, Id) -> bool { throw key_taken(); }),
      Problem);
  EXPECT_EQ(pieces(), 0);
}

TEST_P(LedgerRoutesTest, WhoWaitsKnowsHowManyComeBefore) {
  Client county = as(Role::county_bureau, kCounty);
  LedgerTasks tasks(serving_->service());
  auto take = [&](const std::string& text) {
    LedgerOrder order = order_of(county, text);
    order.dry_run = true;
    Id id;
    tasks.take(std::move(order), [&](db::Session&, Id given) {
      id = given;
      return true;
    });
    return id;
  };
  // Larger and larger, until the first is still being read when the third has come.
  std::int64_t ahead = 0;
  for (std::size_t rows = 1'000; ahead != 2 && rows < 1'000'000; rows *= 8) {
    std::string text = csv();
    for (std::size_t i = 0; i < rows; ++i) text += text.substr(text.rfind('\n', text.size() - 2) + 1);
    take(text);
    take(csv());
    ahead = tasks.report_of(*tasks.find(take(csv()))).ahead;
  }
  EXPECT_EQ(ahead, 2);
}

TEST_P(LedgerRoutesTest, ManyOneAfterTheOtherAreTaken) {
  Client county = as(Role::county_bureau, kCounty);
  std::vector<std::string> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(import(county, csv(), "&dry_run=true"));
  EXPECT_TRUE(ledger(county, ids.back()).at("result").is_object());
  EXPECT_TRUE(ledger(county, ids.front()).at("result").is_null()) << "the oldest file went for the newest";
}

TEST_P(LedgerRoutesTest, WhoComesAfterTheEndIsToldIt) {
  Client county = as(Role::county_bureau, kCounty);
  std::string id = import(county, csv());
  http::TestClient wire(serving_->port());
  std::string request = "GET " + std::string(kRoot) + "/ledgers/" + id +
                        "/events HTTP/1.1\r\nHost: h\r\nCookie: " + county.cookie + "\r\n";
  wire.send(request + "\r\n");
  wire.read_until("\r\n\r\n");
  EXPECT_EQ(wire.read_until("\n\n"), "id: end\nevent: end\ndata: {\"state\":\"done\"}\n\n");
  EXPECT_TRUE(wire.at_end());
  http::TestClient again(serving_->port());
  EXPECT_EQ(again.ask(request + "Last-Event-ID: end\r\n\r\n").status, 204);
}

/// What another process, of this machine or not, answered 202.
TEST_P(LedgerRoutesTest, KnowsLedgersOfOtherProcessesAndTakesThoseOfDeadOnes) {
  Client county = as(Role::county_bureau, kCounty);
  Service& service = serving_->service();
  LedgerOrders other(service);
  Id id = service.ids().next(service.now());
  EXPECT_TRUE(other.keep(id, order_of(county, csv()), taken));
  service.ledgers().look();
  EXPECT_EQ(ledger(county, format_id(id)).at("state"), "waiting");
  EXPECT_EQ(code_of(get(county, "/ledgers/" + format_id(id) + "/rows")), "ledger.unknown") << "its rows are elsewhere";
  EXPECT_EQ(get(as(Role::county_bureau, kOtherCounty), "/ledgers/" + format_id(id)).status, 404);
  clock_.set({clock_.now().milliseconds + settings_.jobs.lease.count()});
  service.ledgers().look();
  EXPECT_EQ(await_taken(county, format_id(id)).at("state"), "done");
  EXPECT_EQ(ledger(county, format_id(id)).at("import").at("registered"), 1);
  EXPECT_EQ(pieces(), 0);
}

TEST_P(LedgerRoutesTest, GoesOnAfterARestartWithWhatWasAnswered) {
  Client county = as(Role::county_bureau, kCounty);
  Id id = serving_->service().ids().next(clock_.now());
  {
    LedgerOrders ending(serving_->service());
    std::string text = csv();
    for (int i = 0; i < 1500; ++i) text += std::string(999, ' ') + "\n";
    EXPECT_TRUE(ending.keep(id, order_of(county, text), taken));
    EXPECT_EQ(pieces(), 2);
    ending.begin(id);
    ending.release();
  }
  serving_.reset();
  start();
  EXPECT_EQ(await_taken(county, format_id(id)).at("state"), "done");
  EXPECT_EQ(ledger(county, format_id(id)).at("import").at("registered"), 1);
}

TEST_P(LedgerRoutesTest, ALedgerThatKillsItsServersIsNotBegunForEver) {
  Client county = as(Role::county_bureau, kCounty);
  Service& service = serving_->service();
  LedgerOrders dying(service);
  Id id = service.ids().next(service.now());
  EXPECT_TRUE(dying.keep(id, order_of(county, csv()), taken));
  for (int i = 0; i < 3; ++i) dying.begin(id);
  clock_.set({clock_.now().milliseconds + settings_.jobs.lease.count()});
  service.ledgers().look();
  EXPECT_EQ(await_taken(county, format_id(id)).at("state"), "failed");
}

/// Of the month, and one more elder who is owed visits in it.
TEST_P(LedgerRoutesTest, UndoesAnImportWithAllThatFollowedFromIt) {
  Client county = as(Role::county_bureau, kCounty);
  std::string before = coverage(county);
  std::string moved = "姓名,身份证号码,村,居住状况,子女数\n张三," + number_of(kCounty, 1) + "," + kRealVillage +
                      ",配偶,1\n李四," + number_of(kCounty, 21) + "," + kRealVillage + ",独自居住,0\n";
  std::string id = import(county, moved, "&registered_from=2025-06-01");
  js::object shown = ledger(county, id);
  ASSERT_EQ(shown.at("state"), "done") << js::serialize(shown);
  EXPECT_EQ(shown.at("import").at("registered"), 1);
  EXPECT_EQ(shown.at("import").at("changed"), 1);
  EXPECT_EQ(
      shown.at("undo"),
      js::value({{"possible", true}, {"built_on", 0}, {"code", nullptr}, {"detail", nullptr}, {"detail_en", nullptr}}));
  EXPECT_NE(coverage(county), before);
  http::Answer undone = post(county, "/ledgers/" + id + "/undo", nullptr);
  EXPECT_EQ(undone.status, 202) << undone.body;
  shown = await_undone(county, id);
  EXPECT_EQ(shown.at("state"), "undone");
  EXPECT_EQ(shown.at("import").at("withdrawn"), 1);
  EXPECT_EQ(shown.at("import").at("restored"), 1);
  EXPECT_TRUE(shown.at("undo").is_null());
  EXPECT_EQ(coverage(county), before);
  write([&](audit::Work& work) {
    auto recount = planning::recount_month(work, serving_->service().policies(), kCounty, {2025, 6}, false);
    EXPECT_TRUE(recount.agrees());
    work.unchanged();
  });
  EXPECT_EQ(post(county, "/ledgers/" + id + "/undo", nullptr).status, 200) << "again it changes nothing";
  std::string trail = get(as(Role::auditor, kCounty), "/audit?limit=200").body;
  for (const char* kind :
       {"ledger_import_begun", "ledger_undo_begun", "person_withdrawn", "person_restored", "ledger_undone"}) {
    EXPECT_NE(trail.find(kind), std::string::npos) << kind;
  }
}

TEST_P(LedgerRoutesTest, FinishesTheUndoingThatADyingServerLeft) {
  Client county = as(Role::county_bureau, kCounty);
  std::string before = coverage(county);
  std::string id = import(county, csv());
  // As the server had done it when it was killed: said, and no more.
  write([&](audit::Work& work) { EXPECT_TRUE(ledgers::begin_undo(work, kCounty, *parse_id(id))); });
  EXPECT_EQ(ledger(county, id).at("state"), "undoing");
  serving_.reset();
  start();
  serving_->service().jobs().tick();
  js::object shown = ledger(county, id);
  EXPECT_EQ(shown.at("state"), "undone");
  EXPECT_EQ(shown.at("import").at("undone_by"), "command:test") << "who had asked for it";
  EXPECT_EQ(coverage(county), before);
}

TEST_P(LedgerRoutesTest, RefusesToUndoWhatSomebodyBuiltOn) {
  Client county = as(Role::county_bureau, kCounty);
  std::string id = import(county, csv());
  js::object found = json_of(post(county, "/people/search", js::object{{"citizen_number", number_of(kCounty, 21)}}));
  std::string person(found.at("people").at(0).at("id").as_string());
  clock_.set(*parse_instant("2025-06-20T09:25"));
  EXPECT_EQ(post(county, "/visits", visit("k1", person, "2025-06-20")).status, 201);
  http::Answer refused = post(county, "/ledgers/" + id + "/undo", nullptr);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(code_of(refused), "ledger.built_on");
  EXPECT_NE(refused.body.find("其中 1 人"), std::string::npos) << refused.body;
  EXPECT_NE(refused.body.find("about 1 of its people"), std::string::npos) << refused.body;
  js::object undo = ledger(county, id).at("undo").as_object();
  EXPECT_EQ(undo.at("possible"), false);
  EXPECT_EQ(undo.at("built_on"), 1);
  EXPECT_EQ(undo.at("code"), "ledger.built_on");
  EXPECT_EQ(code_of(post(as(Role::county_bureau, kOtherCounty), "/ledgers/" + id + "/undo", nullptr)),
            "ledger.unknown");
  EXPECT_EQ(code_of(post(as(Role::department_liaison, kCounty), "/ledgers/" + id + "/undo", nullptr)),
            "ledger.unknown");
}

TEST_P(LedgerRoutesTest, ListsImportsNewestFirstForWhomTheyConcern) {
  Client county = as(Role::county_bureau, kCounty);
  std::string first = import(county, csv());
  std::string second = import(county, csv());
  std::string list = "姓名,身份证号码,残疾等级\n张三," + number_of(kCounty, 1) + ",一级\n";
  std::string third = import(as(Role::department_liaison, kCounty), list, "&kind=disabled");
  import(county, csv(), "&dry_run=true");
  js::object page = json_of(get(county, "/ledgers?limit=2"));
  js::array imports = page.at("ledgers").as_array();
  ASSERT_EQ(imports.size(), 2u) << js::serialize(page);
  EXPECT_EQ(imports[0].at("id"), js::value(third));
  EXPECT_EQ(imports[1].at("id"), js::value(second));
  EXPECT_EQ(imports[1].at("unchanged"), 1);
  EXPECT_EQ(imports[1].at("undo_possible"), true);
  EXPECT_EQ(imports[1].at("file_name"), "ledger.csv");
  EXPECT_EQ(imports[1].at("refused"), 1);
  page = json_of(get(county, "/ledgers?limit=2&cursor=" + std::string(page.at("next").as_string())));
  ASSERT_EQ(page.at("ledgers").as_array().size(), 1u);
  EXPECT_EQ(page.at("ledgers").at(0).at("id"), js::value(first));
  EXPECT_TRUE(page.at("next").is_null());
  EXPECT_EQ(json_of(get(as(Role::department_liaison, kCounty), "/ledgers")).at("ledgers").as_array().size(), 1u);
  EXPECT_TRUE(json_of(get(as(Role::county_bureau, kOtherCounty), "/ledgers")).at("ledgers").as_array().empty());
  EXPECT_EQ(code_of(get(county, "/ledgers?area=" + kOtherCounty)), "identity.outside_area");
  EXPECT_EQ(get(county, "/ledgers?area=51").status, 422);
  EXPECT_TRUE(json_of(get(county, "/ledgers?area=" + kTown)).at("ledgers").as_array().empty());
}

TEST_P(LedgerRoutesTest, ShowsRefusedAndRemarkedRowsWithTheirCells) {
  Client county = as(Role::county_bureau, kCounty);
  std::string text = "姓名,身份证号码,村,残疾等级\n,510521194003020011," + kRealVillage + ",\n李四," +
                     number_of(kCounty, 21) + "," + kRealVillage + ",看不懂\n王五,510521194003020012,没有的村,\n";
  std::string id = import(county, text, "&dry_run=true");
  js::object result = ledger(county, id).at("result").as_object();
  EXPECT_EQ(result.at("refused_count"), 2);
  EXPECT_EQ(result.at("remarked_count"), 1);
  js::object problem = result.at("refused").at(0).at("problems").at(0).as_object();
  EXPECT_EQ(problem.at("code"), "name.missing");
  EXPECT_EQ(problem.at("detail"), "没有姓名，请补填");
  EXPECT_EQ(problem.at("detail_en"), "the name is missing; fill it in");
  js::object page = json_of(get(county, "/ledgers/" + id + "/rows?limit=1"));
  js::object row = page.at("rows").at(0).as_object();
  EXPECT_EQ(row.at("row"), 2);
  EXPECT_EQ(row.at("problems").at(0).at("heading"), "姓名");
  EXPECT_EQ(row.at("cells").at(0), js::value({{"heading", "身份证号码"}, {"text", "510521************"}}));
  EXPECT_EQ(page.at("next"), "1");
  page = json_of(get(county, "/ledgers/" + id + "/rows?state=refused&cursor=1"));
  EXPECT_EQ(page.at("rows").at(0).at("row"), 4);
  EXPECT_TRUE(page.at("next").is_null());
  page = json_of(get(county, "/ledgers/" + id + "/rows?state=remarked"));
  EXPECT_EQ(page.at("rows").at(0).at("problems").at(0).at("heading"), "残疾等级");
  EXPECT_EQ(page.at("rows").at(0).at("problems").at(0).at("code"), "value.unknown");
  EXPECT_EQ(get(county, "/ledgers/" + id + "/rows?state=all").status, 422);
  EXPECT_EQ(code_of(get(as(Role::county_bureau, kOtherCounty), "/ledgers/" + id + "/rows")), "ledger.unknown");
}

}  // namespace
}  // namespace tanfang::app::server
