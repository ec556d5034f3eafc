// One person as a phone keeps them. Only for the files of this folder.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/field/bundle.h"
#include "app/json/obligation_words.h"

namespace tanfang::app::field {

/// Makes the entries of one county's people; what they share is read once.
class PersonEntries {
 public:
  PersonEntries(db::Session& session, const BundleGround& ground, Instant now, const std::string& county);
  /// nullopt where the person is dead, has moved out or is not there any more.
  std::optional<boost::json::object> entry_of(Id person, bool first_contact,
                                              const std::vector<planning::PlannedVisit>& owed);
  /// The forms that the entries name.
  const std::set<std::string>& forms() const { return forms_; }

 private:
  struct Place {
    std::string name;
    std::optional<planning::AreaPoint> point;
  };
  const Place& place_of(const std::string& village);
  void tell_file(const registry::PersonKey& key, boost::json::object& entry);
  void tell_verdict(const registry::Standing& standing, boost::json::object& entry);
  void tell_form(const std::vector<const schemes::Scheme*>& in_force, boost::json::object& entry);
  void tell_owed(const std::vector<planning::PlannedVisit>& owed, boost::json::object& entry);
  void tell_records(const registry::PersonKey& key, boost::json::object& entry);

  db::Session& session_;
  const BundleGround& ground_;
  Instant now_;
  Date today_;
  std::string county_;
  std::shared_ptr<const registry::CountyPolicy> policy_;
  ObligationWords words_;
  std::map<std::string, Place> places_;
  std::set<std::string> forms_;
};

}  // namespace tanfang::app::field
