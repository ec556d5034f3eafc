// Every refusal that accounts and their rights can give.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::identity::problems {

/// A refusal whose one field says what the whole says.
inline Problem refusal(const std::string& field, const std::string& code, int status, const Words& text) {
  return {code, status, text, {{field, code, text}}};
}

inline Problem forbidden() {
  return refusal("permission", "identity.forbidden", 403,
                 {"您的账号没有这项权限；如工作需要，请联系为您开户的单位",
                  "your account may not do this; ask the office that made it if your work needs it"});
}

inline Problem must_enrol() {
  return refusal("second_factor", "identity.must_enrol", 403,
                 {"请先绑定动态口令（“我的账号”，或 POST /session/second-factor），再继续",
                  "set up your authenticator first (“My account”, or POST /session/second-factor)"});
}

inline Problem link_by_owner() {
  return refusal("account", "identity.link_by_owner", 409,
                 {"该账号已启用动态口令或属于三员账号，只能由本人登录后自行绑定",
                  "this account has a second factor or one of the three duties: only its owner links it, signed in"});
}

inline Problem outside_area() {
  return refusal("area", "identity.outside_area", 403,
                 {"不在您的管辖区域内；请核对区划代码", "it lies outside your area; check the area code"});
}

inline Problem may_not_appoint() {
  return refusal("role", "identity.may_not_appoint", 403,
                 {"您不能开立或管理这一角色的账号；请由其上级单位办理",
                  "your role neither makes nor manages accounts of this role; ask the office above it"});
}

inline Problem machine_role() {
  return refusal(
      "role", "identity.machine_role", 422,
      {"外部系统账号不能邀请、不设密码，也不能与其他角色互换；请另建账号并发令牌",
       "an account of role machine has no invitation or password and keeps its role; make one, issue tokens"});
}

inline Problem own_account() {
  return refusal("account", "identity.own_account", 409,
                 {"不能更改自己的角色、区域或停用自己；请由其他管理人员办理",
                  "nobody changes the role or area of their own account or disables it; ask another manager"});
}

inline Problem account_unknown() {
  return refusal("account", "identity.account_unknown", 404,
                 {"没有这个账号；请核对编号", "there is no such account; check the id"});
}

inline Problem login_malformed() {
  return refusal("login", "identity.login_malformed", 422,
                 {"登录名须为 3 至 64 个字符，只用小写字母、数字和 . _ - @",
                  "a login has 3 to 64 characters of a-z, 0-9 and . _ - @"});
}

inline Problem login_taken() {
  return refusal("login", "identity.login_taken", 409,
                 {"登录名已被使用；请换一个", "the login is taken; choose another"});
}

inline Problem name_missing() {
  return refusal("name", "identity.name_missing", 422,
                 {"名称为空或超过 100 字；请填写", "the name is empty or longer than 100 characters; give one"});
}

inline Problem area_level(const std::string& role) {
  return refusal("area", "identity.area_level", 422,
                 {"区划代码与角色 " + role + " 的层级不符；请填写该角色所在层级的代码",
                  "the area is not of a level that role " + role + " works at; give a code of its level"});
}

inline Problem invitation_over() {
  return refusal("token", "identity.invitation_over", 410,
                 {"邀请链接已使用或过期；请联系开户单位重新发送",
                  "the invitation is used or over; ask the office that made the account for a new one"});
}

inline Problem password_short(int length) {
  std::string least = std::to_string(length);
  return refusal("password", "identity.password_short", 422,
                 {"密码至少 " + least + " 个字符；可用一句话",
                  "a password has at least " + least + " characters; a phrase is good"});
}

inline Problem password_long() {
  return refusal("password", "identity.password_long", 422,
                 {"密码最多 128 个字符；请缩短", "a password has at most 128 characters; shorten it"});
}

inline Problem password_text() {
  return refusal("password", "identity.password_text", 422,
                 {"密码含有控制字符或不是有效文本；请重新输入",
                  "the password has control characters or is not valid text; type it again"});
}

inline Problem password_name() {
  return refusal(
      "password", "identity.password_name", 422,
      {"密码不能包含登录名或姓名；请换一个", "a password may not contain the login or the name; choose another"});
}

inline Problem password_common() {
  return refusal("password", "identity.password_common", 422,
                 {"这是常见密码，容易被猜中；请换一个", "this password is common and easily guessed; choose another"});
}

inline Problem password_wrong() {
  return refusal("old_password", "identity.password_wrong", 422,
                 {"原密码不正确；请重新输入", "the old password is not right; type it again"});
}

inline Problem sign_in_refused() {
  return refusal("login", "identity.sign_in_refused", 401,
                 {"登录名或密码不正确，或账号不可用；请核对后重试",
                  "the login or the password is not right, or the account is not open; check and try again"});
}

inline Problem code_needed() {
  return refusal(
      "code", "identity.code_needed", 401,
      {"请输入验证器上的 6 位验证码或一个恢复码", "give the six digits of your authenticator, or a recovery code"});
}

inline Problem code_wrong() {
  return refusal(
      "code", "identity.code_wrong", 401,
      {"验证码不正确或已使用；请等待下一个验证码", "the code is not right or used already; wait for the next one"});
}

