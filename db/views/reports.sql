-- What reports read. Another room's tables may change as long as these keep saying the same.

create view report_areas as
  select code, name from areas where valid_to is null;

create view report_open_months as
  select county, month from planning_months;

-- People counted by village and tier. Overdue at a moment: owed - met of the rows whose overdue_at has come.
create view report_tiers as
  select county, month, village, tier, overdue_at, owed, met, due, visited, declined, suspended, unknown,
    refused_home_visit, below_floor
  from coverage_tiers;

-- The same by town and set of categories (words between single spaces): a person counts in each of them.
create view report_categories as
  select county, month, town, categories, overdue_at, owed, met, due, visited, declined, suspended, unknown,
    refused_home_visit, below_floor
  from coverage_categories;

create view report_rounds as
  select county, month, village, label, last_day, owed, met from coverage_rounds;

create view report_people as
  select m.county, m.month, m.village, m.person, p.name, m.tier, m.owed_tier, m.categories, m.owed, m.met,
    m.overdue_at, m.due, m.visited, m.declined, m.suspended, m.unknown, m.refused_home_visit, m.below_floor, m.unsettled
  from person_months m
  join people p on p.county = m.county and p.id = m.person;

-- Everybody who has a file, and what is counted of them in a month.
create view report_registry as
  select county, id as person, area as village, name, pinyin, initials, sex, birth_date, facts from people;

create view report_months as
  select county, month, person, village, tier, owed_tier, categories, owed, met, overdue_at, due, visited, declined,
    suspended, unknown, below_floor, unsettled
  from person_months;

-- Whom an import registered or changed, until it is undone.
create view report_imported as
  select county, import, person, registered from imported_people;

create view report_status as
  select county, person, status, rank, valid_from, valid_to from status_spans;

-- What is owed in a month, with the day on which it was met.
create view report_owed as
  select o.county, o.month, o.person, m.village, o.last_day, o.due_day, o.min, o.counted, o.met_on
  from obligations o
  join person_months m on m.county = o.county and m.month = o.month and m.person = o.person
  where o.basis = 'owed';

create view report_obligations as
  select county, month, person, due_day, overdue_at, met_on from obligations where basis = 'owed';

create view report_assignments as
  select county, person, visitor from assignments;

create view report_visitors as
  select county, id as visitor, login, name from visitors;

create view report_logins as
  select login, name from accounts;

-- Counties that hold people, or opened a month.
create view report_counties as
  select county from counties union select county from planning_months;

-- The trail: chains, and what waits to be sealed.
create view report_trail as
  select county, number, id, at, actor, kind, subject, details from audit_events;

create view report_trail_tail as
  select county, id, at, actor, kind, subject, details from audit_unsealed;

-- What waits for people to do.
create view report_refresh as
  select county, area, person from refresh_lists;

create view report_differences as
  select d.county, p.area
  from ledger_differences d cross join people p
  where d.status = 'open' and p.county = d.county and p.id = d.person;

create view report_transfers as
  select to_area as area from transfers where status = 'proposed';

-- Requests to verify a file that nobody answered: nothing was said of the person since, nor did their status change.
create view report_verification as
  select r.county, p.area, r.person
  from verification_requests r cross join people p
  where p.county = r.county and p.id = r.person
    and not exists (select 1 from statements s where s.county = r.county and s.person = r.person and s.id > r.id)
    and not exists (select 1 from status_spans t where t.county = r.county and t.person = r.person and t.id > r.id);

create view report_corrections as
  select v.county, v.recorded_at, p.area
  from visits v cross join people p
  where v.corrects is not null and p.county = v.county and p.id = v.person;
