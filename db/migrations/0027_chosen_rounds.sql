-- Rounds for people who were chosen one by one; `chosen` is how many, 0 where a round is for everybody it fits.
alter table planning_rounds add column chosen bigint not null default 0;

create table planning_round_people (
  county text not null,
  person bigint not null,
  round bigint not null,
  constraint planning_round_people_key primary key (county, person, round)
);
-- Whom a round is for.
create index planning_round_people_of_round on planning_round_people (county, round, person);
