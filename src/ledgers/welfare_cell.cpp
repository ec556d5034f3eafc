#include "ledgers/welfare_cell.h"

#include <algorithm>

#include "base/text.h"
#include "ledgers/plain_words.h"

namespace tanfang::ledgers {
namespace {

bool is_relief(const std::string& value) { return value != "?" && value != "nothing"; }

/// Takes 无低保, 不属于低保户 off the beginning of the text: what is denied is not.
bool take_denied(const Words& words, std::string_view& rest) {
  const std::string* how = nullptr;
  std::size_t denial = words.table("denial").word_at(rest, how);
  if (denial == 0 || *how != "no") return false;
  std::string_view behind = rest.substr(denial);
  const WordTable& table = words.table("welfare");
  const std::string* what = nullptr;
  std::size_t length = table.word_at(behind, what);
  // 非分散供养 may be kept in an institution.
  bool one_of_two = length > 0 && what->starts_with("destitute_") && behind.find("特困") == std::string_view::npos;
  if (length == 0 || !is_relief(*what) || one_of_two) return false;
  rest = behind.substr(length);
  while (std::size_t filler = table.filler_at(rest)) rest.remove_prefix(filler);
  return true;
}

/// 低保：否, 低保无.
bool is_denied_behind(const Words& words, const std::string& plain) {
  const WordTable& table = words.table("welfare");
  const std::string* what = nullptr;
  std::size_t length = table.word_at(plain, what);
  if (length == 0 || length == plain.size() || !is_relief(*what)) return false;
  if (what->starts_with("destitute_")) return false;
  const std::string* answer = words.table("yes_no").find(plain.substr(length));
  return answer != nullptr && *answer == "no";
}

/// One part between marks. False where something in it is not understood.
bool read_part(const Words& words, const std::string& plain, std::vector<std::string>& values) {
  const WordTable& table = words.table("welfare");
  if (const std::string* whole = table.find(plain)) {
    values.push_back(*whole);
    return true;
  }
  if (is_denied_behind(words, plain)) {
    values.emplace_back("nothing");
    return true;
  }
  std::string_view rest = plain;
  bool denied = false;
  while (!rest.empty() && take_denied(words, rest)) denied = true;
  if (denied) values.emplace_back("nothing");
  if (rest.empty()) return true;
  return !denies_or_doubts(words, rest) && table.scan(rest, values);
}

}  // namespace

bool denies_or_doubts(const Words& words, std::string_view plain) {
  const WordTable& table = words.table("denial");
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if ((static_cast<unsigned char>(plain[i]) & 0xC0) == 0x80) continue;
    const std::string* value = nullptr;
    if (table.word_at(plain.substr(i), value) > 0) return true;
  }
  return false;
}

Said read_welfare(const Words& words, const std::string& text) {
  Said said;
  std::string plain = plain_value(text);
  bool understood = true;
  if (words.table("welfare").find(plain) != nullptr) {
    said.values = {*words.table("welfare").find(plain)};
  } else if (!read_part(words, plain, said.values)) {
    // The parts one by one: 否（低保）, 低保：否 read as a whole, 低保、未享受特困 do not.
    said.values.clear();
    std::string marked = half_width(text);
    for (std::string_view mark : {"、", ",", ";", "/", "+", "和", "\n", "。"}) marked = replaced(marked, mark, "|");
    for (const std::string& part : split(marked, '|')) {
      std::string one = plain_value(part);
      if (!one.empty()) understood = read_part(words, one, said.values) && understood;
    }
  }
  auto drop = [&](std::string_view one) { return std::erase(said.values, std::string(one)) > 0; };
  bool open = drop("?");
  bool unclear = drop("unclear");
  bool nothing = drop("nothing");
  if (!understood || (unclear && said.values.empty())) return {Said::Kind::unreadable, {}, {}, -1, {}};
  if (said.values.empty() && open && !nothing) return {};
  if (said.values.empty() && !nothing) return {Said::Kind::unreadable, {}, {}, -1, {}};
  said.kind = Said::Kind::value;
  return said;
}

}  // namespace tanfang::ledgers
