-- Shapes of towns and villages as a county gave them: the coordinates of a MultiPolygon (JSON), simplified.
create table area_shapes (
  area text collate "C" not null,
  coordinates text not null,
  put_at bigint not null,
  put_by text not null,
  constraint area_shapes_key primary key (area)
);
