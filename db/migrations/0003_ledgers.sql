-- Ledgers that came in, what was corrected of their mapping, and what they say otherwise than the house.

create table ledger_imports (
  county text not null,
  id bigint not null,
  area text not null,
  kind text not null,
  rows_read bigint not null,
  accepted bigint not null,
  registered bigint not null,
  changed bigint not null,
  repaired bigint not null,
  refused bigint not null,
  differences bigint not null,
  imported_at bigint not null,
  actor text not null,
  constraint ledger_imports_key primary key (county, id),
  constraint ledger_imports_kind check (kind in ('ledger', 'health', 'disabled'))
);

-- Corrections of earlier imports. With an empty word: what the column of the heading holds; else what the word stands
-- for in that column.
create table ledger_mappings (
  county text not null,
  heading text not null,
  word text not null,
  target text not null,
  constraint ledger_mappings_key primary key (county, heading, word)
);

create table ledger_differences (
  county text not null,
  id bigint not null,
  person bigint not null,
  kind text not null,
  source text not null,
  topic text not null,
  said text not null,
  found text not null,
  file_row bigint not null,
  import bigint not null,
  status text not null,
  found_on text not null,
  decided_at bigint,
  decided_by text,
  reason text,
  constraint ledger_differences_key primary key (county, id),
  constraint ledger_differences_once unique (county, person, kind, source, topic, said),
  constraint ledger_differences_person foreign key (county, person) references people (county, id),
  constraint ledger_differences_kind check (kind in ('claim', 'fact', 'match')),
  constraint ledger_differences_status check (status in ('open', 'accepted', 'rejected', 'settled'))
);
-- The list of what waits for a decision, page by page.
create index ledger_differences_status_id on ledger_differences (county, status, id);
