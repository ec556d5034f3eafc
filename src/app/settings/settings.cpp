#include "app/settings/settings.h"

#include <cstdlib>
#include <filesystem>

#include "app/settings/settings_keys.h"
#include "app/settings/settings_problems.h"
#include "platform/files/files.h"
#include "platform/toml/toml.h"

namespace tanfang::app {
namespace {

constexpr std::size_t kLargestFile = 1 << 20;

/// What a value of the key is, as refusals say it.
Words wanted(const SettingKey& key) {
  switch (key.kind) {
    case KeyKind::whole: {
      std::string least = std::to_string(key.least), most = std::to_string(key.most);
      return {least + " 到 " + most + " 的整数", "a whole number of " + least + " to " + most};
    }
    case KeyKind::flag:
      return {"true 或 false", "true or false"};
    case KeyKind::texts: {
      Words shape = key.shape.value_or(Words{"文字", "texts"});
      return {"文字数组（" + shape.zh + "）", "an array of texts (" + shape.en + ")"};
    }
    case KeyKind::text:
      break;
  }
  return key.shape.value_or(Words{"引号中的文字", "text in quotes"});
}

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  Settings read(std::string_view text) {
    toml::Mistake mistake;
    std::optional<toml::Node> root = toml::parse(text, mistake);
    if (!root) {
      mistakes_.push_back(settings_malformed(path_ + ":" + std::to_string(mistake.line), mistake.text));
      throw settings_invalid(path_, std::move(mistakes_));
    }
    for (const toml::Member& member : root->members) read_section(member);
    if (mistakes_.empty()) check_whole(*root);
    if (!mistakes_.empty()) throw settings_invalid(path_, std::move(mistakes_));
    return settings_;
  }

 private:
  std::string at(int line, const std::string& name) const { return path_ + ":" + std::to_string(line) + " " + name; }

  void read_section(const toml::Member& member) {
    std::string known;
    for (const SettingSection& section : setting_sections()) {
      if (section.name == member.key) {
        if (member.value.kind != toml::Kind::table) {
          mistakes_.push_back(settings_wrong_type(at(member.value.line, member.key),
                                                  {"一节 [" + member.key + "]", "a section [" + member.key + "]"}));
          return;
        }
        for (const toml::Member& item : member.value.members) read_key(member.key, item);
        return;
      }
      known += (known.empty() ? "[" : " [") + section.name + "]";
    }
    mistakes_.push_back(settings_unknown_key(at(member.value.line, member.key), known));
  }

  void read_key(const std::string& section, const toml::Member& item) {
    std::string known;
    for (const SettingKey& key : setting_keys()) {
      if (key.section != section) continue;
      if (key.name == item.key) return take(key, item.value);
      known += (known.empty() ? "" : " ") + key.name;
    }
    mistakes_.push_back(settings_unknown_key(at(item.value.line, section + "." + item.key), known));
  }

  void take(const SettingKey& key, const toml::Node& value) {
    std::string where = at(value.line, key.full_name());
    bool fits = true;
    if (key.kind == KeyKind::whole && value.kind == toml::Kind::integer) {
      fits = value.integer >= key.least && value.integer <= key.most;
      if (fits) key.set_whole(settings_, value.integer);
    } else if (key.kind == KeyKind::flag && value.kind == toml::Kind::boolean) {
      key.flag(settings_) = value.boolean;
    } else if (key.kind == KeyKind::text && value.kind == toml::Kind::string) {
      fits = !key.fits || key.fits(value.string);
      if (fits) key.text(settings_) = value.string;
    } else if (key.kind == KeyKind::texts && value.kind == toml::Kind::array) {
      return take_texts(key, value, where);
    } else {
      mistakes_.push_back(settings_wrong_type(where, wanted(key)));
      return;
    }
    if (!fits) mistakes_.push_back(settings_out_of_range(where, wanted(key)));
  }

  void take_texts(const SettingKey& key, const toml::Node& value, const std::string& where) {
    std::vector<std::string> texts;
    for (const toml::Node& item : value.items) {
      if (item.kind != toml::Kind::string) {
        mistakes_.push_back(settings_wrong_type(where, wanted(key)));
        return;
      }
      if (key.fits && !key.fits(item.string)) {
        mistakes_.push_back(settings_out_of_range(where, wanted(key)));
        return;
      }
      texts.push_back(item.string);
    }
    key.set_texts(settings_, texts);
  }

  /// Keys that only make sense together.
  void check_whole(const toml::Node& root) {
    auto require = [&](bool holds, const char* section, const char* name, const Words& reason) {
      if (holds) return;
      const toml::Node* table = root.find(section);
      const toml::Node* key = table ? table->find(name) : nullptr;
      int line = key ? key->line : table ? table->line : 1;
      mistakes_.push_back(settings_unfitting(at(line, std::string(section) + "." + name), reason));
    };
    const ServerSettings& server = settings_.server;
    require(server.tls_certificate.empty() == server.tls_key.empty(), "server", "tls_key",
            {"tls_certificate 与 tls_key 须同时给出", "tls_certificate and tls_key go together; give both or neither"});
    const identity::Settings& identity = settings_.identity;
    require(identity.office_session.idle <= identity.office_session.whole, "identity", "office_idle_minutes",
            {"闲置时限不能长于总时限", "longer than the whole session; lower it"});
    require(identity.field_session.idle <= identity.field_session.whole, "identity", "field_idle_hours",
            {"闲置时限不能长于总时限", "longer than the whole session; lower it"});
    require(identity.first_wait <= identity.longest_wait, "identity", "first_wait_seconds",
            {"首次等待不能长于最长等待", "longer than the longest wait; lower it"});
    const OidcSettings& oidc = settings_.oidc;
    require(oidc.issuer.empty() || (!oidc.client_id.empty() && !oidc.redirect_base.empty()), "oidc", "issuer",
            {"启用统一身份登录须同时给出 client_id 和 redirect_base",
             "signing on needs client_id and redirect_base too; give both"});
  }

  std::string path_;
  Settings settings_;
  std::vector<FieldProblem> mistakes_;
};

}  // namespace

Settings read_settings(std::string_view text, const std::string& path) { return Reader(path).read(text); }

std::string settings_path(const std::string& path, const std::string& data_folder) {
  if (!path.empty()) return path;
  std::string own = data_folder + "/settings.toml";
  return std::filesystem::exists(own) ? own : "";
}

Settings load_settings(const std::string& path, const std::string& data_folder) {
  std::string file = settings_path(path, data_folder);
  if (file.empty()) return {};
  if (!std::filesystem::is_regular_file(file)) throw settings_missing(file);
  return read_settings(files::read_whole(file, kLargestFile), file);
}

}  // namespace tanfang::app
