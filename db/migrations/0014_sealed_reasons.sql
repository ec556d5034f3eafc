-- Reasons of corrected and struck visits and of rejected transfers are encrypted. The plain columns keep only what was
-- written before, until it is sealed.
alter table visits add column sealed_reason bytea;
alter table visits add column sealed_struck_reason bytea;
alter table transfers add column sealed_reason bytea;
