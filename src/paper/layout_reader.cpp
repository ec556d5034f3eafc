#include "paper/layout_reader.h"

#include <algorithm>

#include "base/text.h"
#include "platform/toml/strict_reader.h"

namespace tanfang::paper {
namespace {

using toml::Kind;
using toml::Node;

class LayoutReader : toml::StrictReader {
 public:
  LayoutReader(const forms::Form& form, const std::string& file, std::vector<forms::LintMessage>& messages)
      : StrictReader([&](int line, Words words) {
          messages.push_back({file, line, forms::Severity::error, std::move(words)});
        }),
        form_(form) {}

  Layout read(std::string_view text) {
    std::optional<Node> root = parse(text);
    return root ? read(*root) : Layout();
  }

 private:
  Layout read(const Node& root) {
    allow(root, {"title", "size", "row", "columns", "line", "group", "field", "section", "block"});
    Layout layout;
    layout.title = text(root, "title");
    if (!layout.title.empty() && replaced(layout.title, "\n", "") != form_.title.zh) {
      mistake(root.find("title")->line, "title 除换行外应与表单的标题相同",
              "title must be the form's but for line breaks");
    }
    layout.size = number(root, "size", layout.size, 6, 14);
    layout.row = number(root, "row", layout.row, 10, 60);
    layout.columns = numbers(root, "columns");
    if (!layout.columns.empty() && layout.columns.size() != static_cast<std::size_t>(form_.grid_columns)) {
      mistake(root.find("columns")->line, "columns 的个数应与表单的 grid_columns 相同",
              "columns must be as many as the form's grid_columns");
    }
    if (const Node* lines = get(root, "line", Kind::array)) {
      for (const Node& line : lines->items) layout.lines.push_back(read_line(line));
    }
    if (const Node* groups = get(root, "group", Kind::array)) {
      for (const Node& group : groups->items) layout.groups.push_back(read_group(group));
    }
    each(root, "field", [&](const std::string& code, const Node& node) {
      if (form_.find(code) == nullptr)
        return mistake(node.line, "表单没有字段 " + code, "the form has no field " + code);
      layout.fields.emplace(code, read_field(node));
    });
    each(root, "section", [&](const std::string& code, const Node& node) {
      if (!has(form_.sections, code))
        return mistake(node.line, "表单没有部分 " + code, "the form has no section " + code);
      layout.sections.emplace(code, read_section(node));
    });
    each(root, "block", [&](const std::string& code, const Node& node) {
      if (!has(form_.blocks, code)) return mistake(node.line, "表单没有区块 " + code, "the form has no block " + code);
      layout.blocks.emplace(code, read_block(node));
    });
    check_hidden(layout);
    return layout;
  }

  template <typename Coded>
  static bool has(const std::vector<Coded>& known, const std::string& code) {
    return std::any_of(known.begin(), known.end(), [&](const Coded& one) { return one.code == code; });
  }

  template <typename Take>
  void each(const Node& root, std::string_view key, const Take& take) {
    const Node* tables = get(root, key, Kind::table);
    if (tables == nullptr) return;
    for (const toml::Member& member : tables->members) {
      if (member.value.kind == Kind::table) take(member.key, member.value);
    }
  }

  double number(const Node& table, std::string_view key, double otherwise, double least, double most) {
    const Node* found = table.find(key);
    if (found == nullptr) return otherwise;
    double value = found->kind == Kind::integer ? static_cast<double>(found->integer) : found->real;
    bool fits = (found->kind == Kind::integer || found->kind == Kind::real) && value >= least && value <= most;
    if (fits) return value;
    mistake(found->line, std::string(key) + " 超出范围", std::string(key) + " is out of range");
    return otherwise;
  }

  std::vector<double> numbers(const Node& table, std::string_view key) {
    std::vector<double> values;
    const Node* found = get(table, key, Kind::array);
    if (found == nullptr) return values;
    for (const Node& item : found->items) {
      double value = item.kind == Kind::integer ? static_cast<double>(item.integer) : item.real;
      if (value <= 0) mistake(item.line, "宽度应大于 0", "a width must be above 0");
      values.push_back(std::max(value, 0.01));
    }
    return values;
  }

  std::string text(const Node& table, std::string_view key) {
    const Node* found = get(table, key, Kind::string);
    return found == nullptr ? "" : found->string;
  }

