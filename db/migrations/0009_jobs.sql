-- Work that runs by itself, shared by every process on the database: one row a kind and subject (a county, or empty). Who
-- runs a job holds its row by `run` until lease_until; attempts counts the runs since the last that was done.
create table jobs (
  kind text not null,
  subject text not null,
  due_at bigint not null,
  attempts bigint not null,
  run bigint,
  holder text not null,
  lease_until bigint not null,
  started_at bigint,
  ended_at bigint,
  outcome text not null,
  note text not null,
  constraint jobs_key primary key (kind, subject),
  constraint jobs_outcome check (outcome in ('', 'done', 'failed'))
);

-- Whose file nobody confirmed for so long that it is to be refreshed; written anew every night.
create table refresh_lists (
  county text not null,
  area text collate "C" not null,
  person bigint not null,
  confirmed_on text not null,
  constraint refresh_lists_key primary key (county, area, person),
  constraint refresh_lists_person foreign key (county, person) references people (county, id)
);

-- Whose personal fields were erased; the rest of the file stays for the figures.
create table erased_people (
  county text not null,
  person bigint not null,
  erased_at bigint not null,
  constraint erased_people_key primary key (county, person),
  constraint erased_people_person foreign key (county, person) references people (county, id)
);
