-- The constraints behind NOT NULL, which PostgreSQL keeps since version 18: names, and where they come from.
CREATE TABLE reading (taken date NOT NULL, meter integer NOT NULL, value numeric CONSTRAINT reading_has_a_value NOT NULL, note text)
    PARTITION BY RANGE (taken);
-- Named by the whole.
CREATE TABLE reading_2024 PARTITION OF reading FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- Named by themselves, as in a dump.
CREATE TABLE reading_2025 (taken date NOT NULL, meter integer NOT NULL, value numeric NOT NULL, note text);
ALTER TABLE ONLY reading ATTACH PARTITION reading_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
COMMENT ON CONSTRAINT reading_2025_meter_not_null ON reading_2025 IS 'Of course';
-- Some of each.
CREATE TABLE reading_2026 PARTITION OF reading (CONSTRAINT meter_of_2026 NOT NULL meter)
    FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE reading_2027 (LIKE reading);
ALTER TABLE reading ATTACH PARTITION reading_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
CREATE TABLE reading_later PARTITION OF reading DEFAULT PARTITION BY LIST (meter);
CREATE TABLE reading_later_1 PARTITION OF reading_later FOR VALUES IN (1);
CREATE TABLE reading_later_2 (taken date NOT NULL, meter integer NOT NULL, value numeric NOT NULL, note text);
ALTER TABLE reading_later ATTACH PARTITION reading_later_2 FOR VALUES IN (2);
-- One that was a partition.
CREATE TABLE reading_old PARTITION OF reading FOR VALUES FROM ('2000-01-01') TO ('2001-01-01');
ALTER TABLE reading DETACH PARTITION reading_old;
-- Copies and heirs.
CREATE TABLE copy_of_reading (LIKE reading INCLUDING ALL);
CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL, area text NOT NULL NO INHERIT);
CREATE TABLE town () INHERITS (place);
CREATE TABLE village (name text NOT NULL) INHERITS (place);
CREATE TABLE hamlet (id integer) INHERITS (place);
CREATE TABLE castle (CONSTRAINT castle_has_a_name NOT NULL name) INHERITS (place);
-- Changes.
CREATE TABLE changed (a integer CONSTRAINT first NOT NULL, b integer NOT NULL, c integer CONSTRAINT third NOT NULL, d integer, e integer);
ALTER TABLE changed ALTER COLUMN a DROP NOT NULL;
ALTER TABLE changed DROP CONSTRAINT changed_b_not_null;
ALTER TABLE changed RENAME CONSTRAINT third TO last;
ALTER TABLE changed ADD CONSTRAINT d_is_there NOT NULL d NOT VALID;
ALTER TABLE changed VALIDATE CONSTRAINT d_is_there;
ALTER TABLE changed ADD CONSTRAINT e_is_there NOT NULL e NOT VALID;
-- Names too long to be whole.
CREATE TABLE measurements_of_all_the_water_meters_of_the_town (identification_number_of_the_water_meter integer NOT NULL);
