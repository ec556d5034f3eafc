// Reading `.xls` in a process of its own: libfreexl is not trusted with the server's memory.
#pragma once

#include <string_view>

namespace tanfang::excel {

/// For `main`, before anything else: where this process was started to read an `.xls` for its parent, does that and
/// ends. A program whose `main` does not call it cannot open an `.xls` (Failure).
void read_xls_for_parent(int count, char** words);
bool can_read_xls();

/// The first word; the second is `sheets`, or the number of the sheet whose cells are wanted.
inline constexpr std::string_view kReadXls = "--read-xls-of-parent";

/// How the child ends.
struct XlsExit {
  enum Code : int { done = 0, malformed = 10, is_protected = 11, not_a_table = 12 };
};

}  // namespace tanfang::excel
