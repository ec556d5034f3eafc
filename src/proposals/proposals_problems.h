// The refusals of proposals.
#pragma once

#include <string>

#include "base/problem.h"

namespace tanfang::proposals::problems {

inline Problem proposal_malformed(std::string field, Words text) {
  return Problem("proposal.malformed", 422,
                 {"上报的内容有误，见所列字段", "what is proposed is wrong: mend the field named"},
                 {{std::move(field), "proposal.malformed", std::move(text)}});
}
inline Problem proposal_unknown() {
  return Problem("proposal.unknown", 404, {"没有这条上报，请从列表中选择", "no such proposal; choose one of the list"});
}
inline Problem proposal_decided() {
  return Problem("proposal.decided", 409,
                 {"这条上报已经处理过，请刷新列表", "the proposal was decided already; load the list again"});
}
inline Problem proposal_citizen_number() {
  Words text{"登记新对象需要公民身份号码，请核对证件后填写",
             "to register somebody new a citizen number is needed; read it from the card"};
  return Problem("proposal.citizen_number", 422, text, {{"citizen_number", "proposal.citizen_number", text}});
}
inline Problem proposal_look() {
  Words text{"请写明查看的理由，至少 4 个字", "say why it is looked at, in at least 4 characters"};
  return Problem("proposal.look_reason", 422, text, {{"reason", "proposal.look_reason", text}});
}
inline Problem proposal_reason() {
  Words text{"请写明不采纳的理由，2 至 500 个字", "say why it is rejected, in 2 to 500 characters"};
  return Problem("proposal.reason", 422, text, {{"reason", "proposal.reason", text}});
}

}  // namespace tanfang::proposals::problems
