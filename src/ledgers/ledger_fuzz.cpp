// Any text as a ledger: layouts, values and places that nobody thought of.
#include <cstdint>

#include "base/problem.h"
#include "ledgers/test_ledgers.h"
#include "platform/excel/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace tanfang;
  if (excel::is_compound(bytes, size)) return 0;
  static const auto kAreas =
      registry::AreaIndex::from_csv(std::string(TANFANG_SOURCE_DIR) + "/data/areas.csv", "370305");
  static const ledgers::Words kWords = ledgers::load_words(TANFANG_SOURCE_DIR);
  excel::MemoryFile source(bytes, size);
  try {
    ledgers::LedgerImport order;
    order.area = "370305";
    ledgers::LedgerFile file(kWords, kAreas, {source.path(), "370305", {}, ledgers::kToday, excel::fuzz_limits()});
    auto result = ledgers::check_rows(file, order, ledgers::kToday);
    if (result.accepted + static_cast<std::int64_t>(result.refused.size()) != result.rows) __builtin_trap();
  } catch (const Problem&) {
  }
  return 0;
}
