// Why a sign-on through an outside platform is refused.
#pragma once

#include "base/problem.h"

namespace tanfang::app::oidc {

inline Problem sign_on_off() {
  return Problem("sign_on.off", 404,
                 {"没有启用统一身份登录；请用登录名和密码登录",
                  "no outside platform is set up for signing on; use login and password"});
}

inline Problem sign_on_busy() {
  return Problem("sign_on.busy", 503,
                 {"统一身份平台应答缓慢，请稍后再试", "the outside platform is slow; try again shortly"});
}

inline Problem sign_on_unreachable() {
  return Problem("sign_on.unreachable", 502,
                 {"统一身份平台无应答或应答不正确，请稍后再试；持续如此请告知管理员",
                  "the outside platform does not answer, or wrongly; try again later, and tell the administrator"});
}

inline Problem sign_on_declined() {
  return Problem("sign_on.declined", 401,
                 {"统一身份平台没有确认登录，请重新登录", "the outside platform did not confirm; sign on again"});
}

inline Problem sign_on_other_account() {
  return Problem("sign_on.other_account", 409,
                 {"登录状态已变化，请重新绑定", "another account is signed in by now; link again"});
}

inline Problem token_refused(const Words& why) {
  return Problem("sign_on.token", 401,
                 {"统一身份平台的凭证不能接受：" + why.zh + "；请重新登录",
                  "the outside platform's ID token is refused: " + why.en + "; sign on again"});
}

}  // namespace tanfang::app::oidc
