//! Decisions that a block takes by rows, and loops over rows: where all that hangs on them is rows, it says nothing of a schema.

use squawk_syntax::ast;

use super::super::builder::Builder;
use super::super::parse::parse;
use super::super::row_facts;
use super::super::rows;
use super::program::{Act, Guards, Reader, Slot, words};

/// Words that begin statements about rows.
pub const ROWS: [&str; 7] = ["insert", "update", "delete", "truncate", "merge", "with", "select"];

/// What is known of whether statements are reached.
#[derive(Default)]
pub struct Doubt {
    /// What is sure to hold where it began; nothing while there is none.
    since: Option<Guards>,
    /// The block may have been left.
    returned: bool,
    /// Something hangs on it that is more than rows.
    pub is_harmful: bool,
}

impl Reader<'_> {
    /// Begins to doubt, if it does not yet; whether it began here.
    fn doubt(&mut self, guards: &Guards) -> bool {
        let begins = self.doubt.since.is_none();
        self.doubt.since.get_or_insert_with(|| guards.clone());
        begins
    }

    /// What hung on the doubt that began here is read.
    pub fn settle(&mut self, began: bool) {
        if began && !self.doubt.returned {
            self.doubt.since = None;
        }
    }

    /// An answer that nobody has, and whether the doubt began with it.
    pub fn unanswered(&mut self, guards: &Guards) -> (Slot, bool) {
        (self.slot(), self.doubt(guards))
    }

    /// Whether it is not known if what is read is reached.
    pub fn doubts(&self) -> bool {
        self.doubt.since.is_some()
    }

    /// What becomes of a step that may not be reached: rows are not known any more, and anything else would be a guess.
    pub fn doubted(&mut self, guards: &Guards, act: Act) -> Option<(Guards, Act)> {
        let Some(since) = &self.doubt.since else { return Some((guards.clone(), act)) };
        match act {
            Act::Ask(..) | Act::Know(..) | Act::All(..) => Some((guards.clone(), act)),
            Act::Run(text) | Act::Rows(text) if is_about_rows(&text) => {
                Some((since.clone(), Act::Rows(text)))
            }
            Act::Return => {
                self.doubt.returned = true;
                None
            }
            Act::Run(_) | Act::Rows(_) => {
                self.doubt.is_harmful = true;
                None
            }
        }
    }

    /// Whether a query gives no row, nothing before it in the block having changed rows.
    pub fn gives_none(&self, query: &str) -> bool {
        let Ok(parse) = parse(query.trim()) else { return false };
        let is_whole = !self.changed_rows && parse.errors().is_empty();
        match parse.tree().stmts().next() {
            Some(ast::Stmt::Select(it)) if is_whole => row_facts::gives_none(self.known, &it),
            _ => false,
        }
    }
}

/// Whether a statement is about rows alone.
pub fn is_about_rows(text: &str) -> bool {
    let first = words(text).first().map_or("", |it| it.span.of(text)).to_ascii_lowercase();
    ROWS.contains(&first.as_str())
}

/// Takes a statement about rows whose values, or whose turn, are not known.
pub fn take_rows(b: &mut Builder, text: &str) {
    let Ok(parse) = parse(text) else { return };
    match parse.tree().stmts().next() {
        Some(ast::Stmt::Insert(it)) => rows::insert_of_block(b, &it),
        Some(it) => row_facts::note_change(b, &it),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    /// The columns of the table `t` after a block, or nothing where it is kept as it was written.
    #[track_caller]
    fn check(before: &str, block: &str, expected: Option<&[&str]>) {
        let sql = format!("CREATE TABLE t (x int); {before} DO $$ {block} $$;");
        let read = crate::read::postgres(&sql, &crate::read::Options::default());
        let kept = read.tree.design.verbatims().next().is_some();
        let found = read.tree.design.tables().find(|it| it.name == "t");
        let found =
            found.into_iter().flat_map(|it| &it.columns).map(|it| it.name.as_str()).collect::<Vec<_>>();
        assert_eq!((!kept).then_some(found.as_slice()), expected, "{block}");
    }

    #[test]
    fn what_a_block_does_to_rows_alone_does_not_hide_what_it_makes() {
        check(
            "",
            "DECLARE n int := 0; DECLARE m int; BEGIN IF n >= 0 THEN n := (SELECT count(*) FROM t WHERE x IS NULL); END IF; \
             ALTER TABLE t ADD y int; IF n > 0 THEN WITH q AS (SELECT 1) UPDATE t SET y = 1 FROM q; END IF; \
             LOOP UPDATE t SET y = 2; EXIT WHEN NOT FOUND; END LOOP; WHILE n > 0 LOOP n := n - 1; END LOOP; END",
            Some(&["x", "y"]),
        );
        check(
            "INSERT INTO t VALUES (1);",
            "BEGIN IF (SELECT max(x) FROM t) > 0 THEN RETURN; END IF; UPDATE t SET x = 2; END",
            Some(&["x"]),
        );
    }

    #[test]
    fn what_hangs_on_rows_and_is_more_than_rows_is_kept() {
        let row = "INSERT INTO t VALUES (1);";
        check(row, "BEGIN IF (SELECT max(x) FROM t) > 0 THEN ALTER TABLE t ADD y int; END IF; END", None);
        let left = "BEGIN IF (SELECT max(x) FROM t) > 0 THEN RETURN; END IF; ALTER TABLE t ADD y int; END";
        check(row, left, None);
        check(
            row,
            "DECLARE r record; BEGIN FOR r IN SELECT x FROM t LOOP EXECUTE 'ALTER TABLE t ADD y' || r.x || ' int'; END LOOP; END",
            None,
        );
    }

    #[test]
    fn tables_that_got_no_rows_have_none() {
        let each = "DECLARE r record; BEGIN FOR r IN SELECT x FROM t LOOP FOR i IN 1..2 LOOP \
                    EXECUTE 'ALTER TABLE t ADD y' || r.x || ' int'; END LOOP; END LOOP; ALTER TABLE t ADD z int; END";
        check("", each, Some(&["x", "z"]));
        check("INSERT INTO t SELECT 1;", each, None);
        check("CREATE TABLE u () INHERITS (t); INSERT INTO u VALUES (1);", each, None);
        let any = "BEGIN IF EXISTS (SELECT FROM t WHERE x > 1) THEN ALTER TABLE t ADD y int; END IF; END";
        check("", any, Some(&["x"]));
        check("INSERT INTO t VALUES (1);", any, None);
        let total = "DECLARE r record; BEGIN FOR r IN SELECT count(*) AS n FROM t LOOP EXECUTE 'ALTER TABLE t ADD y' || r.n || ' int'; END LOOP; END";
        check("", total, None);
    }

    #[test]
    fn the_one_row_of_a_table_decides() {
        let version = "CREATE TABLE v (n int); INSERT INTO v VALUES (0);";
        let step = |n: u32| {
            format!(
                "DECLARE next int; BEGIN SELECT n + 1 INTO next FROM v; IF next = {n} THEN NOTIFY a; \
                 EXECUTE 'ALTER TABLE t ADD y{n} int'; UPDATE v SET n = next; END IF; END"
            )
        };
        check(version, &step(1), Some(&["x", "y1"]));
        check(version, &step(2), Some(&["x"]));
        check(&format!("{version} DO $$ {} $$;", step(1)), &step(2), Some(&["x", "y1", "y2"]));
        check(&format!("{version} UPDATE v SET n = 7;"), &step(8), Some(&["x", "y8"]));
        check(&format!("{version} UPDATE v SET n = n + 1;"), &step(2), None);
    }
}
