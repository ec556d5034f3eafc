-- Browsers on their way through an outside sign-on platform, for ten minutes; account is who links it, 0 who signs in.
create table sign_on_attempts (
  state_hash bytea not null,
  browser_hash bytea not null,
  account bigint not null,
  ends_at bigint not null,
  constraint sign_on_attempts_key primary key (state_hash)
);
create index sign_on_attempts_age on sign_on_attempts (ends_at);
