//! Texts nested without end: whatever reads them says so, and never exhausts the stack. The page's worker has 1 MB of it.

use relata::design::{Matching, diff};
use relata::input::{self, File};
use relata::{lint, sql};

/// What the worker of a browser has at the least: 1 MB (the linker's default for wasm).
const STACK: usize = 1 << 20;

/// How often everything is nested.
const TIMES: usize = 10_000;

/// Runs on a small stack; that it comes back is the test.
#[track_caller]
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    thread.expect("a thread starts").join().expect("it ends well");
}

/// Opens a text under a name, and does with the design what the page does.
#[track_caller]
fn survives(name: &'static str, text: String) {
    on_a_small_stack(move || {
        let file = File { name: name.to_owned(), bytes: text.into_bytes() };
        let Ok(opened) = input::open(&[file]) else { return };
        let design = opened.design;
        assert_eq!(design.violations(), []);
        let written = sql::ddl(&design, &sql::Options::default()).text;
        let again = relata::read::postgres(&written, &relata::read::Options::default()).tree.design;
        diff(&design, &again, Matching::ByName);
        lint::lint(&design, &lint::Config::default());
    });
}

fn nested(open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(TIMES), close.repeat(TIMES))
}

#[test]
fn expressions_without_end_are_refused_wherever_they_stand() {
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("(select ", "1", ")"),
        ("case when true then ", "1", " end"),
        ("array[", "1", "]"),
        ("f(", "1", ")"),
        ("not ", "true", ""),
        ("-", "1", ""),
        ("- ", "1", ""),
        ("", "1", "+1"),
        ("", "a", " or a"),
        ("", "a", "::int"),
        ("", "a", "[1]"),
        ("", "a", ".a"),
        ("row(", "1", ")"),
        ("cast(", "1", " as int)"),
        ("exists(select ", "1", ")"),
        ("a between 1 and ", "2", ""),
        ("a = any (", "1", ")"),
    ] {
        let expression = nested(open, inner, close);
        for script in [
            format!("create table t (a int default {expression});"),
            format!("create table t (a int, check ({expression}));"),
            format!("create table t (a int); create index on t (({expression})) where {expression};"),
            format!("create view v as select {expression};"),
            format!(
                "create function f(a int default {expression}) returns int language sql return {expression};"
            ),
            format!("create function f() returns int language sql as $$ select {expression} $$;"),
            format!("do $$ begin create table t (a int default {expression}); end $$;"),
            format!("create table t (a int); insert into t values ({expression});"),
            format!("comment on table t is {expression};"),
        ] {
            survives("a.sql", script);
        }
    }
}

#[test]
fn statements_without_end_are_refused() {
    for text in [
        nested("create schema s ", "create table t (a int)", ""),
        nested("explain ", "select 1", ""),
        nested("", "select 1", " union select 1"),
        nested("with a as (", "select 1", ") select 1"),
        nested("select * from (", "select 1", ") a"),
        nested("begin; ", "", "end;"),
        nested("/* ", "", "*/") + "select 1;",
        nested("do $$ begin ", "null;", " end $$;"),
        nested("if true then ", "null;", " end if;"),
        format!("do $$ begin {} end $$;", nested("if true then ", "null;", " end if;")),
        format!("do $$ begin {} end $$;", nested("begin ", "null;", " end;")),
        format!("do $$ begin if {} then create table t (a int); end if; end $$;", nested("not ", "true", "")),
        format!("do $$ begin if {} then null; end if; end $$;", nested("(true and ", "true", ")")),
        format!(
            "create function f() returns int language sql begin atomic {} end;",
            nested("case when a then ", "1", " end ")
        ),
        nested("\\if true\n", "select 1;\n", "\\endif\n"),
        format!("create table t (a int{});", "[]".repeat(TIMES)),
        format!("create type t as ({});", nested("a int, ", "b int", "")),
        nested("create view v as (", "select 1", ");"),
        format!("select * from a {};", "join b on true ".repeat(TIMES)),
        format!("create domain d as int {};", "check (value > 0) ".repeat(300)),
    ] {
        survives("a.sql", text);
    }
}

#[test]
fn other_languages_without_end_are_refused() {
    let deep = || nested("(", "1", ")");
    survives("a.dbml", format!("Table t {{ a int [default: `{}`] }}", deep()));
    survives("a.dbml", nested("Table t { ", "a int", " }"));
    survives("a.dbml", nested("TableGroup g { ", "a", " }"));
    survives("a.prisma", format!("model T {{ id Int @id @default(dbgenerated(\"{}\")) }}", deep()));
    survives("a.prisma", format!("model T {{ id Int @id @default({}) }}", deep()));
    survives("a.prisma", nested("model T { ", "id Int @id", " }"));
    survives("a.prisma", format!("model T {{ id Int @id\n @@index([{}]) }}", nested("[", "id", "]")));
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("[", "", "]"),
        ("{a:", "1", "}"),
        ("f(", "", ")"),
        ("!", "1", ""),
        ("", "a", ".b()"),
        ("()=>", "1", ""),
        ("`${", "1", "}`"),
    ] {
        let value = nested(open, inner, close);
        let head = "import { pgTable, integer } from 'drizzle-orm/pg-core';";
        survives(
            "a.ts",
            format!("{head} export const t = pgTable('t', {{ a: integer('a').default({value}) }});"),
        );
        survives("a.ts", format!("{head} const x = {value}; export const t = pgTable('t', {value});"));
    }
    for name in ["a.mysql.sql", "a.sqlite.sql"] {
        let head = if name.contains("mysql") {
            "CREATE TABLE `t` (`a` int) ENGINE=InnoDB;"
        } else {
            "PRAGMA foreign_keys=OFF; CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);"
        };
        survives(
            name,
            format!("{head} CREATE TABLE u (a int default {}, b int check ({}));", deep(), deep()),
        );
        survives(name, format!("{head} CREATE VIEW v AS select {};", deep()));
        survives(name, format!("{head} CREATE TABLE w (a int as ({}));", nested("not ", "1", "")));
    }
    survives("a.json", nested("[", "", "]"));
    survives("a.json", nested("{\"a\":", "1", "}"));
    survives("a.relata.json", nested("[", "", "]"));
    survives("a.md", nested("> ", "a shop", ""));
    survives("a.md", nested("*", "a", "*"));
    survives("a.md", nested("[", "a", "](b)"));
    let steps: Vec<String> = (0..500).map(|it| "  ".repeat(it) + "- a customer has orders").collect();
    survives("a.md", steps.join("\n"));
    survives("a.md", nested("(", "a customer has orders", ")"));
}
