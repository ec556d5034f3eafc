-- A phone is looked for in each county and below an area: with the area inside, the planner takes this index and not that
-- of the areas, which walks the whole county.
drop index people_phone;
create index people_phone on people (county, phone_hash, area);
