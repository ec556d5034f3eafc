-- What somebody in the field says should be changed of the registry, until somebody who may has decided. The same key of
-- the same proposer is the same proposal.

-- `person` is null for somebody new until they are registered; `content` (what was said) and `reason` (why it was
-- rejected) are encrypted. `source` is where facts come from: a visit, or the clerk who keeps the file.
create table proposals (
  county text not null,
  id bigint not null,
  area text collate "C" not null,
  person bigint,
  what text not null,
  state text not null,
  source text not null,
  proposed_by text not null,
  proposal_key text not null,
  proposed_at bigint not null,
  clock_off_seconds bigint not null,
  base_version text not null,
  content bytea not null,
  reason bytea,
  decided_at bigint,
  decided_by text,
  constraint proposals_key primary key (county, id),
  constraint proposals_sent unique (county, proposed_by, proposal_key),
  constraint proposals_what check (what in ('facts', 'status', 'new_person', 'contact')),
  constraint proposals_state check (state in ('open', 'accepted', 'rejected'))
);
-- Those that wait, county by county; what hangs on one person.
create index proposals_by_state on proposals (county, state, id);
create index proposals_of_person on proposals (county, person);
