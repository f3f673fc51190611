//! The design file: JSON with a version, read forward by numbered steps.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AccessPattern, Area, Brief, CompositeType, Conventions, Decision, Design, Domain, EnumType, Extension,
    Function, Load, Namespace, Note, Placement, RangeType, Record, Refused, Sequence, Snapshot, Story, Table,
    Verbatim, View, is_default,
};

/// The version that this program writes.
pub const VERSION: u32 = 1;

/// `STEPS[n]` turns version `n + 1` into `n + 2`. Append only; each has a sample under `tests/data/design/`.
const STEPS: &[fn(Value) -> Value] = &[];

/// Why a design file could not be read.
#[derive(Clone, Debug, PartialEq)]
pub enum FileError {
    /// It is not JSON, or not the JSON of a design; the place is 1-based.
    Syntax {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
        /// What was wrong there.
        message: String,
    },
    /// It has no `version`.
    NoVersion,
    /// A newer program wrote it.
    TooNew {
        /// Its version.
        found: u32,
    },
    /// Its records do not hold together.
    Refused(Refused),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column, message } => write!(f, "{line}:{column}: {message}"),
            Self::NoVersion => f.write_str("no `version` in it; this is not a design file"),
            Self::TooNew { found } => write!(
                f,
                "the file has version {found}, this program reads up to {VERSION}; open it with a newer Relata"
            ),
            Self::Refused(refused) => write!(f, "the file does not hold together: {refused}"),
        }
    }
}

impl std::error::Error for FileError {}

macro_rules! file {
    ($($kind:ident $field:ident;)+) => {
        /// A design as it is written. Unknown fields are an error, not silence.
        #[derive(Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[cfg_attr(not(target_arch = "wasm32"), schemars(title = "Relata design"))]
        #[serde(deny_unknown_fields)]
        struct File {
            /// Version of this format.
            version: u32,
            /// The first identity that was never used.
            #[serde(default, skip_serializing_if = "is_default")]
            next_id: u32,
            /// What the design is called.
            #[serde(default, skip_serializing_if = "is_default")]
            title: String,
            /// What it does everywhere.
            #[serde(default)]
            conventions: Conventions,
            /// What is assumed of size and use.
            #[serde(default, skip_serializing_if = "is_default")]
            load: Load,
            $(
                #[doc = concat!("Every `", stringify!($kind), "`, in order of identity.")]
                #[serde(default, skip_serializing_if = "is_default")]
                $field: Vec<$kind>,
            )+
        }

        /// A [`File`] whose records stay where they are.
        #[derive(Serialize)]
        struct Written<'d> {
            version: u32,
            #[serde(skip_serializing_if = "is_default")]
            next_id: u32,
            #[serde(skip_serializing_if = "str::is_empty")]
            title: &'d str,
            conventions: &'d Conventions,
            #[serde(skip_serializing_if = "Option::is_none")]
            load: Option<&'d Load>,
            $(
                #[serde(skip_serializing_if = "Vec::is_empty")]
                $field: Vec<&'d $kind>,
            )+
        }

        impl<'d> Written<'d> {
            fn of(design: &'d Design) -> Self {
                Self {
                    version: VERSION,
                    next_id: design.ids().peek(),
                    title: design.title(),
                    conventions: design.conventions(),
                    load: Some(design.load()).filter(|it| !is_default(*it)),
                    $($field: design.$field().collect(),)+
                }
            }
        }

        impl File {
            fn records(self) -> Vec<Record> {
                let mut records =
                    vec![Record::Title(self.title), Record::Conventions(self.conventions), Record::Load(self.load)];
                $(records.extend(self.$field.into_iter().map(Record::$kind));)+
                records
            }
        }
    };
}

file! {
    Namespace namespaces;
    Extension extensions;
    EnumType enums;
    Domain domains;
    CompositeType composites;
    RangeType ranges;
    Sequence sequences;
    Function functions;
    Table tables;
    View views;
    Verbatim verbatims;
    Placement placements;
    Area areas;
    Note notes;
    Brief briefs;
    Story stories;
    AccessPattern access_patterns;
    Decision decisions;
    Snapshot snapshots;
}

