-- Emergencies that were reported from the field. `person` is null where nobody known is concerned; `content` (where, what
-- was noted, the position, who was called and when) and `outcome` are encrypted, and null once the person was erased.
-- The same key of the same reporter is the same report. `change` is an id made with each change of the row: who watches asks
-- for those behind the last one they saw.
create table emergencies (
  county text not null,
  id bigint not null,
  area text collate "C" not null,
  person bigint,
  what text not null,
  state text not null,
  happened_at bigint not null,
  reported_at bigint not null,
  reported_by text not null,
  report_key text not null,
  clock_off_seconds bigint not null,
  content bytea,
  acknowledged_at bigint,
  acknowledged_by text,
  closed_at bigint,
  closed_by text,
  outcome bytea,
  change bigint not null,
  constraint emergencies_key primary key (county, id),
  constraint emergencies_sent unique (county, reported_by, report_key),
  constraint emergencies_what check (
    what in ('ill', 'fall', 'fire', 'injury', 'violence', 'missing', 'danger', 'other')),
  constraint emergencies_state check (state in ('reported', 'acknowledged', 'closed'))
);
-- What is new, whatever the county.
create index emergencies_by_change on emergencies (change);
-- Those that nobody answered yet; what hangs on one person.
create index emergencies_by_state on emergencies (county, state, id);
create index emergencies_of_person on emergencies (county, person);
