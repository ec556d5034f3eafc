#include "app/operation/rotation.h"

#include <fmt/format.h>

#include "app/operation/rotation_store.h"

namespace tanfang::app {
namespace {

/// One batch after `after`, which moves to its last row; false where none was left.
bool renew_batch(Surroundings& surroundings, const crypto::FieldCipher& cipher, const EncryptedColumn& column,
                 Cell& after, Rotation& done) {
  std::vector<Cell> cells;
  surroundings.database().read([&](db::Session& session) { cells = next_cells(session, column, after, column.batch); });
  if (cells.empty()) return false;
  after = cells.back();
  done.fields += static_cast<std::int64_t>(cells.size());
  std::erase_if(cells, [&](const Cell& cell) { return cipher.key_of(cell.value) == cipher.current_key(); });
  if (cells.empty()) return true;
  std::vector<std::string> fresh;
  for (const Cell& cell : cells) {
    std::string context = std::string(column.name) + ":" + format_id(Id{cell.row});
    fresh.push_back(cipher.encrypt(cipher.decrypt(cell.value, context), context));
  }
  surroundings.database().write([&](db::Session& session) { replace_cells(session, column, cells, fresh); });
  done.renewed += static_cast<std::int64_t>(cells.size());
  return true;
}

}  // namespace

void add_field_key(Surroundings& surroundings) {
  crypto::KeyRing ring = surroundings.keys();
  ring.add_field_key();
  ring.save(surroundings.keys_path());
  surroundings.use_keys(ring);
  surroundings.write([&](audit::Work& work) {
    work.record({"", "key_added", "keys", fmt::format(R"({{"number":{}}})", ring.current_field_key())});
  });
}

Rotation renew_fields(Surroundings& surroundings, const std::function<void(std::int64_t)>& progress) {
  auto cipher = surroundings.keys().field_cipher();
  Rotation done;
  done.key = cipher->current_key();
  for (const EncryptedColumn& column : encrypted_columns()) {
    Cell after;
    while (renew_batch(surroundings, *cipher, column, after, done)) progress(done.fields);
  }
  surroundings.write([&](audit::Work& work) {
    work.record({"", "fields_renewed", "keys",
                 fmt::format(R"({{"key":{},"fields":{},"renewed":{}}})", done.key, done.fields, done.renewed)});
  });
  return done;
}

}  // namespace tanfang::app
