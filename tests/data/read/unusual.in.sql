-- Legal, and seldom written.
CREATE SCHEMA craft;
SET search_path = craft, public;

-- A view that reads itself, and two that read each other.
CREATE TABLE piece (id integer PRIMARY KEY, "Its.name" text COLLATE "C");
CREATE VIEW mirror AS TABLE piece;
CREATE OR REPLACE VIEW mirror WITH (security_barrier) AS SELECT * FROM mirror;
CREATE VIEW hen AS SELECT id, "Its.name" FROM piece;
CREATE VIEW egg AS SELECT id FROM hen WHERE id > 0;
CREATE OR REPLACE VIEW hen AS SELECT id, NULL::text COLLATE "C" AS "Its.name" FROM egg;

-- What is kept as it was written, under names that the path completes.
CREATE COLLATION "By.byte" (locale = 'C');
COMMENT ON COLLATION "By.byte" IS 'By its bytes';
CREATE TABLE shelf (label text COLLATE "By.byte" CHECK (label > 'a' COLLATE "By.byte"), words tsvector);
CREATE TEXT SEARCH DICTIONARY plain_words (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION plain ALTER MAPPING FOR asciiword, word WITH plain_words;
COMMENT ON TEXT SEARCH CONFIGURATION plain IS 'As it is';
CREATE FUNCTION add_up(have integer, more integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT have + more';
CREATE AGGREGATE total(more integer) (SFUNC = add_up, STYPE = integer, INITCOND = '0');
COMMENT ON AGGREGATE total(integer) IS 'All of it';
CREATE OPERATOR @+@ (LEFTARG = integer, RIGHTARG = integer, FUNCTION = add_up);
COMMENT ON OPERATOR @+@ (integer, integer) IS 'Adds';
CREATE OPERATOR FAMILY by_hand USING hash;
COMMENT ON OPERATOR FAMILY by_hand USING hash IS 'Empty';
CREATE CONVERSION from_latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION from_latin IS 'Old files';
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE remote (id integer) SERVER far;
COMMENT ON COLUMN remote.id IS 'Over there';
CREATE PUBLICATION few FOR TABLE piece ("Its.name", id) WHERE (id > 3), shelf WITH (publish = 'insert');

-- What stays when a table leaves the one above it.
CREATE TABLE log (id integer, day date, kind integer REFERENCES piece, CHECK (id > 0), PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE INDEX log_kind ON log (kind, lower(id::text));
CREATE TABLE log_old PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE log_new PARTITION OF log FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
ALTER TABLE log DETACH PARTITION log_old;
CREATE TABLE above (size integer CHECK (size > 0));
CREATE TABLE below (weight integer) INHERITS (above);
ALTER TABLE below NO INHERIT above;

CREATE TABLE spot (place point, EXCLUDE USING spgist (place WITH ~=) WITH (fillfactor = 80) DEFERRABLE);

-- Privileges on all of a kind are for what is there: not for what comes later.
CREATE SCHEMA shared;
GRANT SELECT ON ALL TABLES IN SCHEMA shared TO PUBLIC;
CREATE TABLE shared.seen (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE VIEW shared."Seen too" AS SELECT id FROM shared.seen;
CREATE FUNCTION shared.told() RETURNS integer LANGUAGE sql AS 'SELECT 1';
GRANT SELECT ON ALL TABLES IN SCHEMA shared, public TO PUBLIC;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA shared TO PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA shared FROM PUBLIC;
ALTER VIEW shared."Seen too" RENAME TO seen_as_well;
CREATE TABLE shared.hidden (id serial PRIMARY KEY);
CREATE FUNCTION shared.open() RETURNS integer LANGUAGE sql AS 'SELECT 2';
