// PostgreSQL for the editor's highlighting. Words are shown alike wherever they stand, so the words are those that
// the server reserves (manual, appendix C) and those of DDL that hardly ever name a column: not `name`, `type`, `role`.

import { SQLDialect } from "@codemirror/lang-sql";

const RESERVED = `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate
  collation column concurrently constraint create cross current_catalog current_date current_role current_schema
  current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
  foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading
  left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing
  primary references returning right select session_user similar some symmetric system_user table tablesample then to
  trailing true union unique user using variadic verbose when where window with`;

const DEFINING = `add after alter always atomic before begin by cascade cluster comment commit copy deferred delete drop
  each enable enum exclude execute exists extension force function generated identity if immediate immutable include
  increment index inherits insert instead key language logged materialized nothing of owned owner partition plpgsql
  policy procedure replace restrict returns row rows schema security sequence set stable stored strict trigger
  truncate unlogged update validate values view virtual volatile`;

const TYPES = `bigint bigserial bit boolean bool box bytea char character cidr circle citext date daterange decimal double
  float float4 float8 hstore inet int int2 int4 int4range int8 int8range integer interval json jsonb jsonpath line lseg
  ltree macaddr macaddr8 money numeric numrange oid path point polygon precision real regclass serial smallint
  smallserial text time timestamp timestamptz timetz tsquery tsrange tstzrange tsvector uuid varbit varchar varying void
  xml zone`;

/** PostgreSQL as the editor colours it. */
export const dialect = SQLDialect.define({
  keywords: words(RESERVED, DEFINING),
  types: words(TYPES),
  charSetCasts: true,
  doubleDollarQuotedStrings: true,
  operatorChars: "+-*/<>=~!@#%^&|`?",
  specialVar: "",
});

function words(...lists) {
  return lists.join(" ").replace(/\s+/g, " ").trim();
}
