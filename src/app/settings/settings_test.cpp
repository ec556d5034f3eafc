#include "app/settings/settings.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "app/settings/settings_keys.h"
#include "app/test_program.h"
#include "base/problem.h"
#include "platform/db/test_database.h"
#include "platform/files/files.h"

namespace tanfang::app {
namespace {

const std::string kSource = TANFANG_SOURCE_DIR;

/// `code at` of each mistake, one a line.
std::string mistakes_of(const std::string& text) {
  try {
    read_settings(text, "s.toml");
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "settings.invalid");
    std::string all;
    for (const FieldProblem& field : problem.fields) {
      EXPECT_FALSE(field.text.zh.empty() || field.text.en.empty()) << field.field;
      all += field.code + " " + field.field + "\n";
    }
    return all;
  }
  return "";
}

TEST(Settings, TheExampleSaysTheDefaultsAndEveryKey) {
  std::string example = files::read_whole(kSource + "/data/settings.example.toml");
  EXPECT_EQ(example, render_settings({})) << "made by: tanfang settings show --defaults";
  EXPECT_TRUE(changed_settings(read_settings(example, "example")).empty());
  EXPECT_EQ(render_settings(read_settings(example, "example")), example);
  for (const SettingKey& key : setting_keys()) {
    EXPECT_NE(example.find("\n" + key.name + " = "), std::string::npos) << key.full_name();
  }
}

TEST(Settings, TheManualNamesEveryKey) {
  std::string manual = files::read_whole(kSource + "/docs/operations.md");
  EXPECT_NE(manual.find(describe_settings()), std::string::npos) << "made by: tanfang settings keys";
}

TEST(Settings, EveryKeyIsInASectionAndItsDefaultIsAllowed) {
  for (const SettingKey& key : setting_keys()) {
    bool known = false;
    for (const SettingSection& section : setting_sections()) known |= section.name == key.section;
    EXPECT_TRUE(known) << key.full_name();
    if (key.kind == KeyKind::whole) {
      EXPECT_GE(key.whole({}), key.least) << key.full_name();
      EXPECT_LE(key.whole({}), key.most) << key.full_name();
    }
  }
}

/// Each key alone at another value comes back as that value and changes nothing else.
TEST(Settings, EveryKeyIsReadToItsOwnPlace) {
  for (const SettingKey& key : setting_keys()) {
    if (key.kind != KeyKind::whole) continue;
    std::int64_t other = key.whole({}) == key.most ? key.least : key.whole({}) + 1;
    Settings settings;
    key.set_whole(settings, other);
    EXPECT_EQ(key.whole(settings), other) << key.full_name();
    EXPECT_EQ(changed_settings(settings), std::vector<std::string>{key.full_name()});
  }
}

TEST(Settings, AFileIsReadInHumanUnits) {
  Settings settings = read_settings(R"(
[server]
port = 9443
idle_seconds = 30
trusted_proxies = ["127.0.0.1", "::1"]
[identity]
office_idle_minutes = 20
second_factor_required = ["county_bureau"]
[jobs]
enabled = false
deceased_years = 10
)",
                                    "s.toml");
  EXPECT_EQ(settings.server.port, 9443);
  EXPECT_EQ(settings.server.idle_timeout.count(), 30'000);
  EXPECT_EQ(settings.server.trusted_proxies, (std::vector<std::string>{"127.0.0.1", "::1"}));
  EXPECT_EQ(settings.identity.office_session.idle, 20 * identity::kMinute);
  EXPECT_EQ(settings.identity.second_factor_required, std::set<identity::Role>{identity::Role::county_bureau});
  EXPECT_FALSE(settings.jobs.enabled);
  EXPECT_EQ(settings.jobs.deceased_years, 10);
  EXPECT_EQ(read_settings(render_settings(settings), "again").server.port, 9443);
  EXPECT_EQ(changed_settings(settings).size(), 7u);
}

TEST(Settings, EveryMistakeIsNamedWithItsLine) {
  EXPECT_EQ(mistakes_of("[server]\nport = \n").substr(0, 26), "settings.malformed s.toml:");
  EXPECT_EQ(mistakes_of("[server]\nprot = 1\n[web]\na = 1\n"),
            "settings.unknown_key s.toml:2 server.prot\nsettings.unknown_key s.toml:3 web\n");
  EXPECT_EQ(mistakes_of("[server]\nport = \"80\"\naddress = 1\n[jobs]\nenabled = 1\n"),
            "settings.wrong_type s.toml:2 server.port\nsettings.wrong_type s.toml:3 server.address\n"
            "settings.wrong_type s.toml:5 jobs.enabled\n");
  EXPECT_EQ(mistakes_of("server = 1\n"), "settings.wrong_type s.toml:1 server\n");
  EXPECT_EQ(mistakes_of("[server]\nport = 70000\naddress = \"here\"\n"),
            "settings.out_of_range s.toml:2 server.port\nsettings.out_of_range s.toml:3 server.address\n");
  EXPECT_EQ(mistakes_of("[identity]\nsecond_factor_required = [\"mayor\"]\n"),
            "settings.out_of_range s.toml:2 identity.second_factor_required\n");
  EXPECT_EQ(mistakes_of("[server]\ntrusted_proxies = [1]\n"), "settings.wrong_type s.toml:2 server.trusted_proxies\n");
}

TEST(Settings, KeysThatDoNotGoTogetherAreRefused) {
  EXPECT_EQ(mistakes_of("[server]\ntls_certificate = \"a.pem\"\n"), "settings.unfitting s.toml:1 server.tls_key\n");
  EXPECT_EQ(mistakes_of("[identity]\noffice_session_hours = 1\noffice_idle_minutes = 90\n"),
            "settings.unfitting s.toml:3 identity.office_idle_minutes\n");
}

TEST(SettingsCommand, ChecksAndShowsWithoutSecrets) {
  db::TestFolder folder;
  setenv("TANFANG_HOME", TANFANG_SOURCE_DIR, 1);
  files::write_whole(folder.file("settings.toml"), "[server]\nport = 9000\n");
  Answer checked = run_program(folder.path(), "2024-03-01T09:00", {"settings", "check"});
  EXPECT_EQ(checked.code, kDone) << checked.err;
  EXPECT_NE(checked.out.find("server.port"), std::string::npos);
  Answer shown = run_program(folder.path(), "2024-03-01T09:00", {"settings", "show"});
  EXPECT_NE(shown.out.find("\nport = 9000\n"), std::string::npos);
  EXPECT_NE(shown.out.find("TANFANG_HOME: 已设置"), std::string::npos);
  EXPECT_EQ(shown.out.find(TANFANG_SOURCE_DIR), std::string::npos) << "what a variable is set to is not shown";

  files::write_whole(folder.file("wrong.toml"), "[server]\nport = -1\n");
  Answer refused = run_program(folder.path(), "2024-03-01T09:00", {"settings", "check", folder.file("wrong.toml")});
  EXPECT_EQ(refused.code, kRefused);
  EXPECT_NE(refused.err.find("wrong.toml:2 server.port"), std::string::npos) << refused.err;
  Answer missing = run_program(folder.path(), "2024-03-01T09:00", {"--settings", "/no/such.toml", "settings", "show"});
  EXPECT_EQ(missing.code, kRefused);
  EXPECT_NE(missing.err.find("settings.missing"), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace tanfang::app
