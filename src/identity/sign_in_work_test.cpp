// A sign-in that is refused costs the same whoever was named: the passwords hashed and the statements run are counted,
// because a clock would only tell of the machine.
#include <argon2.h>
#include <dlfcn.h>

#include "identity/identity_fixture.h"

namespace {

/// What was verified by Argon2 in this process: the parameters before the salt.
std::vector<std::string>& verified() {
  static std::vector<std::string> costs;
  return costs;
}

}  // namespace

/// Stands before the library's own, which it calls.
extern "C" int argon2id_verify(const char* encoded, const void* password, const std::size_t size) {
  std::string whole(encoded);
  std::size_t salt = whole.rfind('$', whole.rfind('$') - 1);
  verified().push_back(whole.substr(0, salt));
  static auto real = reinterpret_cast<decltype(&argon2id_verify)>(::dlsym(RTLD_NEXT, "argon2id_verify"));
  return real(encoded, password, size);
}

namespace tanfang::identity {
namespace {

/// Passes every statement on and keeps its text.
class CountedSession : public db::Session {
 public:
  CountedSession(db::Session& session, std::vector<std::string>& said) : session_(session), said_(said) {}
  using db::Session::execute;
  using db::Session::query;
  void query(std::string_view sql, std::span<const db::Parameter> parameters,
             const std::function<void(const db::Row&)>& visit) override {
    said_.emplace_back(sql);
    session_.query(sql, parameters, visit);
  }
  std::int64_t execute(std::string_view sql, std::span<const db::Parameter> parameters) override {
    said_.emplace_back(sql);
    return session_.execute(sql, parameters);
  }
  void execute_many(std::string_view sql, std::size_t count,
                    const std::function<void(std::size_t, std::vector<db::Parameter>&)>& bind) override {
    said_.insert(said_.end(), count, std::string(sql));
    session_.execute_many(sql, count, bind);
  }

 private:
  db::Session& session_;
  std::vector<std::string>& said_;
};

class CountedDatabase : public db::Database {
 public:
  explicit CountedDatabase(db::Database& database) : database_(database) {}
  void read(const std::function<void(db::Session&)>& work) override { pass("read", &db::Database::read, work); }
  void write(const std::function<void(db::Session&)>& work) override { pass("write", &db::Database::write, work); }
  void run_script(std::string_view sql) override { database_.run_script(sql); }
  std::string_view engine() const override { return database_.engine(); }
  void copy_to(const std::string& path) override { database_.copy_to(path); }

  /// Every transaction and every statement in it, since it was last asked.
  std::vector<std::string> taken() { return std::exchange(said_, {}); }

 private:
  void pass(const char* kind, void (db::Database::*way)(const std::function<void(db::Session&)>&),
            const std::function<void(db::Session&)>& work) {
    std::vector<std::string> within;
    (database_.*way)([&](db::Session& session) {
      within.assign(1, kind);  // it may be run again
      CountedSession counted(session, within);
      work(counted);
    });
    said_.insert(said_.end(), within.begin(), within.end());
  }

  db::Database& database_;
  std::vector<std::string> said_;
};

class SignInWorkTest : public IdentityTest {
 protected:
  struct Work {
    std::vector<std::string> hashed;
    std::vector<std::string> statements;
    bool operator==(const Work&) const = default;
  };
  /// What a refused sign-in does.
  Work of(const std::string& login, const std::string& password) {
    verified().clear();
    counted_.taken();
    Ground ground{counted_, keys_, ids_, settings_, hasher_, common_};
    EXPECT_EQ(refusal_of([&] { sign_in(ground, now_, {login, password, "", "203.0.113.7"}); }),
              "identity.sign_in_refused");
    return {verified(), counted_.taken()};
  }

  CountedDatabase counted_{database()};
};
TANFANG_ON_EACH_ENGINE(SignInWorkTest);

TEST_P(SignInWorkTest, IsTheSameForALoginThatNobodyHas) {
  account("zhao", Role::visitor, "510521101003");
  account("province", Role::province_supervisor, "51");
  account("gone", Role::visitor, "510521101003");
  write([&](audit::Work& work) {
    change_account(work, operator_at_command(), find_account(work.session, "gone")->id, {.enabled = false});
    invite_account(work, settings_, operator_at_command(), {"invited", "某某", Role::visitor, "510521101003"});
  });
  of("first", "wrong");  // so that the address is known to all that follow
  Work known = of("zhao", "wrong");
  EXPECT_EQ(known.hashed, std::vector<std::string>{"$argon2id$v=19$m=8,t=1,p=1"});
  EXPECT_GE(known.statements.size(), 8u);
  for (const char* login : {"nobody", "province", "gone", "invited", ""}) {
    Work other = of(login, "wrong");
    EXPECT_EQ(other.hashed, known.hashed) << login;
    EXPECT_EQ(other.statements, known.statements) << login;
  }
  // A right password of an account that is switched off is as wrong as any.
  EXPECT_EQ(of("gone", kPassword), known);
}

}  // namespace
}  // namespace tanfang::identity
