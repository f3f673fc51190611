//! The catalogue of a live database, as the introspection query gives it: JSON becomes a design.
//!
//! ```text
//! query.sql ─▶ JSON ─▶ facts ─▶ statements in the order of a dump ─▶ the reader of PostgreSQL ─▶ a design
//! ```
//! What statements do not carry (sizes, the use of indexes, what migration tools noted) stands beside, in [`Live`].

mod facts;
mod objects;
mod script;
mod table;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub use facts::History;
use facts::{IndexFacts, Object, Oid, TableFacts, ViewFacts};
use script::{Part, Script};

use super::{Diagnostic, DiagnosticKind, Options, PieceKind, Reading, postgres, split};
use crate::base::{LineIndex, Parsed, Span};
use crate::design::{Edit, Load, Origin, Record, Replaced, Volume};

/// The one read-only query for PostgreSQL 12 to 18 whose JSON [`catalog`] reads.
pub const CATALOG_QUERY: &str = include_str!("query.sql");

/// The field that tells a catalogue from other JSON, with the version of its shape.
const MARK: &str = "\"relata_catalog\"";

/// The newest version of the shape that is known.
const VERSION: u64 = 1;

/// Whether a text is a catalogue, whole or not.
pub fn is_catalog(text: &str) -> bool {
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    let after = start.strip_prefix('{').map(str::trim_start);
    after.is_some_and(|it| it.starts_with(MARK)) || start.starts_with('{') && start.contains(MARK)
}

/// What a server knows of a database besides its schema.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Live {
    /// `server_version_num`: 180004 for 18.4.
    pub server_version: u32,
    /// The database's name.
    pub database: String,
    /// Since when the use of indexes is counted, as the server writes times; none is since the server was made.
    pub usage_since: Option<String>,
    /// Sizes, in the order of creation.
    pub tables: Vec<TableSize>,
    /// How indexes are used, table by table.
    pub indexes: Vec<IndexUsage>,
    /// What migration tools have noted.
    pub histories: Vec<History>,
}

/// How large a table is.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct TableSize {
    /// The SQL schema and the name.
    pub table: (String, String),
    /// Rows as the planner estimates them; none is never counted.
    pub rows: Option<u64>,
    /// Bytes without indexes.
    pub table_bytes: Option<u64>,
    /// Bytes of all its indexes.
    pub index_bytes: Option<u64>,
}

/// How an index is used.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct IndexUsage {
    /// The SQL schema and the name of the table.
    pub table: (String, String),
    /// The index; also one behind a key.
    pub index: String,
    /// How often it was searched.
    pub scans: Option<u64>,
    /// How many entries the searches gave.
    pub rows_read: Option<u64>,
    /// Its size.
    pub bytes: Option<u64>,
    /// Whether it holds all rows; a failed `CREATE INDEX CONCURRENTLY` leaves one that does not.
    pub valid: bool,
}

/// The JSON value as far as it is one object with lists in it; the entries of each list are read one by one, so that
/// what is wrong with one of them has a place, and is lost alone.
#[derive(Default, Deserialize)]
#[serde(default, expecting = "a JSON object")]
struct Outline<'a> {
    relata_catalog: u64,
    server_version: u32,
    database: String,
    database_owner: Option<String>,
    usage_since: Option<String>,
    #[serde(borrow)]
    namespaces: List<'a>,
    #[serde(borrow)]
    extensions: List<'a>,
    #[serde(borrow)]
    enums: List<'a>,
    #[serde(borrow)]
    domains: List<'a>,
    #[serde(borrow)]
    composites: List<'a>,
    #[serde(borrow)]
    ranges: List<'a>,
    #[serde(borrow)]
    sequences: List<'a>,
    #[serde(borrow)]
    functions: List<'a>,
    #[serde(borrow)]
    tables: List<'a>,
    #[serde(borrow)]
    views: List<'a>,
    #[serde(borrow)]
    others: List<'a>,
    #[serde(borrow)]
    privileges: List<'a>,
    #[serde(borrow)]
    default_privileges: List<'a>,
    needs: Option<BTreeMap<Oid, Vec<Oid>>>,
    #[serde(borrow)]
    left_out: List<'a>,
    #[serde(borrow)]
    histories: List<'a>,
}

/// Entries as they stand in the text; nothing where the query found none.
type List<'a> = Option<Vec<&'a RawValue>>;

