-- A month's records of a town or village on paper, filed: asked for, drawn part by part in the background, and from then on
-- kept as it is. `hash` is the SHA-256 of the ZIP that its parts make; `note` says why one failed, as JSON.
create table archives (
  county text not null,
  id bigint not null,
  area text collate "C" not null,
  month text not null,
  state text not null,
  copies bigint not null,
  records bigint not null,
  done bigint not null,
  pages bigint not null,
  parts bigint not null,
  bytes bigint not null,
  hash bytea,
  asked_at bigint not null,
  asked_by text not null,
  ended_at bigint,
  note text not null,
  constraint archives_key primary key (county, id),
  constraint archives_state check (state in ('waiting', 'done', 'failed', 'erased'))
);
-- What waits to be made.
create index archives_waiting on archives (asked_at) where state = 'waiting';

-- The records in it, in the order of village and person. `page` is the first one in the pile, 0 until it is drawn.
create table archive_records (
  county text not null,
  archive bigint not null,
  place bigint not null,
  visit bigint not null,
  person bigint not null,
  village text collate "C" not null,
  part bigint not null,
  page bigint not null,
  pages bigint not null,
  constraint archive_records_key primary key (county, archive, place),
  constraint archive_records_archive foreign key (county, archive) references archives (county, id)
);
-- Which archives hold a person, for erasure by rule.
create index archive_records_person on archive_records (county, person, archive);

-- Its files, encrypted; by `part` in the order of the ZIP.
create table archive_parts (
  county text not null,
  archive bigint not null,
  part bigint not null,
  name text not null,
  bytes bigint not null,
  hash bytea not null,
  content bytea not null,
  constraint archive_parts_key primary key (county, archive, part),
  constraint archive_parts_archive foreign key (county, archive) references archives (county, id)
);
