#include "app/exports/columns.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "app/exports/exports_problems.h"
#include "base/text.h"
#include "platform/files/files.h"
#include "platform/toml/strict_reader.h"

namespace tanfang::app::exports {
namespace {

namespace fs = std::filesystem;
using toml::Kind;
using toml::Node;

constexpr std::size_t kLargestFile = 1u << 20;
constexpr std::size_t kLongestWord = 100;
constexpr double kWidest = 100;

constexpr std::array<std::string_view, 20> kSources = {"person.id",
                                                       "person.name",
                                                       "person.sex",
                                                       "person.birth_date",
                                                       "person.birth_month",
                                                       "person.age",
                                                       "person.phone",
                                                       "person.address",
                                                       "person.citizen_number",
                                                       "person.county",
                                                       "person.town",
                                                       "person.village",
                                                       "person.registered_on",
                                                       "person.status",
                                                       "person.tier",
                                                       "person.categories",
                                                       "person.household",
                                                       "area.code",
                                                       "area.town_code",
                                                       "row.number"};
constexpr std::array<std::string_view, 3> kContacts = {"emergency_contact", "supporter", "helper"};
constexpr std::array<std::string_view, 3> kContactParts = {"name", "phone", "unit"};

class TemplateReader : toml::StrictReader {
 public:
  TemplateReader(const std::string& file, const schemes::Vocabulary& facts, std::vector<forms::LintMessage>& messages)
      : StrictReader([&](int line, Words words) {
          messages.push_back({file, line, forms::Severity::error, std::move(words)});
        }),
        facts_(facts) {}

  Template read(std::string_view text, const std::string& id) {
    std::optional<Node> root = parse(text);
    return root ? read(*root, id) : Template{id, {}, "", {}, {}};
  }

 private:
  Template read(const Node& root, const std::string& id) {
    allow(root, {"zh", "en", "cite", "categories", "column"});
    Template made{id, {text(root, "zh"), text(root, "en")}, text(root, "cite"), {}, {}};
    if (made.title.zh.empty() || made.title.en.empty())
      mistake(1, "缺少标题 zh 和 en", "the titles zh and en are missing");
    if (const Node* categories = get(root, "categories", Kind::array)) {
      for (const Node& one : categories->items) made.categories.push_back(one.string);
    }
    if (const Node* columns = get(root, "column", Kind::array)) {
      for (const Node& one : columns->items) made.columns.push_back(read_column(one));
    }
    if (made.columns.empty() || made.columns.size() > kMostColumns) {
      mistake(1, "须有 1 至 200 个 [[column]]", "there must be 1 to 200 [[column]]");
    }
    return made;
  }

  std::string text(const Node& table, std::string_view key) {
    const Node* found = get(table, key, Kind::string);
    if (found == nullptr) return "";
    if (length_of(found->string) > kLongestWord) mistake(found->line, "文字超过 100 字", "longer than 100 characters");
    return found->string;
  }

  PeopleColumn read_column(const Node& table) {
    PeopleColumn column;
    if (table.kind != Kind::table) {
      mistake(table.line, "应为 [[column]]", "must be a [[column]]");
      return column;
    }
    allow(table, {"heading", "source", "text", "codes", "as", "width"});
    column.heading = text(table, "heading");
    if (column.heading.empty()) mistake(table.line, "缺少 heading", "heading is missing");
    column.source = text(table, "source");
    column.text = text(table, "text");
    if (!column.source.empty() && !is_source(column.source, facts_)) {
      mistake(table.find("source")->line, "没有这个来源：" + column.source, "there is no source " + column.source);
    }
    if (!column.source.empty() && !column.text.empty()) {
      mistake(table.line, "source 和 text 只写一个", "give source or text, not both");
    }
    std::string as = text(table, "as");
    column.as_text = as == "text";
    if (!as.empty() && !column.as_text) mistake(table.line, "as 只能是 text", "as must be text");
    read_codes(table, column);
    read_width(table, column);
    return column;
  }

  void read_codes(const Node& table, PeopleColumn& column) {
    const Node* codes = get(table, "codes", Kind::table);
    if (codes == nullptr) return;
    for (const toml::Member& member : codes->members) {
      if (member.value.kind != Kind::string) mistake(member.value.line, "代码应为文字", "a code must be a text");
      column.codes.emplace(member.key, member.value.string);
    }
  }

  void read_width(const Node& table, PeopleColumn& column) {
    const Node* width = table.find("width");
    if (width == nullptr) return;
    column.width = width->kind == Kind::integer ? static_cast<double>(width->integer) : width->real;
    bool fits = (width->kind == Kind::integer || width->kind == Kind::real) && column.width >= 1;
    if (!fits || column.width > kWidest) mistake(width->line, "width 应为 1 至 100", "width must be 1 to 100");
  }

  const schemes::Vocabulary& facts_;
};

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> found;
  if (!fs::is_directory(folder)) return found;
  for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

void read_folder(const fs::path& scheme, const schemes::Vocabulary& facts, Templates& templates,
                 std::vector<forms::LintMessage>& messages) {
  for (const fs::path& file : entries_of(scheme / "exports")) {
    if (file.extension() != ".toml") continue;
    std::string id = scheme.filename().string() + "/" + file.stem().string();
    Template made = read_template(files::read_whole(file.string(), kLargestFile), id, file.string(), facts, messages);
    templates.insert_or_assign(id, std::move(made));
  }
}

fs::path without_trailing_slash(const std::string& folder) {
  fs::path path(folder);
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

bool is_source(std::string_view source, const schemes::Vocabulary& facts) {
  if (source.starts_with("fact.")) return facts.find(source.substr(5)) != nullptr;
  if (std::find(kSources.begin(), kSources.end(), source) != kSources.end()) return true;
  std::size_t dot = source.find('.');
  if (dot == std::string_view::npos) return false;
  return std::find(kContacts.begin(), kContacts.end(), source.substr(0, dot)) != kContacts.end() &&
         std::find(kContactParts.begin(), kContactParts.end(), source.substr(dot + 1)) != kContactParts.end();
}

Template read_template(std::string_view text, const std::string& id, const std::string& file,
                       const schemes::Vocabulary& facts, std::vector<forms::LintMessage>& messages) {
  return TemplateReader(file, facts, messages).read(text, id);
}

Templates load_templates(const std::vector<std::string>& folders, const schemes::Vocabulary& facts) {
  Templates templates;
  std::vector<forms::LintMessage> messages;
  for (const std::string& folder : folders) {
    fs::path path = without_trailing_slash(folder);
    bool one = fs::exists(path / "scheme.toml") || fs::exists(path / "exports");
    for (const fs::path& scheme : one ? std::vector<fs::path>{path} : entries_of(path)) {
      read_folder(scheme, facts, templates, messages);
    }
  }
  if (!messages.empty()) throw invalid_templates(messages);
  return templates;
}

std::vector<forms::LintMessage> lint_templates(const std::string& scheme_folder, const schemes::Vocabulary& facts) {
  Templates templates;
  std::vector<forms::LintMessage> messages;
  read_folder(without_trailing_slash(scheme_folder), facts, templates, messages);
  return messages;
}

}  // namespace tanfang::app::exports
