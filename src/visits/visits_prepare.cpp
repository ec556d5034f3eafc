// The checks of a record that need no lock.
#include <algorithm>
#include <boost/json.hpp>

#include "base/area_code.h"
#include "base/citizen_number.h"
#include "base/text.h"
#include "platform/json/json.h"
#include "registry/for_visits.h"
#include "visits/attachment_type.h"
#include "visits/attachments_store.h"
#include "visits/visits_problems.h"
#include "visits/visits_rules.h"
#include "visits/visits_store.h"

namespace tanfang::visits {
namespace {

namespace js = boost::json;

constexpr int kLongestKey = 100;
constexpr int kLongestVisitor = 64;

bool asks_facts(const forms::Condition& condition) {
  return condition.kind == forms::Condition::Kind::fact ||
         std::any_of(condition.parts.begin(), condition.parts.end(), asks_facts);
}

bool asks_facts(const forms::Form& form) {
  for (const forms::Section& section : form.sections) {
    for (const forms::Field& field : section.fields) {
      if (field.required_when && asks_facts(*field.required_when)) return true;
    }
  }
  return false;
}

std::vector<std::string> fact_values(const js::value& value) {
  std::vector<std::string> values;
  if (value.is_array()) {
    for (const js::value& item : value.get_array()) {
      if (item.is_string()) values.emplace_back(item.get_string());
    }
  } else if (value.is_string()) {
    values.emplace_back(value.get_string());
  } else {
    values.push_back(js::serialize(value));
  }
  return values;
}

/// Members in the order of their keys, so that the same answers always give the same text.
void append_canonical(std::string& out, const js::value& value) {
  if (value.is_object()) {
    std::vector<const js::key_value_pair*> members;
    for (const js::key_value_pair& member : value.get_object()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](auto* one, auto* other) { return one->key() < other->key(); });
    out += '{';
    for (const js::key_value_pair* member : members) {
      json::append_quoted(out, member->key());
      out += ':';
      append_canonical(out, member->value());
      out += ',';
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    for (const js::value& item : value.get_array()) {
      append_canonical(out, item);
      out += ',';
    }
    out += ']';
  } else {
    json::append(out, value);
  }
}

class Preparation {
 public:
  Preparation(db::Session& session, const Ground& ground, const crypto::KeyRing& keys, Instant now,
              const std::string& area, const VisitEntry& entry, PreparedVisit& visit)
      : session_(session), ground_(ground), keys_(keys), now_(now), area_(area), entry_(entry), visit_(visit) {}

  void run() {
    read_texts();
    read_times();
    find_person();
    read_attachments();
    answers_ = js::parse(entry_.answers, &memory_);
    if (!problems_.empty()) throw invalid_visit(std::move(problems_));
    visit_.digest = digest_of_content();
    for (FieldProblem& problem : check_times(visit_.started_at, visit_.ended_at, now_)) problems_.push_back(problem);
    check_person();
    check_form();
    check_attachments();
    if (problems_.empty()) return seal_answers();
    if (!find_repeated()) throw invalid_visit(std::move(problems_));
  }

 private:
  void read_text(const char* field, const std::string& text, int longest, std::string& into) {
    if (text.empty()) problems_.push_back(text_missing(field));
    if (length_of(text) > static_cast<std::size_t>(longest)) problems_.push_back(text_too_long(field, longest));
    into = text;
  }

  void read_texts() {
    read_text("key", entry_.key, kLongestKey, visit_.key);
    read_text("visitor", entry_.visitor, kLongestVisitor, visit_.visitor);
    visit_.method = entry_.method;
    if (!schemes::parse_method(entry_.method)) problems_.push_back(method_unknown());
    if (auto outcome = parse_outcome(entry_.outcome)) {
      visit_.outcome = *outcome;
    } else {
      problems_.push_back(outcome_unknown());
    }
    visit_.form = entry_.form;
  }

  void read_time(const char* field, const std::string& text, Instant& into) {
    if (auto instant = parse_instant(text)) {
      into = *instant;
    } else {
      problems_.push_back(time_malformed(field));
    }
  }

  void read_times() {
    read_time("started_at", entry_.started_at, visit_.started_at);
    read_time("ended_at", entry_.ended_at, visit_.ended_at);
    day_ = china_date(visit_.started_at);
  }

  void find_person() {
    std::optional<registry::PersonKey> key;
    bool by_id = entry_.citizen_number.empty();
    if (by_id) {
      if (auto id = parse_id(entry_.person_id)) key = registry::PersonKey{visit_.county, *id};
    } else if (auto number = read_citizen_number(entry_.citizen_number).number) {
      key = registry::find_person_on(session_, keys_, visit_.county, number->text, day_);
    }
    std::optional<registry::Standing> found;
    if (key) found = registry::find_standing_on(session_, *key, day_);
    if (found && found->area.starts_with(area_)) {
      standing_ = std::move(*found);
      visit_.person = standing_.person;
    } else {
      problems_.push_back(person_unknown(by_id ? "person.id" : "person.citizen_number"));
    }
  }

  /// What a second delivery must have in common with the first.
  std::string digest_of_content() const {
    std::string content = format_id(visit_.person) + "\n" + visit_.visitor + "\n" + visit_.method + "\n" +
                          format_instant(visit_.started_at) + "\n" + format_instant(visit_.ended_at) + "\n" +
                          std::string(to_text(visit_.outcome)) + "\n" + visit_.form + "\n";
    append_canonical(content, answers_);
    for (const std::string& digest : visit_.attachments) content += "\n" + digest;
    if (!entry_.evidence.empty()) content += "\n" + entry_.evidence;
    return crypto::to_hex(keys_.keyed_hash("visit", content).substr(0, 16));
  }

