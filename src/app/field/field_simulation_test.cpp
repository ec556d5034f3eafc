// Two hundred phones over thirty days, with requests and answers lost, repeats, reorderings, restarts and people who go
// to another visitor, through the code that the routes call: in the end server and phones say the same.
#include <algorithm>
#include <random>

#include "app/field/bundle.h"
#include "app/field/deliveries.h"
#include "app/server/test_server.h"

namespace tanfang::app::field {
namespace {

namespace js = boost::json;

constexpr std::size_t kAccounts = 190;
constexpr std::size_t kSecondPhones = 10;  // of accounts that have two
constexpr std::size_t kPeople = 2 * kAccounts;
constexpr int kDays = 30;
constexpr std::int64_t kDay = 86'400'000;

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  bool once_in(int times) { return below(static_cast<std::size_t>(times)) == 0; }
  std::size_t below(std::size_t count) { return engine_() % count; }
  template <typename List>
  void shuffle(List& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

struct Saved {
  std::string key;
  std::string content;
};

/// What a phone keeps on its disk: it survives a restart.
struct SimulatedPhone {
  identity::Device device;
  std::int64_t clock_off = 0;
  std::string cursor;
  std::map<std::string, std::string> people;  // entries by id
  std::vector<Saved> outbox;
};

class FieldSimulationTest : public server::ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    key_of_server_ = public_key(database(), keys(), service().ids(), clock_.now());
    spki_ = crypto::from_base64(key_of_server_.spki).value();
    register_people();
    for (std::size_t i = 0; i < kAccounts; ++i) add_account(i);
    for (std::size_t i = 0; i < kSecondPhones; ++i) bind(phones_[i].device.account.id);
  }
  server::Service& service() { return serving_->service(); }
  db::Database& database() { return service().database(); }
  const crypto::KeyRing& keys() { return service().keys(); }

  void register_people() {
    std::vector<registry::PersonStatement> all;
    for (std::size_t i = 0; i < kPeople; ++i) {
      registry::PersonStatement said;
      said.citizen_number = number_of(server::kCounty, static_cast<int>(i) + 100);
      said.birth_date = *Date::parse("1940-03-02");
      said.sex = Sex::female;
      said.name = "张" + std::to_string(i);
      said.area = server::kVillage;
      all.push_back(std::move(said));
    }
    registry::Terms terms{
        server::kCounty, registry::Source::ledger, "", *Date::parse("2025-01-01"), *Date::parse("2025-01-01"),
        "ledger:test"};
    write([&](audit::Work& work) {
      for (const auto& made : registry::register_people(work, service().classifier(), terms, all)) {
        people_.push_back(made.person.id);
      }
    });
  }
  void add_account(std::size_t number) {
    std::string login = "phone." + std::to_string(number);
    identity::Account account =
        identity::create_account(service().identity(), clock_.now(), "command:test", identity::operator_at_command(),
                                 {login, "探访员", identity::Role::visitor, server::kCounty}, server::kPassword);
    bind(account.id);
    write([&](audit::Work& work) {
      planning::Visitor visitor;
      visitor.name = login;
      visitor.kind = "volunteer";
      visitor.login = login;
      visitor.capacity = 100;
      visitors_.push_back(planning::put_visitor(work, server::kCounty, visitor));
      planning::assign_people(work, server::kCounty,
                              {{people_[2 * number], visitors_.back()}, {people_[2 * number + 1], visitors_.back()}});
    });
  }
  void bind(Id account) {
    identity::Invitation link;
    write([&](audit::Work& work) { link = identity::invite_device(work, identity::operator_at_command(), account); });
    identity::NewDevice fresh{link.token, "手机", crypto::sha256("secret")};
    SimulatedPhone phone;
    phone.device = identity::bind_device(service().identity(), clock_.now(), fresh).device;
    if (chance_.once_in(5)) phone.clock_off = (static_cast<std::int64_t>(chance_.below(7)) - 3) * kDay;
    phones_.push_back(std::move(phone));
  }

  /// Some go to another visitor.
  void move_people() {
    for (int i = 0; i < 8; ++i) {
      Id person = people_[chance_.below(people_.size())];
      Id visitor = visitors_[chance_.below(visitors_.size())];
      write([&](audit::Work& work) { planning::assign_people(work, server::kCounty, {{person, visitor}}); });
    }
  }

  js::object bundle_of(const SimulatedPhone& phone, const std::string& cursor) {
    js::object body;
    database().read([&](db::Session& session) {
      compose_bundle(session, {service().rooms(), keys()}, clock_.now(), phone.device.account, key_of_server_, cursor,
                     body);
    });
    return body;
  }
  static void take(const js::object& bundle, SimulatedPhone& phone) {
    for (const js::value& person : bundle.at("people").as_array()) {
      phone.people[std::string(person.at("id").as_string())] = js::serialize(person);
    }
    for (const js::value& gone : bundle.at("gone").as_array()) phone.people.erase(std::string(gone.as_string()));
    phone.cursor = std::string(bundle.at("cursor").as_string());
  }
  void sync(SimulatedPhone& phone, bool lossy) {
    if (lossy && chance_.once_in(4)) return;  // the request was lost
    js::object bundle = bundle_of(phone, phone.cursor);
    if (lossy && chance_.once_in(4)) return;  // the answer was
    take(bundle, phone);
  }

