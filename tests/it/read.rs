//! Reading PostgreSQL: real schemas, and what a script comes to.

use std::path::PathBuf;

use relata::base::LineIndex;
use relata::read::{self, PieceKind};
use relata::sql;

/// The folder of real schemas, briefs and migrations, where it is there.
pub fn corpora() -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora"));
    let folder = std::env::var_os("RELATA_CORPORA").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

pub fn sql_files(folder: &str) -> Vec<(String, String)> {
    let Some(corpora) = corpora() else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(corpora.join(folder)) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|it| it.path())
        .filter(|it| it.extension().is_some_and(|it| it == "sql"))
        .filter_map(|it| {
            let name = it.file_name()?.to_string_lossy().into_owned();
            Some((name, String::from_utf8_lossy(&std::fs::read(&it).ok()?).into_owned()))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_real_schema_is_read_into_a_valid_design() {
    let (mut statements, mut verbatim) = (0, 0);
    for (name, text) in sql_files("schemas") {
        let pieces = read::split(&text);
        let covered: usize = pieces.iter().map(|it| it.span.of(&text).len()).sum();
        assert_eq!(covered, text.len(), "{name}: every byte belongs to a piece");
        let read = read::postgres(&text, &read::Options::default());
        let report = read.tree.report;
        let design = read.tree.design;
        assert_eq!(report.statements, report.modelled + report.verbatim + report.skipped, "{name}");
        let written = pieces.iter().filter(|it| it.kind == PieceKind::Statement).count();
        assert!(report.statements <= written, "{name}");
        assert!(design.tables().len() > 0, "{name} has tables");
        println!(
            "{name:28} {:5} statements {:5} modelled {:4} verbatim {:5} skipped {:4} tables",
            report.statements,
            report.modelled,
            report.verbatim,
            report.skipped,
            design.tables().len()
        );
        let lines = LineIndex::new(&text);
        for diagnostic in read.errors.iter().take(12) {
            println!("    {} {diagnostic}", lines.place(diagnostic.span.start));
        }
        statements += report.statements;
        verbatim += report.verbatim;
    }
    println!("{verbatim} of {statements} statements verbatim");
}

/// Words and signs of SQL, by which any sequence of them is likely to go far into a reader.
const SOUP: [&str; 96] = [
    "CREATE",
    "TABLE",
    "ALTER",
    "DROP",
    "INDEX",
    "VIEW",
    "FUNCTION",
    "TYPE",
    "AS",
    "ENUM",
    "DOMAIN",
    "SEQUENCE",
    "ADD",
    "CONSTRAINT",
    "PRIMARY",
    "KEY",
    "FOREIGN",
    "REFERENCES",
    "UNIQUE",
    "CHECK",
    "DEFAULT",
    "NOT",
    "NULL",
    "COLUMN",
    "a",
    "b",
    "\"C d\"",
    "public",
    ".",
    ",",
    ";",
    "(",
    ")",
    "int",
    "text",
    "serial",
    "varchar",
    "[]",
    "'x'",
    "$$",
    "$q$",
    "'",
    "\"",
    "--",
    "/*",
    "*/",
    "\n",
    "ON",
    "DELETE",
    "SET",
    "CASCADE",
    "COMMENT",
    "IS",
    "GRANT",
    "TO",
    "COPY",
    "FROM",
    "stdin",
    "\\.",
    "\\connect",
    "BEGIN",
    "ATOMIC",
    "END",
    "IF",
    "EXISTS",
    "OR",
    "REPLACE",
    "TRIGGER",
    "EXECUTE",
    "RETURNS",
    "LANGUAGE",
    "sql",
    "SELECT",
    "INSERT",
    "INTO",
    "VALUES",
    "1",
    "-2",
    "1.5e3",
    "PARTITION",
    "BY",
    "RANGE",
    "OF",
    "FOR",
    "WITH",
    "INHERITS",
    "LIKE",
    "INCLUDING",
    "ALL",
    "POLICY",
    "USING",
    "RENAME",
    "GENERATED",
    "IDENTITY",
    "DO",
    "é",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 3000, ..Default::default() })]

    #[test]
    fn any_words_are_read_and_no_byte_is_lost(words in proptest::collection::vec(proptest::sample::select(&SOUP[..]), 0..60)) {
        let text = words.join(" ");
        let pieces = read::split(&text);
        let covered: String = pieces.iter().map(|it| it.span.of(&text)).collect();
        proptest::prop_assert_eq!(&covered, &text);
        let read = read::postgres(&text, &read::Options::default());
        proptest::prop_assert!(read.tree.design.violations().is_empty());
    }

    #[test]
    fn a_broken_script_is_read_and_no_byte_is_lost(cut in 0..SCRIPT.len(), put in proptest::sample::select(&SOUP[..])) {
        let (before, after) = (SCRIPT.get(..cut).unwrap_or(SCRIPT), SCRIPT.get(cut..).unwrap_or_default());
        let text = format!("{before}{put}{after}");
        let pieces = read::split(&text);
        let covered: String = pieces.iter().map(|it| it.span.of(&text)).collect();
        proptest::prop_assert_eq!(&covered, &text);
        let read = read::postgres(&text, &read::Options::default());
        proptest::prop_assert!(read.tree.design.violations().is_empty());
    }
}

