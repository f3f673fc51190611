-- Everything that Relata reads of a database, as one JSON value (docs/catalog.md describes it).
--
-- One SELECT for PostgreSQL 12 to 18. It changes nothing, needs no superuser, runs in a read-only transaction, and reads
-- no rows but those of the tables in which migration tools note what they have run.
--
-- How it gets along with every version:
--   * a catalog column that an older server lacks is asked for as to_jsonb(row) ->> 'column', which is null there;
--   * a table that may not be there is read through query_to_xml(), whose query is a text; what comes back is JSON in
--     hexadecimal digits, so that nothing of XML is needed to read it;
--   * the search path is emptied for this statement, so that the server's own definitions name everything in full;
--   * a planner counts what its rows of VALUES cost as next to nothing, so a server that compiles costly statements (jit, on
--     since PostgreSQL 12) does not compile this one: that would take 20 seconds for a statement of a tenth of one. It takes
--     two rows, lest they become a plain SELECT, and a name from outside, lest the answer is planned before.

SELECT answer.catalog
FROM (SELECT true AS is_one OFFSET 0) one,
LATERAL (VALUES (1, (

WITH
quiet AS MATERIALIZED (
    SELECT pg_catalog.set_config('search_path', '', true) AS search_path,
           pg_catalog.current_setting('server_version_num')::int AS version
),

-- What people made: neither the system's nor an extension's.
namespaces AS MATERIALIZED (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl, quote_ident(n.nspname) || '.' AS prefix
    FROM quiet, pg_catalog.pg_namespace n
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
),
members AS MATERIALIZED (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend d WHERE d.deptype = 'e'
),
relations AS MATERIALIZED (
    SELECT c.*, n.nspname, n.prefix || quote_ident(c.relname) AS full_name
    FROM pg_catalog.pg_class c
    JOIN namespaces n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
),
types AS MATERIALIZED (
    SELECT t.*, n.nspname, n.prefix || quote_ident(t.typname) AS full_name
    FROM pg_catalog.pg_type t
    JOIN namespaces n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
),
functions AS MATERIALIZED (
    SELECT p.*, n.nspname, n.prefix || quote_ident(p.proname) AS full_name,
           pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments
    FROM pg_catalog.pg_proc p
    JOIN namespaces n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
      -- Those that PostgreSQL makes beside a range type.
      AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
),

collations AS MATERIALIZED (
    SELECT l.oid, quote_ident(n.nspname) || '.' || quote_ident(l.collname) AS full_name
    FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
),

-- Sequences, with the column that they belong to: 'a' owned by it, 'i' made for its identity.
sequences AS MATERIALIZED (
    SELECT c.oid, c.relname, c.nspname, c.full_name, c.relpersistence, s.*, o.deptype AS owned, o.refobjid AS table_oid,
           o.refobjsubid AS column_number
    FROM relations c
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
    LEFT JOIN pg_catalog.pg_depend o
        ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0
        AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
),
sequence_facts AS MATERIALIZED (
    SELECT oid, owned, table_oid, column_number,
           jsonb_build_object(
               'id', oid::bigint, 'namespace', nspname, 'name', relname,
               'unlogged', relpersistence = 'u',
               'type', format_type(seqtypid, NULL),
               'start', seqstart, 'increment', seqincrement, 'minimum', seqmin, 'maximum', seqmax, 'cache', seqcache,
               'cycle', seqcycle,
               'comment', obj_description(oid, 'pg_class')) AS facts
    FROM sequences
),

-- Columns of tables and views; attributes of composite types.
columns AS MATERIALIZED (
    SELECT a.attrelid,
           jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'name', a.attname,
               'type', format_type(a.atttypid, a.atttypmod),
               'collation', l.full_name,
               -- What is said of it apart forbids nulls as well.
               'not_null', nullif(a.attnotnull AND NOT EXISTS (
                   SELECT FROM pg_catalog.pg_constraint k
                   WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
                     AND (k.connoinherit OR NOT k.convalidated)), false),
               -- Since PostgreSQL 18 it is a constraint; a name that PostgreSQL gave goes without saying.
               'not_null_name', (
                   SELECT k.conname FROM pg_catalog.pg_constraint k
                   WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
                     AND (k.conislocal OR c.relispartition) AND k.convalidated AND NOT k.connoinherit
                     AND (k.conname <> c.relname || '_' || a.attname || '_not_null'
                       OR k.conislocal AND a.attinhcount > 0 AND NOT a.attislocal)),
               'not_null_comment', (
                   SELECT obj_description(k.oid, 'pg_constraint') FROM pg_catalog.pg_constraint k
                   WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
                     AND k.convalidated AND NOT k.connoinherit),
               'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
               'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
               'stored', CASE WHEN a.attgenerated <> '' THEN a.attgenerated = 's' END,
               'identity', nullif(a.attidentity::text, ''),
               'sequence', s.facts,
               'inherited', nullif(a.attinhcount > 0 AND NOT a.attislocal, false),
               'storage', CASE WHEN a.attstorage <> t.typstorage THEN
                   CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END
                   END,
               'compression', CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
               'statistics', nullif(a.attstattarget, -1),
               -- 'pg_attver' is the server's own count (15.20 and the other releases of its day); pg_dump leaves it out too.
               'options', (SELECT to_jsonb(array_agg(o.setting ORDER BY o.place))
                           FROM unnest(a.attoptions) WITH ORDINALITY AS o(setting, place)
                           WHERE o.setting NOT LIKE 'pg\_attver=%'),
               'foreign_options', to_jsonb(a.attfdwoptions),
               'comment', col_description(a.attrelid, a.attnum))) ORDER BY a.attnum) AS facts
    FROM relations c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN sequence_facts s ON s.table_oid = a.attrelid AND s.column_number = a.attnum AND s.owned = 'i'
    LEFT JOIN collations l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
    WHERE c.relkind <> 'S'
    GROUP BY a.attrelid
),
constraints AS MATERIALIZED (
    SELECT k.conrelid,
           jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'name', k.conname,
               'type', k.contype,
               'definition', pg_get_constraintdef(k.oid),
               'valid', k.convalidated,
               -- The index behind a key may have options that the definition does not tell.
               'options', to_jsonb(i.reloptions),
               'inherited', nullif(
                   k.contype IN ('f', 'c', 'n') AND (NOT k.conislocal OR k.conparentid <> 0), false),
               'comment', obj_description(k.oid, 'pg_constraint'))) ORDER BY k.oid) AS facts
    FROM relations c
    JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
    LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
    WHERE k.contype IN ('p', 'u', 'x', 'c', 'f')
       -- Since PostgreSQL 18 NOT NULL is a constraint; most say no more than the column does.
       OR k.contype = 'n' AND (NOT k.convalidated OR k.connoinherit)
    GROUP BY k.conrelid
),
indexes AS MATERIALIZED (
    SELECT x.indrelid,
           jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'name', i.relname,
               'definition', pg_get_indexdef(i.oid),
               'constraint', k.conname,
               'partition_of', (
                   SELECT quote_ident(n.nspname) || '.' || quote_ident(p.relname)
                   FROM pg_catalog.pg_inherits h
                   JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
                   JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
                   WHERE h.inhrelid = i.oid),
               'clustered', nullif(x.indisclustered, false),
               'replica_identity', nullif(x.indisreplident, false),
               'valid', x.indisvalid,
               'statistics', (
                   SELECT jsonb_object_agg(a.attnum, a.attstattarget) FROM pg_catalog.pg_attribute a
                   WHERE a.attrelid = i.oid AND a.attstattarget >= 0),
               'scans', u.idx_scan,
               'rows_read', u.idx_tup_read,
               'bytes', pg_relation_size(i.oid),
               'comment', obj_description(i.oid, 'pg_class'))) ORDER BY i.oid) AS facts
    FROM relations c
    JOIN pg_catalog.pg_index x ON x.indrelid = c.oid
    JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
    LEFT JOIN pg_catalog.pg_constraint k
        ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_catalog.pg_stat_user_indexes u ON u.indexrelid = i.oid
    GROUP BY x.indrelid
),
triggers AS MATERIALIZED (
    SELECT t.tgrelid,
           jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'name', t.tgname,
               'definition', pg_get_triggerdef(t.oid),
               'enabled', t.tgenabled,
               'comment', obj_description(t.oid, 'pg_trigger'))) ORDER BY t.oid) AS facts
    FROM relations c
    JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    -- A partition's copy of its parent's trigger depends on it.
    WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_trigger'::regclass)
    GROUP BY t.tgrelid
),
policies AS MATERIALIZED (
    SELECT p.polrelid,
           jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'name', p.polname,
               'restrictive', nullif(NOT p.polpermissive, false),
               'command', CASE p.polcmd
                   WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' END,
               'roles', (
                   SELECT jsonb_agg(r.rolname ORDER BY r.rolname) FROM pg_catalog.pg_roles r
                   WHERE r.oid = ANY (p.polroles)),
               'using', pg_get_expr(p.polqual, p.polrelid),
               'with_check', pg_get_expr(p.polwithcheck, p.polrelid),
               'comment', obj_description(p.oid, 'pg_policy'))) ORDER BY p.oid) AS facts
    FROM relations c
    JOIN pg_catalog.pg_policy p ON p.polrelid = c.oid
    GROUP BY p.polrelid
),
rules AS MATERIALIZED (
    SELECT r.ev_class,
           jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'name', r.rulename,
               'definition', pg_get_ruledef(r.oid),
               'enabled', r.ev_enabled,
               'comment', obj_description(r.oid, 'pg_rewrite'))) ORDER BY r.oid) AS facts
    FROM relations c
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'
    GROUP BY r.ev_class
),