  /// Somebody on the phone is visited; every visit of the simulation begins in a second of its own.
  void visit(SimulatedPhone& phone) {
    if (phone.people.empty()) return;
    auto person = std::next(phone.people.begin(), static_cast<std::ptrdiff_t>(chance_.below(phone.people.size())));
    Instant started{clock_.now().milliseconds - 7'200'000 + static_cast<std::int64_t>(made_.size()) * 1000};
    auto shown = [&](Instant at) { return format_instant(Instant{at.milliseconds - phone.clock_off}); };
    js::object content = phone_visit(person->first, "2025-06-20");
    content["started_at"] = shown(started);
    content["ended_at"] = shown(Instant{started.milliseconds + 60'000});
    if (chance_.once_in(3)) {
      content["outcome"] = "not_home";
      for (const char* name : {"form", "form_version", "answers"}) content.erase(name);
    }
    std::string key = "k" + std::to_string(made_.size());
    made_.emplace_back(person->first, format_instant(started));
    phone.outbox.push_back({key, js::serialize(content)});
  }

  Delivery sealed(const SimulatedPhone& phone, const Saved& saved) {
    std::string context = "tanfang-parcel-1|" + format_id(phone.device.id) + "|visit|" + saved.key;
    return {saved.key,
            "visit",
            key_of_server_.id,
            Id{},
            crypto::seal_envelope(spki_, saved.content, context),
            Instant{clock_.now().milliseconds - phone.clock_off}};
  }
  void deliver(SimulatedPhone& phone, bool lossy) {
    std::vector<Saved> waiting = phone.outbox;
    if (lossy && chance_.once_in(2)) chance_.shuffle(waiting);
    for (const Saved& saved : waiting) {
      if (lossy && chance_.once_in(4)) continue;  // the request was lost
      Delivery delivery = sealed(phone, saved);
      int times = lossy && chance_.once_in(6) ? 2 : 1;
      Receipt receipt;
      for (int i = 0; i < times; ++i) {
        receipt = receive_parcel({database(), keys(), service().ids(), service().rooms().visits}, clock_.now(),
                                 phone.device, delivery);
      }
      EXPECT_NE(receipt.state, Receipt::State::set_aside);
      if (lossy && chance_.once_in(4)) continue;  // the answer was
      if (lossy && chance_.once_in(20)) return;   // restarted before it was noted
      std::erase_if(phone.outbox, [&](const Saved& each) { return each.key == saved.key; });
    }
  }

  void live_a_day() {
    clock_.set(Instant{clock_.now().milliseconds + kDay});
    move_people();
    for (SimulatedPhone& phone : phones_) {
      if (chance_.once_in(3)) sync(phone, true);
      if (chance_.once_in(4)) visit(phone);
      if (chance_.once_in(2)) deliver(phone, true);
    }
  }

  std::vector<std::pair<std::string, std::string>> kept() {
    std::vector<std::pair<std::string, std::string>> found;
    database().read([&](db::Session& session) {
      for (Id person : people_) {
        for (const auto& visit : visits::list_visits_of_person(session, keys(), {server::kCounty, person}, 1'000'000)) {
          found.emplace_back(format_id(visit.person), format_instant(visit.started_at));
        }
      }
    });
    return found;
  }

  Chance chance_{20'250'620};
  PublicKey key_of_server_;
  std::string spki_;
  std::vector<Id> people_;
  std::vector<Id> visitors_;
  std::vector<SimulatedPhone> phones_;
  std::vector<std::pair<std::string, std::string>> made_;  // person and begin of each visit
};
TANFANG_ON_EACH_ENGINE(FieldSimulationTest);

TEST_P(FieldSimulationTest, EndsWithServerAndPhonesEqual) {
  ASSERT_EQ(phones_.size(), 200u);
  for (int day = 0; day < kDays; ++day) live_a_day();
  clock_.set(Instant{clock_.now().milliseconds + kDay});
  for (SimulatedPhone& phone : phones_) deliver(phone, false);
  std::size_t told = 0;
  for (SimulatedPhone& phone : phones_) {
    EXPECT_TRUE(phone.outbox.empty());
    sync(phone, false);
    SimulatedPhone fresh;
    fresh.device = phone.device;
    take(bundle_of(fresh, ""), fresh);
    EXPECT_EQ(phone.people, fresh.people);
    told += phone.people.size();
  }
  EXPECT_GE(told, kPeople);
  EXPECT_GT(made_.size(), 1000u);
  std::vector<std::pair<std::string, std::string>> records = kept();
  std::sort(records.begin(), records.end());
  std::sort(made_.begin(), made_.end());
  EXPECT_EQ(records, made_);
}

}  // namespace
}  // namespace tanfang::app::field
