//! Reading the languages of others: real files load into PostgreSQL, and no words make a reader fall.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use relata::base::{LineIndex, Parsed};
use relata::read::{self, Diagnostic, Options, Reading};
use relata::sql;

use crate::{catalog, postgres};

type Reader = fn(&str, &Options) -> Parsed<Reading, Diagnostic>;

/// The files of a kind in the folders of real schemas, where they are there.
fn real_files(folders: &[&str], extension: &str) -> Vec<PathBuf> {
    let Some(corpora) = crate::read::corpora() else { return Vec::new() };
    let entries =
        |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    let mut found: Vec<PathBuf> = Vec::new();
    for folder in folders {
        found.extend(entries(corpora.join(folder)));
    }
    for pair in entries(corpora.join("pairs")).filter(|it| it.is_dir()) {
        found.extend(entries(pair));
    }
    found.retain(|it| it.extension().is_some_and(|it| it == extension));
    found.sort();
    found
}

/// Reads a text, checks the count, and loads what it comes to into every server there is.
#[track_caller]
fn loads(name: &str, text: &str, reader: Reader) {
    let read = reader(text, &Options::default());
    let report = read.tree.report;
    assert_eq!(report.statements, report.modelled + report.verbatim + report.skipped, "{name}");
    assert!(read.tree.design.tables().len() > 0, "{name} has tables");
    assert_eq!(read.tree.design.violations(), [], "{name}");
    for server in postgres::servers() {
        let target = server.version().min(18) as u8;
        let written = sql::ddl(&read.tree.design, &sql::Options { target, ..sql::Options::default() }).text;
        let refused = server.database("dialects").load(&written).err().unwrap_or_default();
        let refused: Vec<String> = refused.iter().take(5).map(ToString::to_string).collect();
        assert!(refused.is_empty(), "{name}: {}", refused.join("\n"));
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

#[test]
fn every_real_dbml_file_loads() {
    for path in real_files(&["dbml"], "dbml") {
        let text = std::fs::read_to_string(&path).expect("a file of text");
        assert!(read::looks_like_dbml(&text), "{}", file_name(&path));
        loads(&file_name(&path), &text, read::dbml);
    }
}

/// A file of ours that uses much of a language: what it comes to, what there is to say, and that it loads.
#[track_caller]
fn fixture(name: &str, text: &str, reader: Reader) {
    let read = reader(text, &Options::default());
    let lines = LineIndex::new(text);
    let said: Vec<String> =
        read.errors.iter().map(|it| format!("-- {} {it}\n", lines.place(it.span.start))).collect();
    let written = sql::ddl(&read.tree.design, &sql::Options::default()).text;
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../data/read" }, {
        insta::assert_snapshot!(name, format!("{}{written}", said.concat()));
    });
    loads(name, text, reader);
}

#[test]
fn a_dbml_file_that_uses_much_is_read_wholly() {
    fixture("shop.dbml.out.sql", include_str!("../data/read/shop.in.dbml"), read::dbml);
}

/// Signs and words of a language, some of which come together by chance.
fn soup(words: &'static str) -> impl Strategy<Value = String> {
    let words: Vec<&str> = words.split(' ').collect();
    let word = proptest::sample::select(words);
    let gap = proptest::sample::select(vec![" ", "\n", "", " "]);
    proptest::collection::vec((word, gap), 0..60)
        .prop_map(|it| it.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

const DBML: &str = "Table Ref Enum TableGroup TablePartial Note Project Records indexes checks a b a.b t.id id int text \
                    varchar(3) text[] { } [ ] ( ) : , ~ > < <> - . as pk unique null not increment default: ref: \
                    note: name: type: delete: cascade 'x' ''' \"q r\" ` `now()` `getdate()` `a.nextval` `len(a) > 1` bit hash check: database_type: 1 -2 1.5 #fff // /* */ ' \" é \\";

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..Default::default() })]

    #[test]
    fn any_words_of_dbml_are_read(text in soup(DBML)) {
        prop_assert!(read::dbml(&text, &Options::default()).tree.design.violations().is_empty());
    }
}

#[test]
fn every_real_prisma_schema_loads() {
    for path in real_files(&["prisma"], "prisma") {
        let text = std::fs::read_to_string(&path).expect("a file of text");
        assert!(read::looks_like_prisma(&text), "{}", file_name(&path));
        loads(&file_name(&path), &text, read::prisma);
    }
}

/// `blog.expected.sql` is what `prisma migrate diff --from-empty --script` writes for the schema, from
/// `@prisma/schema-engine-wasm` 6.19.
#[test]
fn a_prisma_schema_comes_to_what_prisma_migrates_to() {
    let text = include_str!("../data/read/blog.in.prisma");
    loads("blog", text, read::prisma);
    same_database(text, read::prisma, include_str!("../data/read/blog.expected.sql"));
}

/// What the tool of a language makes of a text, and what we make of it, are one database.
#[track_caller]
fn same_database(text: &str, reader: Reader, expected: &str) {
    for server in postgres::servers() {
        let (ours, theirs) = (server.database("ours"), server.database("theirs"));
        let target = server.version().min(18) as u8;
        let read = reader(text, &Options::default());
        let written = sql::ddl(&read.tree.design, &sql::Options { target, ..sql::Options::default() }).text;
        ours.load(&written).expect("what we write loads");
        theirs.load(expected).expect("what the tool writes loads");
        let (theirs, ours) = (catalog::design(&theirs).0, catalog::design(&ours).0);
        catalog::same(&theirs, &ours, &format!("PostgreSQL {}", server.version()));
    }
}

