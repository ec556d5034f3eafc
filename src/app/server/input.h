// What a request brings, read field by field: every fault is collected and told at once.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/server/call.h"
#include "base/date.h"
#include "base/id.h"
#include "base/problem.h"

namespace tanfang::app::server {

/// The members of a JSON object, or the parameters of a query. A getter that finds a fault notes it and gives an empty
/// value; `finish` throws Problem `request.invalid` with all of them, for members that nobody asked for, and for areas
/// that no list ever named. It looks at the database: call it outside transactions.
class Input {
 public:
  explicit Input(const Call& call) : call_(call) {}
  virtual ~Input() = default;

  /// Trimmed and not empty.
  std::string text(const std::string& name);
  std::optional<std::string> optional_text(const std::string& name);
  /// As sent, not empty: a password's spaces are its own.
  std::string raw_text(const std::string& name);
  /// From 1900 to 2100: what lies beyond is a slip.
  Date date(const std::string& name);
  std::optional<Date> optional_date(const std::string& name);
  std::optional<bool> flag(const std::string& name);
  std::optional<std::int64_t> integer(const std::string& name, std::int64_t least, std::int64_t most);
  Id id(const std::string& name);
  std::optional<Id> optional_id(const std::string& name);
  /// An area code of 2, 4, 6, 9 or 12 digits.
  std::string area(const std::string& name);
  std::optional<std::string> optional_area(const std::string& name);
  /// One of `words`; "" where it is not given.
  std::string choice(const std::string& name, const std::vector<std::string>& words);

  /// A cursor `<word>.<id>`: the last item of the page before; nullopt for the first page. Throws Problem
  /// `request.cursor`.
  struct Place {
    std::string word;
    Id id;
  };
  std::optional<Place> cursor();

  void refuse(FieldProblem problem) { problems_.push_back(std::move(problem)); }
  void finish();

 protected:
  enum class Kind { text, number, flag };
  /// As text; nullopt where it is absent or null. Where the member of a body is of another kind, its JSON, which is no
  /// number and no flag; for a text a fault is noted.
  virtual std::optional<std::string> plain(const std::string& name, Kind kind) = 0;
  virtual std::vector<std::string> names() const = 0;

  std::set<std::string> asked_;

 private:
  template <typename Value>
  std::optional<Value> parsed(const std::string& name, const Words& wanted,
                              std::optional<Value> (*parse)(std::string_view), Kind kind = Kind::text);
  template <typename Value>
  Value required(const std::string& name, const std::optional<Value>& value);

  void refuse_unknown_areas();

  const Call& call_;
  std::map<std::string, std::string> areas_;  // given, by field
  std::vector<FieldProblem> problems_;
};

/// The JSON object of the body. Throws Problem `body.type`, `body.object`, `json.…`.
class Body : public Input {
 public:
  explicit Body(const Call& call);
  ~Body() override;
  /// A member that is an object or a list; nullptr where it is absent.
  const boost::json::value* value(const std::string& name);
  std::vector<std::string> texts(const std::string& name);

 private:
  std::optional<std::string> plain(const std::string& name, Kind kind) override;
  std::vector<std::string> names() const override;

  std::unique_ptr<boost::json::object> object_;
};

/// Fields by name, each given once.
class Fields : public Input {
 protected:
  using Input::Input;
  void add(const std::string& name, std::string value);

 private:
  std::optional<std::string> plain(const std::string& name, Kind kind) override;
  std::vector<std::string> names() const override;

  std::map<std::string, std::string> fields_;
};

/// The parameters behind `?`. Throws Problem `http.parameters`.
class Query : public Fields {
 public:
  explicit Query(const Call& call);
  /// Of `limit`: 1 to 200, 50 where it is not given.
  int limit() { return static_cast<int>(integer("limit", 1, 200).value_or(50)); }
};

/// The text fields of a multipart form.
class Form : public Fields {
 public:
  explicit Form(const Call& call);
};

}  // namespace tanfang::app::server