-- Who may do what, as statements. As in pg_dump, what is told is the difference from what a new object has.
protected AS (
    SELECT 'SCHEMA' AS kind, quote_ident(n.nspname) AS what, n.oid, 'pg_namespace'::regclass AS class, NULL::text AS part,
           n.nspowner AS owner, n.nspacl AS acl, 'n' AS acl_type, n.oid AS place
    FROM namespaces n
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.full_name, c.oid, 'pg_class', NULL,
           c.relowner, c.relacl, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END, c.oid
    FROM relations c WHERE c.relkind <> 'c'
    UNION ALL
    SELECT 'TABLE', c.full_name, 0, 'pg_class', quote_ident(a.attname), c.relowner, a.attacl, 'c', c.oid
    FROM relations c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, p.full_name || '(' || p.arguments || ')', p.oid,
           'pg_proc', NULL, p.proowner, p.proacl, 'f', p.oid
    FROM functions p
    UNION ALL
    SELECT 'TYPE', t.full_name, t.oid, 'pg_type', NULL, t.typowner, t.typacl, 'T', t.oid
    FROM types t
    UNION ALL
    SELECT 'FOREIGN DATA WRAPPER', quote_ident(w.fdwname), w.oid, 'pg_foreign_data_wrapper', NULL, w.fdwowner, w.fdwacl,
           'F', w.oid
    FROM pg_catalog.pg_foreign_data_wrapper w
    WHERE NOT EXISTS (
        SELECT FROM members m WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)
    UNION ALL
    SELECT 'LANGUAGE', quote_ident(l.lanname), l.oid, 'pg_language', NULL, l.lanowner, l.lanacl, 'l', l.oid
    FROM pg_catalog.pg_language l
    WHERE l.oid >= 16384 AND l.lanpltrusted
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_language'::regclass AND m.objid = l.oid)
    UNION ALL
    SELECT 'FOREIGN SERVER', quote_ident(s.srvname), s.oid, 'pg_foreign_server', NULL, s.srvowner, s.srvacl, 'S', s.oid
    FROM pg_catalog.pg_foreign_server s
),
-- Each item of a privilege list: as it is, and as it would be without any GRANT.
acl_items AS (
    SELECT p.kind, p.what, p.part, p.acl_type, p.owner, p.place, 1 AS pass, n.number, n.item
    FROM protected p
    LEFT JOIN pg_catalog.pg_init_privs i ON i.objoid = p.oid AND i.classoid = p.class AND i.objsubid = 0
    CROSS JOIN LATERAL unnest(coalesce(i.initprivs, acldefault(p.acl_type::"char", p.owner)))
        WITH ORDINALITY n (item, number)
    WHERE p.acl IS NOT NULL AND NOT n.item = ANY (p.acl)
    UNION ALL
    SELECT p.kind, p.what, p.part, p.acl_type, p.owner, p.place, 2, n.number, n.item
    FROM protected p
    LEFT JOIN pg_catalog.pg_init_privs i ON i.objoid = p.oid AND i.classoid = p.class AND i.objsubid = 0
    CROSS JOIN LATERAL unnest(p.acl) WITH ORDINALITY n (item, number)
    WHERE NOT n.item = ANY (coalesce(i.initprivs, acldefault(p.acl_type::"char", p.owner)))
),
acl_statements AS (
    SELECT a.place, a.part, a.pass, a.number, (
        -- Some rights of an item may be with grant option and some not.
        SELECT string_agg(s.statement, E';\n' ORDER BY s.is_grantable) FROM (
            SELECT e.is_grantable,
                   CASE a.pass WHEN 1 THEN 'REVOKE ' ELSE 'GRANT ' END
                   || CASE WHEN count(*) = CASE a.acl_type WHEN 'c' THEN 4 ELSE (
                          SELECT count(*) FROM aclexplode(acldefault(a.acl_type::"char", a.owner)) full_set
                          WHERE full_set.grantee = a.owner) END
                      THEN 'ALL' || coalesce('(' || a.part || ')', '')
                      ELSE string_agg(e.privilege_type || coalesce('(' || a.part || ')', ''), ',' ORDER BY array_position(
                          ARRAY['EXECUTE', 'CREATE', 'SELECT', 'USAGE', 'INSERT', 'REFERENCES', 'DELETE', 'TRIGGER',
                              'TRUNCATE', 'MAINTAIN', 'UPDATE'], e.privilege_type))
                      END
                   || ' ON ' || a.kind || ' ' || a.what
                   || CASE a.pass WHEN 1 THEN ' FROM ' ELSE ' TO ' END
                   || CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(e.grantee)) END
                   || CASE WHEN e.is_grantable AND a.pass = 2 THEN ' WITH GRANT OPTION' ELSE '' END AS statement
            FROM aclexplode(ARRAY[a.item]) e
            GROUP BY e.grantee, e.is_grantable) s) AS statements
    FROM acl_items a
),
default_privileges AS (
    SELECT d.oid, n.number,
           'ALTER DEFAULT PRIVILEGES FOR ROLE ' || quote_ident(pg_get_userbyid(d.defaclrole))
           || coalesce(' IN SCHEMA ' || (SELECT quote_ident(s.nspname) FROM pg_catalog.pg_namespace s
               WHERE s.oid = d.defaclnamespace), '')
           || ' GRANT '
           || CASE WHEN count(*) = (SELECT count(*) FROM aclexplode(acldefault(
                  CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) full_set
                  WHERE full_set.grantee = d.defaclrole)
              THEN 'ALL'
              ELSE string_agg(e.privilege_type, ',' ORDER BY array_position(
                  ARRAY['EXECUTE', 'CREATE', 'SELECT', 'USAGE', 'INSERT', 'REFERENCES', 'DELETE', 'TRIGGER', 'TRUNCATE',
                      'MAINTAIN', 'UPDATE'], e.privilege_type))
              END
           || ' ON ' || CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
               WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END
           || ' TO ' || CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(e.grantee)) END
           || CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS statement
    FROM quiet, pg_catalog.pg_default_acl d
    CROSS JOIN LATERAL unnest(d.defaclacl) WITH ORDINALITY n (item, number)
    CROSS JOIN LATERAL aclexplode(ARRAY[n.item]) e
    WHERE d.defaclnamespace <> 0 OR NOT n.item = ANY (acldefault(
        CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole))
    GROUP BY d.oid, d.defaclrole, d.defaclnamespace, d.defaclobjtype, n.number, e.grantee, e.is_grantable
    UNION ALL
    -- What a new object's own rights are without.
    SELECT d.oid, 0,
           'ALTER DEFAULT PRIVILEGES FOR ROLE ' || quote_ident(pg_get_userbyid(d.defaclrole))
           || ' REVOKE ' || string_agg(e.privilege_type, ',' ORDER BY e.privilege_type)
           || ' ON ' || CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
               WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END
           || ' FROM ' || CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(e.grantee)) END
    FROM quiet, pg_catalog.pg_default_acl d
    CROSS JOIN LATERAL aclexplode(acldefault(
        CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) e
    WHERE d.defaclnamespace = 0 AND NOT EXISTS (
        SELECT FROM aclexplode(d.defaclacl) kept WHERE kept.grantee = e.grantee AND kept.privilege_type = e.privilege_type)
    GROUP BY d.oid, d.defaclrole, d.defaclobjtype, e.grantee
),

