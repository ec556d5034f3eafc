#include "identity/waits.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"
#include "identity/identity_problems.h"

namespace tanfang::identity {
namespace {

constexpr std::string_view kLogin = "login";
constexpr std::string_view kAddress = "address";
constexpr std::string_view kDevice = "device";

std::string login_hash_of(const crypto::KeyRing& keys, std::string_view login) {
  return keys.keyed_hash("sign_in_login", lower_ascii(trimmed(login)));
}

/// Whoever has one IPv6 address has the 64 bits behind it as well.
std::string address_hash_of(const crypto::KeyRing& keys, std::string_view address) {
  if (address.empty()) return "";
  in6_addr bytes;
  std::string whole(address);
  if (::inet_pton(AF_INET6, whole.c_str(), &bytes) == 1 && !IN6_IS_ADDR_V4MAPPED(&bytes)) {
    whole.assign(reinterpret_cast<const char*>(bytes.s6_addr), 8);
  }
  return keys.keyed_hash("sign_in_address", whole);
}

/// After `failures` of a login: twice as long each time.
std::int64_t wait_after(const Settings& settings, std::int64_t failures) {
  std::int64_t over = failures - settings.failures_before_wait;
  if (over < 0) return 0;
  std::int64_t wait = settings.first_wait;
  for (; over > 0 && wait < settings.longest_wait; --over) wait *= 2;
  return std::min(wait, settings.longest_wait);
}

void refuse_while_closed(Instant now, Instant closed_until) {
  if (closed_until <= now) return;
  std::int64_t seconds = (closed_until.milliseconds - now.milliseconds + 999) / 1000;
  throw TooManyTries(problems::too_many_tries(seconds), seconds);
}

store::Wait after_failure(const Settings& settings, Instant now, store::Wait wait) {
  bool quiet = wait.since.milliseconds + kDay <= now.milliseconds;
  wait.failures = quiet ? 1 : wait.failures + 1;
  wait.since = now;
  std::int64_t closed = wait_after(settings, wait.failures);
  wait.closed_until = closed == 0 ? Instant{} : Instant{now.milliseconds + closed};
  return wait;
}

void count_login(db::Session& session, const Settings& settings, Instant now, const store::Wait& before, Try& tried) {
  store::Wait wait = after_failure(settings, now, before);
  tried.login_closed_until = wait.closed_until;
  store::put_wait(session, kLogin, tried.login_hash, wait);
}

/// One failure less; opens what it had closed.
void take_back_login(db::Session& session, const Try& tried) {
  store::Wait wait = store::load_wait(session, kLogin, tried.login_hash);
  if (wait.failures == 0) return;
  --wait.failures;
  if (wait.closed_until == tried.login_closed_until) wait.closed_until = Instant{};
  store::put_wait(session, kLogin, tried.login_hash, wait);
}

std::string device_hash_of(const crypto::KeyRing& keys, Id device) {
  return keys.keyed_hash("device_reading", format_id(device));
}

}  // namespace

Try begin_try(const Ground& ground, Instant now, std::string_view login, std::string_view address) {
  Try tried;
  ground.database.write([&](db::Session& session) {
    tried = {login_hash_of(ground.keys, login), address_hash_of(ground.keys, address), {}};
    store::Wait by_login = store::load_wait(session, kLogin, tried.login_hash);
    refuse_while_closed(now, by_login.closed_until);
    refuse_while_closed(now, store::load_wait(session, kAddress, tried.address_hash).closed_until);
    count_login(session, ground.settings, now, by_login, tried);
  });
  return tried;
}

void end_try(db::Session& session, const Try& tried) { store::remove_wait(session, kLogin, tried.login_hash); }

void fail_try(db::Session& session, const Settings& settings, Instant now, const Try& tried) {
  if (tried.address_hash.empty()) return;
  store::Wait wait = store::load_wait(session, kAddress, tried.address_hash);
  Instant ends{wait.since.milliseconds + settings.address_window};
  if (ends <= now) {
    wait = {0, now, {}};
    ends = {now.milliseconds + settings.address_window};
  }
  if (++wait.failures >= settings.failures_of_address) wait.closed_until = ends;
  store::put_wait(session, kAddress, tried.address_hash, wait);
}

void undo_try(db::Session& session, const Try& tried) { take_back_login(session, tried); }

void undoing(const Ground& ground, const Try& tried, const std::function<void()>& work) {
  try {
    work();
  } catch (...) {
    ground.database.write([&](db::Session& session) { undo_try(session, tried); });
    throw;
  }
}

void forget_failures(db::Session& session, const crypto::KeyRing& keys, std::string_view login) {
  store::remove_wait(session, kLogin, login_hash_of(keys, login));
}

bool refuse_waiting_device(db::Session& session, const crypto::KeyRing& keys, Instant now, Id device) {
  store::Wait wait = store::load_wait(session, kDevice, device_hash_of(keys, device));
  refuse_while_closed(now, wait.closed_until);
  return wait.failures > 0;
}

void count_wrong_secret(db::Session& session, const Ground& ground, Instant now, Id device) {
  std::string hash = device_hash_of(ground.keys, device);
  store::Wait wait = store::load_wait(session, kDevice, hash);
  store::put_wait(session, kDevice, hash, after_failure(ground.settings, now, wait));
}

void forget_failures_of_device(db::Session& session, const crypto::KeyRing& keys, Id device) {
  store::remove_wait(session, kDevice, device_hash_of(keys, device));
}

}  // namespace tanfang::identity