const PRISMA: &str = "model enum datasource generator view type db A B { } [ ] ( ) : , @ @@ ? = . id Int String Int? A[] \
                      @id @unique @default(autoincrement()) @default(now()) @relation(fields: [b], references: [id]) \
                      @@index([a, @@id( @@unique([a]) @map(\"x\") @db.VarChar(20) Unsupported( \"text\" \" -1 1.5 // \
                      relationMode extensions schemas dbgenerated(\"x\") é \\";

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..Default::default() })]

    #[test]
    fn any_words_of_prisma_are_read(text in soup(PRISMA)) {
        prop_assert!(read::prisma(&text, &Options::default()).tree.design.violations().is_empty());
    }
}

#[test]
fn no_schema_of_postgresql_is_taken_for_another() {
    for path in real_files(&["schemas", "hazards"], "sql") {
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
        let is_other = read::looks_like_mysql(&text) || read::looks_like_sqlite(&text);
        assert!(!is_other, "{}", path.display());
    }
}

#[test]
fn a_script_of_mysql_is_read_wholly() {
    fixture("library.mysql.out.sql", include_str!("../data/read/library.in.mysql.sql"), read::mysql);
}

#[test]
fn a_script_of_sqlite_is_read_wholly() {
    fixture("notes.sqlite.out.sql", include_str!("../data/read/notes.in.sqlite.sql"), read::sqlite);
}

const FOREIGN: &str = "CREATE TABLE INDEX VIEW TRIGGER ALTER ADD DROP MODIFY CHANGE RENAME TO COLUMN KEY UNIQUE PRIMARY \
                       FOREIGN REFERENCES CHECK CONSTRAINT DEFAULT NOT NULL AUTO_INCREMENT INSERT INTO VALUES BEGIN END ; ; \
                       a b `c` \"d\" 'x' [e] ( ) ( ) , . int varchar(3) enum('a') set('b') INTEGER unsigned = 1 -1 b'1' \
                       x'00' 0xff strftime('%s', 'now') if( concat( cast( json_extract(c, '$.a') -> ->> REPLACE TABLE IF EXISTS INDEX ON a.b \
                       sysdate isnull( interval 1 day is not /*! */ /* -- # DELIMITER ;; ON UPDATE DELETE CASCADE AS SELECT FROM WHERE COMMENT é \\ ' `";

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..Default::default() })]

    #[test]
    fn any_words_of_other_databases_are_read(text in soup(FOREIGN)) {
        prop_assert!(read::mysql(&text, &Options::default()).tree.design.violations().is_empty());
        prop_assert!(read::sqlite(&text, &Options::default()).tree.design.violations().is_empty());
    }
}

/// `forum.expected.sql` is what drizzle-kit 0.31 makes of the file.
#[test]
fn a_drizzle_schema_comes_to_what_drizzle_kit_generates() {
    let text = include_str!("../data/read/forum.in.ts");
    assert_eq!(read::drizzle(text, &Options::default()).errors, [], "nothing to say");
    loads("forum", text, read::drizzle);
    same_database(text, read::drizzle, include_str!("../data/read/forum.expected.sql"));
}

const DRIZZLE: &str = "import export const function return from default as type a b t users pgTable ( ) ( ) { } { } [ ] , ; : . => ... \
                       = ? ! < > + - 'x' \"y\" `z` `a${b}c` sql` ${ } ` integer() text('t') .notNull() .primaryKey() .default( \
                       .references(() => users.id) index().on(t.a) pgEnum('e', ['f']) 1 -2 0x /re/ // /* */ \\ é async new";

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..Default::default() })]

    #[test]
    fn any_words_of_drizzle_are_read(text in soup(DRIZZLE)) {
        prop_assert!(read::drizzle(&text, &Options::default()).tree.design.violations().is_empty());
    }
}

/// A script of which a piece is taken out and a word put in its place.
fn broken(script: &'static str, words: &'static str) -> impl Strategy<Value = String> {
    let word = proptest::sample::select(words.split(' ').collect::<Vec<_>>());
    (0..script.len(), 0..40_usize, word).prop_map(move |(from, length, word)| {
        let [from, to] = [from, from + length].map(|it| script.floor_char_boundary(it.min(script.len())));
        [script.get(..from), Some(word), script.get(to..)].into_iter().flatten().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..Default::default() })]

    #[test]
    fn broken_scripts_of_others_are_read(
        mysql in broken(include_str!("../data/read/library.in.mysql.sql"), FOREIGN),
        sqlite in broken(include_str!("../data/read/notes.in.sqlite.sql"), FOREIGN),
        dbml in broken(include_str!("../data/read/shop.in.dbml"), DBML),
        prisma in broken(include_str!("../data/read/blog.in.prisma"), PRISMA),
        drizzle in broken(include_str!("../data/read/forum.in.ts"), DRIZZLE),
    ) {
        let readers: [(&str, Reader); 5] = [
            (&mysql, read::mysql),
            (&sqlite, read::sqlite),
            (&dbml, read::dbml),
            (&prisma, read::prisma),
            (&drizzle, read::drizzle),
        ];
        for (text, reader) in readers {
            let read = reader(text, &Options::default()).tree;
            let report = read.report;
            prop_assert!(read.design.violations().is_empty());
            prop_assert_eq!(report.statements, report.modelled + report.verbatim + report.skipped);
        }
    }
}
