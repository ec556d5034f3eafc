// Visits as the program records them, with the person's obligations, statuses, counts and the trail beside them.
#include "county/invented_county.h"
#include "recorders.h"

namespace tanfang::kill {
namespace {

constexpr int kPeople = 500;

class VisitRecorder : public Recorder {
 public:
  explicit VisitRecorder(const std::string& folder) : county_(folder, kPeople) {}

  Answer record(std::int64_t key) override {
    visits::Recorded recorded = county_.record_visit(key);
    return {recorded.id.value, recorded.status == visits::Recording::repeated};
  }
  void each(const std::function<void(std::int64_t, std::int64_t)>& visit) override {
    county_.each_visit([&](std::int64_t key, Id id) { visit(key, id.value); });
  }
  std::vector<std::string> disagreements() override { return county_.disagreements(); }

 private:
  county::InventedCounty county_;
};

}  // namespace

std::unique_ptr<Recorder> open_visit_recorder(const std::string& folder) {
  return std::make_unique<VisitRecorder>(folder);
}

}  // namespace tanfang::kill
