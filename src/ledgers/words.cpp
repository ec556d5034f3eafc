#include "ledgers/words.h"

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "ledgers/plain_words.h"
#include "platform/files/files.h"
#include "platform/toml/toml.h"

namespace tanfang::ledgers {
namespace {

constexpr std::size_t kLongestHeading = 120;  // bytes; longer texts are remarks

[[noreturn]] void fail(const std::string& path, int line, const std::string& why) {
  throw Failure(path + ":" + std::to_string(line) + ": " + why);
}

toml::Node read_table(const std::string& path) {
  toml::Mistake mistake;
  auto root = toml::parse(files::read_whole(path), mistake);
  if (!root) fail(path, mistake.line, mistake.text);
  return std::move(*root);
}

std::vector<std::string> words_at(const toml::Node& table, std::string_view key) {
  std::vector<std::string> words;
  const toml::Node* list = table.find(key);
  if (list == nullptr) return words;
  for (const toml::Node& item : list->items) words.push_back(plain_value(item.string));
  return words;
}

const toml::Node& list_at(const toml::Node& root, std::string_view key, const std::string& path) {
  const toml::Node* list = root.find(key);
  if (list == nullptr || list->kind != toml::Kind::array) fail(path, root.line, "no list of " + std::string(key));
  return *list;
}

std::string id_of(const toml::Node& entry, const std::string& path) {
  const toml::Node* id = entry.find("id");
  if (id == nullptr || id->kind != toml::Kind::string) fail(path, entry.line, "no id");
  return id->string;
}

/// What headings put between a person and what is asked of them: 赡养人的姓名, 紧急联系人信息电话.
std::string_view without_joint(std::string_view rest) {
  for (std::string_view joint : {"的", "信息", "情况"}) {
    if (rest.starts_with(joint)) rest.remove_prefix(joint.size());
  }
  return rest;
}

bool names_a_person(std::string_view role_word) { return !role_word.ends_with("情况") && !role_word.ends_with("信息"); }

}  // namespace

// ---- Headings ----

Field HeadingWords::contact_field(Field field) {
  switch (field) {
    case Field::name:
      return Field::contact_name;
    case Field::phone:
      return Field::contact_phone;
    case Field::contact_relation:
      return Field::contact_relation;
    case Field::contact_name_phone:
      return Field::contact_name_phone;
    default:
      return Field::ignore;
  }
}

const HeadingWords::RoleWord* HeadingWords::role_inside(std::string_view plain) const {
  for (const RoleWord& word : role_words_) {
    if (plain.find(word.word) != std::string_view::npos) return &word;
  }
  return nullptr;
}

HeadingMatch HeadingWords::of_role(std::size_t role, Field field) const {
  HeadingMatch match;
  match.generic = true;
  match.strength = 3;
  if (roles_[role].id == "self") {
    match.field = field == Field::contact_relation || field == Field::contact_name_phone ? Field::ignore : field;
    return match;
  }
  match.field = roles_[role].contact ? contact_field(field) : Field::ignore;
  if (match.field != Field::ignore) match.role = roles_[role].id;
  match.another = !roles_[role].contact;
  return match;
}

HeadingMatch HeadingWords::match_prefixed(std::string_view form) const {
  for (const RoleWord& word : role_words_) {
    if (!form.starts_with(word.word)) continue;
    std::string rest(without_joint(form.substr(word.word.size())));
    if (rest.empty()) {
      if (!names_a_person(word.word)) continue;
      HeadingMatch match = of_role(word.role, Field::name);
      match.strength = 2;
      return match;
    }
    auto generic = generics_.find(rest);
    if (generic != generics_.end()) return of_role(word.role, generic->second);
  }
  return {};
}

HeadingMatch HeadingWords::match_part(std::string_view form, const RoleWord* group) const {
  auto holds = [&](const std::string& part) { return form.find(part) != std::string_view::npos; };
  for (const Part& part : parts_) {
    if (std::none_of(part.parts.begin(), part.parts.end(), holds)) continue;
    if (std::any_of(part.except.begin(), part.except.end(), holds)) continue;
    const RoleWord* role = part.generic ? role_inside(form) : nullptr;
    if (role == nullptr && part.generic) role = group;
    HeadingMatch match;
    if (role != nullptr) {
      match = of_role(role->role, part.field);
    } else {
      match.field = part.field;
      match.generic = part.generic;
    }
    match.strength = 1;
    return match;
  }
  return {};
}

HeadingMatch HeadingWords::match(std::string_view heading, std::string_view group) const {
  if (heading.size() > kLongestHeading) return {};
  std::vector<std::string> forms = plain_headings(heading);
  const RoleWord* role = role_inside(plain_value(group));
  bool another = role != nullptr && roles_[role->role].id != "self";
  const std::string& whose = role != nullptr ? roles_[role->role].id : "";
  bool of_family = whose == "child" || whose == "spouse" || whose == "cohabitant";
  std::string above = plain_value(group.substr(group.rfind('/') + 1));
  for (const std::string& form : forms) {
    // 子女情况 above 居住地 asks for 子女居住地, 共同居住人 above 与本人关系 for 共同居住人与本人关系.
    for (const std::string& joined : {above + form, (whose == "child" ? "子女" : another ? role->word : "") + form}) {
      auto field = joined == form ? fields_.end() : fields_.find(joined);
      if (field != fields_.end()) return {field->second, "", 3, false};
    }
    auto generic = generics_.find(form);
    if (generic != generics_.end() && another) return of_role(role->role, generic->second);
    auto field = fields_.find(form);
    if (field != fields_.end()) return {of_family ? Field::ignore : field->second, "", 3, false};
    if (generic != generics_.end()) {
      if (contact_field(generic->second) == generic->second) return {Field::ignore, "", 3, true};  // whose, nobody says
      return {generic->second, "", 3, true};
    }
  }
  for (const std::string& form : forms) {
    HeadingMatch match = match_prefixed(form);
    if (match.strength > 0) return match;
  }
  for (const std::string& form : forms) {
    HeadingMatch match = match_part(form, another ? role : nullptr);
    if (match.strength > 0) return match;
  }
  return {};
}

// ---- Values ----

const std::string* WordTable::find(const std::string& plain) const {
  auto found = values_.find(plain);
  return found == values_.end() ? nullptr : &found->second;
}

std::size_t WordTable::filler_at(std::string_view plain) const {
  for (std::size_t length = std::min(longest_, plain.size()); length > 0; --length) {
    if (filler_.contains(std::string(plain.substr(0, length)))) return length;
  }
  return 0;
}

std::size_t WordTable::word_at(std::string_view plain, const std::string*& value) const {
  for (std::size_t length = std::min(longest_, plain.size()); length > 0; --length) {
    value = find(std::string(plain.substr(0, length)));
    if (value != nullptr) return length;
  }
  return 0;
}

bool WordTable::scan(std::string_view plain, std::vector<std::string>& values) const {
  bool understood = true;
  while (!plain.empty()) {
    const std::string* value = nullptr;
    std::size_t filler = filler_at(plain);
    std::size_t length = word_at(plain, value);
    if (length >= filler && value != nullptr) {
      if (std::find(values.begin(), values.end(), *value) == values.end()) values.push_back(*value);
    } else if (filler > 0) {
      length = filler;
    } else {
      understood = false;
      length = 1;
      while (length < plain.size() && (static_cast<unsigned char>(plain[length]) & 0xC0) == 0x80) ++length;
    }
    plain.remove_prefix(length);
  }
  return understood;
}

void WordTable::add(const std::string& word, const std::string& value) {
  values_[word] = value;
  known_values_.insert(value);
  longest_ = std::max(longest_, word.size());
}

void WordTable::add_filler(const std::string& word) {
  filler_.insert(word);
  longest_ = std::max(longest_, word.size());
}

// ---- Loading ----

Words Words::load(const std::string& folder) {
  Words words;
  words.load_headings(folder + "/columns.toml");
  words.load_values(folder + "/values.toml");
  return words;
}

void Words::load_headings(const std::string& path) {
  toml::Node root = read_table(path);
  for (const toml::Node& entry : list_at(root, "role", path).items) {
    std::size_t role = headings_.roles_.size();
    headings_.roles_.push_back({id_of(entry, path), entry.find("contact") != nullptr});
    for (std::string& word : words_at(entry, "words")) headings_.role_words_.push_back({std::move(word), role});
  }
  std::stable_sort(headings_.role_words_.begin(), headings_.role_words_.end(),
                   [](const auto& a, const auto& b) { return a.word.size() > b.word.size(); });
  for (bool generic : {true, false}) {
    for (const toml::Node& entry : list_at(root, generic ? "generic" : "field", path).items) {
      std::string id = id_of(entry, path);
      auto field = parse_field(generic && (id == "relation" || id == "name_phone") ? "contact." + id : id);
      if (!field) fail(path, entry.line, "no such field: " + id);
      for (const std::string& word : words_at(entry, "words")) {
        bool added = (generic ? headings_.generics_ : headings_.fields_).emplace(word, *field).second;
        if (!added || (!generic && headings_.generics_.contains(word))) fail(path, entry.line, "stands twice: " + word);
      }
      auto parts = words_at(entry, "parts");
      if (!parts.empty()) headings_.parts_.push_back({*field, generic, parts, words_at(entry, "except")});
    }
  }
}

void Words::load_values(const std::string& path) {
  toml::Node root = read_table(path);
  for (const auto& [name, node] : root.members) {
    if (name == "blank") {
      for (const toml::Node& item : node.items) blank_.insert(item.string);
    } else if (name == "footer") {
      for (const toml::Node& item : list_at(node, "starts", path).items) footers_.push_back(item.string);
    } else {
      WordTable& table = tables_[name];
      for (const auto& [value, list] : node.members) {
        for (const toml::Node& item : list.items) {
          std::string word = plain_value(item.string);
          if (word.empty()) fail(path, list.line, "an empty word");
          if (value == "kinds") {
            disability_kinds_.add_filler(word);
          } else if (value == "filler") {
            table.add_filler(word);
          } else if (table.find(word) != nullptr && *table.find(word) != value) {
            fail(path, list.line, "stands twice: " + word);
          } else {
            table.add(word, value);
          }
        }
      }
    }
  }
}

const WordTable& Words::table(const std::string& name) const {
  auto found = tables_.find(name);
  if (found == tables_.end()) throw Failure("values.toml has no table " + name);
  return found->second;
}

bool Words::is_blank(std::string_view text) const { return blank_.contains(lower_ascii(compact(text))); }

bool Words::begins_footer(std::string_view text) const {
  std::string plain = compact(text);
  return std::any_of(footers_.begin(), footers_.end(),
                     [&](const std::string& start) { return plain.starts_with(start); });
}

std::size_t Words::disability_kind_at(std::string_view plain) const { return disability_kinds_.filler_at(plain); }

}  // namespace tanfang::ledgers
