#include "app/names.h"

#include <map>

namespace tanfang::app {
namespace {

std::string name_in(const std::map<std::string, std::string>& names, const std::string& code) {
  auto found = names.find(code);
  return found == names.end() ? code : found->second;
}

}  // namespace

Names::Names(const schemes::SchemeSet& set, const std::string& area, Date on) : schemes_(set.in_area(area, on)) {
  for (const auto& scheme : set.all()) schemes_.push_back(scheme.get());
}

std::string Names::tier(const std::string& id) const {
  if (id.empty() || id == "none") return "未分层";
  return first_name(id, [&](const schemes::Scheme& scheme) { return scheme.find_tier(id); });
}

std::string Names::category(const std::string& id) const {
  return first_name(id, [&](const schemes::Scheme& scheme) { return scheme.find_category(id); });
}

std::string Names::first_name(const std::string& id, const auto& find) const {
  for (const schemes::Scheme* scheme : schemes_) {
    if (const auto* found = find(*scheme)) return found->words.zh;
  }
  return id;
}

std::string state_name(const std::string& state) {
  static const std::map<std::string, std::string> kNames = {
      {"owed", "应访"},      {"met", "完成"},         {"overdue", "逾期"},   {"declined", "谢绝"},
      {"suspended", "暂停"}, {"unknown", "资格不明"}, {"none", "本月无到期"}};
  return name_in(kNames, state);
}

std::string status_name(const std::string& status) {
  static const std::map<std::string, std::string> kNames = {
      {"active", "在册"}, {"declined", "谢绝探访"}, {"suspended", "暂停"}, {"moved_out", "迁出"}, {"deceased", "去世"}};
  return name_in(kNames, status);
}

}  // namespace tanfang::app
