// The forms and layouts that routes print with.
#pragma once

#include <memory>

#include "app/printing/print_ground.h"
#include "app/server/call.h"

namespace tanfang::app::server {

/// One a list of routes, for the one service that they serve; read at the first print.
class PrintingOf {
 public:
  const PrintingGround& operator()(Service& service) {
    std::call_once(once_, [&] {
      ground_ = std::make_unique<PrintGround>(service.shipped(), service.further_schemes(), service.rooms());
    });
    return ground_->ground();
  }

 private:
  std::once_flag once_;
  std::unique_ptr<PrintGround> ground_;
};

}  // namespace tanfang::app::server
