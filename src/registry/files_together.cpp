#include "registry/files_together.h"

#include "registry/file_parts.h"
#include "registry/together_store.h"

namespace tanfang::registry {
namespace {

template <typename Value>
const Value& found_or_empty(const std::map<Id, Value>& values, Id person) {
  static const Value kEmpty{};
  auto found = values.find(person);
  return found == values.end() ? kEmpty : found->second;
}

std::string digest_of(const std::vector<StatusSpan>& spans) {
  std::string text;
  for (const StatusSpan& span : spans) {
    text += "\n" + std::string(to_text(span.status)) + span.valid_from.iso();
    if (span.valid_to) text += span.valid_to->iso();
  }
  return crypto::to_hex(crypto::sha256(text).substr(0, 4));
}

}  // namespace

FilesTogether::FilesTogether(db::Session& session, std::string_view county, const std::vector<Id>& people)
    : files_(load_files(session, county, people)),
      contacts_(load_lists(session, ListKind::contacts, county, people)),
      household_(load_lists(session, ListKind::household_members, county, people)),
      consents_(count_consents(session, county, people)),
      spans_(load_spans(session, county, people)),
      newest_(newest_statements(session, county, people)) {}

const std::vector<std::string>& FilesTogether::list(ListKind kind, Id person) const {
  return found_or_empty(kind == ListKind::contacts ? contacts_ : household_, person);
}

const std::vector<StatusSpan>& FilesTogether::spans(Id person) const { return found_or_empty(spans_, person); }

std::string FilesTogether::version_of(const File& file) const {
  // Sealed texts get a fresh nonce with every change.
  std::string text = file.area + "\n" + file.name + "\n" + file.citizen_number + file.phone + file.address + "\n" +
                     file.known.facts_text() + "\n" + file.known.origins_text();
  for (ListKind kind : {ListKind::contacts, ListKind::household_members}) {
    for (const std::string& details : list(kind, file.key.id)) text += "\n" + details;
  }
  text += "\n" + std::to_string(found_or_empty(consents_, file.key.id));
  // Behind the digest stands what tells later what became different: the newest statement, and the status.
  std::string status = digest_of(spans(file.key.id));
  return crypto::to_hex(crypto::sha256(text + "\n" + status).substr(0, 16)) + "." +
         format_id(found_or_empty(newest_, file.key.id)) + "." + status;
}

Person open_file(const SealedFields& fields, const File& file, const std::vector<std::string>& contacts,
                 const std::vector<std::string>& household) {
  Person person;
  person.key = file.key;
  person.area = file.area;
  person.name = file.name;
  person.sex = file.sex;
  person.birth_date = file.birth_date;
  person.citizen_number = fields.open("people.citizen_number", file.key.id, file.citizen_number);
  person.phone = phone_of(fields, file);
  person.address = address_of(fields, file);
  person.registered_on = file.registered_on;
  for (const KnownFacts::Known& known : file.known.facts()) {
    const Origin& origin = file.known.origins()[known.origin];
    person.facts.push_back({known.fact, known.value, origin.source, origin.speaker, origin.date, origin.statement});
  }
  for (const std::string& sealed : contacts) {
    person.contacts.push_back(read_contact(fields.open("contacts.details", file.key.id, sealed)));
  }
  for (const std::string& sealed : household) {
    person.household.push_back(read_household_member(fields.open("household_members.details", file.key.id, sealed)));
  }
  return person;
}

}  // namespace tanfang::registry
