-- Who visits, and whom. A visitor's reach: the villages named (words between single spaces) and, where a radius is given,
-- those whose point lies within it of the point of their home village.
create table visitors (
  county text not null,
  id bigint not null,
  name text not null,
  kind text not null,
  login text not null,
  home text not null,
  villages text not null,
  radius_metres bigint not null,
  capacity bigint not null,
  service text not null,
  active bigint not null,
  constraint visitors_key primary key (county, id),
  constraint visitors_capacity check (capacity > 0),
  constraint visitors_radius check (radius_metres >= 0)
);

-- One visitor a person; appointed: as the first contact.
create table assignments (
  county text not null,
  person bigint not null,
  visitor bigint not null,
  appointed bigint not null,
  since text not null,
  constraint assignments_key primary key (county, person),
  constraint assignments_visitor foreign key (county, visitor) references visitors (county, id)
);
-- A visitor's people.
create index assignments_of_visitor on assignments (county, visitor, person);

-- Where a village or town lies, as degrees.
create table area_points (
  area text collate "C" not null,
  latitude double precision not null,
  longitude double precision not null,
  constraint area_points_key primary key (area),
  constraint area_points_range check (latitude between -90 and 90 and longitude between -180 and 180)
);
