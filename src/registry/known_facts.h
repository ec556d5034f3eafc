// What a file holds of a person: each fact with the statement it rests on, and the rule by which a new statement
// counts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/people.h"

namespace tanfang::registry {

/// Who said something, and when it was so.
struct Origin {
  Id statement;
  Source source = Source::ledger;
  std::string speaker;
  Date date;
  bool operator==(const Origin&) const = default;
};

class KnownFacts {
 public:
  struct Known {
    std::string fact;
    std::string value;   // JSON text in normal form; `null` where it was taken back
    std::size_t origin;  // position in origins()
  };

  KnownFacts() = default;
  /// Reads what `facts_text` and `origins_text` wrote.
  KnownFacts(std::string_view facts_text, std::string_view origins_text);

  /// What a statement does, as names of facts.
  struct Taken {
    std::vector<std::string> changed;  // hold now
    std::vector<std::string> earlier;  // held from the statement's date until a newer one that is known already

    bool empty() const { return changed.empty() && earlier.empty(); }
    /// Both.
    std::vector<std::string> all() const;
  };
  /// Takes a statement in normal form: a fact counts unless it is what `said_before` (the same speaker's last
  /// statement) already held; where a newer statement is known, it belongs to the history only.
  Taken take(const FactValues& said, const FactValues& said_before, const Origin& origin);

  const std::vector<Known>& facts() const { return facts_; }
  const std::vector<Origin>& origins() const { return origins_; }
  /// The value's JSON text, or "null" where the fact is unknown.
  std::string_view value_of(std::string_view fact) const;
  /// The day from which all of it holds together; the file must not be empty.
  Date newest() const;
  /// Every date that stands in a value other than the birth date: time alone may change what depends on it.
  std::vector<Date> dates() const;

  /// One JSON object, facts by name.
  std::string facts_text() const;
  /// A JSON array: each statement with the facts that rest on it; the first holds for all that no other names.
  std::string origins_text() const;

 private:
  void set(const FactValue& said, std::size_t origin);

  std::vector<Known> facts_;  // by name
  std::vector<Origin> origins_;
};

/// Reads a JSON object of facts into values in normal form, by name.
FactValues read_fact_values(std::string_view object_text);
/// Writes values as one JSON object.
std::string write_fact_values(const FactValues& values);

}  // namespace tanfang::registry
