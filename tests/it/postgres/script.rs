//! A script of SQL cut into its statements, by the rules of psql's own scanner (`psqlscan.l`).

use std::io::Write;

use ::postgres::Client;

use super::LoadError;

/// One statement of a script.
pub struct Statement<'a> {
    text: &'a str,
    /// The lines after `COPY … FROM stdin`, without the closing `\.`.
    data: Option<&'a str>,
    /// Where it begins, from 1.
    line: usize,
}

impl Statement<'_> {
    /// Runs it; rows are thrown away.
    pub fn run(&self, client: &mut Client) -> Result<(), LoadError> {
        let result = match self.data {
            None => client.batch_execute(self.text),
            Some(data) => client.copy_in(self.text).and_then(|mut writer| {
                // What went wrong while writing is told again by `finish`, with the server's words.
                let _ = writer.write_all(data.as_bytes());
                writer.finish().map(|_| ())
            }),
        };
        result.map_err(|it| self.refused(&it))
    }

    fn refused(&self, problem: &::postgres::Error) -> LoadError {
        let (sqlstate, message) = match problem.as_db_error() {
            None => (String::new(), problem.to_string()),
            Some(it) => {
                let more = [it.detail(), it.hint()].into_iter().flatten();
                let message = more.fold(it.message().to_owned(), |all, next| all + "; " + next);
                (it.code().code().to_owned(), message)
            }
        };
        LoadError { statement: self.text.to_owned(), line: self.line, message, sqlstate }
    }
}

/// The statements of a script in order. Backslash commands of psql are passed over.
pub fn statements(script: &str) -> impl Iterator<Item = Statement<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += blank(&script[at..]);
            let rest = &script[at..];
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with('\\') || rest.starts_with(';') {
                at += if rest.starts_with(';') { 1 } else { line_length(rest) };
                continue;
            }
            let line = 1 + script[..at].matches('\n').count();
            let text = &rest[..statement_length(rest)];
            at += text.len();
            let data = copies_from_script(text).then(|| {
                at += line_length(&script[at..]);
                let rest = &script[at..];
                let data = &rest[..data_length(rest)];
                at += data.len();
                data
            });
            return Some(Statement { text, data, line });
        }
    })
}

fn line_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |it| it + 1)
}

/// Bytes of COPY data: up to the line that holds only `\.`, which then passes for a backslash command.
fn data_length(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "\\." {
            break;
        }
        length += line.len();
    }
    length
}

fn copies_from_script(statement: &str) -> bool {
    let mut words = statement.split_ascii_whitespace().map(|it| it.trim_end_matches(';').to_lowercase());
    words.next().is_some_and(|it| it == "copy")
        && words.any(|it| it == "from")
        && words.next().is_some_and(|it| it == "stdin")
}

/// Bytes of white space and comments at the start.
fn blank(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let length = match rest.as_bytes() {
            [first, ..] if first.is_ascii_whitespace() => 1,
            [0xEF, 0xBB, 0xBF, ..] => 3,
            _ => comment(rest),
        };
        if length == 0 {
            return at;
        }
        at += length;
    }
}

/// Bytes of the comment that begins the text, 0 when none does. Block comments nest.
fn comment(text: &str) -> usize {
    if text.starts_with("--") {
        return line_length(text);
    }
    if !text.starts_with("/*") {
        return 0;
    }
    let (bytes, mut depth, mut at) = (text.as_bytes(), 0, 0);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// Bytes of the statement that begins the text, its semicolon included.
fn statement_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut parentheses, mut blocks) = (0, 0i32, 0i32);
    let makes_routine = makes_routine(text);
    while at < bytes.len() {
        let rest = &text[at..];
        let first = bytes[at];
        at += match first {
            b';' if parentheses <= 0 && blocks <= 0 => return at + 1,
            b'(' => {
                parentheses += 1;
                1
            }
            b')' => {
                parentheses -= 1;
                1
            }
            b'\'' => quoted(rest, b'\'', false),
            b'"' => quoted(rest, b'"', false),
            b'$' => dollar_quoted(rest),
            b'-' | b'/' => comment(rest).max(1),
            _ if first.is_ascii_alphabetic() || first == b'_' || !first.is_ascii() => {
                let length = word_length(rest);
                match rest[..length].to_ascii_lowercase().as_str() {
                    "e" if rest[length..].starts_with('\'') => length + quoted(&rest[length..], b'\'', true),
                    "begin" if makes_routine => {
                        blocks += 1;
                        length
                    }
                    "case" if blocks > 0 => {
                        blocks += 1;
                        length
                    }
                    "end" if blocks > 0 => {
                        blocks -= 1;
                        length
                    }
                    _ => length,
                }
            }
            _ => 1,
        };
    }
    text.len()
}

/// Only a routine's body in SQL, `BEGIN ATOMIC … END`, holds semicolons outside quotes and parentheses.
fn makes_routine(statement: &str) -> bool {
    let words = statement.split_ascii_whitespace().map(str::to_ascii_lowercase);
    let mut words = words.filter(|it| it != "or" && it != "replace");
    words.next().is_some_and(|it| it == "create")
        && words.next().is_some_and(|it| it == "function" || it == "procedure")
}

fn word_length(text: &str) -> usize {
    text.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_' || it == '$' || !it.is_ascii()))
        .unwrap_or(text.len())
}

/// Bytes of a quoted piece; a doubled quote needs no care, since it closes one piece and opens the next.
fn quoted(text: &str, quote: u8, escapes: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 2,
            found if found == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Bytes of `$tag$ … $tag$`, or 1 when the sign opens no such text.
fn dollar_quoted(text: &str) -> usize {
    let Some(end) = text[1..].find('$') else { return 1 };
    let tag = &text[..end + 2];
    let name = &tag[1..=end];
    if name.contains(|it: char| !it.is_alphanumeric() && it != '_')
        || name.starts_with(|it: char| it.is_ascii_digit())
    {
        return 1;
    }
    text[tag.len()..].find(tag).map_or(text.len(), |it| it + 2 * tag.len())
}

#[test]
fn scripts_fall_apart_where_psql_cuts_them() {
    let script = "\u{feff}-- a;\n\\restrict x\nselect ';', e'\\';', \";\", $$;$$, $q$;$$;$q$ /* ; /* ; */ ; */;;\n\
        create function f() returns int begin atomic select case when true then 1 end; select 2; end;\n\
        create rule r as on delete to t do instead (select 1; select 2);\n\
        copy t (a) from stdin;\n1;\n2\n\\.\nbegin; end;\nselect 1";
    let found: Vec<_> = statements(script).map(|it| (it.line, it.text, it.data)).collect();
    let first_words: Vec<_> = found.iter().map(|it| (it.0, it.1.split(' ').next().unwrap(), it.2)).collect();
    assert_eq!(
        first_words,
        [
            (3, "select", None),
            (4, "create", None),
            (5, "create", None),
            (6, "copy", Some("1;\n2\n")),
            (10, "begin;", None),
            (10, "end;", None),
            (11, "select", None)
        ]
    );
}
