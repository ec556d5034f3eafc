#include "registry/areas_store.h"

#include "registry/area_names.h"

namespace tanfang::registry {
namespace {

/// Every code that begins with a prefix lies before the prefix and this (":" follows the digits).
constexpr char kBehindDigits = ':';

std::string plain_name(const Area& area) {
  return area.code.size() == 9 ? plain_town_name(area.name) : plain_area_name(area.name);
}

}  // namespace

std::size_t parent_length(std::size_t length) {
  switch (length) {
    case 12:
      return 9;
    case 9:
      return 6;
    case 6:
      return 4;
    case 4:
      return 2;
    default:
      return 0;
  }
}

std::vector<EndedArea> load_ended_areas(db::Session& session) {
  return session.all(
      "select code, name, valid_from, valid_to from areas a where valid_to is not null"
      " and valid_from = (select max(b.valid_from) from areas b where b.code = a.code) order by code",
      {}, [](const db::Row& row) {
        return EndedArea{row.string(0), row.string(1), row.string(2), row.string(3)};
      });
}

void reopen_areas(db::Session& session, const std::vector<std::pair<EndedArea, const Area*>>& areas) {
  std::string plain;
  session.execute_many(
      "update areas set valid_to = null, name = $3, plain_name = $4 where code = $1 and valid_from = $2", areas.size(),
      [&](std::size_t i, std::vector<db::Parameter>& out) {
        const auto& [ended, area] = areas[i];
        plain = plain_name(*area);
        out.insert(out.end(), {ended.code, ended.valid_from, area->name, plain});
      });
}

std::vector<Area> load_areas_below(db::Session& session, const std::string& parent, Date on) {
  std::string day = on.iso();
  auto read = [](const db::Row& row) { return Area{row.string(0), row.string(1)}; };
  if (parent.empty()) {
    return session.all(
        "select code, name from areas where parent is null and valid_from <= $1 and"
        " (valid_to is null or valid_to > $1) order by code",
        {day}, read);
  }
  return session.all(
      "select code, name from areas where parent = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)"
      " order by code",
      {parent, day}, read);
}

std::optional<Area> find_area(db::Session& session, std::string_view code, Date on) {
  std::string day = on.iso();
  return session.first(
      "select code, name from areas where code = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)",
      {code, day}, [](const db::Row& row) {
        return Area{row.string(0), row.string(1)};
      });
}

std::vector<Area> load_areas(db::Session& session, std::string_view within, Date on) {
  std::vector<Area> areas;
  auto keep = [&](const db::Row& row) { areas.push_back({row.string(0), row.string(1)}); };
  std::string day = on.iso();
  for (std::size_t length : {2u, 4u, 6u, 9u}) {
    if (length >= within.size()) break;
    session.query(
        "select code, name from areas where code = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)",
        {within.substr(0, length), day}, keep);
  }
  session.query(
      "select code, name from areas where code >= $1 and code < $2 and valid_from <= $3"
      " and (valid_to is null or valid_to > $3) order by code",
      {within, std::string(within) + kBehindDigits, day}, keep);
  return areas;
}

void for_each_open_area(
    db::Session& session,
    const std::function<void(std::string_view code, std::string_view name, std::string_view valid_from)>& visit) {
  session.query("select code, name, valid_from from areas where valid_to is null order by code", {},
                [&](const db::Row& row) { visit(row.text(0), row.text(1), row.text(2)); });
}

bool has_areas(db::Session& session) {
  return session.first("select 1 from areas limit 1", {}, [](const db::Row&) { return true; }).has_value();
}

bool knows_area(db::Session& session, std::string_view code) {
  return session.first("select 1 from areas where code = $1 limit 1", {code}, [](const db::Row&) { return true; })
      .has_value();
}

bool is_open_area(db::Session& session, std::string_view code) {
  return session
      .first("select 1 from areas where code = $1 and valid_to is null", {code}, [](const db::Row&) { return true; })
      .has_value();
}

void insert_areas(db::Session& session, const std::vector<const Area*>& areas, Date valid_from) {
  std::string day = valid_from.iso();
  std::string plain;
  session.execute_many(
      "insert into areas (code, valid_from, valid_to, name, plain_name, level, parent)"
      " values ($1, $2, null, $3, $4, $5, $6) on conflict (code, valid_from) do nothing",
      areas.size(), [&](std::size_t i, std::vector<db::Parameter>& out) {
        const std::string& code = areas[i]->code;
        plain = plain_name(*areas[i]);
        std::size_t above = parent_length(code.size());
        out.insert(out.end(), {code, day, areas[i]->name, plain, code.size()});
        if (above == 0) {
          out.emplace_back(nullptr);
        } else {
          out.emplace_back(std::string_view(code).substr(0, above));
        }
      });
}

void end_areas(db::Session& session, const std::vector<std::string>& codes, Date valid_to) {
  std::string day = valid_to.iso();
  session.execute_many("update areas set valid_to = $2 where code = $1 and valid_to is null", codes.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         out.insert(out.end(), {codes[i], day});
                       });
}

void rename_areas(db::Session& session, const std::vector<const Area*>& areas) {
  std::string plain;
  session.execute_many("update areas set name = $2, plain_name = $3 where code = $1 and valid_to is null", areas.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         plain = plain_name(*areas[i]);
                         out.insert(out.end(), {areas[i]->code, areas[i]->name, plain});
                       });
}

void remove_areas(db::Session& session, const std::vector<std::string>& codes) {
  session.execute_many("delete from areas where code = $1 and valid_to is null", codes.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) { out.emplace_back(codes[i]); });
}

}  // namespace tanfang::registry
