#include "app/commands/keys_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/operation/key_transport.h"
#include "app/operation/operation_problems.h"
#include "app/operation/rotation.h"
#include "app/progress.h"
#include "platform/files/given_file.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

constexpr std::size_t kLongestPassphrase = 4096;

/// The first line of the file, or what is typed at the terminal without being shown.
std::string read_passphrase(const std::string& file) {
  std::string text;
  if (!file.empty()) {
    text = files::read_given(file, kLongestPassphrase);
    text.resize(std::min(text.size(), text.find_first_of("\r\n")));
  } else if (::isatty(STDIN_FILENO) == 1) {
    if (const char* typed = ::getpass("口令 / passphrase: ")) text = typed;
  }
  if (text.empty()) throw keys_no_passphrase();
  return text;
}

Run define_export(CLI::App& command) {
  auto path = std::make_shared<std::string>();
  auto passphrase_file = std::make_shared<std::string>();
  auto plain = std::make_shared<bool>(false);
  command.add_option("FILE", *path, "the new file (mode 0600)")->required();
  auto* option = command.add_option("--passphrase-file", *passphrase_file, "a file whose first line is the passphrase");
  command.add_flag("--plain", *plain, "without a passphrase: whoever reads the file has the keys")->excludes(option);
  return [=](Surroundings& surroundings) {
    export_keys(surroundings, *path, *plain ? "" : read_passphrase(*passphrase_file));
    if (surroundings.json) {
      fmt::print("{}\n", js::serialize(js::object{{"file", *path}, {"sealed", !*plain}}));
    } else {
      fmt::print("密钥已导出到 {}，请与备份分开保管\n", *path);
    }
    return kDone;
  };
}

Run define_import(CLI::App& command) {
  auto path = std::make_shared<std::string>();
  auto passphrase_file = std::make_shared<std::string>();
  command.add_option("FILE", *path, "what `keys export` wrote, or a key file")->required();
  command.add_option("--passphrase-file", *passphrase_file, "a file whose first line is the passphrase");
  return [=](Surroundings& surroundings) {
    import_keys(surroundings, *path, [&] { return read_passphrase(*passphrase_file); });
    if (surroundings.json) {
      fmt::print("{}\n", js::serialize(js::object{{"current_key", surroundings.keys().current_field_key()}}));
    } else {
      fmt::print("密钥已导入\n");
    }
    return kDone;
  };
}

Run define_rotate(CLI::App& command) {
  auto resume = std::make_shared<bool>(false);
  command.add_flag("--resume", *resume, "finish a rotation that was broken off, without another new key");
  return [=](Surroundings& surroundings) {
    if (!*resume) add_field_key(surroundings);
    Rotation done;
    {
      Progress progress("fields");
      done = renew_fields(surroundings, [&](std::int64_t fields) { progress.tell(fields); });
    }
    if (surroundings.json) {
      js::object answer{{"key", done.key}, {"fields", done.fields}, {"renewed", done.renewed}};
      fmt::print("{}\n", js::serialize(answer));
    } else {
      fmt::print("现用密钥 {}：检查字段 {} 个，重新加密 {} 个\n", done.key, done.fields, done.renewed);
    }
    return kDone;
  };
}

}  // namespace

void add_keys(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("keys", "the keys of field encryption, kept outside the database");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "export", "write the keys to a file of their own, under a passphrase",
              define_export);
  add_command(*group, surroundings, "import", "take the keys from a file", define_import);
  add_command(*group, surroundings, "rotate",
              "add a new key and encrypt every field with it; stop other programs on this database first",
              define_rotate);
}

}  // namespace tanfang::app
