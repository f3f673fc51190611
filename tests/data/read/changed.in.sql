-- What a script says of things after they were made, and of those that come later.
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new');

-- Default privileges are for what comes after them.
CREATE TABLE shop.early (id serial PRIMARY KEY, later_id int);
CREATE FUNCTION shop.early() RETURNS int LANGUAGE sql AS 'select 1';
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO pg_read_all_data;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT USAGE ON SEQUENCES TO pg_read_all_data;
CREATE TABLE shop.later (id serial PRIMARY KEY, early_id int REFERENCES shop.early, state shop.state);
ALTER TABLE shop.early ADD FOREIGN KEY (later_id) REFERENCES shop.later;
CREATE VIEW shop.both AS SELECT e.id, l.state FROM shop.early e JOIN shop.later l ON l.early_id = e.id;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO pg_read_all_data;
CREATE FUNCTION shop.later() RETURNS SETOF shop.later LANGUAGE sql AS 'select * from shop.later';
CREATE TABLE shop.counted (id int GENERATED ALWAYS AS IDENTITY);
CREATE SCHEMA store;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop REVOKE SELECT ON TABLES FROM pg_read_all_data;
CREATE TABLE shop.last (id int);

-- All functions, of which there are more later.
CREATE FUNCTION store.add(a int, b int) RETURNS int LANGUAGE sql AS 'select a + b';
CREATE FUNCTION store.add(a text, VARIADIC b text[], OUT c text) LANGUAGE sql AS 'select a';
CREATE PROCEDURE store.run(a int) LANGUAGE sql AS 'select 1';
CREATE AGGREGATE store.total(double precision) (SFUNC = float8pl, STYPE = double precision);
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA store TO pg_read_all_data;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA store TO pg_write_all_data;
CREATE FUNCTION store.add(a double precision) RETURNS int LANGUAGE sql AS 'select 1';
CREATE PROCEDURE store.run(a text) LANGUAGE sql AS 'select 1';

-- Inheritance: merged columns and their defaults, and tables that join or leave.
CREATE TABLE one (v int DEFAULT 1, w int, CONSTRAINT w_is_positive CHECK (w > 0));
CREATE TABLE two (v int DEFAULT 2, w int DEFAULT 5, own text);
CREATE TABLE declared (v int DEFAULT NULL, x text) INHERITS (one, two);
ALTER TABLE declared ALTER v DROP DEFAULT;
CREATE TABLE dropped (v int DEFAULT 3) INHERITS (one, two);
ALTER TABLE dropped ALTER w DROP DEFAULT;
CREATE TABLE whole (v int DEFAULT 1, w int, CONSTRAINT w_is_whole CHECK (w > 0));
CREATE TABLE joined (w int, x text, v int, CONSTRAINT w_is_whole CHECK (w > 0));
ALTER TABLE joined INHERIT whole;
CREATE TABLE left_one (v int DEFAULT 7) INHERITS (one, two);
ALTER TABLE left_one NO INHERIT two;
CREATE TABLE grandchild () INHERITS (left_one);
ALTER TABLE one ADD COLUMN added int DEFAULT 5;
ALTER TABLE one ALTER added SET DEFAULT 6;
ALTER TABLE ONLY left_one ALTER added SET DEFAULT 8;
CREATE TABLE copied (LIKE one INCLUDING ALL) INHERITS (two);
CREATE TABLE checked (v int, CONSTRAINT v_is_positive CHECK (v > 0) NOT VALID);

-- Triggers of partitions.
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TABLE event (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TRIGGER noted AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER seen AFTER UPDATE ON event FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE event_1 DISABLE TRIGGER noted;
ALTER TABLE event_2 ENABLE ALWAYS TRIGGER seen;
ALTER TABLE ONLY event DISABLE TRIGGER seen;
ALTER TRIGGER noted ON event RENAME TO was_noted;

-- Views keep the columns that they were made with.
CREATE TABLE item (id int, price int, name text);
CREATE TABLE tag (item_id int, name text);
CREATE VIEW items AS SELECT * FROM item;
CREATE VIEW all_items AS TABLE item;
CREATE VIEW tagged AS SELECT i.*, t.name AS tag FROM item AS i JOIN tag AS t ON t.item_id = i.id;
CREATE VIEW dear AS SELECT q.id FROM (SELECT * FROM item) q WHERE q.price > 1;
CREATE VIEW prices AS SELECT price, price + 1 AS more, upper(name) FROM item ORDER BY price;
CREATE FUNCTION price(item_id int) RETURNS int BEGIN ATOMIC SELECT price FROM item WHERE item.id = item_id; END;
ALTER TABLE item ADD COLUMN since date;
ALTER TABLE item RENAME COLUMN price TO cost;
ALTER TABLE tag RENAME COLUMN item_id TO "Item";
CREATE VIEW gone AS SELECT since FROM item;
ALTER TABLE item DROP COLUMN since CASCADE;
ALTER TABLE item RENAME TO article;

-- What is taken back.
BEGIN;
CREATE TABLE never (id int);
ROLLBACK;
BEGIN;
SAVEPOINT before;
CREATE TABLE never (id text);
ROLLBACK TO before;
COMMIT;

-- A table with a named sequence in another SQL schema, and a type made of functions.
CREATE TABLE store.moved (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME store.numbers START 7));
ALTER TABLE store.moved SET SCHEMA public;
CREATE TABLE old_name (id int GENERATED ALWAYS AS IDENTITY, note text);
ALTER TABLE old_name RENAME COLUMN note TO notes;
ALTER TABLE old_name RENAME TO new_name;
ALTER TABLE new_name RENAME COLUMN id TO key;
CREATE RULE none AS ON DELETE TO new_name DO INSTEAD NOTHING;
CREATE OR REPLACE RULE none AS ON DELETE TO new_name WHERE OLD.key > 5 DO INSTEAD NOTHING;
CREATE RULE gone AS ON DELETE TO new_name DO INSTEAD NOTHING;
DROP RULE gone ON new_name;
CREATE VIEW first_view AS SELECT 1 AS one;
CREATE VIEW second_view AS SELECT * FROM first_view;
CREATE OR REPLACE VIEW first_view AS SELECT 1 AS one, 2 AS two;
CREATE TYPE base;
CREATE FUNCTION base_in(cstring) RETURNS base LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION base_out(base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE base (INPUT = base_in, OUTPUT = base_out, LIKE = text);
CREATE TABLE based (b base, c base[] DEFAULT '{}');
ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO pg_read_all_data;
