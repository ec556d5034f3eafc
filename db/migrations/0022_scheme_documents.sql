-- The government document behind a scheme, as a county attached it, and on which page each clause stands (JSON).
create table scheme_documents (
  county text not null,
  id bigint not null,
  scheme text not null,
  hash bytea not null,
  content bytea not null,
  bytes bigint not null,
  pages text not null,
  put_at bigint not null,
  put_by text not null,
  constraint scheme_documents_key primary key (county, id),
  constraint scheme_documents_scheme unique (county, scheme)
);
