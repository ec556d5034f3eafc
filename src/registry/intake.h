// How statements become files: looked up by the thousand, merged one by one, written together.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/file_parts.h"
#include "registry/imports_store.h"
#include "registry/judge.h"
#include "registry/registration.h"
#include "registry/statements_store.h"
#include "registry/status_store.h"

namespace tanfang::registry {

/// The work of one call of `register_people`.
class Intake {
 public:
  Intake(audit::Work& work, const Classifier& classifier, const Terms& terms);
  /// Takes some rows; no citizen number may be among them twice. `first_row` is their place in the caller's list.
  void take(std::span<const PersonStatement> statements, std::size_t first_row, std::vector<Registration>& out);

 private:
  struct Arrival {
    const PersonStatement* said;
    FactValues facts;  // in normal form, with what the file itself holds
    std::string hash;
    std::string digest;
    std::size_t place;  // in the results
  };
  /// What will be written when all rows have been looked at.
  struct Waiting {
    std::vector<File> new_files;
    std::vector<std::pair<std::string, PersonKey>> new_numbers;
    std::vector<ClassificationRow> new_verdicts;
    std::vector<SealedList> new_contacts;
    std::vector<SealedList> new_household;
    std::vector<SpanRow> new_spans;
    std::vector<File> changed_files;
    std::vector<SealedList> changed_contacts;
    std::vector<SealedList> changed_household;
    std::vector<Statement> statements;
    std::vector<audit::Event> events;
    std::vector<ImportedRow> imported;  // where the terms name an import
    std::vector<ImportedTransfer> transfers;
  };

  std::vector<Arrival> receive(std::span<const PersonStatement> statements, std::size_t first_row);
  void sort_out(const std::vector<Arrival>& arrivals, std::vector<Registration>& out);
  void begin_file(const Arrival& arrival, Registration& result);
  void continue_files(const std::vector<const Arrival*>& known, const std::vector<Id>& people,
                      std::vector<Registration>& out);
  void continue_file(const Arrival& arrival, File& file, Registration& result);
  /// Phone, address, contacts, household as far as they are news; returns what gave way, as JSON members.
  std::string change_parts(const Arrival& arrival, File& file, std::vector<std::string>& changed);
  std::string event_details(Id statement) const;
  /// Of a file that is about to change, the parts that will be others.
  void keep_former(const File& former, Id statement, const std::vector<std::string>& changed);
  void write_down();

  audit::Work& work_;
  const Terms& terms_;
  std::string county_;
  SealedFields fields_;
  Judge judge_;
  Waiting waiting_;
};

}  // namespace tanfang::registry
