-- What the interface needs.

-- Answers to requests that bore an Idempotency-Key, for a day, encrypted: a second delivery gets the first one's answer.
create table kept_answers (
  account bigint not null,
  key text not null,
  digest bytea not null,
  status bigint not null,
  body bytea not null,
  kept_at bigint not null,
  constraint kept_answers_key primary key (account, key)
);
create index kept_answers_age on kept_answers (kept_at);

-- Going down the tree of areas, level by level.
create index areas_parent on areas (parent, code);
