#include "app/demo/answers.h"

#include <algorithm>
#include <boost/json.hpp>

namespace tanfang::app {
namespace {

/// Something worse is found in one visit field of ten.
std::size_t draw_option(Chance& chance, std::size_t count) {
  return chance.percent(90) ? 0 : static_cast<std::size_t>(chance.between(0, static_cast<int>(count) - 1));
}

boost::json::value invent(Chance& chance, const forms::Field& field, const forms::Vocabulary& vocabulary,
                          const forms::Context& context) {
  using forms::FieldKind;
  switch (field.kind) {
    case FieldKind::integer:
    case FieldKind::decimal:
      return static_cast<std::int64_t>(std::max(field.minimum.value_or(1), 1.0));
    case FieldKind::date:
      return boost::json::string(context.date.iso());
    case FieldKind::year_month:
      return boost::json::string(context.date.iso().substr(0, 7));
    case FieldKind::yes_no:
      return chance.percent(92);
    case FieldKind::phone:
      return "13800000000";
    case FieldKind::citizen_number:
      return "11010519491231002X";
    case FieldKind::area:
      return "110105";
    case FieldKind::rows:
      return boost::json::array();
    case FieldKind::text:
    case FieldKind::signature:
      return "已签";
    case FieldKind::choice:
    case FieldKind::choices:
      break;
  }
  const forms::Scale* scale = vocabulary.scale(field.scale);
  if (scale == nullptr) scale = vocabulary.list(field.list);
  const auto& options = scale != nullptr ? scale->options : field.options;
  boost::json::string code(options.at(draw_option(chance, options.size())).code);
  return field.kind == FieldKind::choices ? boost::json::value(boost::json::array{code}) : boost::json::value(code);
}

/// What is not asked for is answered too, in the order of the form, until there are `at_least` answers. Needs are not:
/// few visits find one.
void answer_more(Chance& chance, const forms::Form& form, const forms::Form* supplement,
                 const forms::Vocabulary& vocabulary, const forms::Context& context, std::size_t at_least,
                 boost::json::object& answers) {
  // Twice: an answer may be right only beside one that stands further down.
  for (const forms::Form* sheet : {&form, supplement, &form, supplement}) {
    if (sheet == nullptr) continue;
    for (const forms::Section& section : sheet->sections) {
      for (const forms::Field& field : section.fields) {
        if (answers.size() >= at_least) return;
        if (answers.contains(field.code) || field.kind == forms::FieldKind::choices) continue;
        answers[field.code] = invent(chance, field, vocabulary, context);
        if (!forms::check_answers(form, supplement, vocabulary, answers, context).problems.empty()) {
          answers.erase(field.code);
        }
      }
    }
  }
}

}  // namespace

std::optional<std::string> invent_answers(Chance& chance, const forms::Catalog& catalog, const forms::Form& form,
                                          const forms::Context& context, std::size_t at_least) {
  const forms::Vocabulary& vocabulary = catalog.vocabulary(form.id.substr(0, form.id.find('/')));
  const forms::Form* supplement = catalog.supplement_of(form);
  boost::json::object answers;
  // The check itself names what is still required; an answer may make another field required, so ask a few times.
  for (int round = 0; round < 5; ++round) {
    forms::Check check = forms::check_answers(form, supplement, vocabulary, answers, context);
    if (check.problems.empty()) {
      answer_more(chance, form, supplement, vocabulary, context, at_least, answers);
      return boost::json::serialize(answers);
    }
    for (const FieldProblem& problem : check.problems) {
      std::string code = problem.field.substr(problem.field.find('.') + 1);
      const forms::Field* field = form.find(code);
      if (field == nullptr && supplement != nullptr) field = supplement->find(code);
      if (field == nullptr) return std::nullopt;
      answers[code] = invent(chance, *field, vocabulary, context);
    }
  }
  return std::nullopt;
}

}  // namespace tanfang::app
