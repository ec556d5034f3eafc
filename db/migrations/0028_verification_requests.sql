-- Who is to be verified, asked for one by one; `reason` is encrypted. A later request takes the place of an answered one.
create table verification_requests (
  county text not null,
  person bigint not null,
  id bigint not null,
  asked_at bigint not null,
  asked_by text not null,
  reason bytea not null,
  constraint verification_requests_key primary key (county, person)
);
