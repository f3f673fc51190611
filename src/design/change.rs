//! Differences of two designs, in the field's words.

use std::fmt;

use serde::Serialize;

use super::{Id, Origin};

/// What a change is about: a record or a part of one, with the name that it has now (had, when it is gone).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its identity; in a comparison by name, that of the old design where it is in both.
    pub id: Id,
    /// Its name, with the SQL schema where that is not `public`; the first words of what has no name.
    pub name: String,
    /// The table, view or domain that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Owner>,
}

/// What a part belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// Its identity.
    pub id: Id,
    /// Its name.
    pub name: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.of {
            Some(owner) => write!(f, "`{}.{}`", owner.name, self.name),
            None => write!(f, "`{}`", self.name),
        }
    }
}

/// One property that differs, in words; an empty side says that it was not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Aspect {
    /// Which: `on delete`, `columns`, `predicate`.
    pub what: String,
    /// As it was.
    pub from: String,
    /// As it is.
    pub to: String,
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from.as_str(), self.to.as_str()) {
            ("", to) => write!(f, "{} {to}", self.what),
            (from, "") => write!(f, "no {} (was {from})", self.what),
            (from, to) => write!(f, "{} {to} (was {from})", self.what),
        }
    }
}

/// Whom a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The database: its SQL is another.
    Database,
    /// The document alone: the diagram, the texts, where things came from.
    Document,
}

