// What PostgreSQL's log (`log_statement = all`) says that it was asked, made into a script for pgbench.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tanfang::bench {

struct Statement {
  std::string sql;  // with `$1…$n`
  std::vector<std::optional<std::string>> values;
};
/// The statements of one request, in order.
using Request = std::vector<Statement>;

/// Reads the lines `LOG:  statement: …`, `LOG:  execute …: …` and `DETAIL:  parameters: …`.
Request read_statements(const std::string& log);

/// Requests of one shape: the same statements with the same nulls. Values that are the same in all of them stand in the
/// script; the others are columns of a table from which each run of the script takes the next row.
struct Script {
  std::string text;
  std::vector<std::vector<std::string>> rows;
};
/// Of the most frequent shape among the requests.
Script make_script(const std::vector<Request>& requests);

}  // namespace tanfang::bench
