-- A file of an archive is kept in pieces as it is drawn, so that a file may be as large as its village needs. `part` is
-- piece × 1,000,000,000 + copy × 100,000 + file: cover and index are file 0 of each copy (of archives filed before, of copy 0
-- where they have several copies), pieces count from 0. So what was filed before, of one piece each, keeps its numbers and is not
-- written again, but the index of archives in one copy: it may be most of the database. `ends`: whether the file ends with the
-- piece; `checksum`: the piece's CRC-32, which a ZIP says of a file before its bytes (0 for files of one piece that were filed
-- before).
update archive_parts set part = 100000 where part = 0 and exists
  (select 1 from archives a where a.county = archive_parts.county and a.id = archive_parts.archive and a.copies = 1);
alter table archive_parts add column checksum bigint not null default 0;
alter table archive_parts add column ends bigint not null default 1;

-- Pages are counted within a file from here on; what is half drawn is drawn anew.
delete from archive_parts where exists
  (select 1 from archives a where a.county = archive_parts.county and a.id = archive_parts.archive and a.state = 'waiting');
update archive_records set page = 0, pages = 0 where exists
  (select 1 from archives a where a.county = archive_records.county and a.id = archive_records.archive and a.state = 'waiting');
update archives set done = 0 where state = 'waiting';

-- When a paper copy came to a record, or was taken away again: a later change of what had been printed of it.
create table visit_papers (
  county text not null,
  id bigint not null,
  visit bigint not null,
  what text not null,
  at bigint not null,
  constraint visit_papers_key primary key (county, id),
  constraint visit_papers_what check (what in ('attached', 'detached'))
);
create index visit_papers_of_visit on visit_papers (county, visit, at);
insert into visit_papers (county, id, visit, what, at)
  select county, id, visit, 'attached', coalesce(settled_at, read_at) from scan_pages
  where state = 'attached' and visit is not null;
