#include "registry/sealed_fields.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "platform/json/json.h"

namespace tanfang::registry {
namespace {

std::string context_of(std::string_view column, Id row) {
  std::string context(column);
  context += ':';
  context += format_id(row);
  return context;
}

std::string member(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  return value ? std::string(value->as_string()) : std::string();
}

/// Writes the members that are not empty as one JSON object.
std::string write_members(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::string text = "{";
  for (const auto& [name, value] : members) {
    if (value.empty()) continue;
    if (text.size() > 1) text += ',';
    json::append_quoted(text, name);
    text += ':';
    json::append_quoted(text, value);
  }
  return text + "}";
}

}  // namespace

std::string plain_phone(std::string_view phone) {
  std::string plain;
  for (char c : half_width(phone)) {
    if (c >= '0' && c <= '9') plain += c;
  }
  if (plain.size() == 13 && plain.starts_with("86")) plain.erase(0, 2);
  return plain;
}

std::string SealedFields::seal(std::string_view column, Id row, std::string_view plain) const {
  return cipher_->encrypt(plain, context_of(column, row));
}

std::string SealedFields::open(std::string_view column, Id row, std::string_view sealed) const {
  return cipher_->decrypt(sealed, context_of(column, row));
}

std::string SealedFields::citizen_number_hash(std::string_view number) const {
  return keys_.keyed_hash("citizen_number", number);
}

std::string SealedFields::phone_hash(std::string_view phone) const {
  return keys_.keyed_hash("phone", plain_phone(phone));
}

std::string SealedFields::digest(std::string_view text, std::size_t bytes) const {
  return keys_.keyed_hash("statement", text).substr(0, bytes);
}

std::string write_contact(const Contact& contact) {
  return write_members({{"kind", contact.kind},
                        {"name", contact.name},
                        {"phone", contact.phone},
                        {"relation", contact.relation},
                        {"note", contact.note}});
}

Contact read_contact(std::string_view text) {
  const boost::json::value parsed = boost::json::parse(text);
  const boost::json::object& object = parsed.as_object();
  return {member(object, "kind"), member(object, "name"), member(object, "phone"), member(object, "relation"),
          member(object, "note")};
}

std::string write_household_member(const HouseholdMember& row) {
  return write_members({{"name", row.name},
                        {"relation", row.relation},
                        {"sex", row.sex},
                        {"citizen_number", row.citizen_number},
                        {"health", row.health},
                        {"welfare", row.welfare}});
}

HouseholdMember read_household_member(std::string_view text) {
  const boost::json::value parsed = boost::json::parse(text);
  const boost::json::object& object = parsed.as_object();
  return {member(object, "name"),           member(object, "relation"), member(object, "sex"),
          member(object, "citizen_number"), member(object, "health"),   member(object, "welfare")};
}

}  // namespace tanfang::registry
