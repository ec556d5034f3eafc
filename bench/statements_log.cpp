#include "statements_log.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

namespace tanfang::bench {
namespace {

constexpr std::string_view kParameters = "parameters: ";

/// `$1 = 'a''b', $2 = NULL`
std::vector<std::optional<std::string>> read_values(std::string_view text) {
  std::vector<std::optional<std::string>> values;
  for (std::size_t at = 0; (at = text.find(" = ", at)) != std::string_view::npos;) {
    at += 3;
    if (text[at] != '\'') {
      values.emplace_back();
      continue;
    }
    std::string value;
    for (++at; at < text.size(); ++at) {
      if (text[at] == '\'' && text.substr(at + 1, 1) != "'") break;
      if (text[at] == '\'') ++at;
      value += text[at];
    }
    values.emplace_back(std::move(value));
  }
  return values;
}

std::string shape_of(const Request& request) {
  std::string shape;
  for (const Statement& statement : request) {
    shape += statement.sql + "\n";
    for (const auto& value : statement.values) shape += value ? '1' : '0';
  }
  return shape;
}

/// pgbench takes a colon for the beginning of a variable, within quotes too.
std::string quoted(const std::string& value) {
  std::string text = "'";
  for (char c : value) text += c == '\'' ? "''" : c == ':' ? "' || chr(58) || '" : std::string(1, c);
  return text + "'";
}

/// The log does not tell kinds, and pgbench names none: what is neither bytes nor as long as an id or an instant is
/// text; short numbers are left to PostgreSQL.
std::string cast_of(const std::string& value) {
  if (value.starts_with("\\x")) return "::bytea";
  bool digits = value.find_first_not_of("0123456789") == std::string::npos;
  if (digits && value.size() < 12) return "";
  return digits && value.size() > 12 ? "::bigint" : "::text";
}

/// The statement with each `$n` replaced by what `write(n)` says.
template <typename Write>
std::string replaced(const std::string& sql, const Write& write) {
  std::string text;
  for (std::size_t at = 0; at < sql.size();) {
    std::size_t end = at + 1;
    while (sql[at] == '$' && end < sql.size() && sql[end] >= '0' && sql[end] <= '9') ++end;
    text += end > at + 1 ? write(std::stoul(sql.substr(at + 1, end - at - 1)) - 1) : sql.substr(at, 1);
    at = end;
  }
  return text;
}

}  // namespace

Request read_statements(const std::string& log) {
  Request request;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    std::size_t at = line.find("LOG:  statement: ");
    if (at != std::string::npos) {
      request.push_back({line.substr(at + 17), {}});
    } else if ((at = line.find("LOG:  execute ")) != std::string::npos) {
      request.push_back({line.substr(line.find(": ", at + 14) + 2), {}});
    } else if ((at = line.find(kParameters)) != std::string::npos && !request.empty()) {
      request.back().values = read_values(std::string_view(line).substr(at + kParameters.size()));
    }
  }
  return request;
}

Script make_script(const std::vector<Request>& requests) {
  std::map<std::string, std::vector<const Request*>> shapes;
  for (const Request& request : requests) shapes[shape_of(request)].push_back(&request);
  auto most = std::max_element(shapes.begin(), shapes.end(),
                               [](auto& left, auto& right) { return left.second.size() < right.second.size(); });
  if (most == shapes.end()) throw std::runtime_error("no statements in the log");
  const std::vector<const Request*>& alike = most->second;
  Script script;
  script.rows.resize(alike.size());
  for (std::size_t nth = 0; nth < alike.front()->size(); ++nth) {
    const Statement& first = alike.front()->at(nth);
    script.text += replaced(first.sql, [&](std::size_t value) -> std::string {
      if (!first.values[value]) return "null";
      auto of = [&](const Request* request) { return *request->at(nth).values[value]; };
      if (std::all_of(alike.begin(), alike.end(), [&](auto* each) { return of(each) == of(alike.front()); })) {
        return quoted(of(alike.front()));
      }
      for (std::size_t i = 0; i < alike.size(); ++i) script.rows[i].push_back(of(alike[i]));
      return ":p" + std::to_string(script.rows.front().size()) + cast_of(of(alike.front()));
    });
    script.text += ";\n";
  }
  return script;
}

}  // namespace tanfang::bench
