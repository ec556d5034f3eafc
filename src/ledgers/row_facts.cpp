#include "ledgers/row_facts.h"

#include <algorithm>
#include <deque>
#include <map>

#include "base/text.h"
#include "ledgers/cell_reading.h"
#include "ledgers/children_cell.h"
#include "ledgers/children_facts.h"
#include "ledgers/ledgers_problems.h"
#include "ledgers/own_facts.h"
#include "ledgers/plain_words.h"
#include "ledgers/tick_groups.h"

namespace tanfang::ledgers {
namespace {

constexpr std::size_t kMostRemembered = 4096;

/// The facts that a yes or no column holds, or one word, by field.
std::string_view fact_of(Field field) {
  switch (field) {
    case Field::hukou_place_left:
      return "lives_at_hukou_place";
    case Field::mobility_good:
      return "limited_mobility";
    case Field::ability_to_work:
      return "lost_ability_to_work";
    case Field::disease_or_disability:
      return "disability_grade";
    default:
      return to_text(field);
  }
}

/// Fields whose single cell is the whole fact.
bool is_simple(Field field) {
  switch (field) {
    case Field::living_with:
    case Field::children:
    case Field::children_count:
    case Field::children_lives_in:
    case Field::children_away_half_year:
    case Field::children_away:
    case Field::children_returns_within_half_year:
    case Field::welfare:
    case Field::welfare_low_income:
    case Field::welfare_low_income_margin:
    case Field::welfare_destitute:
      return false;
    default:
      return field < Field::claim_category;
  }
}

bool said_yes(const Said* said) { return said != nullptr && said->value == "true"; }
bool said_no(const Said* said) { return said != nullptr && said->value == "false"; }

std::string set_text(const std::vector<std::string>& values, std::initializer_list<std::string_view> order) {
  std::string text = "[";
  for (std::string_view one : order) {
    if (std::find(values.begin(), values.end(), one) == values.end()) continue;
    text += text.size() > 1 ? ",\"" : "\"";
    text += std::string(one) + '"';
  }
  return text + "]";
}

/// What a ticked column says, before the columns of its group are put together.
struct Ticked {
  const Column* column;
  Said said;
};

class Assembly {
 public:
  explicit Assembly(RowFacts& out) : out_(out) {}

  void hear(Field field, const Said& said) { said_[static_cast<std::size_t>(field)] = &said; }
  /// The sum of a group's ticked columns; `all` tells which columns it came from.
  void answer(Field field, const Said& said, const std::vector<Ticked>& all) {
    hear(field, said);
    if (said.kind == Said::Kind::value) {
      if (is_simple(field)) state(fact_of(field), said.value);
      return;
    }
    for (const Ticked& one : all) {
      if (one.column->field == field) out_.unreadable.push_back(one.column->index);
    }
  }
  const Said* of(Field field) const { return said_[static_cast<std::size_t>(field)]; }

  bool states(std::string_view fact) const {
    return std::any_of(out_.facts.begin(), out_.facts.end(), [&](const auto& one) { return one.fact == fact; });
  }
  void state(std::string_view fact, std::string json) {
    if (!states(fact)) out_.facts.push_back({std::string(fact), std::move(json)});
  }

  void living_with() {
    const Said* said = of(Field::living_with);
    if (said != nullptr && said->kind == Said::Kind::value) {
      bool institution = std::find(said->values.begin(), said->values.end(), "institution") != said->values.end();
      if (institution) {
        state("lives_in_institution", "true");
        return;
      }
      together_ = said->values;
    } else if (said == nullptr && of(Field::claim_living_alone) != nullptr &&
               of(Field::claim_living_alone)->value == "yes") {
      together_.emplace();
    }
    if (together_) state("living_with", set_text(*together_, {"spouse", "child", "other_family", "non_family"}));
  }

  bool children(const std::string& area) {
    ChildrenSaid all{of(Field::children), of(Field::children_count), of(Field::children_lives_in)};
    all.away_half_year = of(Field::children_away_half_year);
    all.away = of(Field::children_away);
    all.returns = of(Field::children_returns_within_half_year);
    if (together_) {
      all.lives_with_child = std::find(together_->begin(), together_->end(), "child") != together_->end();
    }
    bool contradicts = false;
    all.area = area;
    std::string text = children_fact(all, contradicts);
    if (!text.empty()) state("children", text);
    return !contradicts;
  }

  /// The set of welfare is known only as a whole: 是否低保 = 否 alone leaves it open.
  void welfare() {
    const Said* column = of(Field::welfare);
    const Said* destitute = of(Field::welfare_destitute);
    std::vector<std::string> values;
    bool known = column != nullptr && column->kind == Said::Kind::value;
    if (known) values = column->values;
    bool all_no = destitute != nullptr && destitute->kind == Said::Kind::value && destitute->values.empty();
    if (destitute != nullptr) values.insert(values.end(), destitute->values.begin(), destitute->values.end());
    for (auto [field, word] : {std::pair(Field::welfare_low_income, "low_income"),
                               std::pair(Field::welfare_low_income_margin, "low_income_margin")}) {
      if (said_yes(of(field))) values.emplace_back(word);
      all_no = all_no && said_no(of(field));
    }
    if (known || all_no || !values.empty()) {
      state("welfare",
            set_text(values, {"destitute_dispersed", "destitute_institutional", "low_income", "low_income_margin"}));
    }
  }

