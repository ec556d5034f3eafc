#include "platform/http/response.h"

#include <algorithm>
#include <stdexcept>

#include "base/problem.h"
#include "base/text.h"
#include "platform/http/percent.h"
#include "platform/json/json.h"

namespace tanfang::http {
namespace {

struct Phrase {
  int status;
  std::string_view en;
  std::string_view zh;
};
constexpr Phrase kPhrases[]{
    {100, "Continue", "继续"},
    {200, "OK", "成功"},
    {201, "Created", "已创建"},
    {202, "Accepted", "已接受"},
    {204, "No Content", "无内容"},
    {301, "Moved Permanently", "已迁移"},
    {302, "Found", "已找到"},
    {303, "See Other", "见其他地址"},
    {304, "Not Modified", "未修改"},
    {400, "Bad Request", "请求有误"},
    {401, "Unauthorized", "未登录"},
    {403, "Forbidden", "无权限"},
    {404, "Not Found", "不存在"},
    {405, "Method Not Allowed", "方法不可用"},
    {406, "Not Acceptable", "无可接受的格式"},
    {408, "Request Timeout", "请求超时"},
    {409, "Conflict", "冲突"},
    {410, "Gone", "已删除"},
    {412, "Precondition Failed", "前提不符"},
    {413, "Content Too Large", "内容过大"},
    {414, "URI Too Long", "网址过长"},
    {415, "Unsupported Media Type", "类型不支持"},
    {417, "Expectation Failed", "期望不支持"},
    {422, "Unprocessable Content", "内容不合要求"},
    {423, "Locked", "已锁定"},
    {428, "Precondition Required", "缺少前提"},
    {429, "Too Many Requests", "请求过多"},
    {431, "Request Header Fields Too Large", "请求头过大"},
    {500, "Internal Server Error", "服务器出错"},
    {501, "Not Implemented", "未实现"},
    {503, "Service Unavailable", "暂不可用"},
    {504, "Gateway Timeout", "处理超时"},
    {505, "HTTP Version Not Supported", "协议版本不支持"},
    {507, "Insufficient Storage", "存储空间不足"},
};

const Phrase* find_phrase(int status) {
  auto found =
      std::find_if(std::begin(kPhrases), std::end(kPhrases), [&](auto& each) { return each.status == status; });
  return found == std::end(kPhrases) ? nullptr : found;
}

void require_safe(std::string_view name, std::string_view value) {
  auto control = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; };
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
  if (name.empty() || !std::all_of(name.begin(), name.end(), letter) ||
      std::any_of(value.begin(), value.end(), control)) {
    throw std::invalid_argument("a header field with characters that would break the header");
  }
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  json::append_quoted(out, name);
  out += ':';
  json::append_quoted(out, text);
}

std::string problem_body(const Problem& problem, std::string_view request_id) {
  std::string out = "{";
  append_member(out, "type", "urn:tanfang:problem:" + problem.code);
  out += ',';
  append_member(out, "title", chinese_phrase_of(problem.status));
  out += ",\"status\":" + std::to_string(problem.status) + ',';
  append_member(out, "code", problem.code);
  out += ',';
  append_member(out, "detail", problem.text.zh);
  out += ',';
  append_member(out, "detail_en", problem.text.en);
  out += ',';
  append_member(out, "request", request_id);
  out += ",\"fields\":[";
  for (std::size_t i = 0; i < problem.fields.size(); ++i) {
    const FieldProblem& field = problem.fields[i];
    out += i == 0 ? "{" : ",{";
    append_member(out, "field", field.field);
    out += ',';
    append_member(out, "code", field.code);
    out += ',';
    append_member(out, "detail", field.text.zh);
    out += ',';
    append_member(out, "detail_en", field.text.en);
    out += '}';
  }
  return out + "]}";
}

}  // namespace

std::string_view phrase_of(int status) {
  const Phrase* phrase = find_phrase(status);
  return phrase ? phrase->en : "Other";
}

std::string_view chinese_phrase_of(int status) {
  const Phrase* phrase = find_phrase(status);
  return phrase ? phrase->zh : "其他";
}

Response& Response::set(std::string_view name, std::string value) {
  require_safe(name, value);
  std::string wanted = lower_ascii(name);
  std::erase_if(headers, [&](const Field& field) { return lower_ascii(field.name) == wanted; });
  headers.push_back({std::string(name), std::move(value)});
  return *this;
}

Response& Response::add(std::string_view name, std::string value) {
  require_safe(name, value);
  headers.push_back({std::string(name), std::move(value)});
  return *this;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response json_response(std::string body, int status) {
  Response response = text_response(std::move(body), "application/json");
  response.status = status;
  return response;
}

Response text_response(std::string body, std::string content_type) {
  Response response;
  response.body = std::move(body);
  response.set("Content-Type", std::move(content_type));
  return response;
}

Response file_response(std::shared_ptr<File> file, std::string content_type) {
  Response response;
  response.file = std::move(file);
  response.set("Content-Type", std::move(content_type));
  return response;
}

void offer_download(Response& response, std::string_view file_name) {
  response.set("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encoded(file_name));
}

Response event_response(std::shared_ptr<EventStream> events) {
  Response response;
  response.events = std::move(events);
  response.set("Content-Type", "text/event-stream; charset=utf-8");
  return response;
}

Response problem_response(const Problem& problem, std::string_view request_id) {
  Response response = text_response(problem_body(problem, request_id), "application/problem+json");
  response.status = problem.status;
  if (problem.status == 503) response.set("Retry-After", "2");
  if (problem.status == 401) response.set("WWW-Authenticate", "Bearer");
  return response;
}

bool names_etag(std::string_view header, std::string_view etag) {
  auto strong = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  for (const std::string& each : split(header, ',')) {
    std::string tag = trimmed(each);
    if (tag == "*" || strong(tag) == strong(etag)) return true;
  }
  return false;
}

}  // namespace tanfang::http