-- Types made of functions, and the names of such types.
base_types AS MATERIALIZED (
    SELECT t.*, n.prefix || quote_ident(t.typname) AS full_name
    FROM pg_catalog.pg_type t JOIN namespaces n ON n.oid = t.typnamespace
    WHERE (t.typtype = 'b' OR t.typtype = 'p' AND NOT t.typisdefined)
      -- Arrays come with the types of their elements.
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
),
languages AS MATERIALIZED (
    SELECT l.* FROM pg_catalog.pg_language l
    WHERE l.oid >= 16384
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_language'::regclass AND m.objid = l.oid)
),
-- Operator families, and what they and the classes in them are made of: a part without a class is the family's own.
families AS MATERIALIZED (
    SELECT f.oid, f.opfname, quote_ident(n.nspname) || '.' || quote_ident(f.opfname) AS full_name,
           'OPERATOR FAMILY ' || quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' USING ' || quote_ident(m.amname) AS what,
           f.opfnamespace IN (SELECT oid FROM namespaces)
           AND NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_opfamily'::regclass AND e.objid = f.oid) AS is_own
    FROM pg_catalog.pg_opfamily f JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
    JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
),
operator_parts AS MATERIALIZED (
    SELECT o.amopfamily AS family, d.refobjid AS class, false AS is_function, o.amopstrategy AS number,
           'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::regoperator::text
           || coalesce(' FOR ORDER BY ' || s.full_name, '') AS part
    FROM quiet, pg_catalog.pg_amop o
    LEFT JOIN families s ON s.oid = o.amopsortfamily
    LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = o.oid
        AND d.refclassid = 'pg_opclass'::regclass AND d.deptype = 'i'
    WHERE o.oid >= 16384
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_amop'::regclass AND m.objid = o.oid)
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_opfamily'::regclass AND m.objid = o.amopfamily)
    UNION ALL
    SELECT p.amprocfamily, d.refobjid, true, p.amprocnum,
           'FUNCTION ' || p.amprocnum || ' (' || format_type(p.amproclefttype, NULL) || ', '
           || format_type(p.amprocrighttype, NULL) || ') ' || p.amproc::regprocedure::text
    FROM quiet, pg_catalog.pg_amproc p
    LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = p.oid
        AND d.refclassid = 'pg_opclass'::regclass AND d.deptype = 'i'
    WHERE p.oid >= 16384
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_amproc'::regclass AND m.objid = p.oid)
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_opfamily'::regclass AND m.objid = p.amprocfamily)
),
-- SQL schemas that are published whole, since PostgreSQL 15.
published_namespaces AS MATERIALIZED (
    SELECT (row_facts ->> 'pnpubid')::oid AS publication, (row_facts ->> 'pnnspid')::oid AS namespace
    FROM (
        SELECT CASE WHEN to_regclass('pg_catalog.pg_publication_namespace') IS NOT NULL THEN
            substring(query_to_xml(
                'SELECT encode(convert_to(coalesce(jsonb_agg(to_jsonb(p)), ''[]'')::text, ''UTF8''), ''hex'') AS rows '
                'FROM pg_catalog.pg_publication_namespace p', false, false, '')::text FROM '<rows>([0-9a-f]*)</rows>') END AS rows
    ) found
    CROSS JOIN LATERAL jsonb_array_elements(convert_from(decode(found.rows, 'hex'), 'UTF8')::jsonb) row_facts
),

-- What each thing needs to be there first: pg_depend, with rules, defaults and constraints put down to what they belong to
-- and array, row and multirange types to what they are made from. Foreign keys and triggers come last anyway.
needs AS (
    SELECT DISTINCT f.owner AS id, coalesce(
               nullif(t.typrelid, 0),
               CASE WHEN t.typtype = 'b' AND t.typelem <> 0 THEN coalesce(
                   (SELECT nullif(e.typrelid, 0) FROM pg_catalog.pg_type e WHERE e.oid = t.typelem), t.typelem) END,
               (SELECT r.rngtypid FROM pg_catalog.pg_range r
                WHERE (to_jsonb(r) ->> 'rngmultitypid')::oid = t.oid AND t.typtype NOT IN ('b', 'c', 'd', 'e', 'p', 'r')),
               d.refobjid) AS needed,
           -- A view whose query was replaced by one that reads the view.
           f.class = 'pg_rewrite'::regclass AND d.deptype = 'n' AND d.refobjsubid > 0 AND d.refobjid = f.owner AS reads_itself
    FROM (
        SELECT 'pg_class'::regclass AS class, oid AS member, oid AS owner FROM relations
        UNION ALL SELECT 'pg_type'::regclass, oid, CASE WHEN typrelid <> 0 THEN typrelid ELSE oid END FROM types
        UNION ALL SELECT 'pg_proc'::regclass, oid, oid FROM functions
        UNION ALL SELECT 'pg_type'::regclass, oid, oid FROM base_types
        UNION ALL SELECT 'pg_language'::regclass, oid, oid FROM languages
        UNION ALL SELECT 'pg_rewrite'::regclass, r.oid, r.ev_class
            FROM pg_catalog.pg_rewrite r JOIN relations c ON c.oid = r.ev_class AND r.rulename = '_RETURN'
        UNION ALL SELECT 'pg_constraint'::regclass, k.oid, coalesce(nullif(k.conrelid, 0), k.contypid)
            FROM pg_catalog.pg_constraint k WHERE k.contype = 'c'
    ) f
    JOIN pg_catalog.pg_depend d ON d.classid = f.class AND d.objid = f.member AND d.refobjid >= 16384
        AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
    LEFT JOIN pg_catalog.pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
    WHERE d.refclassid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass, 'pg_language'::regclass,
                           'pg_am'::regclass)
      -- A function that makes a base type has its name before.
      AND NOT (d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_type'::regclass AND EXISTS (
          SELECT FROM pg_catalog.pg_depend back
          WHERE back.classid = 'pg_type'::regclass AND back.objid = d.refobjid
            AND back.refclassid = 'pg_proc'::regclass AND back.refobjid = d.objid))
      -- A sequence that a column owns is there before the table.
      AND NOT (d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
),

