// The registry: areas, people, what is known of them, their status and the schemes' verdicts. The one header that other
// rooms include.
#pragma once

#include "registry/area_shapes.h"
#include "registry/areas.h"
#include "registry/classification.h"
#include "registry/erasure.h"
#include "registry/imports.h"
#include "registry/people.h"
#include "registry/publication.h"
#include "registry/registration.h"
#include "registry/search.h"
#include "registry/status.h"
#include "registry/trial.h"
#include "registry/upgrade.h"
#include "registry/verification.h"