/// Reads the JSON of the introspection query. Never fails: what is broken is told of with its place and left out.
pub fn catalog(text: &str, options: &Options) -> Parsed<Reading, Diagnostic> {
    let mut reader = Reader { text, lines: LineIndex::new(text), errors: Vec::new() };
    let json = text.trim_start_matches('\u{FEFF}');
    let shift = text.len() - json.len();
    let outline: Outline<'_> = match serde_json::from_str(json) {
        Ok(outline) => outline,
        Err(error) => {
            reader.broken(&error, shift, "a catalogue");
            return Parsed { tree: Reading::default(), errors: reader.errors };
        }
    };
    if outline.relata_catalog != VERSION {
        let message = match outline.relata_catalog {
            0 => "this JSON is not what `relata catalog` asks for: `relata_catalog` is missing".to_owned(),
            newer => format!("this catalogue has the shape {newer}; this program knows {VERSION}"),
        };
        reader.say(Span::new(shift, text.len()), DiagnosticKind::BrokenCatalog { message });
        return Parsed { tree: Reading::default(), errors: reader.errors };
    }
    let mut live = Live {
        server_version: outline.server_version,
        database: outline.database,
        usage_since: outline.usage_since,
        ..Live::default()
    };
    let mut script = Script::new(outline.database_owner.unwrap_or_default());
    let s = &mut script;
    reader.each(&outline.namespaces, s, |it: &Object| it.id, objects::namespace);
    reader.each(&outline.extensions, s, |it: &Object| it.id, objects::extension);
    reader.each(&outline.enums, s, |it: &facts::EnumFacts| it.object.id, objects::enumeration);
    reader.each(&outline.domains, s, |it: &facts::DomainFacts| it.object.id, objects::domain);
    reader.each(&outline.composites, s, |it: &facts::CompositeFacts| it.object.id, objects::composite);
    reader.each(&outline.ranges, s, |it: &facts::RangeFacts| it.object.id, objects::range);
    reader.each(&outline.sequences, s, |it: &facts::SequenceFacts| it.object.id, objects::sequence);
    reader.each(&outline.functions, s, |it: &facts::FunctionFacts| it.object.id, objects::function);
    reader.each(
        &outline.tables,
        s,
        |it: &TableFacts| it.object.id,
        |script, it| {
            table::table(script, it);
            live.table(it);
        },
    );
    reader.each(
        &outline.views,
        s,
        |it: &ViewFacts| it.object.id,
        |script, it| {
            objects::view(script, it);
            live.view(it);
        },
    );
    reader.each(&outline.others, s, |it: &facts::OtherFacts| it.id, objects::other);
    for list in [&outline.privileges, &outline.default_privileges] {
        reader.each(
            list,
            s,
            |_: &String| 0,
            |script, it| {
                let statements = split(it).into_iter().filter(|it| it.kind == PieceKind::Statement);
                statements.for_each(|piece| script.add(Part::Privilege, piece.span.of(it)));
            },
        );
    }
    reader.each(&outline.histories, s, |_: &History| 0, |_, it| live.histories.push(it.clone()));
    for entry in outline.left_out.iter().flatten() {
        if let Some(what) = reader.entry::<String>(entry) {
            reader.say(reader.span(entry), DiagnosticKind::NotInCatalog { what });
        }
    }
    let (sql, pieces, places) = script.finish(&outline.needs.unwrap_or_default());
    let source = |statement: Span| {
        let at = pieces.partition_point(|it| it.span.end <= statement.start);
        places.get(at).copied().unwrap_or_default()
    };
    let lines = &reader.lines;
    let line_of = |statement| lines.place(source(statement).start).line;
    let mut read = postgres::script(&sql, pieces.iter().copied(), options, &line_of);
    reader.errors.extend(read.errors.drain(..).map(|it| Diagnostic { span: source(it.span), ..it }));
    reader.errors.sort_by_key(|it| it.span);
    // Sizes that are known are what the design is to hold: the load that everything else is judged by.
    let load = Load { volumes: live.volumes(reader.lines.place(0).line), ..Load::default() };
    if !load.volumes.is_empty() {
        let before = Some(Record::Load(read.tree.design.load().clone()));
        let edit = Edit { records: vec![Replaced { before, after: Some(Record::Load(load)) }] };
        // Nothing refers to it, so nothing can be broken by it.
        let _ = read.tree.design.apply(&edit);
    }
    read.tree.live = Some(live);
    Parsed { tree: read.tree, errors: reader.errors }
}

