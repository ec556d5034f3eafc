-- What is owed to whom by when, and what of it has been done. Raw rows first, projections below: these are recomputed for
-- a person from the raw rows and the registry, in the transaction of the change, and `report recount` compares them.

-- The months that were opened.
create table planning_months (
  county text not null,
  month text not null,
  opened_at bigint not null,
  constraint planning_months_key primary key (county, month)
);

-- One row a person who changed since their month was opened: taken first by every change of that person, so that two
-- changes at once do not count on each other's past; and the village known to planning, to notice a move.
create table planning_people (
  county text not null,
  person bigint not null,
  village text not null,
  refreshed_at bigint not null,
  constraint planning_people_key primary key (county, person)
);

-- Until the day before moved_on the person lived in that village of the county.
create table planning_moves (
  county text not null,
  person bigint not null,
  moved_on text not null,
  village text not null,
  constraint planning_moves_key primary key (county, person, moved_on)
);

-- The facts of visit records that decide whether they count; counted is 0 for attempts and what was struck out.
create table planning_visits (
  county text not null,
  person bigint not null,
  visit bigint not null,
  day text not null,
  at bigint not null,
  method text not null,
  counted bigint not null,
  constraint planning_visits_key primary key (county, person, visit)
);

create table planning_events (
  county text not null,
  person bigint not null,
  id bigint not null,
  event text not null,
  at bigint not null,
  constraint planning_events_key primary key (county, person, id)
);

-- Extra rounds of a county; the rounds of festivals follow from the schemes and have no rows. Lists are words between
-- single spaces.
create table planning_rounds (
  county text not null,
  id bigint not null,
  kind text not null,
  name text not null,
  area text not null,
  first_day text not null,
  last_day text not null,
  tiers text not null,
  categories text not null,
  constraint planning_rounds_key primary key (county, id),
  constraint planning_rounds_dates check (last_day >= first_day)
);

-- Where and when home visits are impossible.
create table planning_declarations (
  county text not null,
  id bigint not null,
  area text not null,
  first_day text not null,
  last_day text not null,
  reason text not null,
  constraint planning_declarations_key primary key (county, id),
  constraint planning_declarations_dates check (last_day >= first_day)
);

-- month is that of last_day: a month is written and read as one stretch, person by person.
create table obligations (
  county text not null,
  month text not null,
  person bigint not null,
  first_day text not null,
  label text not null,
  kind text not null,
  last_day text not null,
  due_day text not null,
  overdue_at bigint not null,
  min bigint not null,
  methods text not null,
  tier text not null,
  mark text not null,
  basis text not null,
  counted bigint not null,
  met_on text,
  constraint obligations_key primary key (county, month, person, first_day, label),
  constraint obligations_kind check (kind in ('window', 'event', 'first_visit', 'round')),
  constraint obligations_basis check (basis in ('owed', 'declined', 'suspended', 'taken_out'))
);

create table person_months (
  county text not null,
  month text not null,
  person bigint not null,
  village text collate "C" not null,
  tier text not null,
  owed_tier text not null,
  categories text not null,
  owed bigint not null,
  met bigint not null,
  overdue_at bigint not null,
  due bigint not null,
  visited bigint not null,
  declined bigint not null,
  suspended bigint not null,
  unknown bigint not null,
  refused_home_visit bigint not null,
  below_floor bigint not null,
  rounds text not null,
  constraint person_months_key primary key (county, month, person)
);
-- The people of a village or town, for lists.
create index person_months_village on person_months (county, month, village, person);

-- Counts of person_months by village and tier, and by town (the first 9 digits) and set of categories: sets are many, and
-- those of a village are few enough to be added up person by person. Who is overdue at a moment is owed - met of the rows
-- whose overdue_at has come.
create table coverage_tiers (
  county text not null,
  month text not null,
  village text collate "C" not null,
  tier text not null,
  overdue_at bigint not null,
  owed bigint not null,
  met bigint not null,
  due bigint not null,
  visited bigint not null,
  declined bigint not null,
  suspended bigint not null,
  unknown bigint not null,
  refused_home_visit bigint not null,
  below_floor bigint not null,
  constraint coverage_tiers_key primary key (county, month, village, tier, overdue_at)
);

create table coverage_categories (
  county text not null,
  month text not null,
  town text collate "C" not null,
  categories text not null,
  overdue_at bigint not null,
  owed bigint not null,
  met bigint not null,
  due bigint not null,
  visited bigint not null,
  declined bigint not null,
  suspended bigint not null,
  unknown bigint not null,
  refused_home_visit bigint not null,
  below_floor bigint not null,
  constraint coverage_categories_key primary key (county, month, town, categories, overdue_at)
);

-- Rounds that ended in the month: people owed them, people visited.
create table coverage_rounds (
  county text not null,
  month text not null,
  village text collate "C" not null,
  label text not null,
  last_day text not null,
  owed bigint not null,
  met bigint not null,
  constraint coverage_rounds_key primary key (county, month, village, label, last_day)
);
