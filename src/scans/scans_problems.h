// The refusals of scans.
#pragma once

#include "base/problem.h"
#include "scans/scans.h"

namespace tanfang::scans::problems {

inline Problem refused(const char* code, int status, const char* field, Words text) {
  return Problem(code, status, text, {{field, code, text}});
}
inline Problem kind() {
  return refused("scan.kind", 415, "file",
                 {"只能上传 PDF、JPEG 或 PNG 文件，请另存后再传",
                  "only PDF, JPEG and PNG files can be taken; save it as one of them"});
}
inline Problem too_large() {
  return refused("scan.too_large", 413, "file",
                 {"一个文件最多 64 MB，请分成几个文件再传", "a file has at most 64 MB; send it in several files"});
}
inline Problem unknown() {
  return Problem("scan.unknown", 404, {"没有这一页，请刷新列表", "there is no such page; load the list again"});
}
inline Problem no_picture() {
  return Problem("scan.no_picture", 409,
                 {"这一页没能打开，没有图片；请重新扫描后再传",
                  "this page could not be opened and has no picture; scan it again"});
}
inline Problem settled() {
  return Problem("scan.settled", 409,
                 {"这一页已经归入记录，请刷新列表", "this page is attached to a record already; load the list again"});
}
inline Problem changed(const Page& page) {
  constexpr const char* kDone[][2] = {{"归入了记录", "put it to a record"},
                                      {"认领了", "said whose it is"},
                                      {"从记录中移出了", "took it out of a record"},
                                      {"搁置了", "set it aside"}};
  const auto& done = kDone[static_cast<std::size_t>(page.state)];
  // One that nobody has touched was read anew.
  std::string who = page.settled_by.substr(page.settled_by.find(':') + 1);
  std::string when = page.settled_at ? format_instant(*page.settled_at).substr(0, 16) : "";
  if (who.empty() || when.empty()) {
    return Problem("scan.changed", 412, {"这一页已有变化，请核对后再处理", "this page has changed; look at it again"});
  }
  when[10] = ' ';
  bool by_itself = page.settled_by.starts_with("job:");  // the same paper, sent for another area
  return Problem("scan.changed", 412,
                 {(by_itself ? "系统" : who) + " 已于 " + when + " 将这一页" + done[0] + "，请核对后再处理",
                  (by_itself ? "the system" : who) + " " + done[1] + " at " + when + "; look at it again"});
}
inline Problem not_attached() {
  return Problem("scan.not_attached", 409,
                 {"这一页不在任何记录中，请刷新列表", "this page is attached to no record; load the list again"});
}
inline Problem other_person() {
  return refused("scan.other_person", 422, "visit",
                 {"这条记录是另一位老年人的，请核对后另选", "this record is somebody else's; choose another one"});
}
inline Problem full() {
  return refused("scan.full", 422, "visit",
                 {"这条记录的图片已满 10 张，不能再归入；请写明原因后搁置",
                  "this record has 10 pictures already and takes no more; set the page aside with a reason"});
}
inline Problem not_joinable() {
  return refused(
      "scan.not_joinable", 422, "sheet",
      {"那一页还不知道是谁的，请先处理那一页", "whose that page is, is not known yet; settle that one first"});
}
inline Problem reason() {
  return refused("scan.reason", 422, "reason",
                 {"请写明原因，2 至 500 个字", "give the reason, in 2 to 500 characters"});
}

}  // namespace tanfang::scans::problems
