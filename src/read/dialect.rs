//! Whose SQL a text is that no reader of this house is for: told, so that nobody takes what comes of it for the schema.

use crate::base::Span;
use crate::pg::{Token, TokenKind, tokens};

use super::{Diagnostic, DiagnosticKind};

/// Words of which PostgreSQL has no use, as written in the manuals of SQL Server ("Data types") and Oracle ("Data Types").
const SIGNS: &[(&str, Dialect)] = &[
    ("nvarchar", Dialect::SqlServer),
    ("uniqueidentifier", Dialect::SqlServer),
    ("datetime2", Dialect::SqlServer),
    ("datetimeoffset", Dialect::SqlServer),
    ("smalldatetime", Dialect::SqlServer),
    ("nonclustered", Dialect::SqlServer),
    ("clustered", Dialect::SqlServer),
    ("rowguidcol", Dialect::SqlServer),
    ("newid", Dialect::SqlServer),
    ("getdate", Dialect::SqlServer),
    ("nocheck", Dialect::SqlServer),
    ("quoted_identifier", Dialect::SqlServer),
    ("ansi_nulls", Dialect::SqlServer),
    ("varchar2", Dialect::Oracle),
    ("nvarchar2", Dialect::Oracle),
    ("number", Dialect::Oracle),
    ("clob", Dialect::Oracle),
    ("blob", Dialect::Oracle),
    ("sysdate", Dialect::Oracle),
    ("systimestamp", Dialect::Oracle),
    ("initrans", Dialect::Oracle),
    ("pctfree", Dialect::Oracle),
    ("novalidate", Dialect::Oracle),
];

/// Signs that make it certain enough to be said.
const ENOUGH: usize = 2;

/// As much of a text as is looked at: the definitions come first, and rows may follow by the million.
const MOST_TOKENS: usize = 20_000;

#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    SqlServer,
    Oracle,
}

/// Says that a script seems to be written for SQL Server or Oracle, at the first sign of it.
pub fn other_dialect(text: &str) -> Option<Diagnostic> {
    let mut found: Vec<(Dialect, &'static str, Span)> = Vec::new();
    let mut last: Option<Token> = None;
    for token in tokens(text).filter(|it| !it.is_blank()).take(MOST_TOKENS) {
        let sign = sign(text, last, token);
        if let Some((name, dialect)) = sign
            && !found.iter().any(|it| it.1 == name)
        {
            found.push((dialect, name, token.span));
        }
        last = Some(token);
    }
    let of = |dialect| found.iter().filter(move |it| it.0 == dialect);
    let most = if of(Dialect::SqlServer).count() >= of(Dialect::Oracle).count() {
        Dialect::SqlServer
    } else {
        Dialect::Oracle
    };
    if of(most).count() < ENOUGH {
        return None;
    }
    let (_, sign, span) = of(most).next()?;
    let (name, hint) = match most {
        Dialect::SqlServer => (
            "SQL Server",
            "translate it first, for example with sqlserver2pgsql, or write the tables as DBML",
        ),
        Dialect::Oracle => {
            ("Oracle", "translate it first, for example with ora2pg, or write the tables as DBML")
        }
    };
    Some(Diagnostic { span: *span, kind: DiagnosticKind::OtherDialect { name, sign, hint } })
}

fn sign(text: &str, last: Option<Token>, token: Token) -> Option<(&'static str, Dialect)> {
    let word = token.span.of(text);
    match token.kind {
        TokenKind::Word if word.eq_ignore_ascii_case("go") && is_alone(text, token) => {
            Some(("GO", Dialect::SqlServer))
        }
        TokenKind::Word => {
            // A name may be any of these words; a type or an option follows a name.
            last.filter(|it| matches!(it.kind, TokenKind::Word | TokenKind::Quoted) || it.is(text, "]"))?;
            SIGNS.iter().find(|it| word.eq_ignore_ascii_case(it.0)).copied()
        }
        // `[dbo].[Orders]`: PostgreSQL has brackets behind names only.
        TokenKind::Sign if word == "[" => {
            let behind_dot = last.is_some_and(|it| it.is(text, "."));
            behind_dot.then_some(("[names]", Dialect::SqlServer))
        }
        TokenKind::Sign if word == "/" && is_alone(text, token) => Some(("/", Dialect::Oracle)),
        _ => None,
    }
}

/// Whether a token stands on a line of its own.
fn is_alone(text: &str, token: Token) -> bool {
    let (start, end) = (token.span.start as usize, token.span.end as usize);
    let before = text.get(..start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let after = text.get(end..).unwrap_or_default().split('\n').next().unwrap_or_default();
    before.trim().is_empty() && after.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = other_dialect(text);
        let told = found.as_ref().map(|it| match &it.kind {
            DiagnosticKind::OtherDialect { name, .. } => (*name, it.span.of(text)),
            other => panic!("{other}"),
        });
        assert_eq!(told, expected);
    }

    #[test]
    fn two_signs_tell_the_dialect() {
        let server =
            "CREATE TABLE [dbo].[Task] (\n [Id] [int] IDENTITY(1,1),\n [Title] NVARCHAR(20)\n)\nGO\n";
        check(server, Some(("SQL Server", "[")));
        check("create table t (a varchar2(20), b number(10))\n/\n", Some(("Oracle", "varchar2")));
        check("create table t (id number);", None);
        check("create table t (number int, clob text, go int, a int[][]);\nselect 6\n/\n2;", None);
        check("comment on table t is 'nvarchar uniqueidentifier GO';", None);
    }
}
