// What the interface refuses before a use case is asked.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::app::server {

inline Problem sign_in_needed() { return Problem("session.needed", 401, {"请先登录", "sign in first"}); }

inline Problem csrf_wrong() {
  return Problem("session.csrf", 403,
                 {"缺少或错误的防伪标记，请刷新页面后重试",
                  "the X-CSRF-Token header is missing or wrong; load the page again and retry"});
}

inline Problem device_needed() {
  return Problem("device.needed", 401,
                 {"这部手机没有绑定账号，或绑定已解除；请向开户单位索取绑定链接",
                  "this phone is bound to no account, or not any more; ask the office for a link"});
}

inline Problem device_link_over() {
  return Problem("device.invitation_over", 410,
                 {"绑定链接已使用或过期；请联系开户单位重新发送",
                  "the link is used or over; ask the office that made the account for a new one"});
}

inline Problem device_header() {
  return Problem("device.header", 403,
                 {"请求没有注明手机编号（X-Tanfang-Device）；请从探访应用内操作",
                  "the X-Tanfang-Device header is missing or wrong; work from within the application"});
}

inline Problem cross_site() {
  return Problem("session.cross_site", 403,
                 {"请求来自其他网站，已拒绝；请直接打开本系统的网址操作",
                  "the request comes from another site and is refused; work from this system's own address"});
}

inline Problem too_many_requests() {
  return Problem("request.too_many", 429,
                 {"来自同一地址的请求过于频繁，请稍后再试", "too many requests from this address; wait and try again"});
}

inline Problem too_many_streams() {
  Words text{
      "本账号打开的窗口太多，本窗口不会自动更新；请关闭不用的窗口后刷新",
      "this account has too many windows open and this one is not kept up to date; close some and load it again"};
  return Problem("events.too_many", 429, text, {{"account", "events.too_many", text}});
}

inline Problem body_type() {
  return Problem("body.type", 415, {"请求正文须为 application/json", "the body must be application/json"});
}

inline Problem geojson_type() {
  return Problem("body.geojson", 415,
                 {"请求正文须为 application/geo+json 或 application/json",
                  "the body must be application/geo+json or application/json"});
}

inline Problem body_not_object() {
  return Problem("body.object", 422, {"请求正文须为一个 JSON 对象", "the body must be one JSON object"});
}

inline Problem invalid_request(std::vector<FieldProblem> fields) {
  return Problem("request.invalid", 422,
                 {"有填写不正确的内容，请按提示改正", "some fields are wrong; mend them as told"}, std::move(fields));
}

inline FieldProblem field_missing(const std::string& field) {
  return {field, "field.missing", {"必须填写", "must be given"}};
}

inline FieldProblem field_type(const std::string& field, const Words& wanted) {
  return {field, "field.type", {"须为" + wanted.zh, "must be " + wanted.en}};
}

inline FieldProblem field_unknown(const std::string& field) {
  return {field,
          "field.unknown",
          {"没有这个字段，请删去或核对拼写", "there is no such field; remove it or check its spelling"}};
}

inline FieldProblem area_not_known(const std::string& field) {
  return {field, "area.unknown", {"没有这个区划，请核对代码", "there is no such area; check the code"}};
}

inline FieldProblem field_repeated(const std::string& field) {
  return {field, "field.repeated", {"只能给出一次", "may be given once only"}};
}

inline Problem key_malformed() {
  Words text{"Idempotency-Key 须为 1 至 100 个可见的 ASCII 字符",
             "Idempotency-Key must be 1 to 100 visible ASCII characters"};
  return Problem("idempotency.key", 422, text, {{"Idempotency-Key", "idempotency.key", text}});
}

inline Problem key_taken() {
  Words text{"同一 Idempotency-Key 已用于另一个请求，请换一个",
             "this Idempotency-Key was used for another request; take a new one"};
  return Problem("idempotency.reused", 422, text, {{"Idempotency-Key", "idempotency.reused", text}});
}

inline Problem precondition_needed() {
  return Problem("precondition.needed", 428,
                 {"修改须带 If-Match，请先读取最新内容", "an edit needs If-Match; read the present state first"});
}

inline Problem precondition_failed() {
  return Problem(
      "precondition.failed", 412,
      {"内容已被他人修改，请刷新后核对再提交", "somebody has changed this since; read it again, compare and resend"});
}

inline Problem invitation_over() {
  return Problem("invitation.over", 410,
                 {"邀请链接无效、已使用或已过期，请联系发出邀请的人重新发送",
                  "the invitation is unknown, used or over; ask whoever sent it for another"});
}

inline Problem whole_trail_only() {
  return Problem(
      "audit.whole_trail", 403,
      {"整条审计链只能由全国范围的审计员核验", "only an auditor of the whole deployment may verify the whole trail"});
}

inline Problem verification_busy() {
  return Problem("audit.busy", 503,
                 {"正在核验审计链，请稍后再试", "the trail is being verified already; try again later"});
}

inline Problem ledger_unknown() {
  return Problem("ledger.unknown", 404,
                 {"没有这次台账导入，或已超过一小时，请重新上传",
                  "there is no such ledger, or it was sent over an hour ago; send it again"});
}

inline Problem ledger_queue_full() {
  return Problem("ledger.queue_full", 503,
                 {"等待处理的台账太多，请稍后再上传", "too many ledgers are waiting; send it again later"});
}

inline Problem pages_missing() {
  return Problem("pages.missing", 404,
                 {"网页尚未生成，请管理员运行 bin/build 后重新启动",
                  "the pages are not built yet; the operator runs bin/build and starts the server again"});
}

inline Problem view_unknown() {
  return Problem("view.unknown", 404,
                 {"没有这个已存的筛选，可能已删除；请刷新列表",
                  "there is no such saved view, or not any more; load the list again"});
}

inline Problem too_many_views() {
  return Problem("view.too_many", 409,
                 {"已存的筛选已达 50 个，请先删除不用的", "50 views are saved already; delete some first"});
}

inline Problem consent_not_given() {
  return Problem("consent.not_given", 409,
                 {"没有可撤回的同意：此人未同意过这一项，或已撤回；请核对",
                  "there is nothing to withdraw: the person never gave this consent, or took it back already; look at "
                  "the file again"});
}

inline Problem lint_busy() {
  return Problem("lint.busy", 503,
                 {"正在检查另一份方案，请稍后再试", "another scheme is being checked; try again in a moment"});
}

inline Problem form_not_known() {
  return Problem(
      "form.unknown", 404,
      {"该方案没有这张表；请从方案的表单清单中选取", "the scheme has no such form; choose one from its list"});
}

inline Problem document_unknown() {
  return Problem("document.unknown", 404,
                 {"还没有附上这个方案的文件；请县级民政部门先上传",
                  "the document of this scheme has not been attached yet; ask the county bureau to upload it"});
}
inline Problem document_kind() { return Problem("document.kind", 422, {"请上传 PDF 文件", "upload a PDF file"}); }

inline Problem backup_unknown() {
  return Problem("backup.unknown", 404,
                 {"没有这个备份，可能已被清除；请从备份清单中选取",
                  "there is no such backup, or it was removed since; choose one from the list"});
}

inline Problem cursor_malformed() {
  Words text{"翻页标记无效，请从第一页重新开始", "the cursor is not one of ours; begin at the first page"};
  return Problem("request.cursor", 422, text, {{"cursor", "request.cursor", text}});
}

}  // namespace tanfang::app::server
