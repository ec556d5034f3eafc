#include "platform/http/access_log.h"

#include <fmt/format.h>
#include <unistd.h>

#include "platform/json/json.h"

namespace tanfang::http {

std::string json_line(const AccessEntry& entry) {
  std::string line = fmt::format("{{\"time\":\"{}\",\"id\":", format_instant(entry.time));
  json::append_quoted(line, entry.id);
  line += ",\"method\":";
  json::append_quoted(line, entry.method);
  line += ",\"route\":";
  json::append_quoted(line, entry.route);
  line += fmt::format(",\"status\":{},\"bytes\":{},\"ms\":{:.2f}", entry.status, entry.bytes, entry.milliseconds);
  if (!entry.failure.empty()) {
    line += ",\"failure\":";
    json::append_quoted(line, entry.failure);
  }
  return line + "}\n";
}

void AccessLog::operator()(const AccessEntry& entry) const {
  std::string line = json_line(entry);
  [[maybe_unused]] ssize_t written = ::write(descriptor_, line.data(), line.size());
}

}  // namespace tanfang::http
