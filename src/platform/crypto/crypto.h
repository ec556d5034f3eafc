// Keys, field encryption, keyed hashes and digests behind small interfaces, so that SM4-GCM and SM3 can follow.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace tanfang::crypto {

/// 32 bytes of SHA-256.
std::string sha256(std::string_view bytes);
std::string to_hex(std::string_view bytes);
std::string random_bytes(std::size_t count);

/// Encrypts one field of one row. `context` (table.column:row) is authenticated, so a value cannot be moved elsewhere.
class FieldCipher {
 public:
  virtual ~FieldCipher() = default;
  /// Returns version, key number, nonce, ciphertext and tag as bytes.
  virtual std::string encrypt(std::string_view plain, std::string_view context) const = 0;
  /// Throws Failure where the key is missing or the bytes, context or tag do not agree.
  virtual std::string decrypt(std::string_view sealed, std::string_view context) const = 0;
  /// The number of the key that `sealed` was encrypted with.
  virtual std::uint32_t key_of(std::string_view sealed) const = 0;
  /// The key number that `encrypt` uses now.
  virtual std::uint32_t current_key() const = 0;
};

/// The keys of one deployment, in a file outside the database that only its owner may read. Field keys are numbered and
/// rotate; the hash key (blind index, audit heads) stays, because values hashed with it are looked up again.
class KeyRing {
 public:
  /// Reads the file; makes one with fresh keys where there is none. Throws Failure where it is unreadable, malformed
  /// or open to others.
  static KeyRing open_or_create(const std::string& path);
  static KeyRing open(const std::string& path);
  /// Fixed keys for tests and benchmarks.
  static KeyRing for_tests();

  /// AES-256-GCM over all field keys, encrypting with the newest.
  std::shared_ptr<const FieldCipher> field_cipher() const;
  /// HMAC-SHA-256 of `text` under the hash key; `purpose` (e.g. `citizen_number`) separates uses. 32 bytes.
  std::string keyed_hash(std::string_view purpose, std::string_view text) const;
  /// Adds a field key, which becomes the current one.
  void add_field_key();
  /// Written whole to a new file and renamed; mode 0600.
  void save(const std::string& path) const;

 private:
  std::map<std::uint32_t, std::string> field_keys_;
  std::string hash_key_;
};

}  // namespace tanfang::crypto
