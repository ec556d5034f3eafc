#include <limits>
#include <map>
#include <set>

#include "audit/audit.h"
#include "audit/audit_problems.h"
#include "audit/audit_store.h"

namespace tanfang::audit {
namespace {

constexpr std::int64_t kPage = 5000;

class Verifier {
 public:
  Verifier(db::Session& session, const crypto::KeyRing& keys, const std::function<void(std::int64_t)>& progress)
      : session_(session), keys_(keys), progress_(progress) {
    for (Head& head : store::heads(session)) heads_.emplace(head.county, std::move(head));
  }

  std::optional<Verification::Bad> first_bad(bool bound, bool any) {
    if (bound || any || !heads_.empty()) begun_.insert("");
    std::optional<std::string> county = "";
    while (county) {
      if (auto bad = check(*county)) return bad;
      county = county_after(*county);
    }
    return std::nullopt;
  }

 private:
  using Bad = Verification::Bad;

  /// The next county that has entries, a head, or was begun according to county ''.
  std::optional<std::string> county_after(const std::string& county) {
    auto next = store::sealed_county_after(session_, county);
    if (auto head = heads_.upper_bound(county); head != heads_.end() && (!next || head->first < *next)) {
      next = head->first;
    }
    if (auto begun = begun_.upper_bound(county); begun != begun_.end() && (!next || *begun < *next)) next = *begun;
    return next;
  }

  std::optional<Bad> check(const std::string& county) {
    auto found = heads_.find(county);
    const Head* head = found == heads_.end() ? nullptr : &found->second;
    const crypto::Digest* digest = head ? crypto::find_digest(head->digest) : &crypto::current_digest();
    if (!digest) return Bad{county, head->number, "head"};
    number_ = 0;
    hash_.clear();
    if (auto bad = check_links(county, *digest)) return bad;
    return check_head(county, head);
  }

  std::optional<Bad> check_links(const std::string& county, const crypto::Digest& digest) {
    std::optional<Bad> bad;
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    std::int64_t read = kPage;
    while (read == kPage && !bad) {
      read = store::read_sealed(session_, county, after, kPage, [&](const Link& link, std::string_view hash) {
        if (!bad) bad = check_link(link, hash, digest);
        after = link.number;
      });
      entries_ += read;
      if (progress_) progress_(entries_);
    }
    return bad;
  }

  std::optional<Bad> check_link(const Link& link, std::string_view hash, const crypto::Digest& digest) {
    std::string county(link.county);
    if (link.number <= number_) return Bad{county, link.number, "inserted"};
    if (link.number > number_ + 1) return Bad{county, number_ + 1, "deleted"};
    hash_ = hash_of(digest, hash_, link);
    if (hash_ != hash) return Bad{county, link.number, "edited"};
    number_ = link.number;
    // A second first entry of a chain means that its beginning was thrown away in between.
    if (county.empty() && link.kind == kChainOpened) {
      std::string opened(link.subject.substr(chain_subject("").size()));
      if (!begun_.insert(opened).second) return Bad{opened, 1, "deleted"};
    }
    return std::nullopt;
  }

  std::optional<Bad> check_head(const std::string& county, const Head* head) {
    if (!head) {
      bool known = number_ > 0 || begun_.contains(county);
      return known ? std::optional(Bad{county, number_, "head"}) : std::nullopt;
    }
    if (!is_authentic(*head, keys_) || !begun_.contains(county)) return Bad{county, number_, "head"};
    if (number_ < head->number) return Bad{county, number_ + 1, "deleted"};
    if (number_ > head->number) return Bad{county, head->number + 1, "inserted"};
    if (hash_ != head->hash) return Bad{county, number_, "edited"};
    return std::nullopt;
  }

  db::Session& session_;
  const crypto::KeyRing& keys_;
  const std::function<void(std::int64_t)>& progress_;
  std::map<std::string, Head> heads_;
  std::set<std::string> begun_;
  std::int64_t number_ = 0;  // of the entry checked last, in the county at hand
  std::string hash_;         // and its hash
  std::int64_t entries_ = 0;
};

}  // namespace

Verification verify(db::Database& database, const crypto::KeyRing& keys,
                    const std::function<void(std::int64_t)>& progress) {
  Verification result;
  database.read([&](db::Session& session) {
    auto mark = store::find_key_mark(session);
    if (mark && *mark != keys.fingerprint()) throw keys_foreign();
    result.sealed = store::count_sealed(session);
    result.entries = result.sealed + store::count_unsealed(session);
    result.first_bad = Verifier(session, keys, progress).first_bad(mark.has_value(), result.entries > 0);
  });
  result.ok = !result.first_bad;
  return result;
}

}  // namespace tanfang::audit
