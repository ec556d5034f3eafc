#include "registry/former_file.h"

#include <boost/json.hpp>

#include "base/problem.h"
#include "platform/crypto/signature.h"
#include "registry/file_parts.h"
#include "registry/status_store.h"

namespace tanfang::registry {
namespace {

namespace js = boost::json;

constexpr std::string_view kColumn = "imported_people.former";

js::array opened_list(db::Session& session, const SealedFields& fields, ListKind kind, const PersonKey& key,
                      std::string_view column) {
  js::array list;
  for (const std::string& sealed : load_list(session, kind, key))
    list.emplace_back(fields.open(column, key.id, sealed));
  return list;
}

void restore_list(db::Session& session, const SealedFields& fields, ListKind kind, const PersonKey& key,
                  std::string_view column, const js::value& list) {
  SealedList sealed{key.id, {}};
  for (const auto& text : list.as_array()) sealed.details.push_back(fields.seal(column, key.id, text.as_string()));
  write_lists(session, kind, key.county, std::span(&sealed, 1), false);
}

/// Spans of having declined; their reasons stay as they are encrypted, for they are only moved.
js::array declined_spans(db::Session& session, const SealedFields& fields, const PersonKey& key) {
  js::array spans;
  for (const SpanRow& row : load_spans(session, key)) {
    if (row.span.status != Status::declined) continue;
    std::string reason = row.sealed_reason.empty() ? "" : fields.open("status_spans.reason", key.id, row.sealed_reason);
    js::value to = row.span.valid_to ? js::value(row.span.valid_to->iso()) : js::value(nullptr);
    spans.push_back(js::array{row.id.value, row.span.valid_from.iso(), std::move(to), std::move(reason),
                              row.span.recorded_at.milliseconds});
  }
  return spans;
}

void restore_declined(db::Session& session, const SealedFields& fields, const PersonKey& key, const js::value& spans) {
  for (const SpanRow& row : load_spans(session, key)) {
    if (row.span.status == Status::declined) remove_span(session, key, row.id);
  }
  for (const auto& value : spans.as_array()) {
    const js::array& one = value.as_array();
    SpanRow row{key, Id{one.at(0).as_int64()}, {}, {}};
    row.span.status = Status::declined;
    row.span.valid_from = Date::parse(one.at(1).as_string()).value();
    if (!one.at(2).is_null()) row.span.valid_to = Date::parse(one.at(2).as_string()).value();
    row.span.recorded_at = Instant{one.at(4).as_int64()};
    if (!one.at(3).as_string().empty()) {
      row.sealed_reason = fields.seal("status_spans.reason", key.id, one.at(3).as_string());
    }
    insert_spans(session, std::span(&row, 1));
  }
}

}  // namespace

std::string seal_former(db::Session& session, const SealedFields& fields, Id import, const File& file,
                        const FormerParts& parts) {
  const PersonKey& key = file.key;
  js::object text{{"person", format_id(key.id)},
                  {"area", file.area},
                  {"name", file.name},
                  {"phone", phone_of(fields, file)},
                  {"address", address_of(fields, file)},
                  {"facts", file.known.facts_text()},
                  {"origins", file.known.origins_text()},
                  {"digest", crypto::to_base64url(file.ledger_digest)},
                  {"classified_until", file.classified_until.iso()}};
  if (parts.contacts) text["contacts"] = opened_list(session, fields, ListKind::contacts, key, "contacts.details");
  if (parts.household) {
    text["household"] = opened_list(session, fields, ListKind::household_members, key, "household_members.details");
  }
  if (parts.willingness) text["declined"] = declined_spans(session, fields, key);
  return fields.seal(kColumn, import, js::serialize(text));
}

void restore_former(db::Session& session, const SealedFields& fields, Id import, std::string_view sealed, File& file) {
  const js::value parsed = js::parse(fields.open(kColumn, import, sealed));
  const js::object& text = parsed.as_object();
  auto member = [&](const char* name) { return std::string(text.at(name).as_string()); };
  if (member("person") != format_id(file.key.id)) throw Failure("what an import kept of a file is another person's");
  file.area = member("area");
  set_name(file, member("name"));
  if (member("phone") != phone_of(fields, file)) {
    file.phone.clear();
    file.phone_hash.clear();
    set_phone(fields, file, member("phone"));
  }
  if (member("address") != address_of(fields, file)) {
    file.address.clear();
    set_address(fields, file, member("address"));
  }
  file.known = KnownFacts(member("facts"), member("origins"));
  file.ledger_digest = crypto::from_base64url(member("digest")).value();
  file.classified_until = Date::parse(member("classified_until")).value();
  if (const js::value* list = text.if_contains("contacts")) {
    restore_list(session, fields, ListKind::contacts, file.key, "contacts.details", *list);
  }
  if (const js::value* list = text.if_contains("household")) {
    restore_list(session, fields, ListKind::household_members, file.key, "household_members.details", *list);
  }
  if (const js::value* spans = text.if_contains("declined")) restore_declined(session, fields, file.key, *spans);
}

}  // namespace tanfang::registry
