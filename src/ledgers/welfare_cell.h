// What a cell says of relief: 低保, 特困人员（分散供养）, 无低保.
#pragma once

#include <string>

#include "ledgers/row_facts.h"
#include "ledgers/words.h"

namespace tanfang::ledgers {

/// A clear denial (不属于低保) is nothing; a doubt (原低保, 申请低保中) leaves the fact unknown.
Said read_welfare(const Words& words, const std::string& text);

/// Whether a plain text denies or doubts anything: 不, 未, 原, 已取消.
bool denies_or_doubts(const Words& words, std::string_view plain);

}  // namespace tanfang::ledgers
