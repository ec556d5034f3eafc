// A believable county of invented elders, as its clerk would have written them into a ledger.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/demo/chance.h"
#include "base/date.h"
#include "registry/registry.h"

namespace tanfang::app {

/// The columns of the demonstration ledger, in order; they are headers that counties use.
inline constexpr std::array<const char*, 24> kLedgerHeaders = {"序号",           "镇（街道）",   "村（社区）",
                                                               "姓名",           "性别",         "公民身份号码",
                                                               "出生日期",       "户籍类别",     "是否居住在户籍所在地",
                                                               "详细住址",       "联系电话",     "紧急联系人",
                                                               "紧急联系人电话", "婚姻状况",     "共同居住人",
                                                               "子女数",         "子女居住情况", "子女是否外出半年以上",
                                                               "能力程度",       "残疾等级",     "曾患病史",
                                                               "经济情况",       "健康状况",     "是否愿意接受探访"};

using LedgerRow = std::array<std::string, kLedgerHeaders.size()>;

/// A village with the name of its town.
struct DemoVillage {
  std::string code;
  std::string name;
  std::string town;
};

/// All villages of the county. Throws Problem `area.unknown` where the shipped areas hold none.
std::vector<DemoVillage> villages_of(const registry::AreaIndex& areas, const std::string& county);

/// `count` people of 60 and older on `on`. Numbers are well formed and invented; no two are the same within a county.
/// Shares follow the censuses roughly: age thins out from 60 to 100, women live longer, spouses and abilities are lost
/// with age, many children work elsewhere; some cells are empty, as in real ledgers.
std::vector<LedgerRow> make_population(Chance& chance, const std::vector<DemoVillage>& villages, int count, Date on);

/// Spoils about `percent` of the rows as clerks do: a wrong digit, a number kept by the sheet as a number, a twin row,
/// an empty name, a village that does not exist, a birth date that disagrees. Returns how many.
int spoil_rows(Chance& chance, std::vector<LedgerRow>& rows, double percent);

}  // namespace tanfang::app
