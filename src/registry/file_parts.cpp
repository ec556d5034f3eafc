#include "registry/file_parts.h"

#include <algorithm>

#include "base/text.h"
#include "platform/json/json.h"
#include "registry/fact_history.h"
#include "registry/pinyin.h"
#include "registry/status_store.h"

namespace tanfang::registry {
namespace {

constexpr std::size_t kDigestBytes = 16;  // of the whole row
constexpr std::size_t kPartBytes = 8;     // of each part behind it

}  // namespace

std::string quoted(std::string_view text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

void add_own_facts(const PersonStatement& said, FactValues& facts) {
  auto add = [&](std::string name, std::string value) {
    auto place = std::lower_bound(facts.begin(), facts.end(), name,
                                  [](const FactValue& fact, const std::string& wanted) { return fact.fact < wanted; });
    facts.insert(place, {std::move(name), std::move(value)});
  };
  add("birth_date", quoted(said.birth_date.iso()));
  add("residence_area", quoted(said.area));
  add("sex", said.sex == Sex::male ? "\"male\"" : "\"female\"");
}

void set_name(File& file, std::string_view name) {
  Pinyin pinyin = pinyin_of(name);
  file.name = name;
  file.pinyin = std::move(pinyin.full);
  file.initials = std::move(pinyin.initials);
}

void set_phone(const SealedFields& fields, File& file, std::string_view phone) {
  if (phone.empty()) return;
  file.phone = fields.seal("people.phone", file.key.id, phone);
  file.phone_hash = fields.phone_hash(phone);
}

void set_address(const SealedFields& fields, File& file, std::string_view address) {
  if (!address.empty()) file.address = fields.seal("people.address", file.key.id, address);
}

std::string phone_of(const SealedFields& fields, const File& file) {
  return file.phone.empty() ? "" : fields.open("people.phone", file.key.id, file.phone);
}

std::string address_of(const SealedFields& fields, const File& file) {
  return file.address.empty() ? "" : fields.open("people.address", file.key.id, file.address);
}

SealedList seal_contacts(const SealedFields& fields, Id person, const std::vector<Contact>& contacts) {
  SealedList list{person, {}};
  for (const Contact& contact : contacts) {
    list.details.push_back(fields.seal("contacts.details", person, write_contact(contact)));
  }
  return list;
}

SealedList seal_household(const SealedFields& fields, Id person, const std::vector<HouseholdMember>& members) {
  SealedList list{person, {}};
  for (const HouseholdMember& member : members) {
    list.details.push_back(fields.seal("household_members.details", person, write_household_member(member)));
  }
  return list;
}

std::string digest_of(const SealedFields& fields, const PersonStatement& said, const FactValues& facts) {
  std::string contacts, household;
  for (const Contact& contact : said.contacts) contacts += write_contact(contact);
  for (const HouseholdMember& member : said.household) household += write_household_member(member);
  const std::string parts[] = {said.phone ? plain_phone(*said.phone) : "", said.address.value_or(""), contacts,
                               household};
  std::string all = said.name + "\n" + write_fact_values(facts);
  for (const std::string& part : parts) all += "\n" + part;
  std::string digest = fields.digest(all, kDigestBytes);
  for (const std::string& part : parts) {
    digest += part.empty() ? std::string(kPartBytes, '\0') : fields.digest(part, kPartBytes);
  }
  return digest;
}

bool is_news(std::string_view digest, std::string_view digest_before, Part part) {
  std::size_t at = kDigestBytes + kPartBytes * static_cast<std::size_t>(part);
  if (digest.empty() || digest_before.empty()) return true;
  return digest.substr(at, kPartBytes) != digest_before.substr(at, kPartBytes);
}

void follow_willingness(audit::Work& work, const File& file, Date on) {
  bool declined = file.known.value_of("willing") == "false";
  std::optional<SpanRow> open;
  for (SpanRow& row : load_spans(work.session, file.key)) {
    if (row.span.status == Status::declined && !row.span.valid_to) open = std::move(row);
  }
  if (declined && !open) {
    SpanRow row{file.key, work.new_id(), {Status::declined, std::max(on, file.registered_on), {}, "", work.now}, {}};
    insert_spans(work.session, std::span(&row, 1));
  } else if (!declined && open && open->span.valid_from < on) {
    end_span(work.session, file.key, open->id, on);
  } else if (!declined && open) {
    remove_span(work.session, file.key, open->id);
  }
}

void follow_past_willingness(audit::Work& work, const File& file, std::span<const StatementRecord> records) {
  for (const SpanRow& row : load_spans(work.session, file.key)) {
    if (row.span.status == Status::declined) remove_span(work.session, file.key, row.id);
  }
  std::vector<SpanRow> spans;
  bool declined = false;
  for (Date day : days_said(records, file.registered_on, std::max(work.today(), file.registered_on) + 1)) {
    bool declines = facts_known_on(records, day).value_of("willing") == "false";
    if (declines && !declined)
      spans.push_back({file.key, work.new_id(), {Status::declined, day, {}, "", work.now}, {}});
    if (!declines && declined) spans.back().span.valid_to = day;
    declined = declines;
  }
  insert_spans(work.session, spans);
}

}  // namespace tanfang::registry