/// A script that uses much of what is modelled.
const SCRIPT: &str = include_str!("../data/read/much.in.sql");

#[test]
fn a_script_that_uses_much_is_modelled_wholly() {
    let read = read::postgres(SCRIPT, &read::Options::default());
    assert_eq!(read.errors, [], "nothing to say");
    let written = sql::ddl(&read.tree.design, &sql::Options::default()).text;
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../data/read" }, {
        insta::assert_snapshot!("much.out.sql", written);
    });
}

#[test]
fn statistics_and_privileges_follow_a_renamed_column() {
    let text = "CREATE TABLE t (a int, b int, c int);\nCREATE STATISTICS s ON a, b FROM t;\n\
                CREATE STATISTICS r ON b, c FROM t;\nGRANT SELECT (a) ON t TO CURRENT_USER;\n\
                ALTER TABLE t RENAME a TO d;\nALTER TABLE t DROP c;";
    let read = read::postgres(text, &read::Options::default());
    let written = sql::ddl(&read.tree.design, &sql::Options::default()).text;
    assert!(written.contains("CREATE STATISTICS s ON d, b FROM t"), "{written}");
    assert!(written.contains("GRANT SELECT (d)"), "{written}");
    assert!(!written.contains("STATISTICS r"), "{written}");
}

#[test]
fn rows_that_meet_others_and_rows_that_no_longer_fit() {
    let text = "CREATE TABLE t (id int PRIMARY KEY, a text, b text);\n\
                INSERT INTO t VALUES (1, 'x', 'y');\n\
                INSERT INTO t VALUES (1, 'z', 'z'), (2, 'p', 'q') ON CONFLICT DO NOTHING;\n\
                INSERT INTO t VALUES (2, 'n', 'm') ON CONFLICT (id) DO UPDATE SET a = EXCLUDED.a;\n\
                CREATE TABLE u (id int);\nINSERT INTO u VALUES (1);\nALTER TABLE u ADD c int NOT NULL DEFAULT 1;\n\
                ALTER TABLE u ALTER c DROP DEFAULT;";
    let read = read::postgres(text, &read::Options::default());
    let written = sql::ddl(&read.tree.design, &sql::Options::default()).text;
    assert!(written.contains("(1, 'x', 'y'),\n    (2, 'n', 'q');"), "{written}");
    assert!(!written.contains("INSERT INTO u"), "{written}");
    let said: Vec<String> = read.errors.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["1 row of `u` left out"]);
}
