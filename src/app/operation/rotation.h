// Key rotation: a new field key, and every encrypted field brought under it.
#pragma once

#include <cstdint>
#include <functional>

#include "app/command_line.h"

namespace tanfang::app {

struct Rotation {
  std::uint32_t key = 0;     // the current field key
  std::int64_t fields = 0;   // looked at
  std::int64_t renewed = 0;  // encrypted anew
};

/// Adds a field key to the ring and saves it before anything is encrypted with it; records `key_added`.
void add_field_key(Surroundings& surroundings);

/// Encrypts what is still under an older key, in batches, each a transaction of its own: killed halfway, a second run
/// does the rest. Records `fields_renewed`. `progress` is told the fields looked at so far. Old keys stay in the ring,
/// because older backups need them. Other programs on this database must be stopped: they would not know the new key.
Rotation renew_fields(Surroundings& surroundings, const std::function<void(std::int64_t)>& progress);

}  // namespace tanfang::app
