//! Bytes become text: UTF-8 and UTF-16 with their marks, old Windows text, and what is no text at all.

use std::borrow::Cow;
use std::fmt;

use super::Note;

/// A text, and how it was encoded where that is worth a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// Without a byte order mark.
    pub text: Cow<'a, str>,
    /// The line where it stops being UTF-8, if it was read as Windows-1252.
    windows_from: Option<u32>,
}

impl Text<'_> {
    /// What to tell about the encoding.
    pub fn note(&self, file: &str) -> Option<Note> {
        let line = self.windows_from?;
        let message = "not UTF-8 from here on; the file was read as Windows-1252".to_owned();
        Some(Note { file: file.to_owned(), line, column: 1, message, excerpt: String::new() })
    }
}

/// Bytes that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText {
    /// Where it stops being text; nothing when the first bytes tell what it is.
    pub line: Option<u32>,
    /// What it is.
    pub kind: NotTextKind,
}

/// What a file is that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTextKind {
    /// `pg_dump -Fc`.
    CustomDump,
    /// `pg_dump -Ft`, or any tar archive.
    Tar,
    /// Compressed by gzip, zip, xz, bzip2 or zstd.
    Compressed,
    /// A database file of `SQLite`.
    Sqlite,
    /// Anything else.
    Binary,
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            NotTextKind::CustomDump => {
                "this is a dump in pg_dump's custom format; turn it into SQL with `pg_restore --schema-only -f schema.sql FILE`"
            }
            NotTextKind::Tar => {
                "this is a tar archive; if pg_dump wrote it, `pg_restore --schema-only -f schema.sql FILE` makes SQL of it, otherwise unpack it"
            }
            NotTextKind::Compressed => "this file is compressed; unpack it first",
            NotTextKind::Sqlite => {
                "this is an SQLite database; write its schema to a file with `sqlite3 FILE .schema > schema.sql`"
            }
            NotTextKind::Binary => "this is not text; is it a binary file?",
        })
    }
}

/// The first bytes of formats that people take for SQL.
const SIGNATURES: &[(usize, &[u8], NotTextKind)] = &[
    (0, b"PGDMP", NotTextKind::CustomDump),
    (257, b"ustar", NotTextKind::Tar),
    (0, b"\x1F\x8B", NotTextKind::Compressed),
    (0, b"PK\x03\x04", NotTextKind::Compressed),
    (0, b"\xFD7zXZ\0", NotTextKind::Compressed),
    (0, b"BZh", NotTextKind::Compressed),
    (0, b"\x28\xB5\x2F\xFD", NotTextKind::Compressed),
    (0, b"SQLite format 3\0", NotTextKind::Sqlite),
];

/// The text of a file: UTF-8, UTF-16 by its mark or by its zeros, or else Windows-1252 when every byte is a character of it.
///
/// # Errors
/// When the bytes are no text.
pub fn text_of(bytes: &[u8]) -> Result<Text<'_>, NotText> {
    for (at, signature, kind) in SIGNATURES {
        if bytes.get(*at..).is_some_and(|it| it.starts_with(signature)) {
            return Err(NotText { line: None, kind: *kind });
        }
    }
    let plain = |text| Ok(Text { text, windows_from: None });
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return plain(Cow::Owned(utf_16(rest, u16::from_le_bytes)?)),
        [0xFE, 0xFF, rest @ ..] => return plain(Cow::Owned(utf_16(rest, u16::from_be_bytes)?)),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(text) = unmarked_utf_16(bytes) {
        return plain(Cow::Owned(text));
    }
    if let Some(at) = bytes.iter().position(|it| *it == 0) {
        return Err(NotText { line: Some(line_at(bytes, at)), kind: NotTextKind::Binary });
    }
    if let Some(text) = by_declaration(bytes) {
        return plain(Cow::Owned(text));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => plain(Cow::Borrowed(text)),
        Err(error) => {
            let line = line_at(bytes, error.valid_up_to());
            let text: Option<String> = bytes.iter().map(|it| windows_1252(*it)).collect();
            let text = text.ok_or(NotText { line: Some(line), kind: NotTextKind::Binary })?;
            Ok(Text { text: Cow::Owned(text), windows_from: Some(line) })
        }
    }
}

/// The text of a script that says in which encoding it goes on, as `SET client_encoding = 'LATIN1'` does; nothing when that
/// changes no character. The server would read the bytes so, whatever they look like.
fn by_declaration(bytes: &[u8]) -> Option<String> {
    let (mut text, mut start, mut latin, mut changes) = (String::new(), 0, false, false);
    let mut end = 0;
    for line in bytes.split_inclusive(|it| *it == b'\n') {
        end += line.len();
        let Some(now) = declares_latin(line).filter(|it| *it != latin) else { continue };
        changes |= append(&mut text, bytes.get(start..end)?, latin)?;
        (start, latin) = (end, now);
    }
    if start == 0 {
        return None;
    }
    changes |= append(&mut text, bytes.get(start..)?, latin)?;
    changes.then_some(text)
}

/// Adds bytes in Latin-1, or else in UTF-8; tells whether it made a difference.
fn append(text: &mut String, bytes: &[u8], latin: bool) -> Option<bool> {
    if latin {
        text.extend(bytes.iter().map(|it| char::from(*it)));
    } else {
        text.push_str(std::str::from_utf8(bytes).ok()?);
    }
    Some(latin && !bytes.is_ascii())
}

