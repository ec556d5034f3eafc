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
/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);
/// From the system's cryptographic source; safe to use from many threads and after a fork.
std::string random_bytes(std::size_t count);
/// Compares without telling by its time where the texts differ.
bool same_bytes(std::string_view left, std::string_view right);

/// A hash function by name, for what is stored with the name of its function (the audit chain).
class Digest {
 public:
  virtual ~Digest() = default;
  virtual std::string_view name() const = 0;
  virtual std::string of(std::string_view bytes) const = 0;
};
/// The digest that new chains use.
const Digest& current_digest();
/// nullptr where this program does not know `name`.
const Digest* find_digest(std::string_view name);

/// Encrypts one field of one row. `context` (table.column:row) is authenticated, so a value cannot be moved elsewhere.
/// Safe to use from many threads.
class FieldCipher {
 public:
  virtual ~FieldCipher() = default;
  /// Returns version, key number, nonce, ciphertext and tag as bytes.
  virtual std::string encrypt(std::string_view plain, std::string_view context) const = 0;
  /// Throws Failure where the key is missing or the bytes, context or tag do not agree.
  virtual std::string decrypt(std::string_view sealed, std::string_view context) const = 0;
  /// The number of the key that `sealed` was encrypted with. Throws Failure where it is not a sealed field.
  virtual std::uint32_t key_of(std::string_view sealed) const = 0;
  /// The key number that `encrypt` uses now.
  virtual std::uint32_t current_key() const = 0;
};

/// The keys of one deployment, in a file outside the database that only its owner may read. Field keys are numbered and
/// rotate; the hash key (blind index, audit heads) stays, because values hashed with it are looked up again.
class KeyRing {
 public:
  /// Reads the file; makes one with fresh keys where there is none (of two programs that do so at once, one wins and
  /// both use its keys). Throws as `open`.
  static KeyRing open_or_create(const std::string& path);
  /// Throws Problem `keys.missing`, `keys.open_to_others` or `keys.malformed`, Failure where it cannot be read.
  static KeyRing open(const std::string& path);
  /// One fresh field key, numbered 1, and a fresh hash key.
  static KeyRing fresh();
  /// Reads what `text` wrote. Throws Problem `keys.malformed`.
  static KeyRing parse(std::string_view text);
  /// Fixed keys for tests and benchmarks.
  static KeyRing for_tests();

  /// AES-256-GCM over all field keys, encrypting with the newest.
  std::shared_ptr<const FieldCipher> field_cipher() const;
  /// HMAC-SHA-256 of `text` under the hash key; `purpose` (e.g. `citizen_number`) separates uses. 32 bytes.
  std::string keyed_hash(std::string_view purpose, std::string_view text) const;
  /// The same for rings with the same hash key, tells nothing of it: to find out that keys belong to a database.
  std::string fingerprint() const { return keyed_hash("fingerprint", ""); }
  /// Adds a field key, which becomes the current one.
  void add_field_key();
  std::uint32_t current_field_key() const { return field_keys_.rbegin()->first; }
  /// Whether this ring holds every field key of `other`, under the same numbers, and the same hash key.
  bool contains(const KeyRing& other) const;
  /// Written whole to a new file and renamed; mode 0600.
  void save(const std::string& path) const;
  /// The file's content: JSON with the keys in clear.
  std::string text() const;

 private:
  std::map<std::uint32_t, std::string> field_keys_;
  std::string hash_key_;
};

/// Seals a text under a passphrase (scrypt and AES-256-GCM), as JSON.
std::string seal_with_passphrase(std::string_view plain, std::string_view passphrase);
/// Throws Problem `keys.malformed` or `keys.wrong_passphrase`.
std::string open_with_passphrase(std::string_view sealed, std::string_view passphrase);
/// Whether the text is what `seal_with_passphrase` wrote (as against a key file in clear).
bool is_sealed_with_passphrase(std::string_view text);

}  // namespace tanfang::crypto
