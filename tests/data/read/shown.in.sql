-- What PostgreSQL keeps, and shows, otherwise than it was written.
CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION plain ALTER MAPPING FOR word, hword WITH english_stem, simple;
CREATE TEXT SEARCH CONFIGURATION letters (COPY = pg_catalog.russian);
ALTER TEXT SEARCH CONFIGURATION letters DROP MAPPING FOR email, url;
CREATE TEXT SEARCH CONFIGURATION copied (COPY = plain);
ALTER TEXT SEARCH CONFIGURATION copied ALTER MAPPING REPLACE simple WITH german_stem;

CREATE TYPE guest_card AS (number int, label text);
CREATE TABLE guest (
    id int PRIMARY KEY,
    name text,
    price numeric(10),
    flag bit,
    doc xml,
    words tsvector DEFAULT '.',
    tags text[],
    attributes jsonb
);
CREATE INDEX guest_of_price ON guest (price);
CREATE INDEX guest_of_name ON guest (id, (name COLLATE "C"));
-- PostgreSQL makes the index of the column anew.
ALTER TABLE guest ALTER COLUMN price TYPE numeric(12);

CREATE PUBLICATION guests FOR TABLE guest WITH (publish = 'update, insert');
CREATE PUBLICATION everything FOR ALL TABLES;

CREATE FUNCTION halves(whole int, OUT one int, OUT other varchar(5)) LANGUAGE sql COST 100 AS 'SELECT whole / 2, ''x''';
CREATE FUNCTION card_of(it guest) RETURNS guest_card LANGUAGE sql AS 'SELECT it.id, it.name';
CREATE FUNCTION card_of_text(it text) RETURNS guest_card LANGUAGE sql AS 'SELECT 1, it';
CREATE CAST (text AS guest_card) WITH FUNCTION card_of_text;
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');

CREATE VIEW cards AS SELECT (card_of(guest)).* FROM guest;
CREATE VIEW lines AS SELECT row_to_json(g), g.id + 1, g FROM guest g;
CREATE VIEW documents AS
    SELECT g.id, x.*
    FROM guest g, XMLTABLE('/rows/row' PASSING g.doc COLUMNS number int PATH '@id', label text PATH 'label' DEFAULT 'none') x;
CREATE VIEW counted AS
    SELECT name, count(*) FILTER (WHERE price > 0)::int AS paid, row_number() OVER (ORDER BY name) FROM guest GROUP BY name;
CREATE VIEW spread AS
    SELECT g.id, tag, e.* FROM guest g, jsonb_array_elements_text(g.attributes) tag, LATERAL jsonb_each(g.attributes) e
    WHERE tag = 'x';
CREATE VIEW placed AS SELECT * FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u;
CREATE VIEW pairs AS
    SELECT * FROM jsonb_to_recordset('[{"a": 1}]') -- as columns
    AS p ("a" int, b DECIMAL(9, 2));
CREATE VIEW most AS SELECT g.id, (SELECT max(g.id) FROM guest g) FROM guest g;
CREATE VIEW joined AS SELECT * FROM guest NATURAL JOIN (SELECT id FROM guest) AS other;
CREATE VIEW few AS
    SELECT id FROM guest WHERE id BETWEEN SYMMETRIC 1 AND 9 AND name IS NOT DISTINCT FROM 'z' LIMIT 5 OFFSET 2;
CREATE VIEW first_five AS SELECT id FROM guest ORDER BY id FETCH FIRST 5 ROWS ONLY;

-- Locales that PostgreSQL keeps as language tags since 16.
CREATE COLLATION by_number (provider = icu, locale = '@colCaseFirst=lower;colNumeric=yes');
CREATE COLLATION IF NOT EXISTS phone_book (PROVIDER = ICU, DETERMINISTIC = true, LOCALE = 'de_AT@collation=phonebook');
CREATE COLLATION any_case (provider = icu, deterministic = false, locale = 'und-u-ks-level2-kn');
CREATE COLLATION bytes (lc_collate = 'C', lc_ctype = 'C');
CREATE COLLATION danish FROM "da-DK-x-icu";