  /// A second delivery is answered like the first, whatever has changed since. Asked only where the record would be
  /// refused now: else storing it finds the first.
  bool find_repeated() {
    auto received = store::find_received(session_, visit_.county, visit_.key);
    if (!received) return false;
    if (received->digest != visit_.digest) throw key_reused();
    visit_.repeats = received->visit;
    return true;
  }

  void check_person() {
    StandingCheck check = check_standing(standing_.status_on(day_), standing_.registered_on, day_);
    for (FieldProblem& problem : check.problems) problems_.push_back(std::move(problem));
    visit_.notices = std::move(check.notices);
  }

  void read_attachments() {
    visit_.attachments = entry_.attachments;
    std::sort(visit_.attachments.begin(), visit_.attachments.end());
    auto last = std::unique(visit_.attachments.begin(), visit_.attachments.end());
    visit_.attachments.erase(last, visit_.attachments.end());
    if (visit_.attachments.size() > kMostAttachments) problems_.push_back(too_many_attachments(kMostAttachments));
    for (std::size_t i = 0; i < entry_.attachments.size(); ++i) {
      if (!is_digest(entry_.attachments[i])) problems_.push_back(attachment_malformed(attachment_field(i)));
    }
  }

  void check_attachments() {
    for (std::size_t i = 0; i < entry_.attachments.size(); ++i) {
      if (store::has_attachment(session_, visit_.county, entry_.attachments[i])) continue;
      problems_.push_back(attachment_not_put(attachment_field(i)));
    }
  }

  static std::string attachment_field(std::size_t i) { return "attachments[" + std::to_string(i) + "]"; }

  void check_form() {
    if (visit_.form.empty()) {
      if (visit_.outcome == Outcome::met) problems_.push_back(form_missing());
      if (!answers_.as_object().empty()) problems_.push_back(answers_without_form());
      return;
    }
    const forms::Form* form = ground_.forms.find(visit_.form);
    if (form == nullptr || form->use != forms::FormUse::visit) return problems_.push_back(form_unknown());
    const schemes::Scheme* scheme = scheme_of(*form);
    if (scheme == nullptr) return problems_.push_back(form_not_in_force());
    visit_.form_version = form->version;
    forms::Check check =
        forms::check_answers(*form, ground_.forms.supplement_of(*form), ground_.forms.vocabulary(scheme->id),
                             answers_.as_object(), context_of(*form, *scheme));
    for (FieldProblem& problem : check.problems) problems_.push_back(std::move(problem));
    // An attempt saw nobody: it says nothing of the person.
    if (visit_.outcome == Outcome::met) visit_.findings = std::move(check.findings);
  }

  /// The form's scheme as it was in force where the person lives, or nullptr.
  const schemes::Scheme* scheme_of(const forms::Form& form) {
    std::string_view id = std::string_view(form.id).substr(0, form.id.find('/'));
    policy_ = ground_.classifier.policy_of(session_, visit_.county);
    for (const schemes::Scheme* scheme : policy_->in_force(standing_.area, day_)) {
      if (scheme->id == id) return scheme;
    }
    return nullptr;
  }

  forms::Context context_of(const forms::Form& form, const schemes::Scheme& scheme) {
    forms::Context context{day_, visit_.method, {}, {}, visit_.outcome == Outcome::met};
    for (const schemes::Season& season : scheme.seasons) {
      if (season.contains(day_)) context.seasons.insert(season.id);
    }
    const forms::Form* supplement = ground_.forms.supplement_of(form);
    if (!asks_facts(form) && (supplement == nullptr || !asks_facts(*supplement))) return context;
    const js::value facts = js::parse(registry::load_facts(session_, {visit_.county, visit_.person}));
    for (const auto& [name, value] : facts.as_object()) {
      if (!value.is_null()) context.facts[std::string(name)] = fact_values(value);
    }
    return context;
  }

  void seal_answers() {
    visit_.answers = keys_.field_cipher()->encrypt(entry_.answers, "visits.answers:" + format_id(visit_.id));
    if (entry_.evidence.empty()) return;
    visit_.evidence = keys_.field_cipher()->encrypt(entry_.evidence, "visits.evidence:" + format_id(visit_.id));
  }

  db::Session& session_;
  const Ground& ground_;
  const crypto::KeyRing& keys_;
  Instant now_;
  const std::string& area_;
  const VisitEntry& entry_;
  PreparedVisit& visit_;
  std::vector<FieldProblem> problems_;
  Date day_;
  js::monotonic_resource memory_{4096};  // of the answers
  js::value answers_ = js::value(nullptr, &memory_);
  registry::Standing standing_;
  std::shared_ptr<const registry::CountyPolicy> policy_;
};

}  // namespace

PreparedVisit prepare_visit(db::Session& session, const Ground& ground, const crypto::KeyRing& keys, IdSource& ids,
                            Instant now, const std::string& area, const VisitEntry& entry) {
  PreparedVisit visit;
  visit.county = county_of(area);
  visit.id = ids.next(now);
  Preparation(session, ground, keys, now, area, entry, visit).run();
  return visit;
}

}  // namespace tanfang::visits
