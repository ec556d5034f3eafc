-- Whose record a page was taken out of: while nobody has claimed it since, it goes with that person.
alter table scan_pages add column former_person bigint;
create index scan_pages_of_former_person on scan_pages (county, former_person) where former_person is not null;
