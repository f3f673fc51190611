//! Cuts an SQL script into statements the way `psql` does, losing no byte.
//!
//! Source: PostgreSQL 18 `src/fe_utils/psqlscan.l` (what ends a statement, `BEGIN ATOMIC` bodies, nested comments) and
//! `src/bin/psql/copy.c` (where the data of `COPY … FROM stdin` ends).

use crate::base::Span;

/// A part of a script. Pieces follow each other without gaps and cover the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its bytes.
    pub span: Span,
}

/// The kinds of pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// White space and comments between statements.
    Trivia,
    /// A statement with its closing semicolon, where it has one.
    Statement,
    /// The rows after `COPY … FROM stdin;`, with the line `\.`.
    CopyData,
    /// A `psql` command such as `\connect`, to the end of its line.
    Command,
}

/// Cuts `text` into pieces. Never fails: what is not closed goes on to the end of the text.
pub fn split(text: &str) -> Vec<Piece> {
    pieces(text).collect()
}

/// The pieces of `text` one after the other.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    Splitter::new(text)
}

/// What a piece leaves open at its end, and where, in bytes of the piece, that begins.
pub fn unclosed(piece: &str) -> Option<(&'static str, usize)> {
    let mut splitter = Splitter::new(piece);
    splitter.by_ref().for_each(drop);
    splitter.unclosed
}

struct Splitter<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether rows of `COPY` follow.
    copies: bool,
    unclosed: Option<(&'static str, usize)>,
}

