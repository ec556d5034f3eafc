// The refusals and notices that visits can give. Inside the room only.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"

namespace tanfang::visits {

inline Problem malformed_entry(std::string field, Words text) {
  return Problem("visit.malformed", 422,
                 {"记录格式有误，请按所列字段改正", "the record is malformed; mend the field named"},
                 {{std::move(field), "visit.malformed", std::move(text)}});
}
inline Problem invalid_visit(std::vector<FieldProblem> fields) {
  return Problem("visit.invalid", 422,
                 {"记录未通过检查，请按所列字段更正", "the record was refused: mend the fields named"},
                 std::move(fields));
}

inline FieldProblem time_malformed(std::string field) {
  return {std::move(field),
          "visit.time_malformed",
          {"时间应写作 2024-03-01T09:30:00+08:00", "write a time as 2024-03-01T09:30:00+08:00"}};
}
inline FieldProblem times_reversed() {
  return {"ended_at",
          "visit.times_reversed",
          {"结束时间早于开始时间，请更正", "the end is before the start: mend one of them"}};
}
inline FieldProblem too_long() {
  return {"ended_at",
          "visit.too_long",
          {"一次探访不会超过 24 小时，请更正时间", "a visit lasts less than 24 hours: mend the times"}};
}
inline FieldProblem in_future() {
  return {"ended_at",
          "visit.in_future",
          {"时间在将来，请探访之后再记录", "the time lies in the future: record a visit after it"}};
}
inline FieldProblem too_old() {
  return {
      "started_at", "visit.too_old", {"时间早于三年前，请更正", "the time lies more than three years back: mend it"}};
}
inline FieldProblem person_unknown(std::string field) {
  return {std::move(field),
          "visit.person_unknown",
          {"本县没有这位老人的档案，请先登记或申请转入",
           "the county has no file of this person: register or transfer them first"}};
}
inline FieldProblem person_deceased() {
  return {"person",
          "visit.person_deceased",
          {"此人在探访日之前已登记去世，请核对人员和日期",
           "the person is registered as deceased before that day: check person and date"}};
}
inline FieldProblem person_moved_out() {
  return {"person",
          "visit.person_moved_out",
          {"此人在探访日之前已迁出本县，请在迁入地记录",
           "the person had moved out of the county by that day: record it where they live"}};
}
inline FieldProblem method_unknown() {
  return {"method",
          "visit.method_unknown",
          {"方式应为 home、phone、video、encounter、monitoring、other 之一",
           "the method is one of home, phone, video, encounter, monitoring, other"}};
}
inline FieldProblem outcome_unknown() {
  return {"outcome",
          "visit.outcome_unknown",
          {"结果应为 met、not_home、refused 之一", "the outcome is one of met, not_home, refused"}};
}
inline FieldProblem form_missing() {
  return {"form",
          "visit.form_missing",
          {"见到老人的探访要填表，请写明表单", "a visit that met the person needs a form: name it"}};
}
inline FieldProblem form_unknown() {
  return {"form",
          "visit.form_unknown",
          {"没有这张表，或它不是探访记录表；请从列表中选择",
           "there is no such form, or it is not for visits; choose one of the list"}};
}
inline FieldProblem form_not_in_force() {
  return {"form",
          "visit.form_not_in_force",
          {"这张表的方案当日不在本地施行，请用本地方案的表",
           "the form's scheme was not in force there on that day: use the local form"}};
}
inline FieldProblem answers_without_form() {
  return {"answers",
          "visit.answers_without_form",
          {"有回答而没有表单，请写明表单", "answers without a form: name the form"}};
}
inline FieldProblem text_missing(std::string field) {
  return {std::move(field), "visit.text_missing", {"必填，请填写", "required: fill it in"}};
}
inline FieldProblem text_too_long(std::string field, int limit) {
  std::string most = std::to_string(limit);
  return {std::move(field),
          "visit.text_too_long",
          {"过长，最多 " + most + " 字", "too long: at most " + most + " characters"}};
}

// Notices: the record is kept, and the sender is told.
inline FieldProblem method_not_allowed(const std::string& allowed) {
  return {"method",
          "visit.method_not_allowed",
          {"已记录，但按方案此方式不计入应探访；计入的方式：" + allowed,
           "recorded, but by the scheme this method does not count for what is owed; those that do: " + allowed}};
}
inline FieldProblem person_declined() {
  return {"person",
          "visit.person_declined",
          {"已记录；此人当日登记为不愿接受探访", "recorded; the person had declined visits on that day"}};
}
inline FieldProblem person_suspended() {
  return {"person",
          "visit.person_suspended",
          {"已记录；此人当日处于暂停探访", "recorded; visits to the person were suspended on that day"}};
}
inline FieldProblem before_registration() {
  return {"started_at",
          "visit.before_registration",
          {"已记录；当日此人尚未登记，不计入应探访",
           "recorded; the person was not yet registered on that day, so nothing was owed"}};
}

inline FieldProblem attachment_malformed(const std::string& field) {
  return {field,
          "visit.attachment_malformed",
          {"应为附件内容的 SHA-256（64 位小写十六进制）",
           "must be the SHA-256 of an attachment's content, 64 lower-case hexadecimal digits"}};
}
inline FieldProblem attachment_not_put(const std::string& field) {
  return {field,
          "visit.attachment_unknown",
          {"本县没有收到这个附件，请先上传", "this attachment has not arrived in the county; send it first"}};
}
inline FieldProblem too_many_attachments(std::size_t most) {
  return {"attachments",
          "visit.attachments_too_many",
          {"附件最多 " + std::to_string(most) + " 个", "at most " + std::to_string(most) + " attachments"}};
}
inline Problem attachment_digest() {
  return Problem("attachment.digest", 422,
                 {"附件内容与地址中的 SHA-256 不符，请重新计算后上传",
                  "the content does not have the SHA-256 of the address; compute it anew and send it again"});
}
inline Problem attachment_type() {
  return Problem("attachment.type", 415,
                 {"附件只能是 JPEG 或 PNG 图片", "an attachment must be a JPEG or PNG picture"});
}
/// Not for good: a phone keeps what is answered so, and sends it again.
inline Problem attachments_of_day() {
  Words text{"本账号今天上传的照片已达 1 GB；其余照片留在手机上，请明天再发送",
             "this account has sent 1 GB of pictures today; keep the others and send them tomorrow"};
  return Problem("attachment.day_full", 507, text, {{"attachment", "attachment.day_full", text}});
}
inline Problem attachment_unknown() {
  return Problem("attachment.unknown", 404,
                 {"没有这个附件，或已删除；请重新打开记录",
                  "there is no such attachment, or not any more; open the record again"});
}

inline Problem key_reused() {
  return Problem(
      "visit.key_reused", 409,
      {"此编号已用于另一条内容不同的记录", "this key was used for a record with other content"},
      {{"key",
        "visit.key_reused",
        {"请为新记录换一个编号；更正请用 correct", "give a new record a key of its own; to correct, use correct"}}});
}
inline Problem unknown_visit() {
  return Problem("visit.unknown", 404,
                 {"没有这条探访记录；请从列表中选择", "there is no such visit record; choose one of the list"});
}
inline Problem already_corrected() {
  return Problem("visit.already_corrected", 409,
                 {"这条记录已被更正，请对最新的记录操作", "this record was corrected already: work on the newest one"});
}
inline Problem struck_out() {
  return Problem("visit.struck_out", 409,
                 {"这条记录已被督查剔除，不能再改；请另行登记一次探访",
                  "supervision struck this record out and it cannot be changed; record another visit"});
}
inline Problem paper_taken_out() {
  Words text{
      "这条记录的一张图片已因归错被移出，更正未保存；请去掉这张图片，核对内容后再保存",
      "a picture of this record was taken out since, being somebody else's or another record's; nothing was saved: "
      "leave it out, compare and save again"};
  return Problem("visit.paper_taken_out", 409, text, {{"attachments", "visit.paper_taken_out", text}});
}
inline Problem reason_missing() {
  Words text{"请写明原因", "give a reason"};
  return Problem("visit.reason_missing", 422, text, {{"reason", "visit.reason_missing", text}});
}
inline Problem reveal_reason_missing() {
  Words text{"查看记录内容须说明理由（至少 4 个字）", "a reason of at least 4 characters is needed to see the answers"};
  return Problem("visit.reveal_reason_missing", 422, text, {{"reason", "visit.reveal_reason_missing", text}});
}

}  // namespace tanfang::visits
