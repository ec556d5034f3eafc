#include "app/archives/part_drawing.h"

namespace tanfang::app::archives {
namespace {

constexpr int kThreads = 2;
/// Parts taken and not handed on, so that memory stays bounded however slow the disk is.
constexpr std::int64_t kMostAhead = 3;

}  // namespace

PartDrawing::PartDrawing(const Archive& archive, std::int64_t first_page, Gather gather)
    : archive_(archive), gather_(std::move(gather)), page_(first_page) {
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

std::optional<DrawnPart> PartDrawing::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return failure_ || drawn_.contains(handed_on_) || (ended_ && handed_on_ == taken_); });
  if (failure_) std::rethrow_exception(failure_);
  if (!drawn_.contains(handed_on_)) return std::nullopt;
  DrawnPart part = std::move(drawn_.extract(handed_on_).mapped());
  ++handed_on_;
  changed_.notify_all();
  return part;
}

void PartDrawing::work() {
  try {
    GatheredPart part;
    std::int64_t number = 0;
    while (take(part, number)) {
      DrawnPart drawn = draw(std::move(part), number);
      std::lock_guard lock(mutex_);
      drawn_.emplace(number, std::move(drawn));
      changed_.notify_all();
    }
  } catch (...) {
    fail(std::current_exception());
  }
}

void PartDrawing::fail(std::exception_ptr why) {
  std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(why);
  stopped_ = true;
  changed_.notify_all();
}

bool PartDrawing::take(GatheredPart& part, std::int64_t& number) {
  std::lock_guard one_at_a_time(gathering_);
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || ended_ || taken_ - handed_on_ < kMostAhead; });
    if (stopped_ || ended_) return false;
  }
  std::optional<GatheredPart> gathered = gather_(after_);
  std::lock_guard lock(mutex_);
  if (!gathered) {
    ended_ = true;
    changed_.notify_all();
    return false;
  }
  part = std::move(*gathered);
  after_ = part.records.front().part;
  number = taken_++;
  return true;
}

/// The number of its first page, when all before it are counted.
std::int64_t PartDrawing::take_pages(std::int64_t number, std::int64_t pages) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || counted_ == number; });
  std::int64_t first = page_;
  page_ += pages;
  ++counted_;
  changed_.notify_all();
  return first;
}

DrawnPart PartDrawing::draw(GatheredPart part, std::int64_t number) {
  std::vector<paper::LaidOut> laid;
  std::int64_t pages = 0;
  for (const Gathered& each : part.sheets) {
    laid.emplace_back(each.sheets);
    pages += laid.back().pages();
  }
  std::int64_t page = take_pages(number, pages);
  for (std::size_t i = 0; i < laid.size(); ++i) {
    part.records[i].page = page;
    part.records[i].pages = laid[i].pages();
    page += laid[i].pages();
  }
  DrawnPart drawn{std::move(part.records), {}, std::move(part.opened)};
  for (int copy = 1; copy <= archive_.copies; ++copy) {
    std::string bytes;
    pdf::Document document([&](std::string_view piece) { bytes += piece; },
                           {archive_.month + "探访记录", format_id(archive_.id), archive_.asked_at});
    for (std::size_t i = 0; i < laid.size(); ++i) {
      laid[i].draw(document, {copy, archive_.copies, static_cast<int>(drawn.records[i].page)});
    }
    document.finish();
    drawn.copies.push_back(std::move(bytes));
  }
  return drawn;
}

}  // namespace tanfang::app::archives
