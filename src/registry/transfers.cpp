// Transfers: a citizen number that arrived elsewhere waits until that county accepts its file.
#include "registry/transfers.h"

#include <boost/json.hpp>

#include "base/area_code.h"
#include "base/text.h"
#include "registry/files_store.h"
#include "registry/registry_problems.h"
#include "registry/transfers_store.h"

namespace tanfang::registry {
namespace {

constexpr std::string_view kSealedColumn = "transfers.statement";

std::string subject_of(Id person) { return "person:" + format_id(person); }

std::string details_of(const Transfer& transfer) {
  return "{\"transfer\":\"" + format_id(transfer.id) + "\",\"to\":\"" + transfer.to_area + "\"}";
}

}  // namespace

std::string write_arriving(const Arriving& arriving) {
  const PersonStatement& said = arriving.said;
  boost::json::array contacts, household;
  for (const Contact& contact : said.contacts) contacts.emplace_back(write_contact(contact));
  for (const HouseholdMember& member : said.household) household.emplace_back(write_household_member(member));
  boost::json::object text{{"citizen_number", said.citizen_number},
                           {"birth_date", said.birth_date.iso()},
                           {"sex", said.sex == Sex::male ? "male" : "female"},
                           {"name", said.name},
                           {"area", said.area},
                           {"facts", write_fact_values(said.facts)},
                           {"contacts", std::move(contacts)},
                           {"household", std::move(household)},
                           {"source", to_text(arriving.source)},
                           {"speaker", arriving.speaker},
                           {"said_on", arriving.said_on.iso()}};
  if (said.phone) text["phone"] = *said.phone;
  if (said.address) text["address"] = *said.address;
  return boost::json::serialize(text);
}

Arriving read_arriving(std::string_view text) {
  const boost::json::value parsed = boost::json::parse(text);
  const boost::json::object& object = parsed.as_object();
  auto member = [&](const char* name) { return std::string(object.at(name).as_string()); };
  Arriving arriving;
  PersonStatement& said = arriving.said;
  said.citizen_number = member("citizen_number");
  said.birth_date = Date::parse(member("birth_date")).value();
  said.sex = member("sex") == "male" ? Sex::male : Sex::female;
  said.name = member("name");
  said.area = member("area");
  if (object.contains("phone")) said.phone = member("phone");
  if (object.contains("address")) said.address = member("address");
  said.facts = read_fact_values(member("facts"));
  for (const auto& contact : object.at("contacts").as_array())
    said.contacts.push_back(read_contact(contact.as_string()));
  for (const auto& row : object.at("household").as_array()) {
    said.household.push_back(read_household_member(row.as_string()));
  }
  arriving.source = parse_source(member("source")).value();
  arriving.speaker = member("speaker");
  arriving.said_on = Date::parse(member("said_on")).value();
  return arriving;
}

Transfer propose(audit::Work& work, const SealedFields& fields, const PersonKey& holder, std::string_view to_area,
                 const Arriving* arriving) {
  std::optional<TransferRow> open = find_open_transfer(work.session, holder, to_area);
  TransferRow row = open.value_or(
      TransferRow{{holder.county, work.new_id(), holder.id, std::string(to_area), work.today(), "proposed", {}},
                  work.actor,
                  work.now,
                  ""});
  if (arriving) row.statement = fields.seal(kSealedColumn, row.transfer.id, write_arriving(*arriving));
  if (!open) {
    insert_transfer(work.session, row);
    work.record({holder.county, "transfer_proposed", subject_of(holder.id), details_of(row.transfer)});
  } else if (arriving) {
    replace_transfer_statement(work.session, row);
  }
  return row.transfer;
}

Transfer propose_transfer(audit::Work& work, std::string_view citizen_number, std::string_view to_area) {
  if (!is_area_code(to_area) || to_area.size() < 9) throw problems::area_unknown(std::string(to_area));
  std::optional<PersonKey> holder = find_person(work.session, work.keys, "", citizen_number);
  if (!holder) throw problems::person_unknown();
  if (load_file(work.session, *holder).area == to_area) throw problems::transfer_needless();
  Transfer transfer = propose(work, SealedFields(work.keys), *holder, to_area, nullptr);
  work.unchanged();
  return transfer;
}

Accepted accept_transfer(audit::Work& work, const Classifier& classifier, std::string_view county, Id transfer) {
  std::optional<TransferRow> row = load_open_transfer(work.session, county, transfer);
  if (!row || county_of(row->transfer.to_area) != county) throw problems::transfer_unknown();
  // Whoever knows a citizen number could else draw any file to themselves. An operator at the machine has it anyway.
  if (row->proposed_by == work.actor && work.actor.starts_with("account:")) throw problems::transfer_own();
  SealedFields fields(work.keys);
  std::optional<Arriving> arriving;
  if (!row->statement.empty()) {
    arriving = read_arriving(fields.open(kSealedColumn, row->transfer.id, row->statement));
  }
  const Arriving* what = arriving ? &*arriving : nullptr;
  const PersonKey from{row->transfer.county, row->transfer.person};
  Accepted accepted{from, from};
  if (from.county == county) {
    move_within(work, classifier, from, row->transfer.to_area, what);
  } else {
    accepted.now = move_across(work, classifier, fields, from, row->transfer.to_area, what);
    work.record({accepted.now.county, "person_arrived", subject_of(accepted.now.id), details_of(row->transfer)});
  }
  decide_transfer(work.session, row->transfer, "accepted", "", work.now, work.actor);
  // Who else asked for the old file finds it closed and asks again.
  if (from != accepted.now) reject_open_transfers(work.session, from, work.now, work.actor);
  work.record({from.county, "transfer_accepted", subject_of(from.id), details_of(row->transfer)});
  return accepted;
}

void reject_transfer(audit::Work& work, std::string_view county, Id transfer, std::string_view reason) {
  if (trimmed(reason).empty()) throw problems::transfer_reason_missing();
  std::optional<TransferRow> row = load_open_transfer(work.session, county, transfer);
  if (!row) throw problems::transfer_unknown();
  std::string sealed = SealedFields(work.keys).seal("transfers.reason", transfer, trimmed(reason));
  decide_transfer(work.session, row->transfer, "rejected", sealed, work.now, work.actor);
  work.record({row->transfer.county, "transfer_rejected", subject_of(row->transfer.person), details_of(row->transfer)});
}

}  // namespace tanfang::registry
