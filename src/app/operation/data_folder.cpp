#include "app/operation/data_folder.h"

#include <filesystem>

#include "app/operation/operation_problems.h"
#include "app/operation/schema_store.h"

namespace tanfang::app {

bool has_data(const Surroundings& surroundings) {
  if (surroundings.database_address.empty()) return std::filesystem::exists(surroundings.embedded_path());
  return last_step(*db::open_postgresql(surroundings.database_address, 1)).has_value();
}

void require_data(const Surroundings& surroundings) {
  if (has_data(surroundings)) return;
  throw data_missing(surroundings.database_address.empty() ? surroundings.data_folder : "PostgreSQL");
}

void make_data_folder(const std::string& path) {
  std::error_code error;
  if (std::filesystem::create_directories(path, error)) {
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  }
  if (error) throw Failure("cannot make the data folder " + path + ": " + error.message());
}

}  // namespace tanfang::app
