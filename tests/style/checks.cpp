#include "style/checks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

namespace tanfang::style {
namespace {

constexpr int kLongestFile = 400;
constexpr int kLongestFunction = 70;

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}
bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
      word.push_back(c);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

/// The room of a path below src/, or "".
std::string room_of(std::string_view path) {
  if (!starts_with(path, "src/")) return "";
  std::string_view rest = path.substr(4);
  std::size_t slash = rest.find('/');
  return slash == std::string_view::npos ? "" : std::string(rest.substr(0, slash));
}

bool is_test(std::string_view path) { return ends_with(path, "_test.cpp") || ends_with(path, "_fuzz.cpp"); }

/// `"a b"` → `a b`; nullopt-like empty where the line includes nothing of ours.
std::string included_header(std::string_view line) {
  if (!starts_with(line, "#include \"")) return "";
  std::size_t end = line.find('"', 10);
  return end == std::string_view::npos ? "" : std::string(line.substr(10, end - 10));
}

/// Text of a line without what follows `//`.
std::string_view without_comment(std::string_view line) {
  std::size_t at = line.find("//");
  return at == std::string_view::npos ? line : line.substr(0, at);
}

bool starts_statement(std::string_view literal) {
  std::string lower;
  for (char c : literal.substr(0, 40)) lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  lower.erase(0, lower.find_first_not_of(" \n\t"));
  return starts_with(lower, "select ") || starts_with(lower, "insert into ") || starts_with(lower, "delete from ") ||
         (starts_with(lower, "update ") && contains(lower, " set")) ||
         (starts_with(lower, "with ") && contains(lower, " as (")) || starts_with(lower, "create table ");
}

/// Where a function of namespace scope or a class member begins: an opening brace after `)` or a qualifier.
bool opens_function(std::string_view line) {
  line = without_comment(line);
  while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
  if (line.empty() || line.back() != '{') return false;
  return contains(line, ")") && !contains(line, " = {") && !starts_with(line, "namespace") &&
         (line.find_first_not_of(' ') < 4);
}

}  // namespace

IncludeTable read_include_table(std::string_view architecture) {
  IncludeTable table;
  bool inside = false;
  for (const std::string& line : lines_of(architecture)) {
    if (starts_with(line, "#")) inside = contains(line, "Include table");
    if (!inside || !starts_with(line, "| ") || starts_with(line, "| room") || starts_with(line, "|--")) continue;
    std::size_t bar = line.find('|', 1);
    std::vector<std::string> room = words_of(std::string_view(line).substr(0, bar));
    std::vector<std::string> included = words_of(std::string_view(line).substr(bar));
    table[room.front()] = {included.begin(), included.end()};
  }
  return table;
}

IncludeTable read_build_table(std::string_view cmake_lists) {
  IncludeTable table;
  std::string room;
  for (const std::string& line : lines_of(cmake_lists)) {
    if (!starts_with(line, "room(")) continue;
    std::string_view calls(line);
    calls = calls.substr(0, calls.find("LIBRARIES"));
    std::vector<std::string> words = words_of(calls.substr(5));
    auto& included = table[words.front()];
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i] != "INCLUDES") included.insert(words[i]);
    }
  }
  return table;
}

std::vector<Breach> check_includes(const File& file, const IncludeTable& table) {
  std::vector<Breach> breaches;
  std::string room = room_of(file.path);
  auto allowed = table.find(room);
  if (allowed == table.end()) return breaches;
  int number = 0;
  for (const std::string& line : lines_of(file.text)) {
    ++number;
    std::string header = included_header(line);
    if (header.empty()) continue;
    std::string other = header.substr(0, header.find('/'));
    if (other == room) continue;
    if (!allowed->second.contains(other)) {
      breaches.push_back({file.path, number, room + " may not include " + header});
    } else if (other != "base" && other != "platform" && header != other + "/" + other + ".h" &&
               !starts_with(header, other + "/for_")) {
      breaches.push_back({file.path, number, "only the public header of " + other + " may be included, not " + header});
    }
  }
  return breaches;
}

std::vector<Breach> check_lengths(const File& file) {
  std::vector<Breach> breaches;
  std::vector<std::string> lines = lines_of(file.text);
  int total = static_cast<int>(lines.size());
  if (total > kLongestFile) {
    breaches.push_back({file.path, total, "longer than " + std::to_string(kLongestFile) + " lines"});
  }
  for (int i = 0; i < total; ++i) {
    if (!opens_function(lines[i])) continue;
    std::string closing(lines[i].find_first_not_of(' '), ' ');
    closing += '}';
    int end = i + 1;
    while (end < total && !starts_with(lines[end], closing)) ++end;
    if (end - i + 1 > kLongestFunction) {
      breaches.push_back({file.path, i + 1, "a function of " + std::to_string(end - i + 1) + " lines"});
    }
  }
  return breaches;
}