inline Problem too_many_tries(std::int64_t seconds) {
  std::string wait = std::to_string(seconds);
  return refusal("login", "identity.too_many_tries", 429,
                 {"尝试次数过多；请在 " + wait + " 秒后再试", "too many tries; try again in " + wait + " seconds"});
}

inline Problem busy() {
  return refusal("password", "identity.busy", 503,
                 {"登录人数过多；请稍后再试", "too many people sign in at this moment; try again shortly"});
}

inline Problem session_unknown() {
  return refusal(
      "session", "identity.session_unknown", 404,
      {"没有这个会话；可能已结束，请刷新列表", "there is no such session, or it is over already; load the list again"});
}

inline Problem factor_present() {
  return refusal("code", "identity.factor_present", 409,
                 {"已启用验证器；如需更换，请由管理人员解除后重新绑定",
                  "a second factor is in use; to replace it, have a manager remove it first"});
}

inline Problem factor_not_begun() {
  return refusal("code", "identity.factor_not_begun", 409,
                 {"尚未开始绑定验证器；请先获取密钥", "enrolment has not begun; ask for the secret first"});
}

inline Problem token_role() {
  return refusal("account", "identity.token_role", 422,
                 {"令牌只发给外部系统账号；请选择角色为 machine 的账号",
                  "tokens are for accounts of role machine only; choose one"});
}

inline Problem token_scope() {
  return refusal("permissions", "identity.token_scope", 422,
                 {"令牌权限为空，或超出外部系统或您自己的权限；请减少",
                  "the permissions are none, or more than machines or you yourself have; give fewer"});
}

inline Problem token_life() {
  return refusal(
      "ends_at", "identity.token_life", 422,
      {"令牌到期时间须在将来且不超过一年；请修改", "a token ends in the future and within a year; change it"});
}

inline Problem token_unknown() {
  return refusal(
      "token", "identity.token_unknown", 404,
      {"没有这个令牌；可能已撤销，请刷新列表", "there is no such token, or it was revoked; load the list again"});
}

inline Problem link_taken() {
  return refusal("subject", "identity.link_taken", 409,
                 {"此外部身份已绑定账号，或该账号已绑定此平台的另一身份；请先解除",
                  "this identity is linked already, or the account to another of the same issuer; unlink first"});
}

inline Problem sign_on_over() {
  return refusal("state", "identity.sign_on_over", 422,
                 {"登录已超时、已完成或不是在此浏览器中开始的；请重新登录",
                  "this sign-on is over, done, or was begun in another browser; begin again"});
}

inline Problem emergency_reason() {
  return refusal("reason", "identity.emergency_reason", 422,
                 {"紧急访问须说明理由（4 至 500 字）", "emergency access needs a reason of 4 to 500 characters"});
}

inline Problem emergency_area() {
  return refusal("area", "identity.emergency_area", 422,
                 {"紧急访问须指定本区域以外的一个县、乡镇或村（6、9 或 12 位代码）",
                  "emergency access needs one county, town or village outside your area (6, 9 or 12 digits)"});
}

inline Problem emergency_limit(int limit) {
  std::string most = std::to_string(limit);
  return refusal("area", "identity.emergency_limit", 429,
                 {"今天的紧急访问已达 " + most + " 次；请联系上级单位",
                  "emergency access was opened " + most + " times today; ask your supervisor"});
}

inline Problem reveal_limit(int limit) {
  std::string most = std::to_string(limit);
  return refusal("reveal", "identity.reveal_limit", 429,
                 {"今天查看完整信息已达 " + most + " 次；请明天再查或联系上级",
                  "unmasked data was seen " + most + " times today; continue tomorrow or ask your supervisor"});
}

inline Problem device_role() {
  return refusal("account", "device.role", 422,
                 {"只有探访员和村（社区）经办人的账号可以绑定手机；请选择这样的账号",
                  "only accounts of visitors and village clerks are bound to phones; choose one"});
}

inline Problem device_invitation_over() {
  return refusal("token", "device.invitation_over", 410,
                 {"绑定链接已使用或过期；请联系开户单位重新发送",
                  "the link is used or over; ask the office that made the account for a new one"});
}

inline Problem device_label() {
  return refusal("label", "device.label", 422,
                 {"手机名称为空或超过 100 字；请填写", "the phone's name is empty or longer than 100 characters"});
}

inline Problem device_reading_digest() {
  return refusal("reading_digest", "device.reading_digest", 422,
                 {"读取密钥摘要应为 32 字节的 base64；请更新应用后重试",
                  "the digest of the reading secret is base64 of 32 bytes; update the application and try again"});
}

inline Problem device_revoked() {
  return refusal("device", "device.revoked", 403,
                 {"这部手机已停用；已保存的记录请照常发送，由经办人审核",
                  "this phone was revoked; records that it holds may still be sent and are judged by an office"});
}

inline Problem device_reading() {
  return refusal("X-Tanfang-Reading", "device.reading", 403,
                 {"密码不正确，打不开探访对象；请重新输入", "the PIN is not right; type it again"});
}

inline Problem device_unknown() {
  return refusal("device", "device.unknown", 404,
                 {"没有这部手机；请核对编号", "there is no such device; check the id"});
}

inline Problem device_reason() {
  return refusal("reason", "device.reason", 422,
                 {"停用手机须说明理由（4 至 500 字）", "revoking a phone needs a reason of 4 to 500 characters"});
}

}  // namespace tanfang::identity::problems
