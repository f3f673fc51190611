//! `[NOT] EXISTS (…)` as conditions of blocks have it.

use crate::pg::Token;

/// `[NOT] EXISTS (…)` without what may stand around it: parentheses, and `SELECT` of nothing else.
pub fn peeled<'a>(text: &str, head: &'a [Token]) -> &'a [Token] {
    let is = |it: &Token, word: &str| it.span.of(text).eq_ignore_ascii_case(word);
    let mut rest = head;
    loop {
        match rest {
            [open, inner @ .., close] if is(open, "(") && is(close, ")") => {
                let mut depth = 1_i32;
                let closes_early = inner.iter().any(|it| {
                    depth += i32::from(is(it, "(")) - i32::from(is(it, ")"));
                    depth == 0
                });
                if closes_early {
                    return head;
                }
                rest = inner;
            }
            [select, inner @ ..] if is(select, "select") => rest = inner,
            [exists, ..] if is(exists, "exists") => return rest,
            [not, exists, ..] if is(not, "not") && is(exists, "exists") => return rest,
            _ => return head,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, postgres};

    #[track_caller]
    fn check(before: &str, condition: &str, holds: bool) {
        let sql = format!("{before} DO $$ BEGIN IF {condition} THEN CREATE SCHEMA made; END IF; END $$;");
        let read = postgres(&sql, &Options::default());
        assert_eq!(read.errors, [], "{condition}");
        assert_eq!(read.tree.design.namespaces().any(|it| it.name == "made"), holds, "{condition}");
    }

    #[test]
    fn what_stands_around_a_question_does_not_hide_it() {
        let asked = "(SELECT NOT EXISTS( SELECT 1 FROM pg_extension WHERE extname = 'hstore'))";
        check("", asked, true);
        check("CREATE EXTENSION hstore;", asked, false);
        check("CREATE TABLE a ();", "(NOT EXISTS (SELECT FROM pg_tables WHERE tablename = 'a'))", false);
        check("CREATE TABLE a ();", "((SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = 'a')))", true);
    }
}
