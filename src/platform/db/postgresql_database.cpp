#include "base/problem.h"
#include "platform/db/database.h"

namespace tanfang::db {

std::unique_ptr<Database> open_postgresql(const std::string& address, int) {
  throw Failure("this build cannot open " + address);
}

}  // namespace tanfang::db