macro_rules! changes {
    ($($kind:ident $words:literal $reach:ident: $added:ident $removed:ident $renamed:ident $changed:ident;)+) => {
        /// The kinds of things that changes are about.
        #[allow(missing_docs)] // each is the record or part of its name
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($kind,)+ }

        impl Kind {
            /// As people call it.
            pub fn words(self) -> &'static str {
                match self { $(Self::$kind => $words,)+ }
            }

            /// Whom its changes concern.
            pub fn reach(self) -> Reach {
                match self { $(Self::$kind => Reach::$reach,)+ }
            }
        }

        /// One difference of two designs.
        #[allow(missing_docs)] // the first word says what it is about, the last what became of it
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "change", rename_all = "snake_case")]
        pub enum Change {
            $($added(Place), $removed(Place), $renamed { #[serde(flatten)] at: Place, from: String },
                $changed { #[serde(flatten)] at: Place, aspects: Vec<Aspect> },)+
            ColumnTypeChanged { #[serde(flatten)] at: Place, from: String, to: String },
            ColumnNullabilityChanged { #[serde(flatten)] at: Place, nullable: bool },
            ColumnDefaultChanged { #[serde(flatten)] at: Place, from: Option<String>, to: Option<String> },
            ColumnsReordered { #[serde(flatten)] at: Place, from: Vec<String>, to: Vec<String> },
            EnumValueAdded { #[serde(flatten)] at: Place, value: String, after: Option<String> },
            EnumValueRemoved { #[serde(flatten)] at: Place, value: String },
            EnumValuesReordered { #[serde(flatten)] at: Place, from: Vec<String>, to: Vec<String> },
            CommentChanged { kind: Kind, #[serde(flatten)] at: Place, from: Option<String>, to: Option<String> },
            OriginChanged { kind: Kind, #[serde(flatten)] at: Place, from: Origin, to: Origin },
            TitleChanged { from: String, to: String },
            ConventionsChanged { aspects: Vec<Aspect> },
            LoadChanged { aspects: Vec<Aspect> },
        }

        impl Change {
            pub(super) fn added(kind: Kind, at: Place) -> Self {
                match kind { $(Kind::$kind => Self::$added(at),)+ }
            }

            pub(super) fn removed(kind: Kind, at: Place) -> Self {
                match kind { $(Kind::$kind => Self::$removed(at),)+ }
            }

            pub(super) fn renamed(kind: Kind, at: Place, from: String) -> Self {
                match kind { $(Kind::$kind => Self::$renamed { at, from },)+ }
            }

            pub(super) fn changed(kind: Kind, at: Place, aspects: Vec<Aspect>) -> Self {
                match kind { $(Kind::$kind => Self::$changed { at, aspects },)+ }
            }

            /// What it is about; none for the design as a whole.
            pub fn at(&self) -> Option<(Kind, &Place)> {
                match self {
                    $(Self::$added(at) | Self::$removed(at) | Self::$renamed { at, .. } | Self::$changed { at, .. } => {
                        Some((Kind::$kind, at))
                    })+
                    Self::ColumnTypeChanged { at, .. }
                    | Self::ColumnNullabilityChanged { at, .. }
                    | Self::ColumnDefaultChanged { at, .. } => Some((Kind::Column, at)),
                    Self::ColumnsReordered { at, .. } => Some((Kind::Table, at)),
                    Self::EnumValueAdded { at, .. }
                    | Self::EnumValueRemoved { at, .. }
                    | Self::EnumValuesReordered { at, .. } => Some((Kind::EnumType, at)),
                    Self::CommentChanged { kind, at, .. } | Self::OriginChanged { kind, at, .. } => Some((*kind, at)),
                    Self::TitleChanged { .. } | Self::ConventionsChanged { .. } | Self::LoadChanged { .. } => None,
                }
            }
        }

        impl fmt::Display for Change {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$added(at) => write!(f, "{} {at} added", $words),
                    Self::$removed(at) => write!(f, "{} {at} removed", $words),
                    Self::$renamed { at, from } => write!(f, "{} {at} renamed from `{from}`", $words),
                    Self::$changed { at, aspects } => write!(f, "{} {at}: {}", $words, listed(aspects)),)+
                    Self::ColumnTypeChanged { at, from, to } => write!(f, "column {at}: type {to} (was {from})"),
                    Self::ColumnNullabilityChanged { at, nullable: true } => write!(f, "column {at} may be null"),
                    Self::ColumnNullabilityChanged { at, nullable: false } => {
                        write!(f, "column {at} may no longer be null")
                    }
                    Self::ColumnDefaultChanged { at, from, to } => {
                        write!(f, "column {at}: {}", aspect("default", from.as_ref(), to.as_ref()))
                    }
                    Self::ColumnsReordered { at, to, .. } => {
                        write!(f, "table {at}: columns in the order {}", to.join(", "))
                    }
                    Self::EnumValueAdded { at, value, after: Some(after) } => {
                        write!(f, "type {at}: value `{value}` added after `{after}`")
                    }
                    Self::EnumValueAdded { at, value, after: None } => {
                        write!(f, "type {at}: value `{value}` added as the first")
                    }
                    Self::EnumValueRemoved { at, value } => write!(f, "type {at}: value `{value}` removed"),
                    Self::EnumValuesReordered { at, to, .. } => {
                        write!(f, "type {at}: values in the order {}", to.join(", "))
                    }
                    Self::CommentChanged { kind, at, from, to } => {
                        write!(f, "{} {at}: {}", kind.words(), aspect("comment", from.as_ref(), to.as_ref()))
                    }
                    Self::OriginChanged { kind, at, .. } => write!(f, "{} {at} has another origin", kind.words()),
                    Self::TitleChanged { from, to } => {
                        write!(f, "design: {}", Aspect { what: "title".into(), from: from.clone(), to: to.clone() })
                    }
                    Self::ConventionsChanged { aspects } => write!(f, "conventions: {}", listed(aspects)),
                    Self::LoadChanged { aspects } => write!(f, "load: {}", listed(aspects)),
                }
            }
        }
    };
}

changes! {
    Namespace "schema" Database: NamespaceAdded NamespaceRemoved NamespaceRenamed NamespaceChanged;
    Extension "extension" Database: ExtensionAdded ExtensionRemoved ExtensionRenamed ExtensionChanged;
    EnumType "type" Database: EnumAdded EnumRemoved EnumRenamed EnumChanged;
    Domain "domain" Database: DomainAdded DomainRemoved DomainRenamed DomainChanged;
    DomainCheck "check" Database: DomainCheckAdded DomainCheckRemoved DomainCheckRenamed DomainCheckChanged;
    CompositeType "type" Database: CompositeAdded CompositeRemoved CompositeRenamed CompositeChanged;
    RangeType "range type" Database: RangeAdded RangeRemoved RangeRenamed RangeChanged;
    Sequence "sequence" Database: SequenceAdded SequenceRemoved SequenceRenamed SequenceChanged;
    Function "function" Database: FunctionAdded FunctionRemoved FunctionRenamed FunctionChanged;
    Table "table" Database: TableAdded TableRemoved TableRenamed TableChanged;
    Column "column" Database: ColumnAdded ColumnRemoved ColumnRenamed ColumnChanged;
    PrimaryKey "primary key" Database: PrimaryKeyAdded PrimaryKeyRemoved PrimaryKeyRenamed PrimaryKeyChanged;
    Unique "unique constraint" Database: UniqueAdded UniqueRemoved UniqueRenamed UniqueChanged;
    ForeignKey "foreign key" Database: ForeignKeyAdded ForeignKeyRemoved ForeignKeyRenamed ForeignKeyChanged;
    Check "check" Database: CheckAdded CheckRemoved CheckRenamed CheckChanged;
    Exclusion "exclusion constraint" Database: ExclusionAdded ExclusionRemoved ExclusionRenamed ExclusionChanged;
    Index "index" Database: IndexAdded IndexRemoved IndexRenamed IndexChanged;
    Trigger "trigger" Database: TriggerAdded TriggerRemoved TriggerRenamed TriggerChanged;
    Policy "policy" Database: PolicyAdded PolicyRemoved PolicyRenamed PolicyChanged;
    View "view" Database: ViewAdded ViewRemoved ViewRenamed ViewChanged;
    Verbatim "statement" Database: VerbatimAdded VerbatimRemoved VerbatimRenamed VerbatimChanged;
    Placement "place of table" Document: PlacementAdded PlacementRemoved PlacementRenamed PlacementChanged;
    Area "area" Document: AreaAdded AreaRemoved AreaRenamed AreaChanged;
    Note "note" Document: NoteAdded NoteRemoved NoteRenamed NoteChanged;
    Brief "brief" Document: BriefAdded BriefRemoved BriefRenamed BriefChanged;
    Story "story" Document: StoryAdded StoryRemoved StoryRenamed StoryChanged;
    AccessPattern "query" Document: AccessPatternAdded AccessPatternRemoved AccessPatternRenamed AccessPatternChanged;
    Decision "decision" Document: DecisionAdded DecisionRemoved DecisionRenamed DecisionChanged;
    Snapshot "version" Document: SnapshotAdded SnapshotRemoved SnapshotRenamed SnapshotChanged;
}

impl Change {
    /// Whom it concerns.
    pub fn reach(&self) -> Reach {
        match self {
            Self::OriginChanged { .. } | Self::TitleChanged { .. } | Self::LoadChanged { .. } => {
                Reach::Document
            }
            // Conventions are ordinary columns and indexes; those are changes of their own.
            Self::ConventionsChanged { .. } => Reach::Document,
            Self::TableChanged { aspects, .. } | Self::IndexChanged { aspects, .. }
                if aspects.iter().all(|it| DOCUMENT_ASPECTS.contains(&it.what.as_str())) =>
            {
                Reach::Document
            }
            other => other.at().map_or(Reach::Document, |(kind, _)| kind.reach()),
        }
    }
}

/// Properties of tables and indexes that no SQL shows.
const DOCUMENT_ASPECTS: &[&str] = &["kind", "overrides", "narrowed"];

fn listed(aspects: &[Aspect]) -> String {
    aspects.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn aspect(what: &str, from: Option<&String>, to: Option<&String>) -> Aspect {
    let side = |it: Option<&String>| it.cloned().unwrap_or_default();
    Aspect { what: what.to_owned(), from: side(from), to: side(to) }
}
