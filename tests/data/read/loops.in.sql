-- Blocks that go through what the script has made.
CREATE SCHEMA app;
CREATE TABLE account (id integer PRIMARY KEY, tenant integer NOT NULL);
CREATE TABLE app.invoice (id integer PRIMARY KEY, tenant integer, "Due" date);
CREATE TABLE "Odd name" (id integer);
CREATE VIEW accounts AS SELECT tenant FROM account;

DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'pg\_%' LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t.tablename);
        RAISE NOTICE 'secured %', t.tablename;
    END LOOP;
END $$;

DO $$
DECLARE name text;
BEGIN
    FOR name IN (SELECT c.table_name FROM information_schema.columns AS c WHERE c.column_name = 'tenant' AND c.table_schema = 'app' ORDER BY 1)
    LOOP
        EXECUTE 'CREATE INDEX ' || quote_ident(name || '_tenant') || ' ON app.' || quote_ident(name) || ' (tenant)';
    END LOOP;
END $$;

DO $$
DECLARE r record;
BEGIN
    FOR r IN
        SELECT table_schema, table_name FROM information_schema.tables
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
    LOOP
        IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                       WHERE table_schema = r.table_schema AND table_name = r.table_name AND column_name = 'tenant') THEN
            EXECUTE format('ALTER TABLE %I.%I ADD COLUMN tenant integer', r.table_schema, r.table_name);
        END IF;
        EXECUTE format('COMMENT ON TABLE %I.%I IS %L', r.table_schema, r.table_name, 'of ' || r.table_name);
    END LOOP;
END $$;

DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT * FROM (VALUES ('account', 'tenant'), ('Odd name', 'id')) AS v(t, c) LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT 1', r.t, r.c);
    END LOOP;
END $$;
