-- What was answered holds: a second delivery gets the first one's tag and address as well, and a ledger is done.

-- Of a kept answer beside its body.
alter table kept_answers add column etag text not null default '';
alter table kept_answers add column location text not null default '';

-- Ledgers that were answered 202, from their arrival until a day later, so that no process and no restart forgets one.

-- content (encrypted): how it is to be taken. holder: the process that has it until lease_until. problem: why it was
-- refused, as it is answered. attempts: how often it was begun by a process that then died.
create table ledger_orders (
  id bigint not null,
  area text collate "C" not null,
  kind text not null,
  dry_run bigint not null,
  account bigint not null,
  actor text not null,
  content bytea not null,
  state text not null,
  problem text not null,
  taken_at bigint not null,
  holder text not null,
  lease_until bigint not null,
  attempts bigint not null,
  constraint ledger_orders_key primary key (id),
  constraint ledger_orders_state check (state in ('arriving', 'waiting', 'running', 'done', 'refused', 'failed'))
);
create index ledger_orders_open on ledger_orders (lease_until) where state in ('waiting', 'running');
create index ledger_orders_age on ledger_orders (taken_at);

-- The file, encrypted piece by piece; gone as soon as it was taken.
create table ledger_order_pieces (
  ledger_order bigint not null,
  piece bigint not null,
  content bytea not null,
  constraint ledger_order_pieces_key primary key (ledger_order, piece)
);
