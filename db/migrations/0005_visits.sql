-- Visit records. A record is never overwritten: a correction is a new record that points at the old one, supervision
-- strikes a record out. answers is encrypted; findings is what it said in common indicators, as given.

create table visits (
  county text not null,
  id bigint not null,
  person bigint not null,
  visitor text not null,
  method text not null,
  started_at bigint not null,
  ended_at bigint not null,
  visited_on text not null,
  outcome text not null,
  form text not null,
  form_version bigint not null,
  answers bytea not null,
  findings text not null,
  corrects bigint,
  corrected_by bigint,
  reason text not null,
  struck_at bigint,
  struck_reason text not null,
  recorded_at bigint not null,
  recorded_by text not null,
  constraint visits_key primary key (county, id),
  constraint visits_person foreign key (county, person) references people (county, id),
  constraint visits_outcome check (outcome in ('met', 'not_home', 'refused')),
  constraint visits_times check (ended_at >= started_at)
);
-- A person's records in time, for lists and for the status changes that follow from them.
create index visits_of_person on visits (county, person, started_at, id);
-- A month of a county, page by page.
create index visits_by_day on visits (county, visited_on, id);

-- What was received under which key of the sender, so that a second delivery changes nothing; digest tells a repeated
-- record from another one under the same key.
create table received_visits (
  county text not null,
  key text not null,
  visit bigint not null,
  digest text not null,
  constraint received_visits_key primary key (county, key)
);

-- One row a visited person, taken first by every record of that person: records of one person follow one another, and
-- one that arrives late is noticed.
create table visited_people (
  county text not null,
  person bigint not null,
  latest_at bigint not null,
  latest_visit bigint not null,
  constraint visited_people_key primary key (county, person)
);

-- Projection: when a person's status in an indicator changed; the last row is the last known status. Folded from the
-- records that count (met, not corrected, not struck out) in the order of started_at and id.
create table status_changes (
  county text not null,
  person bigint not null,
  indicator text collate "C" not null,
  at bigint not null,
  visit bigint not null,
  before text,
  after text not null,
  constraint status_changes_key primary key (county, person, indicator, at, visit),
  constraint status_changes_after check (after in ('poor', 'fair', 'good'))
);
