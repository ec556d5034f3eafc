#include "app/server/routes/scheme_lint.h"

#include <algorithm>
#include <boost/json.hpp>

#include "app/server/server_problems.h"
#include "platform/files/text_folder.h"

namespace tanfang::app::server {
namespace {

namespace js = boost::json;

std::string without(std::string text, const std::string& folder) {
  for (std::size_t at; (at = text.find(folder + "/")) != std::string::npos;) text.erase(at, folder.size() + 1);
  return text;
}

js::array lint_folder(const Call& call, const std::string& folder) {
  std::vector<schemes::SchemeMistake> mistakes = schemes::lint(call.service.shipped(), {folder});
  for (const forms::LintMessage& message : forms::lint(folder, call.service.shipped() + "/schemes/common")) {
    mistakes.push_back(
        {message.file, message.line, message.severity == forms::Severity::error, false, message.message});
  }
  js::array findings;
  for (const schemes::SchemeMistake& mistake : mistakes) {
    // Only what lies in the folder is the sender's; paths of the machine are told to nobody.
    std::string file = mistake.file.starts_with(folder + "/") ? mistake.file.substr(folder.size() + 1) : "";
    findings.push_back(js::object{{"file", file},
                                  {"line", mistake.line},
                                  {"severity", mistake.error ? "error" : "warning"},
                                  {"text", without(mistake.text.zh, folder)},
                                  {"text_en", without(mistake.text.en, folder)}});
  }
  return findings;
}

}  // namespace

std::mutex& lint_turn() {
  static std::mutex turn;
  return turn;
}

js::object findings_of(const Call& call, const std::string& name, drafts::Files texts) {
  std::unique_lock lock(lint_turn(), std::try_to_lock);
  if (!lock) throw lint_busy();
  // A folder without a case table is told of its missing cases rather than of a missing file.
  texts.try_emplace("cases.jsonl");
  files::TextFolder folder(call.service.upload_folder(), name, texts);
  js::array findings = lint_folder(call, folder.path());
  bool ok = std::none_of(findings.begin(), findings.end(),
                         [](const js::value& finding) { return finding.at("severity") == "error"; });
  return {{"ok", ok}, {"findings", std::move(findings)}};
}

}  // namespace tanfang::app::server