  std::optional<std::string> optional_text(const Node& table, std::string_view key) {
    const Node* found = get(table, key, Kind::string);
    return found == nullptr ? std::nullopt : std::optional(found->string);
  }

  /// A text whose `{code}` name fields of the form.
  std::string pattern(const Node& table, std::string_view key) {
    std::string words = text(table, key);
    std::size_t open = 0;
    while ((open = words.find('{', open)) != std::string::npos) {
      std::size_t close = words.find('}', open);
      std::string code = words.substr(open + 1, close == std::string::npos ? close : close - open - 1);
      code = code.substr(0, code.find('|'));
      bool known = code.empty() || code.starts_with('.') || form_.find(code) != nullptr;
      if (close == std::string::npos || !known) {
        mistake(table.find(key)->line, "没有字段 " + code, "there is no field " + code);
      }
      ++open;
    }
    return words;
  }

  std::vector<std::string> codes(const Node& table, std::string_view key) {
    std::vector<std::string> codes;
    const Node* found = get(table, key, Kind::array);
    if (found == nullptr) return codes;
    for (const Node& code : found->items) {
      codes.push_back(code.string);
      if (form_.find(code.string) != nullptr) continue;
      mistake(code.line, "没有字段 " + code.string, "there is no field " + code.string);
    }
    return codes;
  }

  Group read_group(const Node& table) {
    allow(table, {"label", "fields", "columns"});
    return {text(table, "label"), codes(table, "fields"), static_cast<int>(number(table, "columns", 2, 1, 20))};
  }

  bool flag(const Node& table, std::string_view key, bool otherwise) {
    const Node* found = get(table, key, Kind::boolean);
    return found == nullptr ? otherwise : found->boolean;
  }

  Line read_line(const Node& table) {
    allow(table, {"text", "align"});
    Line line{pattern(table, "text"), pdf::Align::left};
    std::string align = text(table, "align");
    if (align == "center") line.align = pdf::Align::center;
    if (align == "right") line.align = pdf::Align::right;
    bool known = align.empty() || align == "left" || align == "center" || align == "right";
    if (!known) mistake(table.line, "align 应为 left、center、right", "align must be left, center or right");
    return line;
  }

  FieldLayout read_field(const Node& table) {
    allow(table, {"label", "pattern", "inside", "also", "lines", "rows", "first", "widths"});
    FieldLayout field;
    field.label = optional_text(table, "label");
    field.pattern = pattern(table, "pattern");
    field.inside = flag(table, "inside", false);
    field.lines = static_cast<int>(number(table, "lines", 0, 1, 30));
    field.rows = static_cast<int>(number(table, "rows", field.rows, 1, 20));
    field.first = text(table, "first");
    field.widths = numbers(table, "widths");
    field.also = codes(table, "also");
    return field;
  }

  SectionLayout read_section(const Node& table) {
    allow(table, {"title", "shown", "stacked"});
    return {optional_text(table, "title"), flag(table, "shown", true), flag(table, "stacked", false)};
  }

  BlockLayout read_block(const Node& table) {
    allow(table, {"title", "side", "page_before"});
    return {optional_text(table, "title"), pattern(table, "side"), flag(table, "page_before", false)};
  }

  /// What a hidden section asks must stand in a line: nothing that was answered may be lost on paper.
  void check_hidden(const Layout& layout) {
    for (const forms::Section& section : form_.sections) {
      auto found = layout.sections.find(section.code);
      if (found == layout.sections.end() || found->second.shown) continue;
      for (const forms::Field& field : section.fields) {
        auto names = [&](const Line& line) {
          return line.text.find("{" + field.code + "}") != std::string::npos ||
                 line.text.find("{" + field.code + "|") != std::string::npos;
        };
        if (std::any_of(layout.lines.begin(), layout.lines.end(), names)) continue;
        mistake(1, "字段 " + field.code + " 既不在表格中也不在行中",
                "field " + field.code + " stands in no cell and no line");
      }
    }
  }

  const forms::Form& form_;
};

}  // namespace

Layout read_layout(std::string_view text, const forms::Form& form, const std::string& file,
                   std::vector<forms::LintMessage>& messages) {
  return LayoutReader(form, file, messages).read(text);
}

}  // namespace tanfang::paper
