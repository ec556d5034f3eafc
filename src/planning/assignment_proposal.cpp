#include "planning/assignment_proposal.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace tanfang::planning {
namespace {

constexpr int kNobody = -1;

/// An assignment on its way.
class Draft {
 public:
  explicit Draft(const AssignmentQuestion& question)
      : question_(question),
        visitor_of(question.people.size(), kNobody),
        room_(question.visitors.size()),
        people_of_(question.visitors.size()),
        visitors_in_(static_cast<std::size_t>(question.villages)) {
    for (std::size_t i = 0; i < question.visitors.size(); ++i) {
      room_[i] = question.visitors[i].capacity;
      for (int village : question.visitors[i].villages) visitors_in_[at(village)].push_back(static_cast<int>(i));
    }
    for (auto& visitors : visitors_in_) {
      std::sort(visitors.begin(), visitors.end());
      visitors.erase(std::unique(visitors.begin(), visitors.end()), visitors.end());
    }
  }

  void place_all() {
    for (int person : by_choice()) keep_known(person);
    for (int person : by_choice()) {
      if (visitor_of[at(person)] == kNobody && !place_freely(person)) make_room(person);
    }
    for (int person : by_choice()) return_to_known(person);
    for (int pass = 0; pass < 3; ++pass) {
      bool moved = false;
      for (int person : by_choice()) moved = lighten(person) || moved;
      if (!moved) break;
    }
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  const AssignmentQuestion::Person& person(int index) const { return question_.people[at(index)]; }
  const std::vector<int>& candidates(int index) const { return visitors_in_[at(person(index).village)]; }
  bool comes(int visitor, int index) const {
    return visitor != kNobody && std::binary_search(candidates(index).begin(), candidates(index).end(), visitor);
  }
  bool fits(int visitor, int index) const {
    return comes(visitor, index) && room_[at(visitor)] >= person(index).visits;
  }
  /// 0: the present one, 1: the last one, 2: a stranger; who knows nobody is no stranger to anybody.
  int strangeness(int index, int visitor) const {
    const auto& who = person(index);
    if (visitor == who.present) return 0;
    return visitor == who.familiar || (who.present == kNobody && who.familiar == kNobody) ? 1 : 2;
  }

  void give(int index, int visitor) {
    int before = visitor_of[at(index)];
    if (before != kNobody) {
      room_[at(before)] += person(index).visits;
      people_of_[at(before)].erase(index);
    }
    visitor_of[at(index)] = visitor;
    if (visitor == kNobody) return;
    room_[at(visitor)] -= person(index).visits;
    people_of_[at(visitor)].insert(index);
  }

  /// Who is appointed first, then who has the fewest visitors to choose from, then who is owed most.
  const std::vector<int>& by_choice() {
    if (!order_.empty()) return order_;
    order_.resize(question_.people.size());
    std::iota(order_.begin(), order_.end(), 0);
    auto key = [&](int index) {
      return std::tuple(!person(index).appointed, candidates(index).size(), -person(index).visits, index);
    };
    std::sort(order_.begin(), order_.end(), [&](int left, int right) { return key(left) < key(right); });
    return order_;
  }

  void keep_known(int index) {
    for (int known : {person(index).present, person(index).familiar}) {
      if (fits(known, index)) return give(index, known);
    }
  }

  /// To whoever has the smallest share of their capacity taken.
  bool place_freely(int index) {
    int best = kNobody;
    for (int visitor : candidates(index)) {
      if (fits(visitor, index) && (best == kNobody || share(visitor) < share(best))) best = visitor;
    }
    if (best == kNobody) return false;
    give(index, best);
    return true;
  }
  double share(int visitor) const {
    int capacity = std::max(1, question_.visitors[at(visitor)].capacity);
    return 1.0 - static_cast<double>(room_[at(visitor)]) / capacity;
  }

  /// Somebody moves to another visitor so that there is room, and for them somebody else, and so on: the shortest such
  /// chain, each visitor looked at once.
  void make_room(int index) {
    int visits = person(index).visits;
    auto hopeless = hopeless_.find(person(index).village);
    if (hopeless != hopeless_.end() && hopeless->second <= visits) return;
    struct Step {
      int visitor;
      int needs;  // visits that must find room there
      int from;   // the step before, -1 at the start
      int moved;  // who comes here from there
    };
    std::vector<Step> steps;
    std::vector<bool> seen(question_.visitors.size());
    auto reach = [&](int who, int from) {
      for (int visitor : candidates(who)) {
        if (seen[at(visitor)]) continue;
        seen[at(visitor)] = true;
        steps.push_back({visitor, person(who).visits, from, who});
      }
    };
    reach(index, -1);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      Step step = steps[i];
      if (room_[at(step.visitor)] >= step.needs) {
        for (int back = static_cast<int>(i); back != -1; back = steps[at(back)].from) {
          give(steps[at(back)].moved, steps[at(back)].visitor);
        }
        return;
      }
      std::set<std::pair<int, int>> tried;  // village and visits: who shares both is alike here
      for (int other : people_of_[at(step.visitor)]) {
        if (person(other).appointed && person(other).present == step.visitor) continue;
        if (room_[at(step.visitor)] + person(other).visits < step.needs) continue;
        if (tried.emplace(person(other).village, person(other).visits).second) reach(other, static_cast<int>(i));
      }
    }
    // Room only becomes less from here on.
    auto [kept, fresh] = hopeless_.emplace(person(index).village, visits);
    if (!fresh) kept->second = std::min(kept->second, visits);
  }