/// Whether a line of a script begins Latin-1, or ends it; nothing when it says neither. Windows-1252 differs from it only where
/// Latin-1 has control characters.
fn declares_latin(line: &[u8]) -> Option<bool> {
    const LONGEST: usize = 80;
    if line.len() > LONGEST || !matches!(line.first(), Some(b'S' | b's' | b'\\')) {
        return None;
    }
    let line = std::str::from_utf8(line).ok()?.to_ascii_lowercase();
    let words: Vec<&str> = line
        .split(|it: char| it.is_whitespace() || matches!(it, '=' | ';' | '\'' | '"'))
        .filter(|it| !it.is_empty() && !matches!(*it, "to" | "session"))
        .collect();
    let name = match words.as_slice() {
        ["set", "client_encoding", name, ..] | ["\\encoding", name, ..] => name.replace(['_', '-'], ""),
        _ => return None,
    };
    Some(matches!(name.as_str(), "latin1" | "iso88591" | "win1252" | "windows1252"))
}

fn line_at(bytes: &[u8], at: usize) -> u32 {
    bytes.iter().take(at).filter(|it| **it == b'\n').count() as u32 + 1
}

/// UTF-16 without its mark, as PowerShell and SQL Server's tools may leave it: every other byte of its ASCII is zero.
fn unmarked_utf_16(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 512;
    let start = bytes.get(..bytes.len().min(LOOKED_AT))?;
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|it| **it == 0).count();
    let (high, low, half) = (zeros(0), zeros(1), start.len() / 2);
    let unit = match (high, low) {
        (0, low) if low > half / 2 => u16::from_le_bytes,
        (high, 0) if high > half / 2 => u16::from_be_bytes,
        _ => return None,
    };
    utf_16(bytes, unit).ok()
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let units = bytes.chunks(2).map(|it| match it {
        [one, two] => unit([*one, *two]),
        _ => 0xD800, // half a unit at the end: never valid alone
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    for character in char::decode_utf16(units) {
        match character {
            Ok('\0') | Err(_) => {
                let line = line_at(text.as_bytes(), text.len());
                return Err(NotText { line: Some(line), kind: NotTextKind::Binary });
            }
            Ok(character) => text.push(character),
        }
    }
    Ok(text)
}

/// 0x80 to 0x9F of Windows-1252; the rest is Latin-1. `\0` where no character stands, and for other control characters,
/// which no text holds. Source: <https://encoding.spec.whatwg.org/index-windows-1252.txt>, without its control characters.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        b'\t' | b'\n' | b'\r' | 0x0C => Some(char::from(byte)),
        0x80..=0x9F => HIGH.get(usize::from(byte - 0x80)).copied().filter(|it| *it != '\0'),
        0..0x20 | 0x7F => None,
        _ => Some(char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        text_of(bytes).expect("text").text.into_owned()
    }

    #[test]
    fn marks_tell_the_encoding() {
        assert_eq!(read(b"\xEF\xBB\xBFa"), "a");
        assert_eq!(read(b"\xFF\xFEa\0\xE9\0"), "aé");
        assert_eq!(read(b"\xFE\xFF\0a\0\xE9"), "aé");
        assert!(text_of(b"\xFF\xFEa").is_err(), "half a character");
        assert_eq!(read(b"a\0;\0\xE9\0"), "a;é", "without a mark");
        assert_eq!(read(b"\0a\0;\0\xE9"), "a;é", "without a mark");
    }

    #[test]
    fn a_script_says_its_encoding() {
        assert_eq!(
            read(b"a \xC3\xA9\nSET client_encoding = 'LATIN1';\n\xE9"),
            "a é\nSET client_encoding = 'LATIN1';\né"
        );
        assert_eq!(
            read(b"\\encoding latin1\n\xE9\n\\encoding UTF8\n\xC3\xA9"),
            "\\encoding latin1\né\n\\encoding UTF8\né"
        );
        assert_eq!(read(b"SET CLIENT_ENCODING TO latin1;\n\xC3\xA9"), "SET CLIENT_ENCODING TO latin1;\nÃ©");
        assert_eq!(read("SET client_encoding = 'UTF8';\né".as_bytes()), "SET client_encoding = 'UTF8';\né");
    }

    #[test]
    fn old_windows_text_is_read_and_said() {
        let text = text_of(b"a\nb \x93c\x94 \xE9").expect("text");
        assert_eq!(text.text, "a\nb “c” é");
        assert_eq!(text.note("x.sql").expect("a note").line, 2);
    }

    #[test]
    fn what_is_no_text_is_told_by_kind_and_line() {
        let kind = |bytes| text_of(bytes).expect_err("no text").kind;
        assert_eq!(kind(b"PGDMP\x01"), NotTextKind::CustomDump);
        assert_eq!(kind(b"\x1F\x8B\x08"), NotTextKind::Compressed);
        assert_eq!(kind(b"SQLite format 3\0"), NotTextKind::Sqlite);
        assert_eq!(text_of(b"a\nb\0c").expect_err("no text").line, Some(2));
        assert_eq!(text_of(b"a\n\x01\xFF").expect_err("no text").kind, NotTextKind::Binary);
    }
}
