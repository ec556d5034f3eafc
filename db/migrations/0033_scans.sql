-- Paper that comes back: files of scanned or photographed forms, their pages, and what became of each.
-- area: whose queue it is; hash: the SHA-256 of the file, by which the same file is one batch; pages: known once the
-- file was opened; name is encrypted, since people write names into it; attempts: how often the next page was begun, so
-- that one which ends the process every time is left to people.
create table scan_batches (
  county text not null,
  id bigint not null,
  area text collate "C" not null,
  hash bytea not null,
  kind text not null,
  name bytea not null,
  bytes bigint not null,
  pages bigint,
  pages_read bigint not null default 0,
  reading bigint not null default 1,
  attempts bigint not null default 0,
  added_at bigint not null,
  added_by text not null,
  constraint scan_batches_key primary key (county, id),
  constraint scan_batches_once unique (county, area, hash),
  constraint scan_batches_kind check (kind in ('pdf', 'jpeg', 'png'))
);
create index scan_batches_reading on scan_batches (county, id) where reading = 1;

-- The file as it came, encrypted in parts, until all its pages stand in scan_pages as pictures.
create table scan_parts (
  county text not null,
  id bigint not null,
  batch bigint not null,
  part bigint not null,
  content bytea not null,
  constraint scan_parts_key primary key (county, id),
  constraint scan_parts_once unique (county, batch, part),
  constraint scan_parts_batch foreign key (county, batch) references scan_batches (county, id)
);

-- sheet: the first page of those that are one filled form; leaf: the page of the form that the code names; visit: the
-- record that the picture was attached to, and then it stands among the attachments under hash.
create table scan_pages (
  county text not null,
  id bigint not null,
  batch bigint not null,
  number bigint not null,
  area text collate "C" not null,
  state text not null,
  reason text not null,
  form text not null,
  form_version bigint not null,
  leaf bigint not null,
  person bigint,
  visit bigint,
  sheet bigint not null,
  picture bytea,
  hash bytea,
  note bytea,
  read_at bigint not null,
  settled_at bigint,
  settled_by text,
  constraint scan_pages_key primary key (county, id),
  constraint scan_pages_once unique (county, batch, number),
  constraint scan_pages_batch foreign key (county, batch) references scan_batches (county, id),
  constraint scan_pages_state check (state in ('attached', 'waiting', 'unclear', 'set_aside'))
);
create index scan_pages_by_state on scan_pages (county, state, id);
create index scan_pages_of_sheet on scan_pages (county, sheet);
create index scan_pages_of_person on scan_pages (county, person);
create index scan_pages_of_visit on scan_pages (county, visit);
