-- Schemes that a county made from drafts: each version as the texts of its folder. They are read beside the shipped ones,
-- for this county alone.
create table published_schemes (
  county text not null,
  scheme text not null,
  in_force text not null,
  digest text not null,
  published_at bigint not null,
  asked_by text not null,
  approved_by text not null,
  constraint published_schemes_key primary key (county, scheme, in_force)
);

create table published_scheme_files (
  county text not null,
  scheme text not null,
  in_force text not null,
  path text not null,
  content text not null,
  constraint published_scheme_files_key primary key (county, scheme, in_force, path),
  constraint published_scheme_files_scheme foreign key (county, scheme, in_force)
    references published_schemes (county, scheme, in_force)
);

-- That a draft shall come into force, and what became of it: the last time it was asked.
create table scheme_publications (
  county text not null,
  draft bigint not null,
  digest text not null,
  in_force text not null,
  state text not null,
  asked_at bigint not null,
  asked_by text not null,
  decided_at bigint,
  decided_by text not null,
  reason text not null,
  constraint scheme_publications_key primary key (county, draft),
  constraint scheme_publications_draft foreign key (county, draft) references scheme_drafts (county, id),
  constraint scheme_publications_state check (state in ('asked', 'published', 'rejected'))
);
