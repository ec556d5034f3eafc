// Proposals as phones send them: one JSON object. Foreign bytes: everything is checked.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <functional>
#include <map>

#include "base/area_code.h"
#include "base/citizen_number.h"
#include "base/text.h"
#include "platform/json/json.h"
#include "proposals/proposals.h"
#include "proposals/proposals_problems.h"

namespace tanfang::proposals {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::size_t kLongestContent = 32'768;  // bytes
constexpr std::array<std::string_view, 4> kWhats = {"facts", "status", "new_person", "contact"};
constexpr std::array<std::string_view, 4> kStatuses = {"moved", "deceased", "hospital", "back"};
constexpr std::array<std::string_view, 7> kContacts = {"emergency", "first_contact", "supporter", "child",
                                                       "helper",    "family_doctor", "other"};
// Characters.
constexpr std::size_t kName = 60;
constexpr std::size_t kPhone = 30;
constexpr std::size_t kPlace = 200;
constexpr std::size_t kNote = 1'000;

Problem too_long(const std::string& field, std::size_t most) {
  std::string count = std::to_string(most);
  return problems::proposal_malformed(field, {"最多 " + count + " 个字", "at most " + count + " characters"});
}

std::string text_of(const value& given, const std::string& field, std::size_t most) {
  if (given.is_null()) return {};
  if (!given.is_string()) throw problems::proposal_malformed(field, {"应为文字", "must be a text"});
  std::string text = trimmed(std::string_view(given.get_string()));
  if (length_of(text) > most) throw too_long(field, most);
  return text;
}

std::optional<Date> date_of(const value& given, const std::string& field) {
  std::string text = text_of(given, field, kPhone);
  if (text.empty()) return std::nullopt;
  auto date = Date::parse(text);
  if (!date || date->year() < 1900 || date->year() > 2100) {
    throw problems::proposal_malformed(field, {"日期，如 2024-03-01", "a date like 2024-03-01"});
  }
  return date;
}

/// What an object may hold: the member's name, and what to do with its value.
using Readers = std::map<std::string_view, std::function<void(const value&, const std::string& field)>>;

void read_object(const value& given, const std::string& path, const Readers& readers) {
  if (!given.is_object()) throw problems::proposal_malformed(path, {"应为对象", "must be an object"});
  for (const auto& [name, member] : given.get_object()) {
    std::string field = path.empty() ? std::string(name) : path + "." + std::string(name);
    auto reader = readers.find(std::string_view(name));
    if (reader == readers.end()) {
      throw problems::proposal_malformed(field, {"不认识的字段，请删去", "unknown field: leave it out"});
    }
    reader->second(member, field);
  }
}

auto into(std::string& target, std::size_t most) {
  return [&target, most](const value& given, const std::string& field) { target = text_of(given, field, most); };
}
auto into(std::optional<std::string>& target, std::size_t most) {
  return [&target, most](const value& given, const std::string& field) {
    if (!given.is_null()) target = text_of(given, field, most);
  };
}
auto into(std::optional<Date>& target) {
  return [&target](const value& given, const std::string& field) { target = date_of(given, field); };
}

void require(const std::string& text, const std::string& field) {
  if (text.empty()) throw problems::proposal_malformed(field, {"不能为空", "must be given"});
}

/// Name, phone and address are the file's own; the rest are facts of the vocabulary.
void read_facts(const value& given, const std::string& field, ProposalContent& content) {
  if (!given.is_object() || given.get_object().empty()) {
    throw problems::proposal_malformed(field, {"应为至少一项事实的对象", "must be an object of one fact or more"});
  }
  registry::PersonCorrection& correction = content.correction;
  const Readers own{{"name", into(correction.name, kName)},
                    {"phone", into(correction.phone, kPhone)},
                    {"address", into(correction.address, kPlace)}};
  for (const auto& [fact, said] : given.get_object()) {
    auto reader = own.find(std::string_view(fact));
    if (reader == own.end()) {
      content.facts.push_back({std::string(fact), serialize(said)});
    } else {
      reader->second(said, field + "." + std::string(fact));
    }
  }
  if (correction.name) require(*correction.name, field + ".name");
}

void read_status(const value& given, const std::string& field, ProposedStatus& status) {
  read_object(given, field,
              {{"status", into(status.status, kPhone)},
               {"from", into(status.from)},
               {"to", into(status.to)},
               {"note", into(status.note, kNote)}});
  if (std::find(kStatuses.begin(), kStatuses.end(), status.status) == kStatuses.end()) {
    throw problems::proposal_malformed(
        field + ".status", {"应为 moved、deceased、hospital 或 back", "must be moved, deceased, hospital or back"});
  }
  if (status.to && (status.status != "hospital" || (status.from && *status.to < *status.from))) {
    throw problems::proposal_malformed(
        field + ".to", {"只用于住院，且不早于开始日期", "only of hospital, and not before the first day"});
  }
}

void read_person(const value& given, const std::string& field, ProposedPerson& person) {
  std::optional<Date> birth_date;
  read_object(given, field,
              {{"name", into(person.name, kName)},
               {"citizen_number", into(person.citizen_number, kPhone)},
               {"birth_date", into(birth_date)},
               {"sex", into(person.sex, kPhone)},
               {"village", into(person.village, kPhone)},
               {"address", into(person.address, kPlace)},
               {"phone", into(person.phone, kPhone)},
               {"note", into(person.note, kNote)}});
  require(person.name, field + ".name");
  if (birth_date) person.birth_date = birth_date->iso();
  if (!person.sex.empty() && person.sex != "male" && person.sex != "female") {
    throw problems::proposal_malformed(field + ".sex", {"应为 male 或 female", "must be male or female"});
  }
  if (!is_area_code(person.village) || person.village.size() != 12) {
    throw problems::proposal_malformed(field + ".village", {"村居的代码", "the code of a village"});
  }
  if (person.citizen_number.empty()) return;
  CitizenNumberReading reading = read_citizen_number(person.citizen_number);
  if (!reading.number) {
    throw problems::proposal_malformed(field + ".citizen_number",
                                       {"公民身份号码不正确，请核对", "not a correct citizen number; check it"});
  }
  person.citizen_number = reading.number->text;
}

void read_contact_said(const value& given, const std::string& field, registry::Contact& contact) {
  read_object(given, field,
              {{"kind", into(contact.kind, kPhone)},
               {"name", into(contact.name, kName)},
               {"phone", into(contact.phone, kPhone)},
               {"relation", into(contact.relation, kPhone)},
               {"note", into(contact.note, kPlace)}});
  require(contact.name, field + ".name");
  if (contact.kind.empty()) contact.kind = "emergency";
  if (std::find(kContacts.begin(), kContacts.end(), contact.kind) == kContacts.end()) {
    throw problems::proposal_malformed(
        field + ".kind", {"应为 emergency、first_contact、supporter、child、helper、family_doctor 或 other",
                          "must be emergency, first_contact, supporter, child, helper, family_doctor or other"});
  }
}

Proposed what_of(const value& given, const std::string& field) {
  std::string text = text_of(given, field, kPhone);
  auto found = std::find(kWhats.begin(), kWhats.end(), text);
  if (found == kWhats.end()) {
    throw problems::proposal_malformed(
        field, {"应为 facts、status、new_person 或 contact", "must be facts, status, new_person or contact"});
  }
  return static_cast<Proposed>(found - kWhats.begin());
}

/// The part that `what` names must be there, and no other.
void check_parts(const object& said, Proposed what) {
  for (std::string_view part : kWhats) {
    bool wanted = part == to_text(what);
    if (said.contains(part) == wanted) continue;
    throw problems::proposal_malformed(std::string(part),
                                       wanted ? Words{"缺少这一部分", "this part is missing"}
                                              : Words{"与 what 不符，请删去", "not what `what` says: leave it out"});
  }
}

value parsed(std::string_view text) {
  if (text.size() > kLongestContent) throw too_long("", kLongestContent);
  return json::parse(text);
}

}  // namespace

