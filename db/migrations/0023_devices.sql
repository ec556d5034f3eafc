-- Phones bound to accounts of the field. Of the link, the cookie and the secret that opens people only hashes stand here.

-- One open link an account.
create table device_invitations (
  token_hash bytea not null,
  account bigint not null,
  made_at bigint not null,
  ends_at bigint not null,
  constraint device_invitations_key primary key (token_hash),
  constraint device_invitations_one unique (account),
  constraint device_invitations_account foreign key (account) references accounts (id)
);

-- A revoked device stays known: what it still sends is set aside. One that signed off keeps its row, without a token.
create table devices (
  id bigint not null,
  account bigint not null,
  token_hash bytea,
  reading_hash bytea not null,
  label text not null,
  bound_at bigint not null,
  last_used bigint not null,
  revoked_at bigint,
  signed_off_at bigint,
  constraint devices_key primary key (id),
  constraint devices_token unique (token_hash),
  constraint devices_account foreign key (account) references accounts (id)
);
create index devices_of_account on devices (account, id);

-- The key pairs that phones seal what they send for; private_key is encrypted, spki is public.
create table field_keys (
  id bigint not null,
  spki text not null,
  private_key bytea not null,
  made_at bigint not null,
  constraint field_keys_key primary key (id)
);
