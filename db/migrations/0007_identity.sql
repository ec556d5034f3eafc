-- Accounts and what they may do. Areas are compared byte by byte (collate "C"); tokens stand here as hashes only.

create table accounts (
  id bigint not null,
  login text not null,
  name text not null,
  role text not null,
  area text collate "C" not null,
  enabled bigint not null,
  password text,
  created_at bigint not null,
  last_sign_in bigint,
  factor_secret bytea,
  factor_confirmed bigint not null,
  factor_step bigint not null,
  constraint accounts_key primary key (id),
  constraint accounts_login unique (login),
  constraint accounts_enabled check (enabled in (0, 1)),
  constraint accounts_factor check (factor_confirmed in (0, 1))
);
create index accounts_area on accounts (area, id);

-- Who an outside platform (OpenID Connect) says an account is.
create table account_identities (
  issuer text not null,
  subject text not null,
  account bigint not null,
  linked_at bigint not null,
  constraint account_identities_key primary key (issuer, subject),
  constraint account_identities_one unique (account, issuer),
  constraint account_identities_account foreign key (account) references accounts (id)
);

-- One open link an account.
create table invitations (
  token_hash bytea not null,
  account bigint not null,
  made_at bigint not null,
  ends_at bigint not null,
  constraint invitations_key primary key (token_hash),
  constraint invitations_one unique (account),
  constraint invitations_account foreign key (account) references accounts (id)
);

create table account_sessions (
  token_hash bytea not null,
  id bigint not null,
  account bigint not null,
  started_at bigint not null,
  last_used bigint not null,
  idle bigint not null,
  ends_at bigint not null,
  must_enrol bigint not null,
  constraint account_sessions_key primary key (token_hash),
  constraint account_sessions_id unique (id),
  constraint account_sessions_account foreign key (account) references accounts (id)
);
create index account_sessions_of on account_sessions (account, id);

create table recovery_codes (
  account bigint not null,
  code_hash bytea not null,
  constraint recovery_codes_key primary key (account, code_hash),
  constraint recovery_codes_account foreign key (account) references accounts (id)
);

-- Failures of a login or an address (keyed hashes), also of logins that nobody has.
create table sign_in_waits (
  scope text not null,
  key_hash bytea not null,
  failures bigint not null,
  since bigint not null,
  closed_until bigint not null,
  constraint sign_in_waits_key primary key (scope, key_hash)
);

create table machine_tokens (
  token_hash bytea not null,
  id bigint not null,
  account bigint not null,
  name text not null,
  permissions text not null,
  area text collate "C" not null,
  made_at bigint not null,
  ends_at bigint not null,
  last_used bigint,
  revoked_at bigint,
  constraint machine_tokens_key primary key (token_hash),
  constraint machine_tokens_id unique (id),
  constraint machine_tokens_account foreign key (account) references accounts (id)
);
create index machine_tokens_of on machine_tokens (account, id);

create table emergency_grants (
  id bigint not null,
  account bigint not null,
  area text collate "C" not null,
  ends_at bigint not null,
  constraint emergency_grants_key primary key (id),
  constraint emergency_grants_account foreign key (account) references accounts (id)
);
create index emergency_grants_of on emergency_grants (account, ends_at);

-- What a supervisor of the area is told.
create table notices (
  id bigint not null,
  area text collate "C" not null,
  kind text not null,
  account bigint not null,
  reason text not null,
  at bigint not null,
  ends_at bigint not null,
  constraint notices_key primary key (id),
  constraint notices_account foreign key (account) references accounts (id)
);
create index notices_area on notices (area, id);

create table reveal_counts (
  account bigint not null,
  day text not null,
  reveals bigint not null,
  constraint reveal_counts_key primary key (account, day),
  constraint reveal_counts_account foreign key (account) references accounts (id)
);