-- What has no structure here: its definition as a statement.
others AS (
    SELECT a.oid, 'aggregate' AS kind, p.full_name || '(' || p.arguments || ')' AS name,
           'CREATE AGGREGATE ' || p.full_name || '(' || CASE WHEN p.arguments = '' THEN '*' ELSE p.arguments END || ') ('
           || 'SFUNC = ' || a.aggtransfn::regproc::text || ', STYPE = ' || format_type(a.aggtranstype, NULL)
           || CASE WHEN a.aggtransspace > 0 THEN ', SSPACE = ' || a.aggtransspace ELSE '' END
           || coalesce(', INITCOND = ' || quote_literal(a.agginitval), '')
           || CASE WHEN a.aggfinalfn <> 0 THEN ', FINALFUNC = ' || a.aggfinalfn::regproc::text ELSE '' END
           || CASE WHEN a.aggfinalextra THEN ', FINALFUNC_EXTRA' ELSE '' END
           || CASE WHEN a.aggcombinefn <> 0 THEN ', COMBINEFUNC = ' || a.aggcombinefn::regproc::text ELSE '' END
           || CASE WHEN a.aggserialfn <> 0 THEN ', SERIALFUNC = ' || a.aggserialfn::regproc::text ELSE '' END
           || CASE WHEN a.aggdeserialfn <> 0 THEN ', DESERIALFUNC = ' || a.aggdeserialfn::regproc::text ELSE '' END
           || CASE WHEN a.aggmtransfn <> 0 THEN ', MSFUNC = ' || a.aggmtransfn::regproc::text
               || ', MINVFUNC = ' || a.aggminvtransfn::regproc::text || ', MSTYPE = ' || format_type(a.aggmtranstype, NULL)
               || CASE WHEN a.aggmfinalfn <> 0 THEN ', MFINALFUNC = ' || a.aggmfinalfn::regproc::text ELSE '' END
               || coalesce(', MINITCOND = ' || quote_literal(a.aggminitval), '') ELSE '' END
           || CASE WHEN a.aggsortop <> 0 THEN ', SORTOP = ' || a.aggsortop::regoperator::text ELSE '' END
           || CASE WHEN a.aggkind = 'h' THEN ', HYPOTHETICAL' ELSE '' END
           || CASE p.proparallel WHEN 's' THEN ', PARALLEL = safe' WHEN 'r' THEN ', PARALLEL = restricted' ELSE '' END
           || ')' AS definition,
           'AGGREGATE ' || p.full_name || '(' || CASE WHEN p.arguments = '' THEN '*' ELSE p.arguments END || ')' AS what,
           obj_description(p.oid, 'pg_proc') AS comment
    FROM functions p
    JOIN (SELECT aggregates.*, aggfnoid::oid AS oid FROM pg_catalog.pg_aggregate aggregates) a ON a.oid = p.oid
    WHERE p.prokind = 'a'
    UNION ALL
    SELECT l.oid, 'collation', n.nspname || '.' || l.collname,
           'CREATE COLLATION ' || n.prefix || quote_ident(l.collname) || ' (provider = '
           || CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' ELSE 'default' END
           || CASE WHEN l.collisdeterministic THEN '' ELSE ', deterministic = false' END
           || coalesce(
               ', locale = ' || quote_literal(coalesce(
                   to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale',
                   CASE WHEN l.collcollate = l.collctype THEN l.collcollate END)),
               ', lc_collate = ' || quote_literal(l.collcollate) || ', lc_ctype = ' || quote_literal(l.collctype), '')
           || coalesce(', rules = ' || quote_literal(to_jsonb(l) ->> 'collicurules'), '') || ')',
           'COLLATION ' || n.prefix || quote_ident(l.collname), obj_description(l.oid, 'pg_collation')
    FROM pg_catalog.pg_collation l JOIN namespaces n ON n.oid = l.collnamespace
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_collation'::regclass AND m.objid = l.oid)
    UNION ALL
    SELECT s.oid, 'statistics', n.nspname || '.' || s.stxname,
           pg_get_statisticsobjdef(s.oid), 'STATISTICS ' || n.prefix || quote_ident(s.stxname),
           obj_description(s.oid, 'pg_statistic_ext')
    FROM pg_catalog.pg_statistic_ext s JOIN namespaces n ON n.oid = s.stxnamespace
    UNION ALL
    SELECT s.oid, 'statistics', n.nspname || '.' || s.stxname,
           'ALTER STATISTICS ' || n.prefix || quote_ident(s.stxname) || ' SET STATISTICS ' || (to_jsonb(s) ->> 'stxstattarget'),
           NULL, NULL
    FROM pg_catalog.pg_statistic_ext s JOIN namespaces n ON n.oid = s.stxnamespace
    WHERE (to_jsonb(s) ->> 'stxstattarget')::int >= 0
    UNION ALL
    SELECT e.oid, 'event trigger', e.evtname,
           'CREATE EVENT TRIGGER ' || quote_ident(e.evtname) || ' ON ' || e.evtevent
           || coalesce(E'\n         WHEN TAG IN (' || (
               SELECT string_agg(quote_literal(tag), ', ') FROM unnest(e.evttags) tag) || ')', '')
           || E'\n   EXECUTE FUNCTION ' || e.evtfoid::regproc::text || '()',
           'EVENT TRIGGER ' || quote_ident(e.evtname), obj_description(e.oid, 'pg_event_trigger')
    FROM pg_catalog.pg_event_trigger e
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = e.oid)
    UNION ALL
    SELECT e.oid, 'event trigger', e.evtname,
           'ALTER EVENT TRIGGER ' || quote_ident(e.evtname)
           || CASE e.evtenabled WHEN 'D' THEN ' DISABLE' WHEN 'A' THEN ' ENABLE ALWAYS' ELSE ' ENABLE REPLICA' END, NULL, NULL
    FROM pg_catalog.pg_event_trigger e
    WHERE e.evtenabled <> 'O'
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = e.oid)
    UNION ALL
    SELECT c.oid, 'cast', format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL),
           'CREATE CAST (' || format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) || ') '
           || CASE c.castmethod WHEN 'b' THEN 'WITHOUT FUNCTION' WHEN 'i' THEN 'WITH INOUT'
               ELSE 'WITH FUNCTION ' || c.castfunc::regprocedure::text END
           || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END,
           'CAST (' || format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) || ')',
           obj_description(c.oid, 'pg_cast')
    FROM quiet, pg_catalog.pg_cast c
    WHERE c.oid >= 16384
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_cast'::regclass AND m.objid = c.oid)
      -- The one from a range type to its multirange type comes with the type.
      AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'i')
    UNION ALL
    SELECT o.oid, 'operator', n.nspname || '.' || o.oprname,
           'CREATE OPERATOR ' || n.prefix || o.oprname || E' (\n    FUNCTION = ' || o.oprcode::regproc::text
           || CASE WHEN o.oprleft <> 0 THEN E',\n    LEFTARG = ' || format_type(o.oprleft, NULL) ELSE '' END
           || CASE WHEN o.oprright <> 0 THEN E',\n    RIGHTARG = ' || format_type(o.oprright, NULL) ELSE '' END
           || coalesce((
               SELECT E',\n    COMMUTATOR = OPERATOR(' || quote_ident(m.nspname) || '.' || other.oprname || ')'
               FROM pg_catalog.pg_operator other JOIN pg_catalog.pg_namespace m ON m.oid = other.oprnamespace
               WHERE other.oid = o.oprcom), '')
           || coalesce((
               SELECT E',\n    NEGATOR = OPERATOR(' || quote_ident(m.nspname) || '.' || other.oprname || ')'
               FROM pg_catalog.pg_operator other JOIN pg_catalog.pg_namespace m ON m.oid = other.oprnamespace
               WHERE other.oid = o.oprnegate), '')
           || CASE WHEN o.oprcanmerge THEN E',\n    MERGES' ELSE '' END
           || CASE WHEN o.oprcanhash THEN E',\n    HASHES' ELSE '' END
           || CASE WHEN o.oprrest <> 0 THEN E',\n    RESTRICT = ' || o.oprrest::regproc::text ELSE '' END
           || CASE WHEN o.oprjoin <> 0 THEN E',\n    JOIN = ' || o.oprjoin::regproc::text ELSE '' END || E'\n)',
           'OPERATOR ' || n.prefix || o.oprname || ' ('
           || CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) ELSE 'NONE' END || ', '
           || CASE WHEN o.oprright <> 0 THEN format_type(o.oprright, NULL) ELSE 'NONE' END || ')',
           obj_description(o.oid, 'pg_operator')
    FROM pg_catalog.pg_operator o JOIN namespaces n ON n.oid = o.oprnamespace
    WHERE o.oprcode <> 0
      AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_operator'::regclass AND m.objid = o.oid)
    UNION ALL
    SELECT d.oid, 'text search dictionary', n.nspname || '.' || d.dictname,
           'CREATE TEXT SEARCH DICTIONARY ' || n.prefix || quote_ident(d.dictname) || E' (\n    TEMPLATE = '
           || (SELECT quote_ident(m.nspname) || '.' || quote_ident(t.tmplname)
               FROM pg_catalog.pg_ts_template t JOIN pg_catalog.pg_namespace m ON m.oid = t.tmplnamespace
               WHERE t.oid = d.dicttemplate)
           || coalesce(E',\n    ' || d.dictinitoption, '') || ' )',
           'TEXT SEARCH DICTIONARY ' || n.prefix || quote_ident(d.dictname), obj_description(d.oid, 'pg_ts_dict')
    FROM pg_catalog.pg_ts_dict d JOIN namespaces n ON n.oid = d.dictnamespace
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_dict'::regclass AND m.objid = d.oid)
    UNION ALL
    SELECT f.oid, 'text search configuration', n.nspname || '.' || f.cfgname,
           'CREATE TEXT SEARCH CONFIGURATION ' || n.prefix || quote_ident(f.cfgname) || E' (\n    PARSER = '
           || (SELECT quote_ident(m.nspname) || '.' || quote_ident(p.prsname)
               FROM pg_catalog.pg_ts_parser p JOIN pg_catalog.pg_namespace m ON m.oid = p.prsnamespace
               WHERE p.oid = f.cfgparser) || ' )',
           'TEXT SEARCH CONFIGURATION ' || n.prefix || quote_ident(f.cfgname), obj_description(f.oid, 'pg_ts_config')
    FROM pg_catalog.pg_ts_config f JOIN namespaces n ON n.oid = f.cfgnamespace
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_ts_config'::regclass AND m.objid = f.oid)
    UNION ALL
    SELECT f.oid, 'text search configuration', n.nspname || '.' || f.cfgname,
           'ALTER TEXT SEARCH CONFIGURATION ' || n.prefix || quote_ident(f.cfgname) || E'\n    ADD MAPPING FOR '
           || quote_ident((SELECT k.alias FROM ts_token_type(f.cfgparser) k WHERE k.tokid = m.maptokentype)) || ' WITH '
           || string_agg(
               CASE s.nspname WHEN 'pg_catalog' THEN '' ELSE quote_ident(s.nspname) || '.' END || quote_ident(d.dictname),
               ', ' ORDER BY m.mapseqno), NULL, NULL
    FROM pg_catalog.pg_ts_config f JOIN namespaces n ON n.oid = f.cfgnamespace
    JOIN pg_catalog.pg_ts_config_map m ON m.mapcfg = f.oid
    JOIN pg_catalog.pg_ts_dict d ON d.oid = m.mapdict
    JOIN pg_catalog.pg_namespace s ON s.oid = d.dictnamespace
    WHERE NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_ts_config'::regclass AND e.objid = f.oid)
    GROUP BY f.oid, f.cfgname, f.cfgparser, n.nspname, n.prefix, m.maptokentype
    UNION ALL
    SELECT w.oid, 'foreign data wrapper', w.fdwname,
           'CREATE FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname)
           || CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' || w.fdwhandler::regproc::text ELSE '' END
           || CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' || w.fdwvalidator::regproc::text ELSE '' END,
           'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), obj_description(w.oid, 'pg_foreign_data_wrapper')
    FROM quiet, pg_catalog.pg_foreign_data_wrapper w
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)
    UNION ALL
    -- Options of servers may hold passwords of people; their names alone are told.
    SELECT s.oid, 'foreign server', s.srvname,
           'CREATE SERVER ' || quote_ident(s.srvname)
           || coalesce(' TYPE ' || quote_literal(s.srvtype), '') || coalesce(' VERSION ' || quote_literal(s.srvversion), '')
           || ' FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname),
           'SERVER ' || quote_ident(s.srvname), obj_description(s.oid, 'pg_foreign_server')
    FROM quiet, pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_foreign_server'::regclass AND m.objid = s.oid)
    UNION ALL
    SELECT p.oid, 'publication', p.pubname,
           'CREATE PUBLICATION ' || quote_ident(p.pubname) || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END
           || ' WITH (publish = ' || quote_literal(concat_ws(', ',
               CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
               CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END))
           || CASE WHEN (to_jsonb(p) ->> 'pubviaroot')::boolean THEN ', publish_via_partition_root = true' ELSE '' END
           || CASE to_jsonb(p) ->> 'pubgencols' WHEN 's' THEN ', publish_generated_columns = stored' ELSE '' END || ')',
           'PUBLICATION ' || quote_ident(p.pubname), obj_description(p.oid, 'pg_publication')
    FROM quiet, pg_catalog.pg_publication p
    UNION ALL
    SELECT r.oid, 'publication', p.pubname,
           'ALTER PUBLICATION ' || quote_ident(p.pubname) || ' ADD TABLE ONLY ' || c.full_name
           || coalesce(' (' || (
               SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
               FROM jsonb_array_elements_text(coalesce(nullif(to_jsonb(r) -> 'prattrs', 'null'), '[]')) number
               JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = number::int) || ')', '')
           || coalesce(' WHERE (' || (
               -- A tree cannot come out of JSON: where the server has no such column, the name means that of `older`.
               SELECT pg_get_expr(prqual, rel.prrelid) FROM pg_catalog.pg_publication_rel rel WHERE rel.oid = r.oid) || ')', ''),
           NULL, NULL
    FROM (SELECT NULL::pg_node_tree AS prqual) older
    CROSS JOIN pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
    JOIN relations c ON c.oid = r.prrelid
    UNION ALL
    SELECT p.oid, 'publication', p.pubname,
           'ALTER PUBLICATION ' || quote_ident(p.pubname) || ' ADD TABLES IN SCHEMA ' || quote_ident(n.nspname), NULL, NULL
    FROM published_namespaces s JOIN pg_catalog.pg_publication p ON p.oid = s.publication
    JOIN namespaces n ON n.oid = s.namespace
    UNION ALL
    -- A partition's copy of its parent's trigger that fires otherwise.
    SELECT t.oid, 'trigger', c.full_name || '.' || t.tgname,
           'ALTER TABLE ' || c.full_name || CASE t.tgenabled WHEN 'D' THEN ' DISABLE' WHEN 'A' THEN ' ENABLE ALWAYS'
               WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE' END || ' TRIGGER ' || quote_ident(t.tgname), NULL, NULL
    FROM relations c JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid
    JOIN pg_catalog.pg_trigger whole ON whole.oid = (to_jsonb(t) ->> 'tgparentid')::oid
    WHERE NOT whole.tgisinternal AND t.tgenabled <> whole.tgenabled
    UNION ALL
    -- Functions speak of a base type before it is made.
    SELECT t.oid, 'shell type', t.full_name, 'CREATE TYPE ' || t.full_name, NULL, NULL
    FROM base_types t
    UNION ALL
    SELECT t.oid, 'type', t.full_name,
           'CREATE TYPE ' || t.full_name || E' (\n    INTERNALLENGTH = '
           || CASE t.typlen WHEN -1 THEN 'variable' ELSE t.typlen::text END
           || ', INPUT = ' || t.typinput::regproc::text || ', OUTPUT = ' || t.typoutput::regproc::text
           || CASE WHEN t.typreceive <> 0 THEN ', RECEIVE = ' || t.typreceive::regproc::text ELSE '' END
           || CASE WHEN t.typsend <> 0 THEN ', SEND = ' || t.typsend::regproc::text ELSE '' END
           || CASE WHEN t.typmodin <> 0 THEN ', TYPMOD_IN = ' || t.typmodin::regproc::text ELSE '' END
           || CASE WHEN t.typmodout <> 0 THEN ', TYPMOD_OUT = ' || t.typmodout::regproc::text ELSE '' END
           || CASE WHEN t.typanalyze <> 0 THEN ', ANALYZE = ' || t.typanalyze::regproc::text ELSE '' END
           || coalesce(', SUBSCRIPT = ' || nullif(to_jsonb(t) ->> 'typsubscript', '-'), '')
           || CASE WHEN t.typcollation <> 0 THEN ', COLLATABLE = true' ELSE '' END
           || coalesce(', DEFAULT = ' || quote_literal(t.typdefault), '')
           || CASE WHEN t.typelem <> 0 THEN ', ELEMENT = ' || format_type(t.typelem, NULL) ELSE '' END
           || ', CATEGORY = ' || quote_literal(t.typcategory::text) || CASE WHEN t.typispreferred THEN ', PREFERRED = true' ELSE '' END
           || ', DELIMITER = ' || quote_literal(t.typdelim::text)
           || ', ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END
           || ', STORAGE = ' || CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended'
               ELSE 'main' END
           || CASE WHEN t.typbyval THEN ', PASSEDBYVALUE' ELSE '' END || E'\n)',
           'TYPE ' || t.full_name, obj_description(t.oid, 'pg_type')
    FROM base_types t
    WHERE t.typisdefined
    UNION ALL
    SELECT l.oid, 'language', l.lanname,
           'CREATE ' || CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END || 'LANGUAGE ' || quote_ident(l.lanname)
           || ' HANDLER ' || l.lanplcallfoid::regproc::text
           || CASE WHEN l.laninline <> 0 THEN ' INLINE ' || l.laninline::regproc::text ELSE '' END
           || CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR ' || l.lanvalidator::regproc::text ELSE '' END,
           'LANGUAGE ' || quote_ident(l.lanname), obj_description(l.oid, 'pg_language')
    FROM quiet, languages l
    UNION ALL
    SELECT m.oid, 'access method', m.amname,
           'CREATE ACCESS METHOD ' || quote_ident(m.amname) || ' TYPE ' || CASE m.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END
           || ' HANDLER ' || m.amhandler::regproc::text,
           'ACCESS METHOD ' || quote_ident(m.amname), obj_description(m.oid, 'pg_am')
    FROM quiet, pg_catalog.pg_am m
    WHERE m.oid >= 16384 AND NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_am'::regclass AND e.objid = m.oid)
    UNION ALL
    SELECT f.oid, 'operator family', f.opfname, 'CREATE ' || f.what, f.what, obj_description(f.oid, 'pg_opfamily')
    FROM families f
    WHERE f.is_own
    UNION ALL
    SELECT f.oid, 'operator family', f.opfname, 'ALTER ' || f.what || E' ADD\n    ' || (
               SELECT string_agg(p.part, E',\n    ' ORDER BY p.is_function, p.number, p.part)
               FROM operator_parts p WHERE p.family = f.oid AND p.class IS NULL), NULL, NULL
    FROM families f
    WHERE EXISTS (SELECT FROM operator_parts p WHERE p.family = f.oid AND p.class IS NULL)
    UNION ALL
    SELECT k.oid, 'operator class', k.opcname,
           'CREATE OPERATOR CLASS ' || n.prefix || quote_ident(k.opcname) || CASE WHEN k.opcdefault THEN ' DEFAULT' ELSE '' END
           || ' FOR TYPE ' || format_type(k.opcintype, NULL) || ' USING ' || quote_ident(m.amname)
           || ' FAMILY ' || f.full_name || E' AS\n    '
           || concat_ws(E',\n    ',
               -- One that has no other part says what it stores.
               CASE WHEN k.opckeytype <> 0 OR parts.list IS NULL
                   THEN 'STORAGE ' || format_type(coalesce(nullif(k.opckeytype, 0), k.opcintype), NULL) END,
               parts.list),
           'OPERATOR CLASS ' || n.prefix || quote_ident(k.opcname) || ' USING ' || quote_ident(m.amname),
           obj_description(k.oid, 'pg_opclass')
    FROM pg_catalog.pg_opclass k JOIN namespaces n ON n.oid = k.opcnamespace
    JOIN pg_catalog.pg_am m ON m.oid = k.opcmethod
    JOIN families f ON f.oid = k.opcfamily
    CROSS JOIN LATERAL (
        SELECT string_agg(p.part, E',\n    ' ORDER BY p.is_function, p.number, p.part) AS list
        FROM operator_parts p WHERE p.class = k.oid) parts
    WHERE NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_opclass'::regclass AND e.objid = k.oid)
    UNION ALL
    SELECT v.oid, 'conversion', v.conname,
           'CREATE ' || CASE WHEN v.condefault THEN 'DEFAULT ' ELSE '' END || 'CONVERSION ' || n.prefix || quote_ident(v.conname)
           || ' FOR ' || quote_literal(pg_encoding_to_char(v.conforencoding)::text)
           || ' TO ' || quote_literal(pg_encoding_to_char(v.contoencoding)::text) || ' FROM ' || v.conproc::regproc::text,
           'CONVERSION ' || n.prefix || quote_ident(v.conname), obj_description(v.oid, 'pg_conversion')
    FROM pg_catalog.pg_conversion v JOIN namespaces n ON n.oid = v.connamespace
    WHERE NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_conversion'::regclass AND e.objid = v.oid)
    UNION ALL
    SELECT p.oid, 'text search parser', p.prsname,
           'CREATE TEXT SEARCH PARSER ' || n.prefix || quote_ident(p.prsname) || E' (\n    START = ' || p.prsstart::regproc::text
           || ', GETTOKEN = ' || p.prstoken::regproc::text || ', END = ' || p.prsend::regproc::text
           || CASE WHEN p.prsheadline <> 0 THEN ', HEADLINE = ' || p.prsheadline::regproc::text ELSE '' END
           || ', LEXTYPES = ' || p.prslextype::regproc::text || ' )',
           'TEXT SEARCH PARSER ' || n.prefix || quote_ident(p.prsname), obj_description(p.oid, 'pg_ts_parser')
    FROM pg_catalog.pg_ts_parser p JOIN namespaces n ON n.oid = p.prsnamespace
    WHERE NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_ts_parser'::regclass AND e.objid = p.oid)
    UNION ALL
    SELECT t.oid, 'text search template', t.tmplname,
           'CREATE TEXT SEARCH TEMPLATE ' || n.prefix || quote_ident(t.tmplname) || E' (\n    '
           || CASE WHEN t.tmplinit <> 0 THEN 'INIT = ' || t.tmplinit::regproc::text || ', ' ELSE '' END
           || 'LEXIZE = ' || t.tmpllexize::regproc::text || ' )',
           'TEXT SEARCH TEMPLATE ' || n.prefix || quote_ident(t.tmplname), obj_description(t.oid, 'pg_ts_template')
    FROM pg_catalog.pg_ts_template t JOIN namespaces n ON n.oid = t.tmplnamespace
    WHERE NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_ts_template'::regclass AND e.objid = t.oid)
    UNION ALL
    SELECT r.oid, 'transform', format_type(r.trftype, NULL) || ' ' || l.lanname,
           'CREATE TRANSFORM FOR ' || format_type(r.trftype, NULL) || ' LANGUAGE ' || quote_ident(l.lanname) || ' ('
           || concat_ws(', ',
               CASE WHEN r.trffromsql <> 0 THEN 'FROM SQL WITH FUNCTION ' || r.trffromsql::regprocedure::text END,
               CASE WHEN r.trftosql <> 0 THEN 'TO SQL WITH FUNCTION ' || r.trftosql::regprocedure::text END) || ')',
           'TRANSFORM FOR ' || format_type(r.trftype, NULL) || ' LANGUAGE ' || quote_ident(l.lanname),
           obj_description(r.oid, 'pg_transform')
    FROM quiet, pg_catalog.pg_transform r JOIN pg_catalog.pg_language l ON l.oid = r.trflang
    WHERE r.oid >= 16384
      AND NOT EXISTS (SELECT FROM members e WHERE e.classid = 'pg_transform'::regclass AND e.objid = r.oid)
),
-- Who owns what has no structure here.
other_owners (kind, oid, owner) AS (
    SELECT 'aggregate', oid, proowner FROM functions WHERE prokind = 'a'
    UNION ALL SELECT 'collation', oid, collowner FROM pg_catalog.pg_collation
    UNION ALL SELECT 'statistics', oid, stxowner FROM pg_catalog.pg_statistic_ext
    UNION ALL SELECT 'event trigger', oid, evtowner FROM pg_catalog.pg_event_trigger
    UNION ALL SELECT 'operator', oid, oprowner FROM pg_catalog.pg_operator
    UNION ALL SELECT 'operator family', oid, opfowner FROM pg_catalog.pg_opfamily
    UNION ALL SELECT 'operator class', oid, opcowner FROM pg_catalog.pg_opclass
    UNION ALL SELECT 'conversion', oid, conowner FROM pg_catalog.pg_conversion
    UNION ALL SELECT 'language', oid, lanowner FROM pg_catalog.pg_language
    UNION ALL SELECT 'type', oid, typowner FROM pg_catalog.pg_type
    UNION ALL SELECT 'text search dictionary', oid, dictowner FROM pg_catalog.pg_ts_dict
    UNION ALL SELECT 'text search configuration', oid, cfgowner FROM pg_catalog.pg_ts_config
    UNION ALL SELECT 'foreign data wrapper', oid, fdwowner FROM pg_catalog.pg_foreign_data_wrapper
    UNION ALL SELECT 'foreign server', oid, srvowner FROM pg_catalog.pg_foreign_server
    UNION ALL SELECT 'publication', oid, pubowner FROM pg_catalog.pg_publication
),

