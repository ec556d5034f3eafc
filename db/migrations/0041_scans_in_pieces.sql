-- Paper that was taken out of a record, for a reason: a correction made from what the record said before does not bring
-- it back.
create table paper_taken_out (
  county text not null,
  visit bigint not null,
  hash bytea not null,
  constraint paper_taken_out_key primary key (county, visit, hash),
  constraint paper_taken_out_visit foreign key (county, visit) references visits (county, id)
);

-- Whose sending of the file is under way, an id of its own; 0 once all its parts are here.
alter table scan_batches add column arriving bigint not null default 0;
create index scan_batches_arriving on scan_batches (county, id) where arriving <> 0;
-- The same file may be sent for several areas: its pages are the same paper.
create index scan_batches_of_file on scan_batches (county, hash);
