// What a phone has, as it gives it back: an id and a short digest of each entry. Only for the files of this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace tanfang::app::field {

class BundleCursor {
 public:
  BundleCursor() = default;
  /// Empty where the text is none that `text` wrote.
  explicit BundleCursor(std::string_view text);

  /// Six bytes of its hash.
  static std::string digest_of(std::string_view entry);
  bool has(Id id, const std::string& digest) const;
  void put(Id id, std::string digest) { entries_[id] = std::move(digest); }
  const std::map<Id, std::string>& entries() const { return entries_; }
  std::string text() const;

 private:
  std::map<Id, std::string> entries_;
};

}  // namespace tanfang::app::field
