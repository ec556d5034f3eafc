// Accounts and what they may do: roles, areas, sign-in, sessions, second factor, tokens, emergency access. Values only;
// cookies and headers are the business of the HTTP wrapper. The one header that other rooms include.
#pragma once

#include "identity/accounts.h"
#include "identity/devices.h"
#include "identity/emergency.h"
#include "identity/passwords.h"
#include "identity/principal.h"
#include "identity/roles.h"
#include "identity/second_factor.h"
#include "identity/sessions.h"
#include "identity/settings.h"
#include "identity/sign_on.h"
#include "identity/tokens.h"
