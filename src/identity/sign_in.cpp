#include "base/text.h"
#include "identity/account_rules.h"
#include "identity/accounts_store.h"
#include "identity/factor_check.h"
#include "identity/identity_problems.h"
#include "identity/secrets.h"
#include "identity/sessions.h"
#include "identity/waits.h"

namespace tanfang::identity {
namespace {

StartedSession start_session(audit::Work& work, const Settings& settings, const Account& account, bool must_enrol) {
  const SessionLimits& limits = is_office(account.role) ? settings.office_session : settings.field_session;
  StartedSession started;
  started.token = fresh_secret();
  started.csrf = csrf_of(work.keys, started.token);
  started.ends_at = Instant{work.now.milliseconds + limits.whole};
  std::string hash = secret_hash(started.token);
  store::insert_session(work.session,
                        {hash, work.new_id(), account.id, work.now, limits.idle, started.ends_at, must_enrol});
  started.principal = store::find_principal(work.session, hash, work.now).value();
  store::set_last_sign_in(work.session, account.id, work.now);
  return started;
}

bool may_sign_in(const std::optional<store::AccountRow>& row) {
  return row && row->account.enabled && row->account.role != Role::machine;
}

/// A login that nobody has may be a password in the wrong field: it is not written down.
void record_failure(const Ground& ground, Instant now, const std::optional<store::AccountRow>& row, const Try& tried) {
  write(ground, now, row ? "account:" + row->account.login : "anonymous", [&](audit::Work& work) {
    fail_try(work.session, ground.settings, now, tried);
    if (row) return record(work, row->account, "sign_in_failed");
    work.record({"", "sign_in_failed", "account:", "{}"});
  });
}

/// What a right password led to; a refusal here keeps what was written about it.
struct Admission {
  StartedSession started;
  std::optional<Problem> refused;
};

/// The second factor's part; says how the account signed in, or refuses.
std::string pass_factor(audit::Work& work, const store::AccountRow& row, const Try& tried, std::string_view code,
                        std::optional<Problem>& refused) {
  if (!row.account.has_second_factor) return "password";
  if (code.empty()) {
    undo_try(work.session, tried);
    refused = problems::code_needed();
    return "";
  }
  auto used = use_factor(work, row, code);
  if (used) return *used;
  record(work, row.account, "sign_in_failed", "{\"with\":\"code\"}");
  refused = problems::code_wrong();
  return "";
}

Admission admit(audit::Work& work, const Settings& settings, const store::AccountRow& checked, const Try& tried,
                std::string_view code) {
  Admission answer;
  auto row = store::find_account(work.session, checked.account.id);
  // Switched off, or given another password, while this one was looked at.
  if (!may_sign_in(row) || row->password != checked.password) {
    answer.refused = problems::sign_in_refused();
    fail_try(work.session, settings, work.now, tried);
    return answer;
  }
  std::string with = pass_factor(work, *row, tried, code, answer.refused);
  if (answer.refused) {
    if (!code.empty()) fail_try(work.session, settings, work.now, tried);
    return answer;
  }
  end_try(work.session, tried);
  bool must_enrol = !row->account.has_second_factor && settings.second_factor_required.contains(row->account.role);
  answer.started = start_session(work, settings, row->account, must_enrol);
  record(work, row->account, "signed_in", "{\"with\":" + quoted(with) + "}");
  return answer;
}

}  // namespace

StartedSession sign_in(const Ground& ground, Instant now, const SignIn& request) {
  std::string login = lower_ascii(trimmed(request.login));
  Try tried = begin_try(ground, now, login, request.address);
  std::optional<store::AccountRow> row;
  bool right = false;
  std::string renewed;
  undoing(ground, tried, [&] {
    ground.database.read([&](db::Session& session) { row = store::find_account(session, login); });
    right = ground.hasher.matches(may_sign_in(row) ? row->password : "", request.password);
    if (right && ground.hasher.is_outdated(row->password)) renewed = ground.hasher.hash(request.password);
  });
  if (!right) {
    record_failure(ground, now, row, tried);
    throw problems::sign_in_refused();
  }
  Admission answer;
  write(ground, now, "account:" + row->account.login, [&](audit::Work& work) {
    answer = admit(work, ground.settings, *row, tried, request.code);
    if (!answer.refused && !renewed.empty()) store::set_password(work.session, row->account.id, renewed);
  });
  if (answer.refused) throw *answer.refused;
  return answer.started;
}

StartedSession sign_in_linked(const Ground& ground, Instant now, std::string_view issuer, std::string_view subject) {
  std::optional<store::AccountRow> row;
  ground.database.read([&](db::Session& session) {
    auto account = store::find_identity(session, issuer, subject);
    if (account) row = store::find_account(session, *account);
  });
  if (!may_sign_in(row)) throw problems::sign_in_refused();
  StartedSession started;
  write(ground, now, "account:" + row->account.login, [&](audit::Work& work) {
    auto account = store::find_account(work.session, row->account.id);
    if (!may_sign_in(account)) throw problems::sign_in_refused();
    started = start_session(work, ground.settings, account->account, false);
    record(work, account->account, "signed_in", "{\"with\":" + quoted(issuer) + "}");
  });
  return started;
}

}  // namespace tanfang::identity
