#include "identity/second_factor_store.h"

namespace tanfang::identity::store {

void put_factor(db::Session& session, Id account, std::string_view sealed_secret) {
  session.execute("update accounts set factor_secret = $2, factor_confirmed = 0, factor_step = 0 where id = $1",
                  {account, db::Bytes{sealed_secret}});
}

void confirm_factor(db::Session& session, Id account, std::int64_t step) {
  session.execute("update accounts set factor_confirmed = 1, factor_step = $2 where id = $1", {account, step});
}

bool use_step(db::Session& session, Id account, std::int64_t step) {
  return session.execute("update accounts set factor_step = $2 where id = $1 and factor_step < $2", {account, step}) ==
         1;
}

void remove_factor(db::Session& session, Id account) {
  session.execute("update accounts set factor_secret = null, factor_confirmed = 0, factor_step = 0 where id = $1",
                  {account});
  session.execute("delete from recovery_codes where account = $1", {account});
}

void put_recovery_codes(db::Session& session, Id account, std::span<const std::string> hashes) {
  session.execute("delete from recovery_codes where account = $1", {account});
  session.execute_many("insert into recovery_codes (account, code_hash) values ($1, $2)", hashes.size(),
                       [&](std::size_t i, std::vector<db::Parameter>& out) {
                         out = {account, db::Bytes{hashes[i]}};
                       });
}

bool use_recovery_code(db::Session& session, Id account, std::string_view hash) {
  return session.execute("delete from recovery_codes where account = $1 and code_hash = $2",
                         {account, db::Bytes{hash}}) == 1;
}

}  // namespace tanfang::identity::store
