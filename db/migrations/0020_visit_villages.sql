-- A record carries the village where its person lives now: the database itself follows a move (on update cascade), so
-- that the records of a town are found by an index instead of by asking for each person. What refers to the records is
-- made anew with them.
create unique index people_village on people (county, id, area);

create table moved_visits (
  county text not null,
  id bigint not null,
  person bigint not null,
  village text collate "C" not null,
  visitor text not null,
  method text not null,
  started_at bigint not null,
  ended_at bigint not null,
  visited_on text not null,
  outcome text not null,
  form text not null,
  form_version bigint not null,
  findings text not null,
  corrects bigint,
  corrected_by bigint,
  reason text not null,
  sealed_reason bytea,
  struck_at bigint,
  struck_reason text not null,
  sealed_struck_reason bytea,
  recorded_at bigint not null,
  recorded_by text not null,
  answers bytea not null,
  constraint visits_id primary key (county, id),
  constraint visits_person foreign key (county, person, village) references people (county, id, area)
    on update cascade,
  constraint visits_outcome check (outcome in ('met', 'not_home', 'refused')),
  constraint visits_times check (ended_at >= started_at)
);
insert into moved_visits (county, id, person, village, visitor, method, started_at, ended_at, visited_on, outcome, form,
  form_version, findings, corrects, corrected_by, reason, sealed_reason, struck_at, struck_reason, sealed_struck_reason,
  recorded_at, recorded_by, answers)
select v.county, v.id, v.person, p.area, v.visitor, v.method, v.started_at, v.ended_at, v.visited_on, v.outcome, v.form,
  v.form_version, v.findings, v.corrects, v.corrected_by, v.reason, v.sealed_reason, v.struck_at, v.struck_reason,
  v.sealed_struck_reason, v.recorded_at, v.recorded_by, v.answers
from visits v join people p on p.county = v.county and p.id = v.person
order by v.county, v.id;

create table moved_attachments (
  county text not null,
  visit bigint not null,
  hash bytea not null,
  constraint visit_attachments_id primary key (county, visit, hash),
  constraint visit_attachments_visit foreign key (county, visit) references moved_visits (county, id),
  constraint visit_attachments_content foreign key (county, hash) references attachments (county, hash)
);
insert into moved_attachments (county, visit, hash) select county, visit, hash from visit_attachments;

drop table visit_attachments;
drop table visits;
alter table moved_visits rename to visits;
alter table moved_attachments rename to visit_attachments;

create index visit_attachments_hash on visit_attachments (county, hash, visit);
-- A person's records in time, for lists and for the status changes that follow from them.
create index visits_of_person on visits (county, person, started_at, id);
-- A month of a county, and of a town with its villages, page by page.
create index visits_by_day on visits (county, visited_on, id);
create index visits_by_town on visits (county, substr(village, 1, 9), visited_on, id, village);
-- What a visitor recorded, newest first.
create index visits_by_visitor on visits (county, visitor, visited_on, id);
-- Attempts and corrections, which are few.
create index visits_attempts on visits (county, visited_on, id) where outcome <> 'met';
create index visits_corrections on visits (county, recorded_at, id) where corrects is not null;
