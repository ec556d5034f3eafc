-- Imports are written in several transactions, can be followed, listed and undone.

-- An import begins as running; what it wrote so far stands in its counts, last at touched_at. recorded: what it wrote to
-- whom is kept, so that it can be undone. holds_from: the first day that it may have changed. former_corrections: JSON of
-- what the county's mapping said before.
alter table ledger_imports add column state text not null default 'done'
  constraint ledger_imports_state check (state in ('running', 'done', 'failed', 'undoing', 'undone'));
alter table ledger_imports add column file_name text not null default '';
alter table ledger_imports add column unchanged bigint not null default 0;
alter table ledger_imports add column written bigint not null default 0;
alter table ledger_imports add column touched_at bigint not null default 0;
alter table ledger_imports add column recorded bigint not null default 0;
alter table ledger_imports add column holds_from text not null default '';
alter table ledger_imports add column former_corrections text not null default '[]';
alter table ledger_imports add column withdrawn bigint not null default 0;
alter table ledger_imports add column restored bigint not null default 0;
alter table ledger_imports add column left_alone bigint not null default 0;
alter table ledger_imports add column undone_at bigint;
alter table ledger_imports add column undone_by text;

-- Whom an import registered or changed, until it is undone: its statement (0: none was kept), the last id that existed
-- when it had written them, and the file as it was before, encrypted; null where it registered them.
create table imported_people (
  county text not null,
  import bigint not null,
  person bigint not null,
  statement bigint not null,
  last_id bigint not null,
  registered bigint not null,
  former bytea,
  constraint imported_people_key primary key (county, import, person)
);

-- Proposals of transfers that an import made (1) or found open and repeated (0); holder: the county that has the file.
create table imported_transfers (
  county text not null,
  import bigint not null,
  holder text not null,
  transfer bigint not null,
  proposed bigint not null,
  constraint imported_transfers_key primary key (county, import, holder, transfer)
);
create index imported_transfers_transfer on imported_transfers (holder, transfer);
-- Whether anybody asked for a person's file.
create index transfers_person on transfers (county, person, id);
-- A file that goes is looked for in what may point at it.
create index refresh_lists_of_person on refresh_lists (county, person);
create index former_files_of_person on former_files (county, person);

-- Differences that an import put, opened again or settled, and how they were before; null: there was none.
create table imported_differences (
  county text not null,
  import bigint not null,
  difference bigint not null,
  former_import bigint,
  former_row bigint,
  former_found text,
  former_status text,
  constraint imported_differences_key primary key (county, import, difference)
);
