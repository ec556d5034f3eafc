-- What phones send. evidence (encrypted) is what they say of a visit beside its answers: where it was, who signed, when
-- to come again, by how much the clock was off.
alter table visits add column evidence bytea;

-- What was received of each account under which key, so that a second delivery changes nothing; digest tells it from
-- another parcel under the same key. applied: of a proposal, whether it was done at once.
create table parcels (
  account bigint not null,
  key text not null,
  kind text not null,
  digest bytea not null,
  result bigint not null,
  applied bigint,
  device bigint not null,
  received_at bigint not null,
  constraint parcels_key primary key (account, key),
  constraint parcels_account foreign key (account) references accounts (id)
);

-- Parcels of revoked phones and of accounts that are off, kept for an office to judge; content is encrypted,
-- and empty once it was judged.
create table set_aside (
  id bigint not null,
  area text collate "C" not null,
  account bigint not null,
  device bigint not null,
  key text not null,
  kind text not null,
  content bytea not null,
  person bigint,
  clock_off bigint not null,
  why text not null,
  received_at bigint not null,
  judged_at bigint,
  accepted bigint,
  constraint set_aside_key primary key (id),
  constraint set_aside_once unique (account, key),
  constraint set_aside_account foreign key (account) references accounts (id)
);
create index set_aside_open on set_aside (area, id) where judged_at is null;

-- A visitor by the account they sign in with.
create index visitors_of_login on visitors (county, login);
