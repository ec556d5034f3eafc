// The two tables, cell by cell, and what must hold of them whatever they say.
#include "identity/roles.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/problem.h"
#include "identity/principal.h"
#include "identity/settings.h"

namespace tanfang::identity {
namespace {

std::string granted(Role role) {
  std::string words;
  for (std::size_t i = 0; i < kPermissions; ++i) {
    if (!permissions_of(role)[i]) continue;
    words += (words.empty() ? "" : " ") + std::string(to_text(static_cast<Permission>(i)));
  }
  return words;
}

TEST(Roles, EveryOfficeMustHaveASecondFactorUnlessSettingsSayOtherwise) {
  for (std::size_t i = 0; i < kRoles; ++i) {
    Role role = static_cast<Role>(i);
    EXPECT_EQ(Settings().second_factor_required.contains(role), is_office(role)) << to_text(role);
  }
}

TEST(Roles, MayDoThisAndNothingElse) {
  EXPECT_EQ(granted(Role::visitor),
            "areas_read people_read reveal search schemes_read plan_read visits_read visits_record attachments"
            " work_lists_read");
  EXPECT_EQ(granted(Role::village_clerk),
            "areas_read people_read people_write status_change reveal search schemes_read plan_read visits_read"
            " visits_record visits_correct attachments coverage_read work_lists_read emergency_access");
  EXPECT_EQ(granted(Role::town_office),
            "areas_read people_read people_write status_change transfers reveal search ledger_import"
            " differences_decide schemes_read plan_read rounds_manage assignments_manage visits_read visits_record"
            " visits_correct"
            " attachments coverage_read work_lists_read accounts_read accounts_manage emergency_access");
  EXPECT_EQ(granted(Role::county_bureau),
            "areas_read areas_write people_read people_write status_change transfers reveal search ledger_import"
            " department_list_import differences_decide schemes_read schemes_manage plan_read plan_open rounds_manage"
            " assignments_manage visits_read visits_record visits_correct visits_strike attachments coverage_read "
            "work_lists_read"
            " accounts_read accounts_manage tokens_manage notices_read jobs_read emergency_access");
  EXPECT_EQ(granted(Role::city_supervisor),
            "areas_read people_read search schemes_read plan_read visits_read visits_strike attachments coverage_read"
            " work_lists_read accounts_read accounts_manage notices_read");
  EXPECT_EQ(granted(Role::province_supervisor),
            "areas_read schemes_read coverage_read accounts_read accounts_manage notices_read");
  EXPECT_EQ(granted(Role::department_liaison), "areas_read department_list_import schemes_read");
  EXPECT_EQ(granted(Role::care_organisation),
            "areas_read people_read reveal search schemes_read plan_read visits_read visits_record attachments"
            " work_lists_read");
  EXPECT_EQ(granted(Role::auditor), "areas_read schemes_read accounts_read audit_read");
  EXPECT_EQ(granted(Role::security_officer), "areas_read accounts_read accounts_manage security_manage");
  EXPECT_EQ(granted(Role::system_administrator),
            "areas_read areas_write schemes_read accounts_read accounts_manage tokens_manage jobs_read jobs_manage"
            " backups_manage metrics_read");
  EXPECT_EQ(granted(Role::machine),
            "areas_read people_read people_write status_change search ledger_import department_list_import"
            " schemes_read plan_read visits_read visits_record attachments coverage_read work_lists_read jobs_read"
            " metrics_read");
}

TEST(Roles, ThreeDutiesAreApartAndSeeNobody) {
  const Role kThree[] = {Role::auditor, Role::security_officer, Role::system_administrator};
  for (Role role : kThree) {
    EXPECT_TRUE((permissions_of(role) & permissions_over_people()).none()) << to_text(role);
    EXPECT_FALSE(may_appoint(role, role)) << to_text(role);
    for (Role other : kThree) {
      if (role == other) continue;
      Permissions shared = permissions_of(role) & permissions_of(other);
      for (Permission own :
           {Permission::audit_read, Permission::security_manage, Permission::backups_manage, Permission::jobs_manage}) {
        EXPECT_FALSE(shared[static_cast<std::size_t>(own)]) << to_text(own);
      }
    }
  }
  for (Permission shows :
       {Permission::people_read, Permission::people_write, Permission::reveal, Permission::search,
        Permission::visits_read, Permission::plan_read, Permission::attachments, Permission::work_lists_read,
        Permission::coverage_read, Permission::ledger_import, Permission::emergency_access}) {
    EXPECT_TRUE(permissions_over_people()[static_cast<std::size_t>(shows)]) << to_text(shows);
  }
}

TEST(Roles, AppointByTheLineOfSupervision) {
  std::string table;
  for (std::size_t by = 0; by < kRoles; ++by) {
    for (std::size_t role = 0; role < kRoles; ++role) {
      table += may_appoint(static_cast<Role>(by), static_cast<Role>(role)) ? 'x' : '.';
    }
    table += '\n';
  }
  EXPECT_EQ(table,
            "............\n"
            "............\n"
            "xx.....x....\n"
            "xxx...xx...x\n"
            "...x........\n"
            "...xx.......\n"
            "............\n"
            "............\n"
            "............\n"
            "...xxx..x.x.\n"
            ".........x.x\n"
            "............\n");
  // Who appoints must be able to reach the page that does it.
  for (std::size_t by = 0; by < kRoles; ++by) {
    Role role = static_cast<Role>(by);
    bool manages = permissions_of(role)[static_cast<std::size_t>(Permission::accounts_manage)];
    EXPECT_EQ(manages, table.substr(by * (kRoles + 1), kRoles).find('x') != std::string::npos) << to_text(role);
  }
}

TEST(Roles, AreasAreOfTheirLevel) {
  struct Case {
    Role role;
    const char* fitting;
  };
  const Case kCases[] = {{Role::visitor, "6 9 12"},
                         {Role::village_clerk, "12"},
                         {Role::town_office, "9"},
                         {Role::county_bureau, "6"},
                         {Role::city_supervisor, "4"},
                         {Role::province_supervisor, "0 2"},
                         {Role::department_liaison, "2 4 6"},
                         {Role::care_organisation, "6 9 12"},
                         {Role::auditor, "0 2 4 6"},
                         {Role::security_officer, "0 2 4 6"},
                         {Role::system_administrator, "0 2 4 6"},
                         {Role::machine, "0 2 4 6 9 12"}};
  for (const Case& each : kCases) {
    std::string fitting;
    for (std::size_t digits : {0, 2, 4, 6, 9, 12}) {
      if (!area_fits(each.role, std::string(digits, '5'))) continue;
      fitting += (fitting.empty() ? "" : " ") + std::to_string(digits);
    }
    EXPECT_EQ(fitting, each.fitting) << to_text(each.role);
    EXPECT_FALSE(area_fits(each.role, "5"));
  }
}

TEST(Roles, WordsGoBothWays) {
  for (std::size_t i = 0; i < kRoles; ++i) {
    Role role = static_cast<Role>(i);
    EXPECT_EQ(parse_role(to_text(role)), role);
    EXPECT_FALSE(name_of(role).zh.empty());
    EXPECT_FALSE(name_of(role).en.empty());
  }
  for (std::size_t i = 0; i < kPermissions; ++i) {
    Permission permission = static_cast<Permission>(i);
    EXPECT_EQ(parse_permission(to_text(permission)), permission);
  }
  EXPECT_EQ(to_text(Permission::emergency_access), "emergency_access");
  EXPECT_EQ(parse_role("emperor"), std::nullopt);
  EXPECT_EQ(parse_permission("everything"), std::nullopt);
}

Principal clerk_of(const std::string& area) {
  Principal found;
  found.login = "zhang";
  found.role = Role::village_clerk;
  found.area = area;
  found.permissions = permissions_of(Role::village_clerk);
  return found;
}

std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Problem& problem) {
    return problem.code;
  }
  return "";
}

