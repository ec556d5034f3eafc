#include "app/archives/part_drawing.h"

#include <memory>

namespace tanfang::app::archives {
namespace {

constexpr int kThreads = 2;
/// Groups drawn and not handed on, so that memory stays bounded however slow the disk is.
constexpr std::size_t kMostAhead = 2;

/// A part's file in every copy, as its bytes come.
class Copies {
 public:
  explicit Copies(const Archive& archive) : of_(archive.copies), bytes_(static_cast<std::size_t>(archive.copies)) {
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      documents_.push_back(std::make_unique<pdf::Document>(
          [this, i](std::string_view piece) { bytes_[i] += piece; },
          pdf::Properties{archive.month + "探访记录", format_id(archive.id), archive.asked_at}));
    }
  }

  void draw(const paper::LaidOut& record, const store::Filed& filed) {
    for (int copy = 1; copy <= of_; ++copy) {
      record.draw(*documents_[static_cast<std::size_t>(copy) - 1],
                  {copy, of_, static_cast<int>(filed.part), static_cast<int>(filed.page)});
    }
  }

  void finish() {
    for (auto& document : documents_) document->finish();
  }

  /// What has come since it was asked the last time.
  std::vector<std::string> take() { return std::exchange(bytes_, std::vector<std::string>(bytes_.size())); }

 private:
  int of_;
  std::vector<std::string> bytes_;
  std::vector<std::unique_ptr<pdf::Document>> documents_;
};

}  // namespace

PartDrawing::PartDrawing(const Archive& archive, Source source) : archive_(archive), source_(std::move(source)) {
  working_ = kThreads;
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { work(); });
}

PartDrawing::~PartDrawing() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<DrawnGroup> PartDrawing::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return failure_ || !drawn_.empty() || working_ == 0; });
  if (failure_) std::rethrow_exception(failure_);
  if (drawn_.empty()) return std::nullopt;
  DrawnGroup group = std::move(drawn_.front());
  drawn_.pop_front();
  changed_.notify_all();
  return group;
}

void PartDrawing::work() {
  std::exception_ptr failure;
  try {
    for (auto part = take_part(); part && draw(*part);) part = take_part();
  } catch (...) {
    failure = std::current_exception();
  }
  std::lock_guard lock(mutex_);
  --working_;
  if (failure) {
    if (!failure_) failure_ = failure;
    stopped_ = true;
  }
  changed_.notify_all();
}

std::optional<std::int64_t> PartDrawing::take_part() {
  std::lock_guard one_at_a_time(gathering_);
  std::optional<std::int64_t> part = source_.next_part(after_);
  if (part) after_ = *part;
  return part;
}

bool PartDrawing::hand_on(DrawnGroup group) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || drawn_.size() < kMostAhead; });
  if (stopped_) return false;
  drawn_.push_back(std::move(group));
  changed_.notify_all();
  return true;
}

bool PartDrawing::draw(std::int64_t part) {
  Copies copies(archive_);
  std::vector<store::Filed> records;
  std::vector<std::pair<Id, Id>> opened;
  std::int64_t page = 1;
  for (std::int64_t piece = 0;; ++piece) {
    GatheredGroup group;
    {
      std::lock_guard one_at_a_time(gathering_);
      group = source_.gather(part, records.empty() ? 0 : records.back().place);
    }
    for (std::size_t i = 0; i < group.records.size(); ++i) {
      store::Filed& filed = group.records[i];
      paper::LaidOut laid(group.sheets[i].sheets);
      filed.page = page;
      filed.pages = laid.pages();
      page += filed.pages;
      copies.draw(laid, filed);
    }
    records.insert(records.end(), group.records.begin(), group.records.end());
    opened.insert(opened.end(), group.opened.begin(), group.opened.end());
    auto count = static_cast<std::int64_t>(group.records.size());
    if (group.last) {
      copies.finish();
      return hand_on({part, piece, count, copies.take(), true, std::move(records), std::move(opened)});
    }
    if (!hand_on({part, piece, count, copies.take(), false, {}, {}})) return false;
  }
}

}  // namespace tanfang::app::archives
