-- Reports as they were issued: the figures and texts never change again, and `digest` (SHA-256 of `content`) stands in
-- the trail as well. `number` counts the issues of one report; a later one says what changed since the one before.
create table issued_reports (
  county text not null,
  id bigint not null,
  area text not null,
  kind text not null,
  period text not null,
  number bigint not null,
  title text not null,
  content text not null,
  digest text not null,
  issued_at bigint not null,
  issued_by text not null,
  constraint issued_reports_key primary key (county, id),
  constraint issued_reports_number unique (county, area, kind, period, number)
);
