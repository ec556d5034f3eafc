// `tanfang schemes list|show|explain|lint`.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>

#include "app/app.h"
#include "app/command_line.h"
#include "app/commands/classify_lines.h"
#include "app/commands/scheme_text.h"
#include "app/exports/columns.h"
#include "forms/forms.h"
#include "paper/paper.h"
#include "platform/files/given_file.h"
#include "platform/json/json.h"

namespace tanfang::app {
namespace {

namespace bj = boost::json;

struct Options {
  std::string scheme;
  std::vector<std::string> folders;
  std::string facts = "-";
  std::string on;
  std::string language;  // empty: Chinese, or both where there is room
  bool english() const { return language == "en"; }
};

Date date_of(const Surroundings& surroundings, const std::string& on) {
  if (on.empty()) return surroundings.today();
  auto date = Date::parse(on);
  if (!date) throw CLI::ValidationError("--on", "not a date like 2024-03-01");
  return *date;
}

int list(Surroundings& surroundings, const Options& options) {
  auto set = schemes::SchemeSet::load(surroundings.shipped(), surroundings.further_schemes());
  bj::array all;
  for (const auto& scheme : set.all()) {
    const std::string& title = in_language(scheme->title, options.english());
    std::string area = scheme->national_floor ? "-" : scheme->area;
    if (surroundings.json) {
      all.push_back(bj::object{{"id", scheme->id},
                               {"version", scheme->version},
                               {"in_force", scheme->in_force.iso()},
                               {"area", scheme->area},
                               {"national_floor", scheme->national_floor},
                               {"title", title}});
    } else {
      fmt::print("{:16} {:12} {:8} {}\n", scheme->id, scheme->in_force.iso(), area, title);
    }
  }
  if (surroundings.json) fmt::print("{}\n", bj::serialize(all));
  for (const schemes::SchemeMistake& mistake : set.mistakes()) {
    if (mistake.blocks)
      fmt::print(stderr, "{}:{}: {} / {}\n", mistake.file, mistake.line, mistake.text.zh, mistake.text.en);
  }
  return kDone;
}

int show(Surroundings& surroundings, const Options& options) {
  auto set = schemes::SchemeSet::load(surroundings.shipped(), surroundings.further_schemes());
  const schemes::Scheme& scheme = set.get(options.scheme, date_of(surroundings, options.on));
  if (surroundings.json) {
    fmt::print("{}\n", bj::serialize(scheme_json(scheme)));
  } else {
    fmt::print("{}", scheme_text(scheme, options.english()));
  }
  return kDone;
}

std::string read_facts(const std::string& path) {
  if (path != "-") return files::read_given(path);
  return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

/// `{"on":…,"facts":{…}}` or the facts alone.
int explain(Surroundings& surroundings, const Options& options) {
  auto set = schemes::SchemeSet::load(surroundings.shipped(), surroundings.further_schemes());
  bj::value input = json::parse(read_facts(options.facts));
  Words not_object{"应为一个 JSON 对象，写出已知的事实", "give one JSON object of what is known"};
  if (!input.is_object()) throw Problem("line.not_object", 400, not_object);
  const bj::object* facts = &input.get_object();
  std::string on = options.on;
  if (const bj::value* inner = facts->if_contains("facts")) {
    if (!inner->is_object()) throw Problem("line.not_object", 400, not_object);
    const bj::value* given = facts->if_contains("on");
    if (on.empty() && given && given->is_string()) on = std::string(given->get_string());
    facts = &inner->get_object();
  }
  Date date = date_of(surroundings, on);
  schemes::Facts known(set.vocabulary(), options.scheme);
  if (auto problem = known.set_all(*facts)) throw Problem(problem->code, 422, problem->text, {*problem});
  if (surroundings.json) {
    bj::object line{{"on", date.iso()}, {"facts", *facts}};
    std::string out;
    bool answered = LineClassifier(set, options.scheme, date).answer(bj::serialize(line), out);
    fmt::print("{}", out);
    return answered ? kDone : kRefused;
  }
  fmt::print("{}", verdict_text(set.get(options.scheme, date), known, date, options.english()));
  return kDone;
}

void lint_forms(const std::string& folder, const std::string& common, const schemes::Vocabulary& facts,
                std::vector<schemes::SchemeMistake>& mistakes) {
  for (const std::string& scheme : schemes::scheme_folders(folder)) {
    std::vector<forms::LintMessage> messages = forms::lint(scheme, common);
    auto is_error = [](const forms::LintMessage& message) { return message.severity == forms::Severity::error; };
    if (std::none_of(messages.begin(), messages.end(), is_error)) {
      std::string home = std::filesystem::path(common).parent_path().string();
      auto layouts = paper::lint(scheme, forms::load_catalog({home, scheme}));
      messages.insert(messages.end(), layouts.begin(), layouts.end());
    }
    auto templates = exports::lint_templates(scheme, facts);
    messages.insert(messages.end(), templates.begin(), templates.end());
    for (const forms::LintMessage& message : messages) {
      mistakes.push_back({message.file, message.line, is_error(message), false, message.message});
    }
  }
}

/// In the language asked for, or in both.
std::string message_of(const Words& text, const std::string& language) {
  if (language == "en") return text.en;
  return language == "zh" ? text.zh : text.zh + "\n    " + text.en;
}

void print_mistakes(const std::vector<schemes::SchemeMistake>& mistakes, const Options& options, bool as_json) {
  bj::array out;
  for (const schemes::SchemeMistake& mistake : mistakes) {
    const char* severity = mistake.error ? "error" : "warning";
    if (as_json) {
      out.push_back(bj::object{{"file", mistake.file},
                               {"line", mistake.line},
                               {"severity", severity},
                               {"message", in_language(mistake.text, options.english())},
                               {"message_en", mistake.text.en}});
    } else {
      fmt::print("{}:{}: {}: {}\n", mistake.file, mistake.line, severity, message_of(mistake.text, options.language));
    }
  }
  if (as_json) fmt::print("{}\n", bj::serialize(out));
}

/// Where a folder is none there is still a list for who reads it by program.
int refuse_folder(const Options& options) {
  std::vector<schemes::SchemeMistake> out;
  for (const std::string& folder : options.folders) {
    if (!std::filesystem::is_directory(folder))
      out.push_back({folder, 1, true, true, {"找不到方案文件夹", "there is no such folder of schemes"}});
  }
  print_mistakes(out, options, true);
  return kRefused;
}

int lint(Surroundings& surroundings, const Options& options) {
  bool all_there = std::all_of(options.folders.begin(), options.folders.end(),
                               [](const std::string& folder) { return std::filesystem::is_directory(folder); });
  if (surroundings.json && !all_there) return refuse_folder(options);
  const std::string home = surroundings.shipped() + "/schemes";
  std::vector<schemes::SchemeMistake> mistakes = schemes::lint(surroundings.shipped(), options.folders);
  std::vector<std::string> folders = options.folders.empty() ? std::vector<std::string>{home} : options.folders;
  const auto set = schemes::SchemeSet::load(surroundings.shipped(), options.folders);
  for (const std::string& folder : folders) lint_forms(folder, home + "/common", set.vocabulary(), mistakes);
  print_mistakes(mistakes, options, surroundings.json);
  auto errors = std::count_if(mistakes.begin(), mistakes.end(),
                              [](const schemes::SchemeMistake& mistake) { return mistake.error; });
  auto warnings = static_cast<std::ptrdiff_t>(mistakes.size()) - errors;
  if (!surroundings.json) {
    Words total{fmt::format("{} 个错误，{} 个警告", errors, warnings),
                fmt::format("{} errors, {} warnings", errors, warnings)};
    fmt::print("{}\n", options.language.empty() ? total.zh + " / " + total.en : in_language(total, options.english()));
  }
  return errors == 0 ? kDone : kRefused;
}

using Work = int (*)(Surroundings&, const Options&);

void add(CLI::App& parent, Surroundings& surroundings, const std::string& name, const std::string& help, Work work,
         const std::function<void(CLI::App&, Options&)>& define) {
  add_command(parent, surroundings, name, help, [&](CLI::App& command) -> Run {
    auto options = std::make_shared<Options>();
    command.add_option("--language", options->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
    define(command, *options);
    return [options, work](Surroundings& here) { return work(here, *options); };
  });
}

}  // namespace

void add_schemes(CLI::App& program, Surroundings& surroundings) {
  CLI::App* parent = program.add_subcommand("schemes", "The schemes: list, show, explain a person, check folders");
  parent->require_subcommand(1);
  parent->fallthrough();
  auto named = [](CLI::App& command, Options& options) {
    command.add_option("--scheme,scheme", options.scheme, "the scheme's id, e.g. luzhou-2023")->required();
    command.add_option("--on", options.on, "the day, YYYY-MM-DD (default: today)");
  };
  add(*parent, surroundings, "list", "All schemes and the day they are in force from", list,
      [](CLI::App&, Options&) {});
  add(*parent, surroundings, "show", "One scheme: categories, tiers, what is owed, settings, clauses", show, named);
  add(*parent, surroundings, "explain", "Why a person is owed what, down to clause and fact", explain,
      [named](CLI::App& command, Options& options) {
        named(command, options);
        command.add_option("--facts", options.facts, "a file with the person's facts as JSON (default: stdin)");
      });
  add(*parent, surroundings, "lint", "Checks scheme folders: every mistake with file and line", lint,
      [](CLI::App& command, Options& options) {
        command.add_option("folders", options.folders,
                           "scheme folders, or folders of them (default: the shipped ones)");
      });
}

}  // namespace tanfang::app