impl Design {
    /// The design as a file: the same design gives the same bytes.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&Written::of(self)).unwrap_or_default() + "\n"
    }

    /// The same to be written as it comes: the text of a large design is several times as long as its records are in memory.
    pub fn to_serialize(&self) -> impl Serialize {
        Written::of(self)
    }

    /// Reads a design file of this or an older version.
    ///
    /// # Errors
    /// When the text is no design file, is of a newer version, or its records do not hold together.
    pub fn from_json(text: &str) -> Result<Self, FileError> {
        let value: Value = serde_json::from_str(text).map_err(|error| syntax(&error))?;
        let version = value.get("version").and_then(Value::as_u64).ok_or(FileError::NoVersion)?;
        let version = u32::try_from(version).unwrap_or(u32::MAX);
        let pending = (version as usize).checked_sub(1).and_then(|done| STEPS.get(done..));
        let pending = pending.ok_or(FileError::TooNew { found: version })?;
        let file: File = if pending.is_empty() {
            // Straight from the text, so that an error has its place.
            serde_json::from_str(text).map_err(|error| syntax(&error))?
        } else {
            let value = pending.iter().fold(value, |it, step| step(it));
            serde_json::from_value(value).map_err(|error| syntax(&error))?
        };
        let next_id = file.next_id;
        let mut design = Self::of_records(file.records()).map_err(FileError::Refused)?;
        design.reserve_ids(next_id);
        Ok(design)
    }

    /// A design of the records of one that was checked, as when the worker hands over what it has read.
    pub fn of_checked(records: impl IntoIterator<Item = Record>, next_id: u32) -> Self {
        let mut design = Self::gathered(records);
        design.reserve_ids(next_id);
        design
    }

    /// A design of exactly these records.
    ///
    /// # Errors
    /// When they do not hold together, or two share an identity.
    pub fn of_records(records: impl IntoIterator<Item = Record>) -> Result<Self, Refused> {
        let mut seen = std::collections::BTreeSet::new();
        let records: Vec<Record> = records.into_iter().collect();
        for record in &records {
            if let Some(twice) = record.all_ids().into_iter().find(|it| !seen.insert(*it)) {
                let kind = super::ViolationKind::DuplicateId { id: twice };
                let violation = super::Violation { record: record.id(), kind };
                return Err(Refused::Invalid(vec![violation]));
            }
        }
        Self::assemble(records).map_err(|it| Refused::Invalid(it.0))
    }
}

fn syntax(error: &serde_json::Error) -> FileError {
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
    FileError::Syntax { line: error.line().max(1), column: error.column().max(1), message }
}

/// The JSON Schema of the design file, generated from the types.
#[cfg(not(target_arch = "wasm32"))]
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(File);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Column, DataType, Edit, IdSource};
    use crate::pg::Builtin;

    fn sample() -> Design {
        let mut design = Design::new();
        let mut ids: IdSource = design.ids();
        let column =
            Column::new(ids.take(), "id", DataType::builtin(Builtin::Numeric).with_modifiers([12, 2]));
        let table = Table { id: ids.take(), name: "task".into(), columns: vec![column], ..Table::default() };
        let edit =
            Edit::adding([Record::from(table), Record::from(Note { id: ids.take(), ..Note::default() })]);
        design.apply(&edit).expect("valid");
        design
    }

    #[test]
    fn a_file_reads_back_equal_and_keeps_used_identities() {
        let design = sample();
        let read = Design::from_json(&design.to_json()).expect("just written");
        assert_eq!(read, design);
        assert_eq!(read.ids().peek(), design.ids().peek());
        assert_eq!(read.to_json(), design.to_json());
    }

    #[test]
    fn what_is_no_design_file_is_refused_with_its_place() {
        let at = |text: &str| Design::from_json(text).expect_err("refused").to_string();
        assert_eq!(
            at("{\"version\": 1,\n \"tabels\": []}"),
            concat!(
                "2:9: unknown field `tabels`, expected one of `version`, `next_id`, `title`, `conventions`, `load`, ",
                "`namespaces`, `extensions`, `enums`, `domains`, `composites`, `ranges`, `sequences`, `functions`, ",
                "`tables`, `views`, `verbatims`, `placements`, `areas`, `notes`, `briefs`, `stories`, ",
                "`access_patterns`, `decisions`, `snapshots`"
            )
        );
        assert_eq!(at("{}"), "no `version` in it; this is not a design file");
        assert!(at("{\"version\": 99}").starts_with("the file has version 99"));
        assert!(at("{").starts_with("1:1: EOF"));
    }
}
