// The encrypted fields of the registry: which context each is bound to, and the keyed hashes that find them again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/crypto/crypto.h"
#include "registry/people.h"

namespace tanfang::registry {

/// Digits of a phone number as they are compared: spaces, hyphens and +86 taken off.
std::string plain_phone(std::string_view phone);

class SealedFields {
 public:
  explicit SealedFields(const crypto::KeyRing& keys) : keys_(keys), cipher_(keys.field_cipher()) {}

  /// `column` is `table.column`; `row` the person or transfer the value belongs to.
  std::string seal(std::string_view column, Id row, std::string_view plain) const;
  std::string open(std::string_view column, Id row, std::string_view sealed) const;

  std::string citizen_number_hash(std::string_view number) const;
  std::string phone_hash(std::string_view phone) const;
  /// 8 or 16 bytes of a keyed hash that tell whether something was said before.
  std::string digest(std::string_view text, std::size_t bytes) const;

 private:
  const crypto::KeyRing& keys_;
  std::shared_ptr<const crypto::FieldCipher> cipher_;
};

std::string write_contact(const Contact& contact);
Contact read_contact(std::string_view text);
std::string write_household_member(const HouseholdMember& member);
HouseholdMember read_household_member(std::string_view text);

}  // namespace tanfang::registry
