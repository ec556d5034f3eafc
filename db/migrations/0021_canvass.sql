-- The canvass from door to door: every household of a village by group or grid, and what was found there. Results are
-- only added; a household keeps the last one beside it, and counts by village and group are kept so that a county's
-- completeness is read, not counted.

create table canvasses (
  county text not null,
  id bigint not null,
  name text not null,
  begun_on text not null,
  ended_on text,
  constraint canvasses_key primary key (county, id)
);

-- place is encrypted; place_hash (keyed) finds it again within its village. canvass and result are those of the last
-- result: they say nothing in a later canvass.
create table households (
  county text not null,
  id bigint not null,
  village text collate "C" not null,
  group_name text collate "C" not null,
  place bytea not null,
  place_hash bytea not null,
  listed bigint not null,
  canvass bigint not null,
  result text not null,
  result_on text not null,
  constraint households_key primary key (county, id),
  constraint households_place unique (county, village, place_hash)
);
create index households_of_village on households (county, village, group_name, id);

create table household_results (
  county text not null,
  household bigint not null,
  id bigint not null,
  canvass bigint not null,
  result text not null,
  result_on text not null,
  note bytea,
  noted_at bigint not null,
  noted_by text not null,
  constraint household_results_key primary key (county, household, id),
  constraint household_results_household foreign key (county, household) references households (county, id),
  constraint household_results_result check (result in ('nobody_eligible', 'registered', 'declined', 'not_home'))
);

-- Listed households; where canvass is not 0, those with that last result in that canvass.
create table canvass_counts (
  county text not null,
  village text collate "C" not null,
  group_name text collate "C" not null,
  canvass bigint not null,
  result text not null,
  households bigint not null,
  constraint canvass_counts_key primary key (county, village, group_name, canvass, result)
);
