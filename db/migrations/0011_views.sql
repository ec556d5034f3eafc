-- Filters and columns of a screen that an account keeps under a name; `body` is JSON that only the screen reads.
create table saved_views (
  account bigint not null,
  id bigint not null,
  screen text not null,
  name text not null,
  body text not null,
  constraint saved_views_key primary key (account, id),
  constraint saved_views_name unique (account, screen, name)
);
