//! A file's text becomes a design, and a report of what became of it.

use relata::base::LineIndex;
use relata::design::{Brief, Design, Edit, Record};

use serde::{Deserialize, Serialize};

use crate::app::navigation::Step;

/// A design that was read from a text.
#[derive(Serialize, Deserialize)]
pub struct Imported {
    /// The design; between page and worker it goes as a design file.
    #[serde(with = "design_file")]
    pub design: Design,
    /// What became of the text, where there is something to say.
    pub report: Option<ImportReport>,
    /// Where to look at it first.
    pub step: Step,
}

/// What became of the statements of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    /// The file's name.
    pub name: String,
    /// Statements in all.
    pub statements: usize,
    /// Those that became part of the model.
    pub modelled: usize,
    /// Those kept as they were written.
    pub verbatim: usize,
    /// Those that say nothing about a schema.
    pub skipped: usize,
    /// What there is to know, in order of place.
    pub notes: Vec<ImportNote>,
}

/// Something to know about a place of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportNote {
    /// 1-based.
    pub line: u32,
    /// What.
    pub message: String,
    /// The words that it is about, cut short.
    pub excerpt: String,
}

/// Reads a text as what its name and content say it is.
pub fn import(name: &str, text: &str) -> Result<Imported, String> {
    match format_of(name, text) {
        Format::Design => {
            let design = Design::from_json(text).map_err(|error| error.to_string())?;
            Ok(Imported { design, report: None, step: Step::Diagram })
        }
        Format::Sql => Ok(of_sql(name, text)),
        Format::Brief => of_brief(name, text),
    }
}

mod design_file {
    //! A design as its file.

    use relata::design::Design;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(design: &Design, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&design.to_json())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Design, D::Error> {
        Design::from_json(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

enum Format {
    Design,
    Sql,
    Brief,
}

fn format_of(name: &str, text: &str) -> Format {
    let extension = name.rsplit_once('.').map_or("", |it| it.1).to_ascii_lowercase();
    match extension.as_str() {
        "json" => Format::Design,
        "sql" => Format::Sql,
        "md" | "markdown" | "txt" => Format::Brief,
        _ if text.trim_start().starts_with('{') => Format::Design,
        _ => Format::Sql,
    }
}

fn of_sql(name: &str, text: &str) -> Imported {
    let parsed = relata::read::postgres(text, &relata::read::Options::default());
    let index = LineIndex::new(text);
    let note = |it: &relata::read::Diagnostic| ImportNote {
        line: index.place(it.span.start).line,
        message: it.kind.to_string(),
        excerpt: excerpt(it.span.of(text)),
    };
    let report = parsed.tree.report;
    let report = ImportReport {
        name: name.to_owned(),
        statements: report.statements,
        modelled: report.modelled,
        verbatim: report.verbatim,
        skipped: report.skipped,
        notes: parsed.errors.iter().map(note).collect(),
    };
    Imported { design: titled(parsed.tree.design, name), report: Some(report), step: Step::Diagram }
}

fn of_brief(name: &str, text: &str) -> Result<Imported, String> {
    let mut design = Design::new();
    let brief = Brief { id: design.ids().take(), title: stem(name).to_owned(), text: text.to_owned() };
    design.apply(&Edit::adding([brief])).map_err(|refused| refused.to_string())?;
    Ok(Imported { design: titled(design, name), report: None, step: Step::Describe })
}

/// The design under the file's name, unless it has one of its own.
fn titled(mut design: Design, name: &str) -> Design {
    if design.title().is_empty() {
        let edit = Edit::default().put(&design, Record::Title(stem(name).to_owned()));
        // A title breaks no invariant.
        let _ = design.apply(&edit);
    }
    design
}

fn stem(name: &str) -> &str {
    let base = name.split_once('.').map_or(name, |it| it.0);
    if base.is_empty() { name } else { base }
}

const LONGEST_EXCERPT: usize = 120;

fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_EXCERPT {
        return line;
    }
    line.chars().take(LONGEST_EXCERPT).chain("…".chars()).collect()
}