std::vector<Breach> check_banned_words(const File& file) {
  struct Ban {
    const char* word;
    const char* reason;
    bool allowed_in_platform;
  };
  constexpr std::array kBans{
      Ban{"co_await", "g++ 12.2 miscompiles coroutines", false},
      Ban{"co_return", "g++ 12.2 miscompiles coroutines", false},
      Ban{"<regex>", "slow and heavy", false},
      Ban{"system_clock::now", "the time is passed in", true},
      Ban{"steady_clock::now", "the time is passed in", true},
      Ban{"high_resolution_clock", "the time is passed in", true},
      Ban{"clock_gettime", "the time is passed in", true},
      Ban{"gettimeofday", "the time is passed in", true},
      Ban{"std::time(", "the time is passed in", true},
      Ban{"random_device", "chance is passed in", true},
      Ban{"sleep_for", "wait for what happens, not for time", true},
  };
  std::vector<Breach> breaches;
  // The one drill that takes the place of the machine's clock defines what others may not call.
  bool platform = room_of(file.path) == "platform" || file.path == "tests/drills/shifted_clock.cpp";
  int number = 0;
  for (const std::string& line : lines_of(file.text)) {
    ++number;
    for (const Ban& ban : kBans) {
      if (ban.allowed_in_platform && platform) continue;
      if (contains(without_comment(line), ban.word)) {
        breaches.push_back({file.path, number, std::string(ban.word) + ": " + ban.reason});
      }
    }
  }
  return breaches;
}

std::vector<Breach> check_sql_place(const File& file) {
  if (contains(file.path, "_store") || starts_with(file.path, "src/platform/db/") || is_test(file.path)) return {};
  std::vector<Breach> breaches;
  int number = 0;
  for (const std::string& line : lines_of(file.text)) {
    ++number;
    for (std::size_t at = line.find('"'); at != std::string::npos; at = line.find('"', at + 1)) {
      std::string_view literal = std::string_view(line).substr(at + 1);
      if (starts_with(literal, "(")) literal.remove_prefix(1);
      if (starts_statement(literal)) breaches.push_back({file.path, number, "SQL outside a _store file"});
    }
  }
  return breaches;
}

std::set<std::string> refusal_codes(const File& file) {
  std::set<std::string> codes;
  for (std::size_t at = file.text.find('"'); at != std::string::npos;) {
    std::size_t end = file.text.find('"', at + 1);
    if (end == std::string::npos) break;
    std::string literal = file.text.substr(at + 1, end - at - 1);
    bool dotted =
        std::count(literal.begin(), literal.end(), '.') == 1 && literal.front() != '.' && literal.back() != '.';
    bool code = dotted && std::all_of(literal.begin(), literal.end(), [](char c) {
                  return std::islower(static_cast<unsigned char>(c)) || c == '_' || c == '.';
                });
    if (code && !ends_with(literal, ".h")) codes.insert(literal);
    at = file.text.find('"', end + 1);
  }
  return codes;
}

std::vector<Breach> check_mends(const File& file) {
  // The last ones: a range or a list of what is right, the fields named below, and what was taken all the same.
  static const std::vector<std::string> asking = {
      "请",   "须",   "应",     "先",   "可用", "可以", "只能",   "只支持", "不能",   "不超过", "至少",
      "最多", "改正", "只保留", "写成", "填写", "为 ",  "见所列", "见各",   "已记录", "处错误", "wanted"};
  std::vector<Breach> breaches;
  const std::string begin = "\ninline ";
  for (std::size_t at = file.text.find(begin); at != std::string::npos;) {
    std::size_t next = file.text.find(begin, at + 1);
    std::string body = file.text.substr(at + 1, next == std::string::npos ? next : next - at - 1);
    bool speaks = std::any_of(body.begin(), body.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
    bool asks = std::any_of(asking.begin(), asking.end(),
                            [&](const std::string& word) { return body.find(word) != std::string::npos; });
    int line =
        2 + static_cast<int>(std::count(file.text.begin(), file.text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    if (speaks && !asks) breaches.push_back({file.path, line, "a refusal that does not say what to do"});
    at = next;
  }
  return breaches;
}

std::set<std::string> named_tests(std::string_view document) {
  const std::string mark = "\u2026";
  std::set<std::string> names;
  for (std::size_t at = document.find('`'); at != std::string_view::npos;) {
    std::size_t end = document.find('`', at + 1);
    if (end == std::string_view::npos) break;
    std::string word(document.substr(at + 1, end - at - 1));
    std::string plain = ends_with(word, mark) ? word.substr(0, word.size() - mark.size()) : word;
    bool letters = !plain.empty() && std::isupper(static_cast<unsigned char>(plain.front())) &&
                   std::all_of(plain.begin(), plain.end(), [](unsigned char c) { return std::isalnum(c) || c == '.'; });
    if (starts_with(word, "tests/") ||
        (letters && (plain.find('.') != std::string::npos || ends_with(plain, "Test")))) {
      names.insert(word);
    }
    at = document.find('`', end + 1);
  }
  return names;
}

bool has_test(std::string_view tests, const std::string& name) {
  std::size_t dot = name.find('.');
  if (dot == std::string::npos) return tests.find("(" + name + ", ") != std::string_view::npos;
  std::string written = "(" + name.substr(0, dot) + ", " + name.substr(dot + 1);
  std::size_t cut = written.find("\u2026");
  return tests.find(cut == std::string::npos ? written + ")" : written.substr(0, cut)) != std::string_view::npos;
}

}  // namespace tanfang::style
