// The rows of some people's files, read with a number of statements that does not grow with each of them. Inside the
// room only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/files_store.h"
#include "registry/status.h"

namespace tanfang::registry {

/// The file in clear, without consents; the lists as they lie in their tables.
Person open_file(const SealedFields& fields, const File& file, const std::vector<std::string>& contacts,
                 const std::vector<std::string>& household);

class FilesTogether {
 public:
  FilesTogether(db::Session& session, std::string_view county, const std::vector<Id>& people);

  /// Of those that there are.
  const std::vector<File>& all() const { return files_; }
  /// As they lie in their tables; empty where there are none.
  const std::vector<std::string>& list(ListKind kind, Id person) const;
  const std::vector<StatusSpan>& spans(Id person) const;
  /// As `registry::version_of` says it.
  std::string version_of(const File& file) const;

 private:
  std::vector<File> files_;
  std::map<Id, std::vector<std::string>> contacts_;
  std::map<Id, std::vector<std::string>> household_;
  std::map<Id, std::int64_t> consents_;
  std::map<Id, std::vector<StatusSpan>> spans_;
  std::map<Id, Id> newest_;
};

}  // namespace tanfang::registry
