// `tanfang accounts …`: what an operator does with accounts on the machine itself, such as making the first ones.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/options.h"
#include "app/settings/settings.h"
#include "identity/identity.h"
#include "platform/files/given_file.h"
#include "registry/registry.h"

namespace tanfang::app {
namespace {

namespace js = boost::json;

constexpr std::size_t kLongestInput = 4096;

/// Read by the byte: a pipe cannot be read as a file, and what follows the line is not ours.
std::string read_input_line() {
  std::string line;
  for (char c = 0; line.size() < kLongestInput && ::read(STDIN_FILENO, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

/// The first line of the file or of standard input, or what is typed at the terminal without being shown. Never an
/// argument, which others on the machine could read.
std::string read_password(const std::string& file) {
  if (file.empty() && ::isatty(STDIN_FILENO) == 1) {
    const char* typed = ::getpass("密码 / password: ");
    return typed ? typed : "";
  }
  std::string text = file.empty() ? read_input_line() : files::read_given(file, kLongestInput);
  text.resize(std::min(text.size(), text.find_first_of("\r\n")));
  return text;
}

struct Means {
  explicit Means(Surroundings& surroundings)
      : settings(surroundings.settings().identity),
        hasher(settings),
        common(surroundings.shipped() + "/data/common_passwords.txt"),
        ground{surroundings.database(), surroundings.keys(), surroundings.ids(), settings, hasher, common} {}

  const identity::Settings& settings;
  identity::PasswordHasher hasher;
  identity::CommonPasswords common;
  identity::Ground ground;
};

identity::Account find(Surroundings& surroundings, const std::string& login) {
  identity::Account found;
  surroundings.database().read([&](db::Session& session) {
    found = identity::load_account(session, identity::operator_at_command(), std::string_view(login));
  });
  return found;
}

void print(const Surroundings& surroundings, const identity::Account& account, const std::string& token = "") {
  if (surroundings.json) {
    js::object line{{"id", format_id(account.id)},
                    {"login", account.login},
                    {"name", account.name},
                    {"role", identity::to_text(account.role)},
                    {"area", account.area},
                    {"enabled", account.enabled},
                    {"has_password", account.has_password},
                    {"has_second_factor", account.has_second_factor}};
    if (!token.empty()) line["invitation"] = token;
    fmt::print("{}\n", js::serialize(line));
    return;
  }
  fmt::print("{} {} {}（{}） {} {}\n", format_id(account.id), account.login, account.name,
             identity::name_of(account.role).zh, account.area.empty() ? "-" : account.area,
             account.enabled ? "启用" : "停用");
  if (!token.empty()) fmt::print("邀请码（只显示一次）：{}\n", token);
}

std::string is_role(const std::string& text) { return identity::parse_role(text) ? "" : "not a role"; }

struct Wanted {
  identity::NewAccount account;
  std::string role;
  std::string password_file;

  /// An area that nobody knows is a slip. Throws Problem `area.unknown`.
  identity::NewAccount checked(Surroundings& surroundings) const {
    identity::NewAccount fresh = account;
    fresh.role = identity::parse_role(role).value();
    if (!fresh.area.empty()) {
      surroundings.database().read([&](db::Session& session) { registry::require_area(session, fresh.area); });
    }
    return fresh;
  }
};

void add_standing(CLI::App& command, Wanted& wanted) {
  command.add_option("LOGIN", wanted.account.login, "3 to 64 of a-z 0-9 . _ - @")->required();
  command.add_option("--name", wanted.account.name, "the owner's name")->required();
  command.add_option("--role", wanted.role, "e.g. county_bureau, town_office, visitor, security_officer, machine")
      ->required()
      ->check(is_role);
  command.add_option("--area", wanted.account.area, "the area's code (default: the nation, where the role allows it)")
      ->check(is_area);
}

void add_password_file(CLI::App& command, std::string& file) {
  command.add_option("--password-file", file, "a file whose first line is the password (default: standard input)");
}

Run define_create(CLI::App& command) {
  auto wanted = std::make_shared<Wanted>();
  add_standing(command, *wanted);
  add_password_file(command, wanted->password_file);
  return [wanted](Surroundings& surroundings) {
    identity::NewAccount fresh = wanted->checked(surroundings);
    identity::Principal by = identity::operator_at_command();
    identity::Account made;
    if (fresh.role == identity::Role::machine) {
      surroundings.write([&](audit::Work& work) { made = identity::create_machine(work, by, fresh); });
    } else {
      std::string password = read_password(wanted->password_file);
      Means means(surroundings);
      made = identity::create_account(means.ground, surroundings.now(), surroundings.actor(), by, fresh, password);
    }
    print(surroundings, made);
    return kDone;
  };
}

Run define_invite(CLI::App& command) {
  auto wanted = std::make_shared<Wanted>();
  add_standing(command, *wanted);
  return [wanted](Surroundings& surroundings) {
    const identity::Settings& settings = surroundings.settings().identity;
    identity::NewAccount fresh = wanted->checked(surroundings);
    identity::Invitation made;
    surroundings.write([&](audit::Work& work) {
      made = identity::invite_account(work, settings, identity::operator_at_command(), fresh);
    });
    print(surroundings, made.account, made.token);
    return kDone;
  };
}

Run define_invite_phone(CLI::App& command) {
  auto login = std::make_shared<std::string>();
  auto address = std::make_shared<std::string>();
  command.add_option("LOGIN", *login, "a visitor or village clerk")->required();
  command.add_option("--address", *address, "where phones reach the server, such as https://tanfang.example.cn");
  return [login, address](Surroundings& surroundings) {
    Id id = find(surroundings, *login).id;
    identity::Invitation made;
    surroundings.write(
        [&](audit::Work& work) { made = identity::invite_device(work, identity::operator_at_command(), id); });
    std::string link = *address + "/#/join/" + made.token;
    if (surroundings.json) {
      fmt::print("{}\n", js::serialize(js::object{{"login", made.account.login}, {"link", link}}));
    } else {
      fmt::print("{}（只能用一次）\n", link);
    }
    return kDone;
  };
}

Run define_list(CLI::App& command) {
  auto area = std::make_shared<std::string>();
  command.add_option("--area", *area, "only within this area")->check(is_area);
  return [area](Surroundings& surroundings) {
    surroundings.database().read([&](db::Session& session) {
      identity::AccountFilter filter{.area = *area};
      std::vector<identity::Account> page;
      do {
        page = identity::list_accounts(session, identity::operator_at_command(), filter);
        for (const identity::Account& account : page) print(surroundings, account);
        if (!page.empty()) filter.after = page.back().id;
      } while (!page.empty());
    });
    return kDone;
  };
}

/// A command on one account, in one transaction.
using Change = std::function<void(audit::Work&, const identity::Principal&, Id)>;

void add_change(CLI::App& group, Surroundings& surroundings, const std::string& name, const std::string& help,
                const Change& change) {
  add_command(group, surroundings, name, help, [change](CLI::App& command) -> Run {
    auto login = std::make_shared<std::string>();
    command.add_option("LOGIN", *login, "whose account")->required();
    return [login, change](Surroundings& here) {
      Id id = find(here, *login).id;
      here.write([&](audit::Work& work) { change(work, identity::operator_at_command(), id); });
      print(here, find(here, *login));
      return kDone;
    };
  });
}

Run define_reset(CLI::App& command) {
  auto login = std::make_shared<std::string>();
  auto file = std::make_shared<std::string>();
  command.add_option("LOGIN", *login, "whose account")->required();
  add_password_file(command, *file);
  return [=](Surroundings& surroundings) {
    identity::Account account = find(surroundings, *login);
    std::string password = read_password(*file);
    Means means(surroundings);
    identity::reset_password(means.ground, surroundings.now(), surroundings.actor(), identity::operator_at_command(),
                             account.id, password);
    print(surroundings, find(surroundings, *login));
    return kDone;
  };
}

}  // namespace

void add_accounts(CLI::App& program, Surroundings& surroundings) {
  CLI::App* group = program.add_subcommand("accounts", "who may sign in: make, invite, switch off, help in again");
  group->fallthrough();
  group->require_subcommand(1);
  add_command(*group, surroundings, "create", "an account that can sign in at once", define_create);
  add_command(*group, surroundings, "invite", "an account whose owner sets the password through a one-time link",
              define_invite);
  add_command(*group, surroundings, "invite-phone",
              "a one-time link that binds a phone to a visitor's or clerk's account", define_invite_phone);
  add_command(*group, surroundings, "list", "show accounts (--json: one object a line)", define_list);
  add_change(*group, surroundings, "disable", "refuse the account from now on and end its sessions",
             [](audit::Work& work, const identity::Principal& by, Id id) {
               identity::change_account(work, by, id, {.enabled = false});
             });
  add_change(*group, surroundings, "enable", "let the account in again",
             [](audit::Work& work, const identity::Principal& by, Id id) {
               identity::change_account(work, by, id, {.enabled = true});
             });
  add_command(*group, surroundings, "reset-password", "set a password and end the account's sessions and waits",
              define_reset);
  add_change(*group, surroundings, "end-sessions", "end all sessions of the account",
             [](audit::Work& work, const identity::Principal& by, Id id) { identity::end_sessions(work, by, id); });
  add_change(*group, surroundings, "remove-second-factor", "for a lost authenticator; the owner enrols anew",
             identity::remove_second_factor);
}

}  // namespace tanfang::app
