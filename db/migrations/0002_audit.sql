-- The audit trail. Use cases write into audit_unsealed, in the transaction of their change; sealing moves committed
-- events into their county's chain. County '' holds what belongs to no county.

create table audit_unsealed (
  county text not null,
  id bigint not null,
  at bigint not null,
  actor text not null,
  kind text not null,
  subject text not null,
  details text not null,
  constraint audit_unsealed_key primary key (county, id)
);

-- Numbered from 1 without gaps; hash covers the entry and the hash before it. Rows are only ever added.
create table audit_events (
  county text not null,
  number bigint not null,
  id bigint not null,
  at bigint not null,
  actor text not null,
  kind text not null,
  subject text not null,
  details text not null,
  hash bytea not null,
  constraint audit_events_key primary key (county, number)
);

-- Where each chain ends, authenticated with the deployment's hash key, so that a cut tail is found.
create table audit_heads (
  county text not null,
  number bigint not null,
  digest text not null,
  hash bytea not null,
  mac bytea not null,
  constraint audit_heads_key primary key (county)
);

-- Tells whether a key ring belongs to this database.
create table key_marks (
  name text not null,
  fingerprint bytea not null,
  constraint key_marks_key primary key (name)
);
