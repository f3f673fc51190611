-- Functions that are made, called for what they do, and dropped again.
CREATE TABLE t (id int PRIMARY KEY, kind text);
CREATE FUNCTION make_types(names text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE it text;
BEGIN
    FOREACH it IN ARRAY names LOOP
        EXECUTE format('CREATE TYPE %I AS (x int, y text)', it || length(version()) * 0);
    END LOOP;
END $$;
SELECT make_types(ARRAY['pair']);
SELECT make_types(ARRAY['trio']);
DROP FUNCTION make_types(text[]);
CREATE TABLE uses (id int, p pair0, list trio0[]);
CREATE FUNCTION inline_0() RETURNS int AS '
BEGIN
    IF (SELECT count(*) FROM pg_proc WHERE proname = ''helper'') = 0 THEN
        CREATE FUNCTION helper(int) RETURNS int LANGUAGE sql AS ''SELECT $1'';
    END IF;
    RETURN 1;
END' LANGUAGE plpgsql;
SELECT inline_0();
DROP FUNCTION inline_0();
CREATE FUNCTION inline_0() RETURNS int AS '
BEGIN
    EXECUTE ''CREATE INDEX '' || (SELECT min(relname) FROM pg_class WHERE relname = ''t'') || ''_kind_idx ON t (kind)'';
    RETURN 1;
END' LANGUAGE plpgsql;
SELECT inline_0();
DROP FUNCTION inline_0();
CREATE FUNCTION stays() RETURNS int LANGUAGE plpgsql AS 'BEGIN EXECUTE ''SELECT '' || version(); RETURN 1; EXCEPTION WHEN OTHERS THEN RETURN 0; END';
SELECT stays();
DROP FUNCTION stays();
CREATE FUNCTION stays() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 2; END';