  void return_to_known(int index) {
    int now = visitor_of[at(index)];
    if (now == kNobody) return;
    for (int known : {person(index).present, person(index).familiar}) {
      if (fits(known, index) && strangeness(index, known) < strangeness(index, now)) return give(index, known);
    }
  }

  /// To a visitor with a smaller share, where that makes nobody stranger and the whole more even.
  bool lighten(int index) {
    int now = visitor_of[at(index)];
    if (now == kNobody || strangeness(index, now) == 0) return false;
    int best = now;
    double gain = 1e-9;
    for (int visitor : candidates(index)) {
      if (visitor == now || !fits(visitor, index) || strangeness(index, visitor) > strangeness(index, now)) continue;
      double saved = saved_by_moving(person(index).visits, now, visitor);
      if (saved > gain) {
        gain = saved;
        best = visitor;
      }
    }
    if (best == now) return false;
    give(index, best);
    return true;
  }
  /// How much of the imbalance goes when `visits` move.
  double saved_by_moving(int visits, int from, int to) const {
    auto square = [&](int visitor, int change) {
      int capacity = question_.visitors[at(visitor)].capacity;
      double load = capacity - room_[at(visitor)] + change;
      return load * load / std::max(1, capacity);
    };
    return square(from, 0) + square(to, 0) - square(from, -visits) - square(to, visits);
  }

  const AssignmentQuestion& question_;

 public:
  std::vector<int> visitor_of;

 private:
  std::vector<int> room_;
  std::vector<std::set<int>> people_of_;
  std::vector<std::vector<int>> visitors_in_;
  std::vector<int> order_;
  std::map<int, int> hopeless_;  // village: from so many visits on nobody there finds room
};

}  // namespace

AssignmentMeasure measure(const AssignmentQuestion& question, const std::vector<int>& visitor_of) {
  AssignmentMeasure made;
  std::vector<std::int64_t> load(question.visitors.size());
  for (std::size_t i = 0; i < question.people.size(); ++i) {
    const auto& person = question.people[i];
    int visitor = visitor_of[i];
    made.changes += visitor != person.present;
    if (visitor == kNobody) {
      made.uncovered += person.visits;
      continue;
    }
    bool knows_somebody = person.present != kNobody || person.familiar != kNobody;
    made.strangers += knows_somebody && visitor != person.present && visitor != person.familiar;
    const auto& villages = question.visitors[static_cast<std::size_t>(visitor)].villages;
    if (std::find(villages.begin(), villages.end(), person.village) == villages.end()) {
      made.uncovered += person.visits;
    } else {
      load[static_cast<std::size_t>(visitor)] += person.visits;
    }
  }
  for (std::size_t i = 0; i < question.visitors.size(); ++i) {
    std::int64_t capacity = question.visitors[i].capacity;
    made.uncovered += std::max<std::int64_t>(0, load[i] - capacity);
    made.imbalance += static_cast<double>(load[i] * load[i]) / static_cast<double>(std::max<std::int64_t>(1, capacity));
  }
  return made;
}

std::vector<int> propose(const AssignmentQuestion& question) {
  Draft draft(question);
  draft.place_all();
  std::vector<int> present;
  for (const auto& person : question.people) present.push_back(person.present);
  return measure(question, present) <= measure(question, draft.visitor_of) ? present : draft.visitor_of;
}

}  // namespace tanfang::planning
