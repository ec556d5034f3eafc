-- A result that was noted from an older version of its household and says otherwise stands beside the known one until
-- somebody notes one anew: the newest such row of household_results, 0 where there is none.
alter table households add column differing bigint not null default 0;

-- Why an office would have had to judge what the phone sent that reported this ('' where nothing would): of an emergency
-- it is told at once all the same.
alter table emergencies add column doubt text not null default '';
