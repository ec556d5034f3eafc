-- Schemes that a county writes before they come into force, as the texts of a scheme folder. They hold rules and invented
-- people of case tables, nothing of anybody. `digest` is the SHA-256 of the files, in hexadecimal.
create table scheme_drafts (
  county text not null,
  id bigint not null,
  scheme text not null,
  based_on text not null,
  digest text not null,
  files bigint not null,
  bytes bigint not null,
  created_at bigint not null,
  created_by text not null,
  changed_at bigint not null,
  changed_by text not null,
  constraint scheme_drafts_key primary key (county, id)
);

create table scheme_draft_files (
  county text not null,
  draft bigint not null,
  path text not null,
  content text not null,
  constraint scheme_draft_files_key primary key (county, draft, path),
  constraint scheme_draft_files_draft foreign key (county, draft) references scheme_drafts (county, id)
);

-- What the draft would change for the county's people, the last time it was asked: one a draft. `result` is JSON without
-- personal data; `after` is the last person looked at.
create table scheme_simulations (
  county text not null,
  draft bigint not null,
  digest text not null,
  on_day text not null,
  state text not null,
  asked_at bigint not null,
  asked_by text not null,
  ended_at bigint,
  people bigint not null,
  result text not null,
  constraint scheme_simulations_key primary key (county, draft),
  constraint scheme_simulations_draft foreign key (county, draft) references scheme_drafts (county, id),
  constraint scheme_simulations_state check (state in ('waiting', 'running', 'done', 'failed'))
);
-- What waits to be worked out.
create index scheme_simulations_waiting on scheme_simulations (state, asked_at);

-- Whose verdict would change. Why is told from the draft when it is asked.
create table scheme_simulation_people (
  county text not null,
  draft bigint not null,
  area text collate "C" not null,
  person bigint not null,
  kind text not null,
  eligible_before text not null,
  tier_before text not null,
  eligible_after text not null,
  tier_after text not null,
  constraint scheme_simulation_people_key primary key (county, draft, area, person),
  constraint scheme_simulation_people_of foreign key (county, draft) references scheme_simulations (county, draft)
);
