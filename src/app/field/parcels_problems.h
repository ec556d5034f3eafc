// How parcels from phones are refused for good.
#pragma once

#include "base/problem.h"

namespace tanfang::app::field {

inline Problem parcel_unreadable() {
  return Problem("parcel.unreadable", 422,
                 {"这份记录无法解开：不是用本服务的公钥封装，或传输中损坏；请重新保存后再发送",
                  "the parcel does not open: it was sealed for another key, or altered; save it anew and send it"});
}

inline Problem parcel_content() {
  return Problem("parcel.content", 422,
                 {"记录内容须为一个 JSON 对象；请更新应用后重试",
                  "the parcel must hold one JSON object; update the application and try again"});
}

inline Problem parcel_kind() {
  FieldProblem field{
      "kind", "parcel.kind", {"没有这一类记录；请更新应用", "there is no such kind; update the application"}};
  return Problem("parcel.kind", 422, field.text, {field});
}

inline Problem household_result_unknown() {
  FieldProblem field{"result",
                     "parcel.result",
                     {"应为 nobody_eligible、registered、declined 或 not_home",
                      "must be nobody_eligible, registered, declined or not_home"}};
  return Problem("parcel.result", 422, field.text, {field});
}

inline Problem parcel_key() {
  FieldProblem field{"key", "parcel.key", {"须为 1 至 100 个字符", "must have 1 to 100 characters"}};
  return Problem("parcel.key", 422, field.text, {field});
}

inline Problem parcel_key_reused() {
  FieldProblem field{
      "key",
      "parcel.key_reused",
      {"这个编号已用于另一份内容；请另存为新的记录", "the key stands for another content; save it as a new one"}};
  return Problem("parcel.key_reused", 409, field.text, {field});
}

inline Problem parcel_rejected() {
  return Problem("parcel.rejected", 422,
                 {"手机停用后送来的这份记录，经办人审核后未采纳；如有疑问请联系开户单位",
                  "an office judged what this revoked phone sent and did not accept it; ask the office"});
}

inline Problem parcel_unknown() {
  return Problem("parcel.unknown", 404, {"没有这份待审记录；请核对编号", "no such parcel was set aside; check the id"});
}

inline Problem parcel_judged() {
  return Problem("parcel.judged", 409,
                 {"这份记录已审核过；请刷新列表", "this parcel was judged already; load the list again"});
}

inline Problem parcel_own() {
  return Problem(
      "parcel.own", 409,
      {"这份记录来自您自己的手机，请由其他工作人员审核", "it is from your own phone; let somebody else judge it"});
}

}  // namespace tanfang::app::field
