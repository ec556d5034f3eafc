// What commands print with.
#pragma once

#include "app/commands/ground.h"
#include "app/printing/print_ground.h"

namespace tanfang::app {

struct Press {
  explicit Press(Surroundings& surroundings)
      : rooms(surroundings), printing(surroundings.shipped(), surroundings.further_schemes(), rooms) {
    surroundings.spare_memory();
  }

  const PrintingGround& ground() { return printing.ground(); }

  VisitsGround rooms;
  PrintGround printing;
};

}  // namespace tanfang::app
