// The refusals of scheme drafts.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::app::drafts::problems {

inline Problem draft_unknown() {
  return Problem("draft.unknown", 404,
                 {"没有这份方案草稿，可能已被删除；请刷新列表",
                  "there is no such draft of a scheme, or not any more; load the list again"});
}

inline Problem too_many_drafts(std::size_t most) {
  std::string number = std::to_string(most);
  return Problem("draft.too_many", 409,
                 {"本县方案草稿已达 " + number + " 份，请先删除不用的",
                  "the county has " + number + " drafts already; delete some first"});
}

inline Problem file_name(const std::string& path) {
  Words text{
      "文件名须为 scheme.toml、scheme-….toml、indicators.toml、cases.jsonl、cases-….jsonl 或 forms/….toml"
      "（小写字母、数字、-、_）",
      "must be scheme.toml, scheme-….toml, indicators.toml, cases.jsonl, cases-….jsonl or forms/….toml "
      "(a-z, 0-9, - and _)"};
  return Problem("draft.file_name", 422, text, {{"files." + path, "draft.file_name", text}});
}

inline Problem too_large(const std::string& path, const Words& limit) {
  Words text{"超出限制：" + limit.zh + "，请删减后再保存",
             "beyond the limit: " + limit.en + "; shorten it and save again"};
  return Problem("draft.too_large", 422, text, {{path.empty() ? "files" : "files." + path, "draft.too_large", text}});
}

inline Problem scheme_name() {
  Words text{"方案编号须为 1 至 60 个小写字母、数字、-、_，且不能是 common、drafts 或 lint",
             "a scheme's id is 1 to 60 of a-z, 0-9, - and _, and none of common, drafts and lint"};
  return Problem("draft.scheme_name", 422, text, {{"scheme", "draft.scheme_name", text}});
}

inline Problem no_files() {
  Words text{"草稿须从现行方案（based_on）或一组含 scheme.toml 的文件（files）开始",
             "a draft begins from a scheme (based_on) or from files with a scheme.toml among them (files)"};
  return Problem("draft.no_files", 422, text, {{"files", "draft.no_files", text}});
}

inline Problem draft_invalid() {
  return Problem("draft.invalid", 409,
                 {"草稿还不能使用：请先检查并改正其中的错误，编号（id）须与草稿一致",
                  "the draft cannot be used yet: check it and mend its mistakes; its id must be the draft's"});
}

inline Problem not_in_force(const std::string& day) {
  return Problem(
      "simulation.not_in_force", 409,
      {"草稿在 " + day + " 对本县不生效：请核对生效日期（in_force、until）、适用地区（area），以及本县所选的方案",
       "the draft would not be in force in the county on " + day +
           ": check in_force, until and area, and which schemes the county chose"});
}

inline Problem simulation_unknown() {
  return Problem("simulation.unknown", 404,
                 {"这份草稿还没有模拟过，或模拟已取消；请先模拟",
                  "the draft was not simulated yet, or that was dropped; simulate it first"});
}

inline Problem draft_frozen() {
  return Problem(
      "draft.frozen", 409,
      {"草稿正在等待批准或已经发布，不能再改；请先由他人退回，或另起一份草稿",
       "the draft waits for approval or is published and cannot be changed; have it rejected first, or begin another"});
}

inline Problem publication_date() {
  return Problem("publication.date", 409,
                 {"生效日期须在今天之后，并与草稿中唯一版本的 in_force 一致",
                  "the day in force must lie ahead and be that of the draft's only version (in_force)"});
}

inline Problem publication_forms() {
  return Problem(
      "publication.forms", 409,
      {"草稿改动了表单（forms、indicators.toml）；表单须由管理员随方案文件夹更新，请还原后再发布",
       "the draft changes forms (forms, indicators.toml); these come with a scheme folder from the operator: put "
       "them back first"});
}

inline Problem publication_unknown() {
  return Problem("publication.unknown", 404,
                 {"这份草稿没有待批准的发布申请", "nobody asked that this draft be published, or that is decided"});
}

inline Problem same_account() {
  return Problem("publication.same_account", 403,
                 {"申请人不能批准自己的发布申请，请由另一账号批准",
                  "who asked for the publication cannot approve it; another account must"});
}

}  // namespace tanfang::app::drafts::problems
