//! Files that are broken in the ways in which files break: what the command says of each, where, and how it ends.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A folder of one test's own, gone with it.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder; each name is used by one test.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("relata-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    /// Writes a file into it, and gives its path.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(&path, bytes).expect("a file can be written");
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What `relata sql` makes of an input: its exit code, the SQL, and what it says, with `FILE` for the input's path.
pub fn sql(input: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_relata")).args(["sql", input]).output().expect("it starts");
    let text = |it: &[u8]| String::from_utf8_lossy(it).replace(input, "FILE");
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// A file that can be read in part: the tables that come of it, and what is said of the rest.
#[track_caller]
fn reads(file: &str, bytes: impl AsRef<[u8]>, tables: &[&str], said: &str) {
    let folder = Folder::new(&format!("reads-{file}"));
    let (code, sql, told) = sql(&folder.put(file, bytes));
    assert_eq!(told.trim_end(), said);
    assert_eq!(code, 0, "{told}");
    let made: Vec<&str> = sql
        .lines()
        .filter_map(|it| it.strip_prefix("CREATE TABLE "))
        .filter_map(|it| it.split([' ', '(']).next())
        .map(|it| it.trim_matches('"'))
        .collect();
    assert_eq!(made, tables, "{sql}");
}

/// A file of which nothing can be read: nothing is written, and one line says why.
#[track_caller]
fn refuses(file: &str, bytes: impl AsRef<[u8]>, said: &str) {
    let folder = Folder::new(&format!("refuses-{file}"));
    let (code, sql, told) = sql(&folder.put(file, bytes));
    assert!(told.contains(said), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!((code, sql.as_str()), (2, ""), "{told}");
}

const TASK: &str = "CREATE TABLE task (id int PRIMARY KEY);\n";

fn unclosed(place: &str, what: &str) -> String {
    format!(
        "FILE:{place}: the {what} that begins here is never closed; all that follows is taken as a part of it"
    )
}

#[test]
fn a_file_that_ends_within_a_statement_tells_where_that_begins() {
    let cut = format!("{TASK}CREATE TABLE note (\n  id int,\n  bo");
    reads("cut.sql", cut, &["task"], &unclosed("2:19", "parenthesis"));
    let rows = format!("{TASK}COPY task (id) FROM stdin;\n1\n2");
    reads("cut-copy.sql", rows, &["task"], &unclosed("2:27", "data of COPY"));
    let folder = Folder::new("cut-alter");
    let (code, sql, told) = sql(&folder.put("cut.sql", format!("{TASK}ALTER TABLE task ADD CONST")));
    assert!(told.starts_with("FILE:2:27: not understood, kept as written: "), "{told}");
    assert_eq!(code, 0);
    assert!(sql.contains("CREATE TABLE task"), "{sql}");
}

#[test]
fn what_is_never_closed_is_named_where_it_begins() {
    let quote = format!("{TASK}COMMENT ON TABLE task IS\n  'It is done;\n{TASK}");
    reads("quote.sql", quote, &["task"], &unclosed("3:3", "quoted text"));
    let name = format!("{TASK}CREATE TABLE \"note (id int);\n{TASK}");
    reads("name.sql", name, &["task"], &unclosed("2:14", "quoted name"));
    let dollars = format!("{TASK}DO $body$\nBEGIN\n  NULL;\nEND $bdy$;\n{TASK}");
    reads("dollars.sql", dollars, &["task"], &unclosed("2:4", "dollar-quoted text"));
    let comment = format!("{TASK}\n/* old: /* nested */\n{TASK}");
    reads("comment.sql", comment, &["task"], &unclosed("3:1", "comment"));
}

#[test]
fn every_encoding_of_a_script_is_read() {
    let text = "CREATE TABLE größe (id int);\n";
    let units = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    reads("utf-16-le.sql", [vec![0xFF, 0xFE], units(u16::to_le_bytes)].concat(), &["größe"], "");
    reads("utf-16-be.sql", [vec![0xFE, 0xFF], units(u16::to_be_bytes)].concat(), &["größe"], "");
    reads("utf-16-le-unmarked.sql", units(u16::to_le_bytes), &["größe"], "");
    reads("utf-16-be-unmarked.sql", units(u16::to_be_bytes), &["größe"], "");
    let latin: Vec<u8> = format!("{TASK}{text}").chars().map(|it| it as u8).collect();
    let said = "FILE:2:1: not UTF-8 from here on; the file was read as Windows-1252";
    reads("latin-1.sql", latin, &["task", "größe"], said);
}

#[test]
fn other_dialects_are_read_or_told() {
    let folder = Folder::new("dialects");
    let mysql = "CREATE TABLE `task` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n";
    let (code, written, told) = sql(&folder.put("dump.sql", mysql));
    assert_eq!(code, 0, "{told}");
    assert!(written.contains("GENERATED BY DEFAULT AS IDENTITY"), "{written}");

    let server = "SET ANSI_NULLS ON\nGO\nCREATE TABLE [dbo].[Task](\n  [Id] [uniqueidentifier] NOT NULL,\n  [Title] [nvarchar](20) NULL\n)\nGO\n";
    let (code, _, told) = sql(&folder.put("server.sql", server));
    assert_eq!(code, 0, "{told}");
    assert!(told.starts_with("FILE:1:5: this seems to be SQL for SQL Server (ansi_nulls)"), "{told}");
    assert!(told.contains("translate it first"), "{told}");

    let oracle = "CREATE TABLE task (\n  id NUMBER(10) NOT NULL,\n  title VARCHAR2(20 CHAR)\n);\n/\n";
    let (code, _, told) = sql(&folder.put("oracle.sql", oracle));
    assert_eq!(code, 0, "{told}");
    assert!(told.starts_with("FILE:2:6: this seems to be SQL for Oracle (number)"), "{told}");
    assert!(told.contains("ora2pg"), "{told}");
}

#[test]
fn what_is_no_text_is_refused_with_the_way_out() {
    refuses("picture.sql", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "FILE:3: this is not text");
    refuses("late.sql", [TASK.as_bytes(), b"\xFF\0\x01\x02"].concat(), "FILE:2: this is not text");
    refuses("dump.sql.gz", b"\x1F\x8B\x08\0\0\0\0\0", "FILE: this file is compressed; unpack it first");
    refuses("dump.sql", b"PGDMP\x01\x0E\0\x04\x08", "pg_restore --schema-only");
    let mut tar = vec![0; 512];
    tar.splice(0..7, *b"toc.dat");
    tar.splice(257..262, *b"ustar");
    refuses("dump.tar", tar, "pg_restore --schema-only");
}

#[test]
fn nothing_to_read_is_said() {
    refuses("empty.sql", "", "FILE: there is nothing in this file");
    refuses("blank.sql", " \n\n", "FILE: there is nothing in this file");
    let (code, _, told) = sql("/nowhere/to/be/found.sql");
    assert_eq!(code, 2);
    assert!(told.starts_with("relata: FILE: cannot read: "), "{told}");
    let folder = Folder::new("no-schema");
    let inside = folder.put("notes/read.me", "nothing");
    let (code, _, told) = sql(inside.trim_end_matches("/read.me"));
    assert_eq!(code, 2);
    assert!(told.starts_with("relata: FILE: no schema in this folder: no file ends in .sql"), "{told}");
}

#[test]
fn rows_without_their_tables_are_counted() {
    let dump = "COPY public.task (id) FROM stdin;\n1\n2\n\\.\nINSERT INTO note VALUES (1, ';'), (2, '(');\nINSERT INTO note VALUES (3, NULL);\n";
    let said = "FILE:1:1: 2 rows of `public.task` left out: that table is not in this text\n\
        FILE:5:1: 3 rows of `note` left out: that table is not in this text";
    reads("rows.sql", dump, &[], said);
}

#[test]
fn rows_of_large_tables_are_counted_and_those_of_small_ones_kept() {
    let mut dump = String::from(
        "CREATE TABLE kind (id int PRIMARY KEY, name text);\nCREATE TABLE task (id int PRIMARY KEY);\n\
         CREATE TABLE file (id int, content text);\nINSERT INTO kind VALUES (1, 'a'), (2, 'b');\n",
    );
    for row in 0..5_000 {
        dump += &format!("INSERT INTO task (id) VALUES ({row});\n");
    }
    dump += &format!("INSERT INTO file VALUES (1, '{}');\n", "x".repeat(10_000));
    let folder = Folder::new("rows");
    let (code, sql, told) = sql(&folder.put("rows.sql", dump));
    assert_eq!(told, "FILE:5:1: 5000 rows of `task` left out\nFILE:5005:1: 1 row of `file` left out\n");
    assert_eq!(code, 0);
    assert_eq!(sql.matches("INSERT INTO").count(), 1, "{sql}");
    assert!(sql.contains("(2, 'b')"), "{sql}");
}

#[test]
fn what_is_nested_too_deeply_is_kept_and_said() {
    let deep = |open: &str, close: &str| {
        format!("{TASK}CREATE VIEW v AS SELECT {}1{};\n", open.repeat(10_000), close.repeat(10_000))
    };
    let said = "FILE:2:1: not understood, kept as written: it is nested too deeply";
    reads("parentheses.sql", deep("(", ")"), &["task"], said);
    reads("queries.sql", deep("(SELECT ", ")"), &["task"], said);
    reads("cases.sql", deep("CASE WHEN true THEN ", " END"), &["task"], said);
    reads("operators.sql", deep("1 + ", ""), &["task"], said);
    reads("prefixes.sql", deep("NOT ", ""), &["task"], said);
    let comments = format!("{}{}{TASK}", "/* ".repeat(10_000), "*/ ".repeat(10_000));
    reads("comments.sql", comments, &["task"], "");
    let quotes = format!("{TASK}COMMENT ON TABLE task IS '{}';\n", "''".repeat(10_000));
    reads("quotes.sql", quotes, &["task"], "");
}

#[test]
fn the_first_database_of_a_file_is_read() {
    let two = "CREATE ROLE app;\n\\connect shop\nCREATE TABLE task (id int);\n\
        \\connect -reuse-previous=on \"dbname='other one'\"\nCREATE TABLE task (id text);\n\
        \\connect shop\nCREATE TABLE note (id int);\n";
    let folder = Folder::new("two");
    let (code, sql, told) = sql(&folder.put("two.sql", two));
    assert_eq!(code, 0);
    let said =
        "FILE:4:1: `other one` is another database; its part is left out, read it from a file of its own";
    assert!(told.lines().any(|it| it == said), "{told}");
    assert!(sql.contains("CREATE TABLE note") && !sql.contains("id text"), "{sql}");
}

#[test]
fn a_brief_in_a_language_that_is_not_read_says_so_and_gives_what_it_writes_down() {
    reads(
        "pedidos.md",
        "# Tienda\n\nLos clientes hacen pedidos de los productos que la tienda vende, y cada pedido tiene una fecha.\n\n```prisma\nmodel Cliente {\n  id     Int @id\n  nombre String\n}\n```\n",
        &["cliente"],
        "FILE: this text does not seem to be in English, which is the only language that is read: only models that it writes down \
         (SQL, Prisma, DBML, lists of fields) were taken; translate it to have all of it read",
    );
}
