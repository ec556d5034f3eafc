// Carrying keys from one place to another.
#pragma once

#include <string>

#include "app/command_line.h"

namespace tanfang::app {

/// Writes the keys to a new file (mode 0600), under the passphrase, or in clear where that is empty. Records
/// `keys_exported`. Problems `backup.exists`, `keys.short_passphrase` (fewer than 12 characters).
void export_keys(Surroundings& surroundings, const std::string& path, const std::string& passphrase);

/// Puts the keys of a file (sealed or in clear) in the place of the key file. Problems `keys.malformed`,
/// `keys.wrong_passphrase`, `keys.foreign` (another database's), `keys.conflict` (keys here would be lost); then
/// nothing was changed. `passphrase` is asked only for a sealed file. Where there is no database yet, none is made: a
/// restore may follow. Records `keys_imported` where there is one.
void import_keys(Surroundings& surroundings, const std::string& path, const std::function<std::string()>& passphrase);

}  // namespace tanfang::app
