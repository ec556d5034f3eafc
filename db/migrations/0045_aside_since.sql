-- Since when a page of paper counts as set aside. For those set aside before, null: it counts from when retention first
-- looks at them, since whoever set them aside was told that they stay.
alter table scan_pages add column aside_at bigint;
