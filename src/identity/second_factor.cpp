#include "identity/second_factor.h"

#include "base/text.h"
#include "identity/account_rules.h"
#include "identity/factor_check.h"
#include "identity/identity_problems.h"
#include "identity/second_factor_store.h"
#include "identity/sessions_store.h"
#include "identity/totp.h"

namespace tanfang::identity {
namespace {

constexpr int kRecoveryCodes = 10;

std::string context_of(Id account) { return "accounts.factor_secret:" + format_id(account); }

/// 64 random bits as `3f2a-91c0-77de-0b41`.
std::string fresh_recovery_code() {
  std::string code = crypto::to_hex(crypto::random_bytes(8));
  for (std::size_t at : {12, 8, 4}) code.insert(at, "-");
  return code;
}

store::AccountRow own_row(audit::Work& work, const Principal& by) {
  auto row = store::find_account(work.session, by.account);
  if (!row) throw problems::account_unknown();
  if (row->account.has_second_factor) throw problems::factor_present();
  return *row;
}

}  // namespace

std::string seal_factor(const crypto::KeyRing& keys, Id account, std::string_view secret) {
  return keys.field_cipher()->encrypt(secret, context_of(account));
}

std::string open_factor(const crypto::KeyRing& keys, Id account, std::string_view sealed) {
  return keys.field_cipher()->decrypt(sealed, context_of(account));
}

std::string recovery_code_hash(const crypto::KeyRing& keys, Id account, std::string_view code) {
  std::string plain = replaced(lower_ascii(without_spaces(code)), "-", "");
  return keys.keyed_hash("recovery_code", format_id(account) + plain);
}

std::optional<std::string> use_factor(audit::Work& work, const store::AccountRow& row, std::string_view code) {
  Id account = row.account.id;
  std::string digits = without_spaces(half_width(code));
  auto step = matching_step(open_factor(work.keys, account, row.factor_secret), work.now, row.factor_step, digits);
  if (step && store::use_step(work.session, account, *step)) return "code";
  if (store::use_recovery_code(work.session, account, recovery_code_hash(work.keys, account, digits))) {
    return "recovery_code";
  }
  return std::nullopt;
}

Enrolment begin_second_factor(audit::Work& work, const Settings& settings, const Principal& by) {
  store::AccountRow row = own_row(work, by);
  std::string secret = fresh_totp_secret();
  store::put_factor(work.session, by.account, seal_factor(work.keys, by.account, secret));
  record(work, row.account, "second_factor_begun");
  return {totp_base32(secret), totp_uri(secret, settings.second_factor_issuer, by.login)};
}

std::vector<std::string> confirm_second_factor(audit::Work& work, const Principal& by, std::string_view code) {
  store::AccountRow row = own_row(work, by);
  if (row.factor_secret.empty()) throw problems::factor_not_begun();
  std::string secret = open_factor(work.keys, by.account, row.factor_secret);
  auto step = matching_step(secret, work.now, row.factor_step, without_spaces(half_width(code)));
  if (!step) throw problems::code_wrong();
  std::vector<std::string> codes, hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(fresh_recovery_code());
    hashes.push_back(recovery_code_hash(work.keys, by.account, codes.back()));
  }
  store::confirm_factor(work.session, by.account, *step);
  store::put_recovery_codes(work.session, by.account, hashes);
  store::set_session_enrolled(work.session, by.arrived_with);
  record(work, row.account, "second_factor_confirmed");
  return codes;
}

void remove_second_factor(audit::Work& work, const Principal& by, Id id) {
  Account account = secured(work.session, by, id);
  store::remove_factor(work.session, id);
  store::remove_sessions(work.session, id);
  record(work, account, "second_factor_removed");
}

}  // namespace tanfang::identity
