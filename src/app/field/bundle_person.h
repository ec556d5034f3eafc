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
#include "app/field/due_reasons.h"
#include "app/json/obligation_words.h"
#include "registry/for_phones.h"
#include "visits/for_phones.h"

namespace tanfang::app::field {

/// Makes the entries of one county's people; what they share is read once.
class PersonEntries {
 public:
  /// Reads all that is told of these people; with a few statements for each 64 of them.
  PersonEntries(db::Session& session, const BundleGround& ground, Instant now, const std::string& county,
                const std::vector<Id>& people);
  /// nullopt where the person is dead, has moved out or is not there any more.
  std::optional<boost::json::object> entry_of(Id person, bool first_contact);
  /// The forms that the entries name, each as the phone keeps it.
  boost::json::array forms() const;

 private:
  struct Place {
    std::string name;
    std::optional<planning::AreaPoint> point;
  };
  using Owed = std::vector<planning::PlannedVisit>;
  const Place& place_of(const std::string& village);
  void tell_verdict(const registry::OpenFile& file, boost::json::object& entry);
  void tell_form(const std::vector<const schemes::Scheme*>& in_force, const registry::Person& known,
                 boost::json::object& entry);
  void tell_reasons(const Owed& owed, boost::json::object& entry);
  void add_remote_methods(const std::string& village, std::set<std::string>& methods);
  void tell_owed(const Owed& owed, const std::string& village, boost::json::object& entry);
  void tell_records(const visits::Lately& lately, boost::json::object& entry);

  db::Session& session_;
  const BundleGround& ground_;
  Date today_;
  std::shared_ptr<const registry::CountyPolicy> policy_;
  ObligationWords words_;
  DueReasons reasons_;
  std::map<Id, registry::OpenFile> files_;
  std::map<Id, Owed> owed_;
  std::map<Id, visits::Lately> lately_;
  std::map<std::string, Place> places_;
  std::map<std::string, const schemes::Scheme*> forms_;  // by id, with the scheme as it is in force
};

}  // namespace tanfang::app::field
