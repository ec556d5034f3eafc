-- Everything that was recorded about a person, by the id it got then: what is later than an import was built on it. A
-- decision has no id of its own; the one that would have begun its millisecond stands for it.
create view person_records as
  select county, person, id from statements
  union all
  select county, person, id from visits
  union all
  select county, person, id from status_spans
  union all
  select county, person, id from consents
  union all
  select county, person, id from transfers
  union all
  select county, person, id from planning_events
  union all
  select county, person, id from scan_pages where person is not null
  union all
  select county, person, (decided_at - 1577836800000) * 4194304 from ledger_differences where decided_at is not null;