struct Reader<'a> {
    text: &'a str,
    lines: LineIndex<'a>,
    errors: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads the entries of a list and lets each become statements.
    fn each<T: DeserializeOwned>(
        &mut self,
        list: &List<'_>,
        script: &mut Script,
        id: impl Fn(&T) -> Oid,
        mut write: impl FnMut(&mut Script, &T),
    ) {
        for entry in list.iter().flatten() {
            if let Some(it) = self.entry::<T>(entry) {
                script.enter(id(&it), self.span(entry));
                write(script, &it);
            }
        }
    }

    fn entry<T: DeserializeOwned>(&mut self, entry: &RawValue) -> Option<T> {
        match serde_json::from_str(entry.get()) {
            Ok(it) => Some(it),
            Err(error) => {
                self.broken(&error, self.span(entry).start as usize, "an entry of the catalogue");
                None
            }
        }
    }

    /// Where an entry stands: it is a part of the text.
    fn span(&self, entry: &RawValue) -> Span {
        let start = (entry.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Span::new(start, start + entry.get().len())
    }

    /// Says what is wrong with JSON that begins at a byte of the text.
    fn broken(&mut self, error: &serde_json::Error, from: usize, what: &str) {
        let rest = self.text.get(from..).unwrap_or_default();
        let line = error.line().saturating_sub(1);
        let start: usize = rest.split_inclusive('\n').take(line).map(str::len).sum();
        let at = (from + start + error.column().saturating_sub(1)).min(self.text.len());
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        let message = format!("not {what}: {words}");
        self.say(Span::new(at, at), DiagnosticKind::BrokenCatalog { message });
    }

    fn say(&mut self, span: Span, kind: DiagnosticKind) {
        self.errors.push(Diagnostic { span, kind });
    }
}

impl Live {
    /// Rows of each table that has any, by its name with its SQL schema, `public` left out.
    fn volumes(&self, line: u32) -> Vec<Volume> {
        let volume = |it: &TableSize| {
            let count = it.rows.filter(|it| *it > 0)?;
            let (namespace, name) = &it.table;
            let of = if namespace == "public" { name.clone() } else { format!("{namespace}.{name}") };
            Some(Volume { of, count, per: None, origin: Origin::Import { line } })
        };
        self.tables.iter().filter_map(volume).collect()
    }

    fn table(&mut self, it: &TableFacts) {
        let table = (it.object.namespace.clone(), it.object.name.clone());
        self.indexes(&table, &it.indexes);
        let (rows, table_bytes, index_bytes) = (it.rows, it.table_bytes, it.index_bytes);
        self.tables.push(TableSize { table, rows, table_bytes, index_bytes });
    }

    fn view(&mut self, it: &ViewFacts) {
        let table = (it.object.namespace.clone(), it.object.name.clone());
        self.indexes(&table, &it.indexes);
    }

    fn indexes(&mut self, table: &(String, String), indexes: &[IndexFacts]) {
        self.indexes.extend(indexes.iter().map(|it| IndexUsage {
            table: table.clone(),
            index: it.name.clone(),
            scans: it.scans,
            rows_read: it.rows_read,
            bytes: it.bytes,
            valid: it.valid != Some(false),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: &[&str]) {
        let read = catalog(json, &Options::default());
        let lines = LineIndex::new(json);
        let told: Vec<String> =
            read.errors.iter().map(|it| format!("{} {it}", lines.place(it.span.start))).collect();
        assert_eq!(told, expected);
        assert_eq!(read.tree.design.violations(), []);
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        check("", &["1:1 not a catalogue: EOF while parsing a value"]);
        check("{\"relata_catalog\": 1,\n  \"tables\": [}", &["2:14 not a catalogue: expected value"]);
        check("{}", &["1:1 this JSON is not what `relata catalog` asks for: `relata_catalog` is missing"]);
        check("{\"relata_catalog\": 9}", &["1:1 this catalogue has the shape 9; this program knows 1"]);
        check("7", &["1:1 not a catalogue: invalid type: integer `7`, expected a JSON object"]);
    }

    #[test]
    fn a_broken_entry_is_lost_alone() {
        let json = "{\"relata_catalog\": 1, \"enums\": null, \"tables\": [\n\
            {\"id\": 1, \"namespace\": \"public\", \"name\": \"a\"},\n\
            {\"id\": 2, \"namespace\": \"public\", \"name\": 7},\n\
            {\"id\": 3, \"namespace\": \"public\", \"name\": \"b\", \"columns\": [{\"name\": \"x\", \"type\": \"); ('\"}]}],\n\
            \"left_out\": [\"operator class o\"]}";
        check(
            json,
            &[
                "3:43 not an entry of the catalogue: invalid type: integer `7`, expected a string",
                "4:1 not understood, kept as written: Missing column type",
                "5:14 operator class o is not in a catalogue's JSON; left out",
            ],
        );
        let read = catalog(json, &Options::default());
        assert_eq!(read.tree.design.tables().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(read.tree.live.map(|it| it.tables.len()), Some(2));
    }

    #[test]
    fn a_catalogue_is_told_by_its_mark() {
        assert!(
            is_catalog("\u{FEFF} {\"relata_catalog\" : 1}") && is_catalog("{\"a\": 1, \"relata_catalog\":1}")
        );
        assert!(!is_catalog("{\"version\": 1}") && !is_catalog("select '\"relata_catalog\"'"));
    }
}