  void claims() {
    for (auto [field, category] :
         {std::pair(Field::claim_living_alone, "living_alone"), std::pair(Field::claim_empty_nest, "empty_nest"),
          std::pair(Field::claim_left_behind, "left_behind"), std::pair(Field::claim_impaired, "impaired"),
          std::pair(Field::claim_severely_disabled, "severely_disabled"),
          std::pair(Field::claim_advanced_age, "advanced_age"), std::pair(Field::claim_solitary, "solitary"),
          std::pair(Field::claim_bereaved, "bereaved")}) {
      const Said* said = of(field);
      if (said == nullptr || said->kind != Said::Kind::value) continue;
      if (!said->fact.empty()) state(field == Field::claim_impaired ? "ability" : "disability_grade", said->fact);
      (said->value == "yes" ? out_.claims.categories : out_.claims.not_categories).emplace_back(category);
    }
    if (const Said* said = of(Field::claim_category)) {
      out_.claims.categories.insert(out_.claims.categories.end(), said->values.begin(), said->values.end());
    }
    if (const Said* said = of(Field::claim_tier)) out_.claims.tier = said->value;
  }

 private:
  RowFacts& out_;
  std::array<const Said*, 80> said_{};
  std::optional<std::vector<std::string>> together_;
};

}  // namespace

RowFactsReader::RowFactsReader(const Words& words, const Layout& layout, const Mapping& mapping)
    : words_(words), mapping_(mapping) {
  for (const Column& column : layout.columns) {
    if (!is_read_from_words(column.field) && column.field != Field::hukou_area) continue;
    bool own = column.field == Field::own_fact;
    Source source{&column, own ? find_own(mapping.own_facts, column.role) : nullptr, {}, {}};
    for (const auto& [heading, corrections] : mapping.values) {
      if (!plain_value(column.heading).ends_with(plain_value(heading))) continue;
      for (const auto& [word, value] : corrections) {
        Said said =
            source.own != nullptr ? read_own_value(*source.own, value) : read_corrected(words, column.field, value);
        if (said.kind == Said::Kind::unreadable) throw problems::mapping_bad_value(0, column.target(), value);
        source.corrected[plain_value(word)] = std::move(said);
      }
    }
    sources_.push_back(std::move(source));
  }
}

const Said& RowFactsReader::said(Source& source, const excel::Cell& cell) {
  auto known = source.known.find(cell.text);
  if (known != source.known.end()) return known->second;
  if (source.known.size() >= kMostRemembered) source.known.clear();
  std::string text = trimmed(cell.text);
  auto corrected = source.corrected.empty() ? source.corrected.end() : source.corrected.find(plain_value(text));
  Said said;
  if (corrected != source.corrected.end()) {
    said = corrected->second;
  } else if (!text.empty() && !words_.is_blank(text)) {
    const Column& column = *source.column;
    said = source.own != nullptr ? read_own_cell(words_, *source.own, text)
           : column.tick.empty() ? read_cell(words_, column.field, text)
                                 : read_tick(words_, column, text);
  }
  return source.known[cell.text] = std::move(said);
}

RowFacts RowFactsReader::read(const excel::Row& row, const std::string& area,
                              const std::function<std::string(const std::string&)>& hukou_code) {
  RowFacts out;
  Assembly assembly(out);
  std::vector<Ticked> ticked;
  std::deque<Said> places;  // villages of the county, seen from the person's own
  for (Source& source : sources_) {
    std::size_t index = static_cast<std::size_t>(source.column->index);
    if (index >= row.cells.size() || row.cells[index].kind == excel::CellKind::empty) continue;
    const excel::Cell& cell = row.cells[index];
    if (source.column->field == Field::hukou_area) {
      std::string code = hukou_code(cell.text);
      if (!code.empty()) assembly.state("hukou_area", '"' + code + '"');
      continue;
    }
    const Said* answer = &said(source, cell);
    if (answer->kind == Said::Kind::unreadable && source.column->field == Field::children_lives_in) {
      places.push_back(children_in(area, hukou_code(cell.text)));
      answer = &places.back();
    }
    const Said& heard = *answer;
    if (heard.kind == Said::Kind::nothing) continue;
    if (!source.column->tick.empty()) {
      ticked.push_back({source.column, heard});
      continue;
    }
    if (source.own == nullptr) assembly.hear(source.column->field, heard);
    if (heard.kind == Said::Kind::unreadable) {
      out.unreadable.push_back(source.column->index);
    } else if (is_simple(source.column->field)) {
      assembly.state(source.own != nullptr ? std::string_view(source.own->name) : fact_of(source.column->field),
                     heard.value);
    }
  }
  std::map<Field, Said> sums;
  for (const auto& [column, said] : ticked) add_tick(sums[column->field], said, column->field);
  for (const auto& [field, said] : sums) assembly.answer(field, said, ticked);
  assembly.living_with();
  if (!assembly.children(area)) {
    for (const Source& source : sources_) {
      if (source.column->field == Field::children_lives_in || source.column->field == Field::children) {
        out.unreadable.push_back(source.column->index);
      }
    }
  }
  assembly.welfare();
  assembly.claims();
  for (const registry::FactValue& constant : mapping_.constants) assembly.state(constant.fact, constant.value);
  // 居住在户籍所在地: the hukou place is then the village itself.
  for (std::size_t i = 0; i < out.facts.size(); ++i) {
    if (out.facts[i].fact == "lives_at_hukou_place" && out.facts[i].value == "true" && !area.empty()) {
      assembly.state("hukou_area", '"' + area + '"');
      break;
    }
  }
  return out;
}

}  // namespace tanfang::ledgers
