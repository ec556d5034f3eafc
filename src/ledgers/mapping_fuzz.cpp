// Any text as a mapping file, and what it says of a small ledger.
#include <cstdint>

#include "base/problem.h"
#include "ledgers/checking.h"
#include "ledgers/test_ledgers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace tanfang;
  static const auto kSchemes = schemes::SchemeSet::load(TANFANG_SOURCE_DIR);
  static const auto kAreas =
      registry::AreaIndex::from_csv(std::string(TANFANG_SOURCE_DIR) + "/data/areas.csv", "370305");
  static const ledgers::Words kWords = ledgers::load_words(TANFANG_SOURCE_DIR);
  static const excel::TemporaryFolder kFolder;
  static const std::string kPath = kFolder.write(
      "a.csv",
      "姓名,身份证号,村,残疾等级,居住状况\n张三,370305194203150118,西单村,一级,独居\n李四,,东单村,五级,其他\n");
  try {
    auto mapping = ledgers::read_mapping({reinterpret_cast<const char*>(bytes), size}, kSchemes.vocabulary());
    ledgers::LedgerImport order;
    order.area = "370305";
    order.mapping = mapping;
    ledgers::LedgerFile file(kWords, kAreas, {kPath, "370305", mapping, ledgers::kToday, {}});
    ledgers::check_rows(file, order, ledgers::kToday);
  } catch (const Problem&) {
  }
  return 0;
}
