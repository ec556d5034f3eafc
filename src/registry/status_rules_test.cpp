#include "registry/status_rules.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace tanfang::registry {
namespace {

Date day(const char* iso) { return Date::parse(iso).value(); }
std::optional<Date> end(const char* iso) { return *iso ? Date::parse(iso) : std::nullopt; }
StatusSpan span(Status status, const char* from, const char* to) { return {status, day(from), end(to), "", {}}; }

TEST(StatusRules, TheHighestRankHoldsWhereSpansOverlap) {
  std::vector<StatusSpan> spans{span(Status::declined, "2024-01-01", ""),
                                span(Status::suspended, "2024-02-10", "2024-02-21"),
                                span(Status::deceased, "2024-05-05", "")};
  struct Case {
    const char* on;
    Status status;
  };
  const Case cases[] = {{"2023-12-31", Status::active},    {"2024-01-01", Status::declined},
                        {"2024-02-10", Status::suspended}, {"2024-02-20", Status::suspended},
                        {"2024-02-21", Status::declined},  {"2024-05-05", Status::deceased}};
  for (const Case& c : cases) EXPECT_EQ(status_on(spans, day(c.on)), c.status) << c.on;
}

TEST(StatusRules, ASuspensionMustFit) {
  struct Case {
    std::vector<StatusSpan> spans;
    const char* from;
    const char* last;
    const char* reason;
    const char* code;
  };
  StatusSpan february = span(Status::suspended, "2024-02-01", "2024-03-01");
  const Case cases[] = {
      {{}, "2024-02-01", "", "住院", ""},
      {{}, "2024-02-01", "", " ", "status.reason_missing"},
      {{}, "2024-02-02", "2024-02-01", "住院", "status.dates"},
      {{february}, "2024-02-29", "", "住院", "status.overlap"},
      {{february}, "2024-01-01", "2024-02-01", "住院", "status.overlap"},
      {{february}, "2024-01-01", "2024-01-31", "住院", ""},
      {{february}, "2024-03-01", "2024-03-31", "住院", ""},
      {{span(Status::moved_out, "2024-01-01", "")}, "2024-02-01", "", "住院", "status.closed"},
      {{span(Status::moved_out, "2024-01-01", "2024-01-15")}, "2024-02-01", "", "住院", ""},
  };
  for (const Case& c : cases) {
    std::string code;
    try {
      check_suspension(c.spans, day(c.from), end(c.last), c.reason);
    } catch (const Problem& problem) {
      code = problem.code;
    }
    EXPECT_EQ(code, c.code) << c.from << ".." << c.last;
  }
}

TEST(StatusRules, WordsAndStatusAgree) {
  for (const char* word : {"active", "declined", "suspended", "moved_out", "deceased"}) {
    EXPECT_EQ(to_text(parse_status(word).value()), word);
  }
  EXPECT_FALSE(parse_status("gone"));
}

}  // namespace
}  // namespace tanfang::registry
