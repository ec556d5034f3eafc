-- What a visitor recorded, newest first.
create index visits_by_visitor on visits (county, visitor, visited_on, id);
-- Corrections, which are few, by when they were recorded.
create index visits_corrections on visits (county, recorded_at, id) where corrects is not null;

-- Evidence to records, encrypted; `hash` is the SHA-256 of the content, by which records name it.
create table attachments (
  county text not null,
  id bigint not null,
  hash bytea not null,
  media_type text not null,
  content bytea not null,
  put_at bigint not null,
  put_by text not null,
  constraint attachments_key primary key (county, id),
  constraint attachments_hash unique (county, hash),
  constraint attachments_media_type check (media_type in ('image/jpeg', 'image/png'))
);
-- What no record came to name is found by its age, without reading the contents.
create index attachments_age on attachments (county, put_at, hash);

create table visit_attachments (
  county text not null,
  visit bigint not null,
  hash bytea not null,
  constraint visit_attachments_key primary key (county, visit, hash),
  constraint visit_attachments_visit foreign key (county, visit) references visits (county, id),
  constraint visit_attachments_content foreign key (county, hash) references attachments (county, hash)
);
create index visit_attachments_hash on visit_attachments (county, hash, visit);
