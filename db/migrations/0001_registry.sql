-- Areas and people. Codes and names that are searched by prefix are compared byte by byte (collate "C").

create table areas (
  code text collate "C" not null,
  valid_from text not null,
  valid_to text,
  name text not null,
  plain_name text not null,
  level bigint not null,
  parent text,
  constraint areas_key primary key (code, valid_from),
  constraint areas_level check (level in (2, 4, 6, 9, 12)),
  constraint areas_dates check (valid_to is null or valid_to > valid_from)
);

-- One row a county that holds people: the small list that a search over the whole deployment walks.
create table counties (
  county text not null,
  classified_with text not null,
  constraint counties_key primary key (county)
);

-- The county's choice of schemes; without rows the shipped schemes whose area covers it apply.
create table county_schemes (
  county text not null,
  scheme text not null,
  position bigint not null,
  settings text not null,
  constraint county_schemes_key primary key (county, scheme)
);

create table people (
  county text not null,
  id bigint not null,
  area text collate "C" not null,
  name text collate "C" not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  sex text not null,
  birth_date text not null,
  citizen_number bytea not null,
  phone bytea,
  phone_hash bytea,
  address bytea,
  registered_on text not null,
  registered_at bigint not null,
  facts text not null,
  fact_origins text not null,
  ledger_digest bytea,
  classified_until text not null,
  constraint people_key primary key (county, id),
  constraint people_sex check (sex in ('male', 'female'))
);
-- Lists and coverage by area prefix.
create index people_area on people (county, area, id);
-- Search by name prefix and by pinyin, filtered by area inside the index.
create index people_name on people (county, name, id, area);
create index people_pinyin on people (county, pinyin, id, area);
create index people_initials on people (county, initials, id, area);
create index people_phone on people (county, phone_hash);
-- Who must be looked at again because their kept verdicts end.
create index people_classified on people (county, classified_until);

-- Unique in the whole deployment: which file a citizen number (keyed hash) belongs to.
create table citizen_numbers (
  hash bytea not null,
  county text not null,
  person bigint not null,
  constraint citizen_numbers_key primary key (hash)
);

-- What was said of a person, by whom and when, as it was said; `changed` names what it changed of the file then.
create table statements (
  county text not null,
  person bigint not null,
  id bigint not null,
  source text not null,
  speaker text not null,
  said_on text not null,
  recorded_at bigint not null,
  actor text not null,
  facts text not null,
  changed text,
  replaced bytea,
  constraint statements_key primary key (county, person, id),
  constraint statements_person foreign key (county, person) references people (county, id),
  constraint statements_source check (source in ('ledger', 'visit', 'department', 'clerk', 'transfer'))
);

create table contacts (
  county text not null,
  person bigint not null,
  position bigint not null,
  details bytea not null,
  constraint contacts_key primary key (county, person, position),
  constraint contacts_person foreign key (county, person) references people (county, id)
);

create table household_members (
  county text not null,
  person bigint not null,
  position bigint not null,
  details bytea not null,
  constraint household_members_key primary key (county, person, position),
  constraint household_members_person foreign key (county, person) references people (county, id)
);

create table consents (
  county text not null,
  person bigint not null,
  id bigint not null,
  kind text not null,
  given bigint not null,
  given_on text not null,
  recorded_at bigint not null,
  note text not null,
  constraint consents_key primary key (county, person, id),
  constraint consents_person foreign key (county, person) references people (county, id)
);

-- Spans with a status other than active; days outside are active, the highest rank holds where spans overlap.
create table status_spans (
  county text not null,
  person bigint not null,
  id bigint not null,
  status text not null,
  rank bigint not null,
  valid_from text not null,
  valid_to text,
  reason text not null,
  recorded_at bigint not null,
  constraint status_spans_key primary key (county, person, id),
  constraint status_spans_person foreign key (county, person) references people (county, id),
  constraint status_spans_status check (
    (status = 'declined' and rank = 1) or (status = 'suspended' and rank = 2) or
    (status = 'moved_out' and rank = 3) or (status = 'deceased' and rank = 4)
  )
);

-- The verdict of a scheme and the days it holds (valid_to is the first day it no longer does). Lists are words between
-- single spaces with a space at both ends, so that `like '% living_alone %'` finds one.
create table classifications (
  county text not null,
  person bigint not null,
  scheme text not null,
  valid_from text not null,
  valid_to text,
  version text not null,
  eligible bigint,
  tier text,
  categories text not null,
  possible_categories text not null,
  possible_tiers text not null,
  obligations text not null,
  constraint classifications_key primary key (county, person, scheme, valid_from),
  constraint classifications_person foreign key (county, person) references people (county, id)
);

-- A citizen number that arrived elsewhere waits for that county to accept its file; `county` is where the file is,
-- `statement` what arrived, encrypted.
create table transfers (
  county text not null,
  id bigint not null,
  person bigint not null,
  to_area text collate "C" not null,
  proposed_at bigint not null,
  proposed_by text not null,
  statement bytea,
  status text not null,
  reason text not null,
  decided_at bigint,
  decided_by text,
  constraint transfers_key primary key (county, id),
  constraint transfers_person foreign key (county, person) references people (county, id),
  constraint transfers_status check (status in ('proposed', 'accepted', 'rejected'))
);
create unique index transfers_open on transfers (county, person, to_area) where status = 'proposed';
-- What arrives in a county, whoever holds the file.
create index transfers_arriving on transfers (to_area, status);
