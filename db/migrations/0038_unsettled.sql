-- Of whom the schemes still cannot tell at the end of the month, as far as is known today: the files to verify.
alter table person_months add column unsettled bigint not null default 0;
update person_months set unsettled = unknown where unknown = 1;
-- They are few; their list and their number read nobody else.
create index person_months_unsettled on person_months (county, month, village, person) where unsettled = 1;
