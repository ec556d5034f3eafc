-- Whether a county's own office is told of emergencies; villages and towns always are. Without a row it is.
create table emergency_telling (
  county text not null,
  county_told bigint not null,
  constraint emergency_telling_key primary key (county),
  constraint emergency_telling_flag check (county_told in (0, 1))
);
