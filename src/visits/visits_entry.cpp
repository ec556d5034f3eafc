// Records as they arrive: one JSON object a line. Foreign bytes: everything is checked.
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "platform/json/json.h"
#include "visits/visits.h"
#include "visits/visits_evidence.h"
#include "visits/visits_problems.h"

namespace tanfang::visits {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::array<std::pair<std::string_view, Outcome>, 3> kOutcomes{
    {{"met", Outcome::met}, {"not_home", Outcome::not_home}, {"refused", Outcome::refused}}};

std::string read_text(const value& given, std::string_view field) {
  if (!given.is_string()) throw malformed_entry(std::string(field), {"应为文字", "must be a string"});
  return trimmed(std::string_view(given.get_string()));
}

void read_person(const value& person, VisitEntry& entry) {
  Words wanted{"应写 citizen_number 或 id 其中之一", "must hold either citizen_number or id"};
  if (!person.is_object() || person.get_object().size() != 1) throw malformed_entry("person", wanted);
  for (const auto& [key, given] : person.get_object()) {
    if (key == "citizen_number") {
      entry.citizen_number = read_text(given, "person.citizen_number");
    } else if (key == "id") {
      entry.person_id = read_text(given, "person.id");
    } else {
      throw malformed_entry("person", wanted);
    }
  }
  if (entry.citizen_number.empty() && entry.person_id.empty()) throw malformed_entry("person", wanted);
}

void read_attachments(const value& given, VisitEntry& entry) {
  if (given.is_null()) return;
  if (!given.is_array()) throw malformed_entry("attachments", {"应为列表", "must be a list"});
  for (const value& digest : given.get_array()) entry.attachments.push_back(read_text(digest, "attachments"));
}

void read_member(std::string_view key, const value& given, VisitEntry& entry) {
  struct Member {
    std::string_view key;
    std::string VisitEntry::*text;
  };
  constexpr std::array<Member, 6> kTexts{{{"visitor", &VisitEntry::visitor},
                                          {"method", &VisitEntry::method},
                                          {"started_at", &VisitEntry::started_at},
                                          {"ended_at", &VisitEntry::ended_at},
                                          {"outcome", &VisitEntry::outcome},
                                          {"form", &VisitEntry::form}}};
  if (key == "key") return;
  if (key == "person") return read_person(given, entry);
  if (key == "answers") {
    if (given.is_null()) return;
    if (!given.is_object()) throw malformed_entry("answers", {"应为对象", "must be an object"});
    entry.answers.clear();
    json::append(entry.answers, given);
    return;
  }
  if (key == "attachments") return read_attachments(given, entry);
  if (read_evidence(key, given, entry)) return;
  for (const Member& member : kTexts) {
    if (member.key != key) continue;
    if (!given.is_null()) entry.*member.text = read_text(given, key);
    return;
  }
  throw malformed_entry(std::string(key), {"不认识的字段，请删去", "unknown field: leave it out"});
}

}  // namespace

std::string_view to_text(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)].first; }

std::optional<Outcome> parse_outcome(std::string_view text) {
  for (const auto& [name, outcome] : kOutcomes) {
    if (name == text) return outcome;
  }
  return std::nullopt;
}

VisitEntry read_entry(std::string_view line, std::string& key) {
  key.clear();
  boost::json::monotonic_resource memory(4 * line.size() + 1024);
  const value parsed = json::parse(line, &memory);
  if (!parsed.is_object()) throw malformed_entry("", {"每行应为一个 JSON 对象", "each line must be a JSON object"});
  const object& record = parsed.get_object();
  VisitEntry entry;
  entry.answers = "{}";
  if (const value* given = record.if_contains("key")) entry.key = read_text(*given, "key");
  key = entry.key;
  for (const auto& [name, given] : record) read_member(name, given, entry);
  if (!record.contains("person")) {
    throw malformed_entry("person", {"缺少 person", "person is missing"});
  }
  return entry;
}

}  // namespace tanfang::visits
