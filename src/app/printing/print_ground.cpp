#include "app/printing/print_ground.h"

namespace tanfang::app {

const PrintingGround& PrintGround::ground() {
  std::lock_guard lock(mutex_);
  if (!ground_) {
    std::vector<std::string> folders = {shipped_ + "/schemes"};
    folders.insert(folders.end(), further_.begin(), further_.end());
    layouts_ = paper::load_layouts(folders, rooms_.forms);
    ground_.emplace(PrintingGround{rooms_.forms, *layouts_, rooms_.ground.classifier});
  }
  return *ground_;
}

}  // namespace tanfang::app