std::string_view to_text(Proposed what) { return kWhats[static_cast<std::size_t>(what)]; }

ProposalContent read_proposal(std::string_view text) {
  const value said = parsed(text);
  ProposalContent content;
  std::optional<Proposed> what;
  std::string person;
  Readers readers{{"what", [&](const value& given, const std::string& field) { what = what_of(given, field); }},
                  {"person", into(person, kPhone)},
                  {"base_version", into(content.base_version, kNote)},
                  {"on", into(content.on)},
                  {"note", into(content.note, kNote)}};
  auto part = [&](Proposed name, auto read, auto& target) {
    readers.emplace(to_text(name),
                    [read, &target](const value& given, const std::string& field) { read(given, field, target); });
  };
  part(Proposed::facts, read_facts, content);
  part(Proposed::status, read_status, content.status);
  part(Proposed::new_person, read_person, content.new_person);
  part(Proposed::contact, read_contact_said, content.contact);
  read_object(said, "", readers);
  if (!what) throw problems::proposal_malformed("what", {"不能为空", "must be given"});
  content.what = *what;
  check_parts(said.get_object(), *what);
  if (content.what == Proposed::new_person) return content;
  auto id = parse_id(person);
  if (!id) throw problems::proposal_malformed("person", {"档案编号", "the id of a file"});
  content.person = *id;
  return content;
}

std::string move_days(std::string_view text, std::int64_t days) {
  value said = parsed(text);
  auto move = [&](value* parent, std::initializer_list<const char*> names) {
    if (!parent || !parent->is_object()) return;
    for (const char* name : names) {
      value* member = parent->get_object().if_contains(name);
      if (!member) continue;
      if (auto date = date_of(*member, name)) *member = (*date + static_cast<int>(days)).iso();
    }
  };
  move(&said, {"on"});
  if (said.is_object()) move(said.get_object().if_contains("status"), {"from", "to"});
  return serialize(said);
}

}  // namespace tanfang::proposals