-- What is there and is not described above, so that it is not lost in silence.
left_out AS (
    SELECT pg_describe_object(x.class, x.oid, 0) AS what
    FROM quiet, (
        -- How it connects may hold a password.
        SELECT 'pg_subscription'::regclass AS class, oid FROM pg_catalog.pg_subscription
        WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
    ) x
    WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = x.class AND m.objid = x.oid)
),

-- Tables in which migration tools note what they have run, told by name and by a column that only theirs has.
history_tools (tool, table_name, column_name) AS (
    VALUES ('flyway', 'flyway_schema_history', 'installed_rank'),
           ('liquibase', 'databasechangelog', 'md5sum'),
           ('prisma', '_prisma_migrations', 'migration_name'),
           ('golang-migrate', 'schema_migrations', 'dirty'),
           ('sqlx', '_sqlx_migrations', 'checksum'),
           ('drizzle', '__drizzle_migrations', 'hash'),
           ('node-pg-migrate', 'pgmigrations', 'run_on'),
           ('django', 'django_migrations', 'applied'),
           ('alembic', 'alembic_version', 'version_num')
),
history_tables AS (
    SELECT h.tool, c.nspname, c.relname, c.full_name, c.oid
    FROM history_tools h
    JOIN relations c ON c.relname = h.table_name AND c.relkind IN ('r', 'p')
    WHERE EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = h.column_name)
    UNION ALL
    -- Rails, dbmate and Supabase use one name, and a column `version`.
    SELECT CASE WHEN c.nspname = 'supabase_migrations' THEN 'supabase'
                WHEN EXISTS (SELECT FROM relations r WHERE r.relname = 'ar_internal_metadata' AND r.relnamespace = c.relnamespace)
                THEN 'rails' ELSE 'dbmate' END,
           c.nspname, c.relname, c.full_name, c.oid
    FROM relations c
    WHERE c.relname = 'schema_migrations' AND c.relkind = 'r'
      AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'version')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'dirty')
),
histories AS (
    SELECT h.tool, h.nspname, h.relname,
           CASE WHEN pg_catalog.has_table_privilege(h.oid, 'SELECT') THEN
               substring(query_to_xml(
                   -- Texts of migrations and logs of failed ones stay where they are.
                   'SELECT encode(convert_to(coalesce(jsonb_agg(to_jsonb(h) - ''statements'' - ''logs'' - ''script''), ''[]'')::text, '
                   '''UTF8''), ''hex'') AS rows FROM (SELECT * FROM ' || h.full_name || ' LIMIT 10000) h',
                   false, false, '')::text FROM '<rows>([0-9a-f]*)</rows>') END AS rows
    FROM history_tables h
)

SELECT json_build_object(
    'relata_catalog', 1,
    'server_version', quiet.version,
    'database', current_database(),
    'database_owner', (SELECT pg_get_userbyid(d.datdba) FROM pg_catalog.pg_database d WHERE d.datname = current_database()),
    'usage_since', (SELECT s.stats_reset FROM pg_catalog.pg_stat_database s WHERE s.datname = current_database()),
    'namespaces', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', n.oid::bigint, 'name', n.nspname, 'owner', pg_get_userbyid(n.nspowner),
            'comment', obj_description(n.oid, 'pg_namespace'))) ORDER BY n.oid)
        FROM namespaces n
        WHERE NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)),
    'extensions', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', e.oid::bigint, 'name', e.extname, 'namespace', n.nspname, 'version', e.extversion,
            'comment', obj_description(e.oid, 'pg_extension'))) ORDER BY e.oid)
        FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
        -- plpgsql comes with every database.
        WHERE e.oid >= 16384),
    'enums', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', t.oid::bigint, 'namespace', t.nspname, 'name', t.typname, 'owner', pg_get_userbyid(t.typowner),
            'values', (SELECT jsonb_agg(v.enumlabel ORDER BY v.enumsortorder) FROM pg_catalog.pg_enum v WHERE v.enumtypid = t.oid),
            'comment', obj_description(t.oid, 'pg_type'))) ORDER BY t.oid)
        FROM types t WHERE t.typtype = 'e'),
    'domains', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', t.oid::bigint, 'namespace', t.nspname, 'name', t.typname, 'owner', pg_get_userbyid(t.typowner),
            'type', format_type(t.typbasetype, t.typtypmod),
            'collation', (
                SELECT l.full_name FROM pg_catalog.pg_type base, collations l
                WHERE base.oid = t.typbasetype AND l.oid = t.typcollation AND t.typcollation <> base.typcollation),
            'default', coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)),
            'not_null', nullif(t.typnotnull, false),
            'checks', (
                SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'name', k.conname, 'definition', pg_get_constraintdef(k.oid), 'valid', k.convalidated,
                    'comment', obj_description(k.oid, 'pg_constraint'))) ORDER BY k.oid)
                FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'),
            'comment', obj_description(t.oid, 'pg_type'))) ORDER BY t.oid)
        FROM types t WHERE t.typtype = 'd'),
    'composites', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', t.typrelid::bigint, 'namespace', t.nspname, 'name', t.typname, 'owner', pg_get_userbyid(t.typowner),
            'attributes', (SELECT c.facts FROM columns c WHERE c.attrelid = t.typrelid),
            'comment', obj_description(t.oid, 'pg_type'))) ORDER BY t.oid)
        FROM types t WHERE t.typtype = 'c'),
    'ranges', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', t.oid::bigint, 'namespace', t.nspname, 'name', t.typname, 'owner', pg_get_userbyid(t.typowner),
            'subtype', format_type(r.rngsubtype, NULL),
            'multirange', (
                SELECT quote_ident(n.nspname) || '.' || quote_ident(m.typname)
                FROM pg_catalog.pg_type m JOIN pg_catalog.pg_namespace n ON n.oid = m.typnamespace
                WHERE m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid),
            'subtype_opclass', (
                SELECT quote_ident(n.nspname) || '.' || quote_ident(o.opcname)
                FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
                WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
            'collation', (
                SELECT l.full_name FROM pg_catalog.pg_type base, collations l
                WHERE base.oid = r.rngsubtype AND l.oid = r.rngcollation AND r.rngcollation <> base.typcollation),
            'canonical', CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::regproc::text END,
            'subtype_diff', CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::regproc::text END,
            'comment', obj_description(t.oid, 'pg_type'))) ORDER BY t.oid)
        FROM types t JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid),
    'sequences', (
        SELECT jsonb_agg(jsonb_strip_nulls(s.facts || jsonb_build_object(
            'owner', pg_get_userbyid(c.relowner),
            'owned_by', CASE WHEN s.owned = 'a' THEN (
                SELECT jsonb_build_object('namespace', n.nspname, 'table', t.relname, 'column', a.attname)
                FROM pg_catalog.pg_class t
                JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
                JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = s.column_number
                WHERE t.oid = s.table_oid) END)) ORDER BY s.oid)
        FROM sequence_facts s JOIN relations c ON c.oid = s.oid
        WHERE s.owned IS DISTINCT FROM 'i'),
    'functions', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', p.oid::bigint, 'namespace', p.nspname, 'name', p.proname, 'owner', pg_get_userbyid(p.proowner),
            'procedure', nullif(p.prokind = 'p', false), 'arguments', p.arguments,
            'definition', pg_get_functiondef(p.oid),
            'comment', obj_description(p.oid, 'pg_proc'))) ORDER BY p.oid)
        FROM functions p WHERE p.prokind IN ('f', 'p', 'w')),
    'tables', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', c.oid::bigint, 'namespace', c.nspname, 'name', c.relname, 'owner', pg_get_userbyid(c.relowner),
            'unlogged', nullif(c.relpersistence = 'u', false),
            'foreign', CASE WHEN c.relkind = 'f' THEN (
                SELECT jsonb_build_object('server', s.srvname, 'options', to_jsonb(f.ftoptions))
                FROM pg_catalog.pg_foreign_table f JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
                WHERE f.ftrelid = c.oid) END,
            'of_type', CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END,
            'columns', columns.facts,
            'parents', (
                SELECT jsonb_agg(jsonb_build_object('namespace', n.nspname, 'name', p.relname) ORDER BY h.inhseqno)
                FROM pg_catalog.pg_inherits h
                JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
                JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
                WHERE h.inhrelid = c.oid),
            'partition_by', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
            'partition_bound', CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
            'options', to_jsonb(c.reloptions),
            'toast_options', (SELECT to_jsonb(t.reloptions) FROM pg_catalog.pg_class t WHERE t.oid = c.reltoastrelid),
            'access_method', (SELECT nullif(a.amname, 'heap') FROM pg_catalog.pg_am a WHERE a.oid = c.relam),
            'tablespace', (SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace),
            'row_security', nullif(c.relrowsecurity, false),
            'force_row_security', nullif(c.relforcerowsecurity, false),
            'replica_identity', CASE CASE WHEN c.relkind <> 'f' THEN c.relreplident END WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN 'index' END,
            'constraints', constraints.facts, 'indexes', indexes.facts, 'triggers', triggers.facts,
            'policies', policies.facts, 'rules', rules.facts,
            -- Never counted (-1 since PostgreSQL 14) is not the same as empty.
            'rows', CASE WHEN c.reltuples >= 0 AND (c.reltuples > 0 OR quiet.version >= 140000) THEN c.reltuples::bigint END,
            'table_bytes', CASE WHEN c.relkind = 'r' THEN pg_table_size(c.oid) END,
            'index_bytes', CASE WHEN c.relkind = 'r' THEN pg_indexes_size(c.oid) END,
            'comment', obj_description(c.oid, 'pg_class'))) ORDER BY c.oid)
        FROM relations c
        LEFT JOIN columns ON columns.attrelid = c.oid
        LEFT JOIN constraints ON constraints.conrelid = c.oid
        LEFT JOIN indexes ON indexes.indrelid = c.oid
        LEFT JOIN triggers ON triggers.tgrelid = c.oid
        LEFT JOIN policies ON policies.polrelid = c.oid
        LEFT JOIN rules ON rules.ev_class = c.oid
        WHERE c.relkind IN ('r', 'p', 'f')),
    'views', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', c.oid::bigint, 'namespace', c.nspname, 'name', c.relname, 'owner', pg_get_userbyid(c.relowner),
            'materialized', nullif(c.relkind = 'm', false),
            'populated', CASE WHEN c.relkind = 'm' THEN c.relispopulated END,
            'definition', pg_get_viewdef(c.oid),
            'options', to_jsonb(c.reloptions),
            'access_method', (SELECT nullif(a.amname, 'heap') FROM pg_catalog.pg_am a WHERE a.oid = c.relam),
            'tablespace', (SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace),
            'columns', columns.facts, 'indexes', indexes.facts, 'triggers', triggers.facts, 'rules', rules.facts,
            'rows', CASE WHEN c.relkind = 'm' AND c.reltuples > 0 THEN c.reltuples::bigint END,
            'comment', obj_description(c.oid, 'pg_class'))) ORDER BY c.oid)
        FROM relations c
        LEFT JOIN columns ON columns.attrelid = c.oid
        LEFT JOIN indexes ON indexes.indrelid = c.oid
        LEFT JOIN triggers ON triggers.tgrelid = c.oid
        LEFT JOIN rules ON rules.ev_class = c.oid
        WHERE c.relkind IN ('v', 'm')),
    'others', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', o.oid::bigint, 'kind', o.kind, 'name', o.name, 'definition', o.definition, 'what', o.what,
            'owner', CASE WHEN o.what IS NOT NULL THEN (
                SELECT pg_get_userbyid(w.owner) FROM other_owners w WHERE w.kind = o.kind AND w.oid = o.oid) END,
            'comment', o.comment)) ORDER BY o.oid, o.what IS NULL, o.definition)
        FROM others o),
    'privileges', (
        SELECT jsonb_agg(a.statements ORDER BY a.place, a.part NULLS FIRST, a.pass, a.number) FROM acl_statements a),
    'default_privileges', (SELECT jsonb_agg(d.statement ORDER BY d.oid, d.number) FROM default_privileges d),
    'needs', (
        SELECT jsonb_object_agg(n.id::bigint, n.list)
        FROM (SELECT id, jsonb_agg(needed::bigint ORDER BY needed) AS list FROM needs WHERE id <> needed OR reads_itself
              GROUP BY id) n),
    'left_out', (SELECT jsonb_agg(l.what ORDER BY l.what) FROM left_out l),
    'histories', (
        SELECT jsonb_agg(jsonb_build_object(
            'tool', h.tool, 'namespace', h.nspname, 'table', h.relname,
            'rows', CASE WHEN h.rows IS NOT NULL THEN convert_from(decode(h.rows, 'hex'), 'UTF8')::jsonb END)
            ORDER BY h.nspname, h.relname)
        FROM histories h)
)::text AS catalog
FROM quiet
WHERE one.is_one

)), (2, NULL)) answer (number, catalog)
WHERE answer.number = 1;
