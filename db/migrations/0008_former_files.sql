-- Under which citizen numbers (keyed hash) a county held files that have moved to another county since: its late visits
-- belong to them.
create table former_files (
  county text not null,
  hash bytea not null,
  person bigint not null,
  constraint former_files_key primary key (county, hash, person),
  constraint former_files_person foreign key (county, person) references people (county, id)
);

-- Free texts about a person are encrypted. The plain columns keep only what was written before, until it is sealed.
alter table consents add column sealed_note bytea;
alter table status_spans add column sealed_reason bytea;
