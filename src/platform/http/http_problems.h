// What the HTTP edge refuses before, or instead of, a route.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::http {

inline Problem malformed_request() {
  return Problem("http.malformed", 400,
                 {"请求不是有效的 HTTP/1.1 报文，请检查客户端", "the request is not valid HTTP/1.1; check the client"});
}

/// Two readers could disagree where the body ends (RFC 9112, 6.1 and 6.3).
inline Problem ambiguous_framing() {
  return Problem("http.framing", 400,
                 {"请求正文的长度有歧义，Content-Length 与 Transfer-Encoding 只能出现一个且只能出现一次",
                  "the length of the body is ambiguous; send one Content-Length or one Transfer-Encoding, once"});
}

inline Problem unknown_version() {
  return Problem("http.version", 505, {"只支持 HTTP/1.1", "only HTTP/1.1 is spoken here"});
}

inline Problem bad_host() {
  return Problem("http.host", 400, {"请求必须有且只有一个有效的 Host 头", "send exactly one valid Host header"});
}

inline Problem unknown_method() {
  return Problem("http.method_unknown", 501, {"不认识该请求方法", "the method is not known here"});
}

inline Problem unknown_transfer_coding() {
  return Problem("http.transfer_coding", 501,
                 {"Transfer-Encoding 只支持 chunked", "the only transfer coding known here is chunked"});
}

inline Problem unknown_expectation() {
  return Problem("http.expectation", 417,
                 {"Expect 只支持 100-continue", "the only expectation known here is 100-continue"});
}

inline Problem header_too_large() {
  return Problem("http.header_too_large", 431,
                 {"请求头太大或太多，请减少", "the request header is too large; send less of it"});
}

inline Problem header_too_slow() {
  return Problem("http.header_too_slow", 408,
                 {"请求头没有按时到达，请检查网络后重试", "the header did not arrive in time; send the request again"});
}

inline Problem target_too_long() {
  return Problem("http.target_too_long", 414, {"网址太长，请缩短", "the request target is too long; shorten it"});
}

inline Problem bad_target() {
  return Problem("http.target", 400,
                 {"网址不正确：百分号编码、字符或路径无效，请检查",
                  "the request target has a bad escape, character or segment; check it"});
}

inline Problem not_found() {
  return Problem("http.not_found", 404, {"没有这个地址，请检查网址", "there is nothing at this address; check it"});
}

inline Problem method_not_allowed(const std::string& allowed) {
  return Problem(
      "http.method_not_allowed", 405,
      {"该地址不支持此方法，可用：" + allowed, "this address does not take the method; it takes " + allowed});
}

inline Problem body_unexpected() {
  return Problem("http.body_unexpected", 400,
                 {"该地址不接受请求正文，请去掉正文", "this address takes no body; send none"});
}

inline Problem body_too_large(std::uint64_t limit) {
  std::string bytes = std::to_string(limit);
  return Problem("http.body_too_large", 413,
                 {"请求正文超过 " + bytes + " 字节，请缩小或分批发送",
                  "the body is larger than " + bytes + " bytes; send less at once"});
}

inline Problem body_too_slow() {
  return Problem("http.body_too_slow", 408,
                 {"请求正文到达太慢，请检查网络后重试", "the body arrives too slowly; send it again on a better line"});
}

inline Problem media_type(const std::string& wanted) {
  return Problem("http.media_type", 415,
                 {"正文类型不对，应为 " + wanted, "the body has another type than " + wanted + "; send that"});
}

inline Problem too_busy() {
  return Problem("http.busy", 503, {"服务器繁忙，请稍后重试", "the server is busy; try again in a moment"});
}

inline Problem took_too_long() {
  return Problem(
      "http.too_slow", 504,
      {"处理超时，结果未知；请用同一个 Idempotency-Key 重试或查询结果",
       "the work took too long and may still be done; look, or send it again with the same Idempotency-Key"});
}

inline Problem failed() {
  return Problem("http.failed", 500,
                 {"服务器出错，未作任何更改；请重试，并向管理员提供请求编号",
                  "the server failed and changed nothing; try again, and give the request id to the administrator"});
}

/// What was begun may have been done: the answer to it was lost with the database.
inline Problem unavailable() {
  return Problem("http.unavailable", 503,
                 {"数据库暂时无法访问，结果可能未知；请稍后用同一个编号或 Idempotency-Key 重试",
                  "the database does not answer for now, and what was sent may be done or not; send it again in a "
                  "moment under the same key or Idempotency-Key"});
}

inline Problem no_space() {
  return Problem("http.no_space", 507,
                 {"服务器磁盘已满，未保存；请联系管理员，腾出空间后重试",
                  "the server's disk is full and nothing was kept; tell the administrator, and send it again when "
                  "there is room"});
}

inline Problem bad_parameters(const std::string& where) {
  return Problem("http.parameters", 400,
                 {"参数（" + where + "）编码无效、太多或太长，请检查",
                  "the parameters of the " + where + " are badly encoded, too many or too long; check them"});
}

inline Problem bad_multipart() {
  return Problem("http.multipart", 400,
                 {"multipart/form-data 正文不正确或不完整；请重新选择文件上传",
                  "the multipart/form-data body is malformed or cut short; send it again"});
}

inline Problem multipart_too_large(const std::string& part) {
  Words text{"表单的部分太多、太大或名称太长，请减少或缩小",
             "the form has too many parts, or one is too large or its name too long; send less"};
  return Problem("http.multipart_too_large", 413, text, {{part, "http.multipart_too_large", text}});
}

inline Problem tls_unusable(const std::string& reason) {
  return Problem("http.tls_unusable", 422,
                 {"证书或私钥无法使用（" + reason + "），请检查文件；原证书继续使用",
                  "the certificate or its key cannot be used (" + reason + "); check the files; the old one stays"});
}

}  // namespace tanfang::http