TEST(Principals, ReachTheirAreaAndWhatLiesInIt) {
  Principal clerk = clerk_of("510521101");
  EXPECT_TRUE(reaches(clerk, "510521101", Permission::visits_read));
  EXPECT_TRUE(reaches(clerk, "510521101001", Permission::visits_read));
  for (const char* area : {"", "51", "510521", "510521102", "510522101001", "5105211010", "510521101x01"}) {
    EXPECT_FALSE(reaches(clerk, area, Permission::visits_read)) << area;
  }
  EXPECT_TRUE(reaches(clerk_of(""), "", Permission::areas_read));
  EXPECT_TRUE(reaches(clerk_of(""), "510521", Permission::areas_read));
  EXPECT_FALSE(reaches(clerk_of(""), "not a code", Permission::areas_read));
}

TEST(Principals, AnEmergencyOpensPeopleAndNothingElse) {
  Principal clerk = clerk_of("510521101001");
  clerk.emergencies.push_back({"510522", Instant{}});
  for (std::size_t i = 0; i < kPermissions; ++i) {
    Permission permission = static_cast<Permission>(i);
    bool opened = permission == Permission::people_read || permission == Permission::reveal;
    EXPECT_EQ(reaches(clerk, "510522103", permission), opened) << to_text(permission);
  }
  EXPECT_FALSE(reaches(clerk, "510523", Permission::people_read));
}

TEST(Principals, MustEnrolBeforeAnything) {
  Principal clerk = clerk_of("510521101001");
  EXPECT_TRUE(may(clerk, Permission::people_read));
  clerk.must_enrol = true;
  EXPECT_FALSE(may(clerk, Permission::people_read));
  EXPECT_EQ(refusal_of([&] { require(clerk, Permission::people_read); }), "identity.must_enrol");
}

TEST(Principals, AreAskedBothQuestionsAtOnce) {
  Principal clerk = clerk_of("510521101001");
  EXPECT_EQ(refusal_of([&] { require(clerk, Permission::people_read, "510521101001"); }), "");
  EXPECT_EQ(refusal_of([&] { require(clerk, Permission::people_read, "510521"); }), "identity.outside_area");
  EXPECT_EQ(refusal_of([&] { require(clerk, Permission::audit_read, "510521101001"); }), "identity.forbidden");
  EXPECT_EQ(actor_of(clerk), "account:zhang");
}

TEST(Principals, AnOperatorManagesAccountsOnly) {
  Principal by = operator_at_command();
  EXPECT_TRUE(may(by, Permission::accounts_manage));
  EXPECT_TRUE((by.permissions & permissions_over_people()).none());
}

}  // namespace
}  // namespace tanfang::identity
