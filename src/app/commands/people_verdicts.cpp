// `tanfang people classify|explain|verdicts|schemes`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "app/app.h"
#include "app/commands/people_command.h"
#include "app/options.h"
#include "app/progress.h"

namespace tanfang::app::people {
namespace {

namespace js = boost::json;

struct Options {
  std::string person;
  std::string county;
  std::string day;
  std::vector<std::string> schemes;
  std::vector<std::string> settings;
  bool shipped = false;
};

Run define_classify(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--county", options->county, "the county")->required()->check(is_county);
  command.add_option("--through", options->day, "up to this day at least (default: today)")->check(is_date);
  return [options](Surroundings& surroundings) {
    Ground ground(surroundings);
    Date through = Date::parse(options->day).value_or(surroundings.today());
    registry::Classified done;
    {
      Progress progress("people classified");
      surroundings.write([&](audit::Work& work) {
        done = registry::classify_county(work, ground.classifier, options->county, through,
                                         [&](std::int64_t people) { progress.tell(people); });
        if (done.changed > 0) {
          planning::refresh_area(work, ground.policies, options->county, options->county, work.today());
        }
      });
    }
    print(surroundings, {{"people", done.people}, {"changed", done.changed}},
          fmt::format("重新认定 {} 人，结论变化 {} 人", done.people, done.changed));
    return kDone;
  };
}

Run define_explain(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_person(command, options->person);
  command.add_option("--on", options->day, "the day asked for (default: today)")->check(is_date);
  return [options](Surroundings& surroundings) {
    Ground ground(surroundings);
    const crypto::KeyRing& keys = surroundings.keys();
    Date on = Date::parse(options->day).value_or(surroundings.today());
    surroundings.database().read([&](db::Session& session) {
      registry::PersonKey key = find(session, keys, options->person);
      for (const auto& explanation : registry::explain_person(session, ground.classifier, key, on)) {
        std::string text = explanation.scheme;
        for (const schemes::Reason& reason : explanation.reasons) text += "\n  " + reason.text.zh;
        if (!explanation.missing.empty()) text += fmt::format("\n  缺少：{}", fmt::join(explanation.missing, " "));
        print(surroundings, to_json(explanation), text);
      }
    });
    return kDone;
  };
}

Run define_verdicts(CLI::App& command) {
  auto person = std::make_shared<std::string>();
  add_person(command, *person);
  return [person](Surroundings& surroundings) {
    const crypto::KeyRing& keys = surroundings.keys();
    surroundings.database().read([&](db::Session& session) {
      registry::PersonKey key = find(session, keys, *person);
      auto all = registry::load_classifications(session, key, *Date::from_ymd(1900, 1, 1), *Date::from_ymd(9999, 1, 1));
      for (const registry::Classification& verdict : all) {
        print(surroundings, to_json(verdict),
              fmt::format("{} {} – {} {} {}", verdict.scheme, verdict.valid_from.iso(),
                          verdict.valid_to ? (*verdict.valid_to - 1).iso() : "",
                          verdict.tier.empty() ? "-" : verdict.tier, fmt::join(verdict.categories, " ")));
      }
    });
    return kDone;
  };
}

/// `luzhou-2023.advanced_age_from=75` goes to its scheme.
std::vector<registry::CountyScheme> read_choice(const Options& options) {
  std::vector<registry::CountyScheme> chosen;
  for (const std::string& scheme : options.schemes) chosen.push_back({scheme, {}});
  for (const std::string& word : options.settings) {
    std::size_t dot = word.find('.');
    std::size_t equals = word.find('=', dot == std::string::npos ? 0 : dot);
    bool found = false;
    for (registry::CountyScheme& choice : chosen) {
      if (equals == std::string::npos || dot == std::string::npos || word.substr(0, dot) != choice.scheme) continue;
      choice.settings[word.substr(dot + 1, equals - dot - 1)] = word.substr(equals + 1);
      found = true;
    }
    if (!found) throw CLI::ValidationError("--set", word + ": not SCHEME.SETTING=VALUE of a chosen scheme");
  }
  return chosen;
}

Run define_schemes(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("--county", options->county, "the county")->required()->check(is_county);
  auto* choose = command.add_option("--choose", options->schemes, "these schemes, in order, beside the national floor");
  command.add_option("--set", options->settings, "SCHEME.SETTING=VALUE, written as in TOML")->needs(choose);
  command.add_flag("--shipped", options->shipped, "back to the shipped schemes of the area")->excludes(choose);
  return [options](Surroundings& surroundings) {
    Ground ground(surroundings);
    if (!options->schemes.empty() || options->shipped) {
      std::vector<registry::CountyScheme> chosen = read_choice(*options);
      surroundings.write([&](audit::Work& work) {
        registry::choose_schemes(work, ground.classifier, options->county, chosen);
        planning::refresh_area(work, ground.policies, options->county, options->county, work.today());
      });
    }
    surroundings.database().read([&](db::Session& session) {
      auto policy = ground.classifier.policy_of(session, options->county);
      for (const schemes::Scheme* scheme : policy->in_force(options->county, surroundings.today())) {
        print(surroundings,
              {{"scheme", scheme->id}, {"version", scheme->version}, {"national_floor", scheme->national_floor}},
              fmt::format("{} {} {}", scheme->id, scheme->version, scheme->title.zh));
      }
    });
    return kDone;
  };
}

}  // namespace

void add_verdicts(CLI::App& group, Surroundings& surroundings) {
  add_command(group, surroundings, "classify", "bring a county's verdicts up to date (daily)", define_classify);
  add_command(group, surroundings, "explain", "why a person is in a tier, by rule and clause", define_explain);
  add_command(group, surroundings, "verdicts", "who was in which tier when (--json: one a line)", define_verdicts);
  add_command(group, surroundings, "schemes", "the schemes in force in a county, and its choice of them",
              define_schemes);
}

}  // namespace tanfang::app::people