/// What is known of the statement being read.
#[derive(Default)]
struct Open {
    parentheses: usize,
    /// Where the outermost of them begins.
    parenthesis: usize,
    begins: usize,
    words: usize,
    /// `CREATE [OR REPLACE] FUNCTION | PROCEDURE`: its body may hold semicolons between `BEGIN` and `END`.
    routine: Routine,
    rows: Rows,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Routine {
    #[default]
    Start,
    Create,
    Or,
    Replace,
    Yes,
    No,
}

/// How far `COPY … FROM stdin` has been read.
#[derive(Clone, Copy, Default, PartialEq)]
enum Rows {
    #[default]
    No,
    Begun,
    From,
    Stdin,
}

impl Open {
    fn word(&mut self, word: &[u8]) {
        let is = |it: &str| word.eq_ignore_ascii_case(it.as_bytes());
        self.words += 1;
        self.routine = match self.routine {
            Routine::Start if is("create") => Routine::Create,
            Routine::Create if is("or") => Routine::Or,
            Routine::Or if is("replace") => Routine::Replace,
            Routine::Create | Routine::Replace if is("function") || is("procedure") => Routine::Yes,
            Routine::Yes => Routine::Yes,
            _ => Routine::No,
        };
        if self.routine == Routine::Yes && self.parentheses == 0 {
            if is("begin") || is("case") && self.begins > 0 {
                self.begins += 1;
            } else if is("end") {
                self.begins = self.begins.saturating_sub(1);
            }
        }
        if self.parentheses == 0 {
            self.rows = match self.rows {
                Rows::No if self.words == 1 && is("copy") => Rows::Begun,
                Rows::Begun if is("from") => Rows::From,
                Rows::From if is("stdin") => Rows::Stdin,
                Rows::From => Rows::Begun,
                same => same,
            };
        }
    }
}

impl Iterator for Splitter<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let start = self.at;
        if std::mem::take(&mut self.copies) {
            self.copy_data();
            if self.at > start {
                return Some(Piece { kind: PieceKind::CopyData, span: Span::new(start, self.at) });
            }
        }
        self.trivia();
        let kind = if self.at > start {
            PieceKind::Trivia
        } else if *self.bytes.get(self.at)? == b'\\' {
            self.line();
            PieceKind::Command
        } else {
            self.copies = self.statement();
            PieceKind::Statement
        };
        Some(Piece { kind, span: Span::new(start, self.at) })
    }
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, copies: false, unclosed: None }
    }

    /// Notes what is open at the end of the text.
    fn open(&mut self, what: &'static str, start: usize) {
        self.unclosed = Some((what, start));
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn trivia(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => self.at += 1,
                b'-' if self.peek(1) == b'-' => self.line(),
                b'/' if self.peek(1) == b'*' => self.block_comment(),
                // A byte order mark.
                0xef if self.at == 0 && self.bytes.starts_with(b"\xef\xbb\xbf") => self.at += 3,
                _ => return,
            }
        }
    }

    /// To the end of the line, its break left out.
    fn line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len());
    }

    fn block_comment(&mut self) {
        let (mut depth, start) = (0_usize, self.at);
        while self.at < self.bytes.len() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth = depth.saturating_sub(1);
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
        self.open("comment", start);
    }

    /// Reads one statement; tells whether rows of `COPY` follow it.
    fn statement(&mut self) -> bool {
        let mut open = Open::default();
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b';' => {
                    self.at += 1;
                    if open.parentheses == 0 && open.begins == 0 {
                        return open.rows == Rows::Stdin;
                    }
                }
                b'(' => {
                    if open.parentheses == 0 {
                        open.parenthesis = self.at;
                    }
                    open.parentheses += 1;
                    self.at += 1;
                }
                b')' => {
                    open.parentheses = open.parentheses.saturating_sub(1);
                    self.at += 1;
                }
                b'\'' => self.quoted(b'\'', false),
                b'"' => self.quoted(b'"', false),
                b'-' if self.peek(1) == b'-' => self.line(),
                b'/' if self.peek(1) == b'*' => self.block_comment(),
                b'$' => self.dollar(),
                // `\gexec` and its kind send what stands before them.
                b'\\' => return false,
                _ if is_word_start(byte) => self.word(&mut open),
                b'0'..=b'9' => self.number(),
                _ => self.at += 1,
            }
        }
        if self.unclosed.is_none() && open.parentheses > 0 {
            self.open("parenthesis", open.parenthesis);
        }
        false
    }

    fn word(&mut self, open: &mut Open) {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|it| is_word_part(*it)) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        match (word, self.peek(0)) {
            (b"e" | b"E", b'\'') => self.quoted(b'\'', true),
            (b"b" | b"B" | b"x" | b"X" | b"n" | b"N", b'\'') => self.quoted(b'\'', false),
            _ => open.word(word),
        }
    }

    /// Digits and what sticks to them, so that the `$` of `1$a$` opens nothing.
    fn number(&mut self) {
        while self.bytes.get(self.at).is_some_and(|it| is_word_part(*it)) {
            self.at += 1;
        }
    }

    fn quoted(&mut self, quote: u8, backslashes: bool) {
        let start = self.at;
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            if byte == b'\\' && backslashes {
                self.at = (self.at + 1).min(self.bytes.len());
            } else if byte == quote {
                if self.peek(0) != quote {
                    return;
                }
                self.at += 1;
            }
        }
        self.open(if quote == b'"' { "quoted name" } else { "quoted text" }, start);
    }

    /// A dollar-quoted string, or a lone `$` as of a parameter.
    fn dollar(&mut self) {
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let tag = rest.iter().position(|it| !is_word_part(*it) || *it == b'$').unwrap_or(rest.len());
        let opens = rest.get(tag) == Some(&b'$') && !rest.first().is_some_and(u8::is_ascii_digit);
        if !opens {
            self.at += 1;
            return;
        }
        let delimiter = self.bytes.get(self.at..self.at + tag + 2).unwrap_or_default();
        let body = self.at + delimiter.len();
        let rest = self.bytes.get(body..).unwrap_or_default();
        match find(rest, delimiter) {
            Some(it) => self.at = body + it + delimiter.len(),
            None => {
                self.open("dollar-quoted text", self.at);
                self.at = self.bytes.len();
            }
        }
    }

    /// The rest of the line of `COPY`, and the lines to `\.` with it.
    fn copy_data(&mut self) {
        let begin = self.at;
        self.line();
        while self.at < self.bytes.len() {
            self.at += 1;
            let start = self.at;
            self.line();
            let line = self.bytes.get(start..self.at).unwrap_or_default();
            if line.strip_suffix(b"\r").unwrap_or(line) == b"\\." {
                return;
            }
        }
        self.open("data of COPY", begin);
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = haystack.get(from..)?.iter().position(|it| *it == first) {
        if haystack.get(from + at..)?.starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_word_part(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let pieces = split(text);
        let covered: String = pieces.iter().map(|it| it.span.of(text)).collect();
        assert_eq!(covered, text);
        let found: Vec<&str> = pieces
            .iter()
            .filter(|it| it.kind != PieceKind::Trivia)
            .map(|it| it.span.of(text).trim_end())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn semicolons_inside_quotes_comments_and_parentheses_end_nothing() {
        check("select ';'; select 2", &["select ';';", "select 2"]);
        check(r"select E'\';'; select '\'; select 3", &[r"select E'\';';", r"select '\';", "select 3"]);
        check("a \"b;\"\"c\"; -- x;\n/* ; /* ; */ ; */ d;", &["a \"b;\"\"c\";", "d;"]);
        check("do $x$ ; $y$ ; $$ $x$; b $1;", &["do $x$ ; $y$ ; $$ $x$;", "b $1;"]);
        check(
            "create rule r as on insert to t do (select 1; select 2); c;",
            &["create rule r as on insert to t do (select 1; select 2);", "c;"],
        );
        check("select a$b$; select $b$;$b$;", &["select a$b$;", "select $b$;$b$;"]);
    }

    #[test]
    fn atomic_bodies_stay_whole() {
        let body = "create or replace function f() returns int language sql begin atomic \
                    select case when true then 1 end; select 2; end;";
        check(&format!("{body} begin; commit;"), &[body, "begin;", "commit;"]);
        check("create table t (begin int); end;", &["create table t (begin int);", "end;"]);
    }

    #[test]
    fn copy_rows_end_at_their_mark() {
        check(
            "COPY public.t (a, b) FROM stdin;\n1;\t2\n\\N\t'\n\\.\nselect 1;",
            &["COPY public.t (a, b) FROM stdin;", "\n1;\t2\n\\N\t'\n\\.", "select 1;"],
        );
        check("copy t to stdout; a;", &["copy t to stdout;", "a;"]);
        check("copy t from stdin;", &["copy t from stdin;"]);
    }

    #[test]
    fn what_is_never_closed_is_named_with_its_beginning() {
        let found =
            |text: &str| unclosed(text).map(|it| (it.0, text.get(it.1..).unwrap_or_default().to_owned()));
        let open = |what, rest: &str| Some((what, rest.to_owned()));
        assert_eq!(found("select 'a''b', 'c"), open("quoted text", "'c"));
        assert_eq!(found("select \"a\"\"b"), open("quoted name", "\"a\"\"b"));
        assert_eq!(found("do $a$ $b$"), open("dollar-quoted text", "$a$ $b$"));
        assert_eq!(found("select 1 /* /* */"), open("comment", "/* /* */"));
        assert_eq!(
            found("create table a (b int check (b > 1), "),
            open("parenthesis", "(b int check (b > 1), ")
        );
        assert_eq!(found("select (1, 'a"), open("quoted text", "'a"));
        assert_eq!(found("copy t from stdin;\n1\n"), open("data of COPY", "\n1\n"));
        assert_eq!(found("select ('a'), $$b$$ /* c */;"), None);
    }

    #[test]
    fn commands_of_psql_are_lines() {
        check(
            "\\connect x;y\n\\set ON_ERROR_STOP 1\nselect 1;",
            &["\\connect x;y", "\\set ON_ERROR_STOP 1", "select 1;"],
        );
        check("select 'a' \\gexec\nb;", &["select 'a'", "\\gexec", "b;"]);
    }
}
