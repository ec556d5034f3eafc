-- How many households are to be checked, because two results of them differ, is counted from those few.
create index households_differing on households (county, village) where differing <> 0;
