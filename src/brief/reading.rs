//! What reading a brief gives: the shape that `relata entities --json` prints.

use serde::{Deserialize, Serialize};

use super::several::Several;
use crate::base::{SortedMap, Span};
use crate::design::Demand;

/// Everything read from a brief. Offsets are bytes of the brief.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Things of the domain.
    pub entities: Vec<Entity>,
    /// How they relate; foreign keys stand here, not among the attributes.
    pub relationships: Vec<Relationship>,
    /// User stories.
    pub stories: Vec<Story>,
    /// What was considered and is no table.
    pub left_out: Vec<LeftOut>,
    /// What the text leaves open.
    pub questions: Vec<Question>,
    /// How many there will be, by entity.
    pub load: SortedMap<String, Size>,
    /// Rules that need more than columns and keys.
    pub rules: Vec<Rule>,
    /// Who may do what, where the text says so; what is not listed is not allowed on the entities that are.
    #[serde(default)]
    pub access: Vec<Permission>,
    /// The entity whose people never see what belongs to another of the kind, and where the text says it.
    #[serde(default)]
    pub isolated: Option<(String, Span)>,
    /// The thing that is told to see its own rows alone, with the words.
    pub tenant: Option<(String, Span)>,
    /// Where the database learns who is signed in.
    #[serde(default)]
    pub identity: Identity,
    /// What is asked for before anything is drawn.
    #[serde(default)]
    pub constraints: Vec<Constraint>,
    /// What the text calls itself, and where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<(String, Span)>,
    /// Whether the text is in another language than English: then only what it writes down as a model was read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other_language: bool,
    /// Of a large text, which entities belong together; they stand together among the entities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<Context>,
}

/// How many of a thing there will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// So many.
    pub count: u64,
    /// For each of this entity; in all where there is none.
    pub per: Option<String>,
    /// The words.
    pub evidence: Vec<Span>,
}

/// Entities that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// What they are about.
    pub name: String,
    /// By name.
    pub entities: Vec<String>,
}

/// Something that is asked for before anything is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// What.
    pub kind: ConstraintKind,
    /// Where the text says it.
    pub evidence: Span,
}

/// The kinds of constraint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    /// PostgreSQL of this major version.
    #[serde(rename = "postgresql")]
    PostgreSql(u8),
    /// MySQL.
    #[serde(rename = "mysql")]
    MySql,
    /// `SQLite`.
    Sqlite,
    /// So many reads for each write.
    ReadsPerWrite {
        /// How many.
        reads: f64,
        /// Whether the text gives no number.
        assumed: bool,
    },
    /// Rows are kept for so many days.
    RetentionDays(u32),
    /// Every reader sees the last write.
    Strong,
    /// A reader may see a write later.
    Eventual,
    /// Tenants are separated.
    Tenancy,
    /// Rows are deleted by mark.
    SoftDelete,
    /// It is known who changed what, and when.
    Audit,
    /// A table of this name is there already.
    Existing(String),
}

impl ConstraintKind {
    /// What it demands of a design; a table that is there is no demand.
    pub fn demand(&self) -> Option<Demand> {
        Some(match self {
            Self::PostgreSql(_) => Demand::PostgreSql,
            Self::MySql => Demand::MySql,
            Self::Sqlite => Demand::Sqlite,
            Self::ReadsPerWrite { .. } => Demand::ReadsPerWrite,
            Self::RetentionDays(_) => Demand::Retention,
            Self::Strong => Demand::Strong,
            Self::Eventual => Demand::Eventual,
            Self::Tenancy => Demand::Tenancy,
            Self::SoftDelete => Demand::SoftDelete,
            Self::Audit => Demand::Audit,
            Self::Existing(_) => return None,
        })
    }

    /// Whether the two cannot hold together.
    pub fn excludes(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Strong, Self::Eventual) | (Self::Eventual, Self::Strong))
    }
}

/// That a role may do something with rows of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Permission {
    /// The role, singular; none is everybody.
    pub role: Option<String>,
    /// The entity.
    pub entity: String,
    /// What may be done.
    pub action: AccessAction,
    /// Which rows; all of the conditions hold, none means all rows.
    pub only: Vec<Condition>,
    /// What the rows must be like afterwards, besides `only`: whoever may publish leaves them published.
    pub becomes: Option<Condition>,
    /// Where the text says it.
    pub evidence: Vec<Span>,
}

/// What may be done with rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessAction {
    /// `SELECT`
    Read,
    /// `INSERT`
    Create,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
}

/// Which rows a permission is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Those of whoever acts; by the reference of that role where it is named: `assignee`.
    Own(Option<String>),
    /// Those with one of the values; without values, those that have any.
    Is {
        /// The attribute.
        attribute: String,
        /// The values.
        values: Vec<String>,
    },
    /// Those that hang under such rows of another entity.
    Under {
        /// The other entity.
        entity: String,
        /// Which of its rows.
        only: Vec<Condition>,
    },
    /// All rows, for whoever is signed in.
    SignedIn,
    /// All others.
    Not(Box<Condition>),
    /// Those for which all hold.
    All(Vec<Condition>),
}

/// Where the database learns who is signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// From `current_setting('app.user_id')` and `current_setting('app.role')`.
    #[default]
    Settings,
    /// From Supabase's `auth.uid()` and `auth.jwt()`.
    Supabase,
}

/// The kinds of entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A thing of the domain.
    Core,
    /// A list that somebody maintains and others point at.
    Lookup,
    /// Joins two others.
    Junction,
    /// Serves the software.
    Infrastructure,
}

/// A thing of the domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Singular, `snake_case`.
    pub name: String,
    /// Its kind.
    pub kind: EntityKind,
    /// One sentence.
    pub description: String,
    /// Whether the text does not say it.
    pub assumed: bool,
    /// Where the text says it.
    pub evidence: Vec<Span>,
    /// Its attributes, without keys and scaffolding.
    pub attributes: Vec<Attribute>,
    /// Why it is there, when that is not its evidence alone.
    pub reason: String,
    /// The names of its rows, where the text names them: "there are three plans: Free, Pro and Team".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<String>,
}

impl Reading {
    /// Whether one thing holds a reference to another, rather than being joined to it.
    pub fn refers(&self, from: &str, to: &str) -> bool {
        self.relationships.iter().any(|it| it.from == from && it.to == to && it.via.is_none())
    }

    /// Whether something that the text tells of refers to both: what they have of each other is kept there.
    pub fn has_of_both(&self, ends: [&str; 2]) -> bool {
        let refers = |from: &str, to: &str| {
            let mut all = self.relationships.iter();
            all.any(|it| it.from == from && it.to == to && it.via.is_none() && !it.assumed)
        };
        let told = |it: &&Entity| it.is_told() && !it.assumed;
        self.entities.iter().filter(told).any(|it| ends.iter().all(|end| refers(&it.name, end)))
    }
}

impl Entity {
    /// Whether the text tells an attribute of it.
    pub fn is_told(&self) -> bool {
        self.attributes.iter().any(|it| !it.assumed)
    }
}

/// An attribute of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// `snake_case`.
    pub name: String,
    /// A PostgreSQL type, or `enum`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Whether it may be missing.
    pub nullable: bool,
    /// The values that it takes, when the text names them.
    pub values: Option<Vec<String>>,
    /// Whether the text does not say it.
    pub assumed: bool,
    /// Where the text says it.
    pub evidence: Vec<Span>,
    /// Whether the text calls it unique.
    pub unique: bool,
    /// The entity within which it is unique, if that is said.
    pub unique_in: Option<String>,
}

impl Attribute {
    /// A column that no text tells.
    pub fn assumed(name: &str, type_name: &str, nullable: bool) -> Self {
        Self {
            name: name.to_owned(),
            type_name: type_name.to_owned(),
            nullable,
            values: None,
            assumed: true,
            evidence: Vec::new(),
            unique: false,
            unique_in: None,
        }
    }
}

/// How many of one for how many of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationshipKind {
    /// `from` holds the key.
    ManyToOne,
    /// `from` holds the key, which is unique.
    OneToOne,
    /// A junction holds both keys.
    ManyToMany,
}

/// What happens to the row that points when the other is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnDelete {
    /// It goes too.
    Cascade,
    /// It forgets.
    #[serde(rename = "set null")]
    SetNull,
    /// The deletion is refused.
    Restrict,
}

/// A relationship of two entities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relationship {
    /// The entity that holds the key.
    pub from: String,
    /// The one that it points at.
    pub to: String,
    /// What the other is to it, when the name alone does not say: assignee.
    pub role: Option<String>,
    /// Its kind.
    pub kind: RelationshipKind,
    /// The junction of a many-to-many.
    pub via: Option<String>,
    /// Whether the key may be missing.
    pub nullable: bool,
    /// What a deletion does.
    pub on_delete: OnDelete,
    /// Whether the text does not say it.
    pub assumed: bool,
    /// Why, in words.
    pub reason: String,
    /// Where the text says it.
    pub evidence: Vec<Span>,
    /// Of a many-to-one: whether `from` will have several; none where that makes no sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub several: Option<Several>,
}

impl Relationship {
    /// Whether it ties these two, whichever of them refers to the other.
    pub fn is_between(&self, one: &str, other: &str) -> bool {
        self.from == one && self.to == other || self.from == other && self.to == one
    }

    /// Each of `from` refers to one of `to`, as the text says where it is shown.
    pub fn said(from: &str, to: &str, reason: impl Into<String>, evidence: Span) -> Self {
        Self { assumed: false, evidence: vec![evidence], ..Self::assumed(from, to, reason) }
    }

    /// Each of `from` refers to one of `to`, though no text says so.
    pub fn assumed(from: &str, to: &str, reason: impl Into<String>) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            role: None,
            kind: RelationshipKind::ManyToOne,
            via: None,
            nullable: false,
            on_delete: OnDelete::Restrict,
            assumed: true,
            reason: reason.into(),
            evidence: Vec::new(),
            several: None,
        }
    }
}

/// A user story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Who wants it.
    pub actor: String,
    /// What is wanted, in the text's words.
    pub goal: String,
    /// Where it stands.
    pub evidence: Vec<Span>,
}

/// Something that was considered and is no table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Where the text says it.
    pub evidence: Vec<Span>,
}

/// A question that the text leaves open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub text: String,
    /// Answers to choose from; the first is what was assumed.
    pub options: Vec<String>,
    /// What raised it.
    pub evidence: Vec<Span>,
    /// What it is about.
    pub subject: QuestionSubject,
}

impl Question {
    /// The question alone, and why it is asked.
    pub fn parts(&self) -> (&str, &str) {
        let (asked, why) = self.text.split_once(" (").unwrap_or((&self.text, ""));
        (asked, why.trim_end_matches(')'))
    }
}

/// What a question is about, for those who turn answers into edits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionSubject {
    /// Nothing that an edit could answer.
    #[default]
    Open,
    /// What a table looks like that is there already, by its name.
    Existing(String),
    /// Whether a many-to-one is really many-to-many.
    HiddenManyToMany {
        /// Index of the relationship in the reading.
        relationship: usize,
        /// Chance in per cent.
        likelihood: u8,
    },
    /// Whether a set of values should be a table.
    ValueSet {
        /// The entity.
        entity: String,
        /// The attribute.
        attribute: String,
    },
    /// How two things are tied that are tied in no way: a relationship for each answer but the first.
    Tie(Vec<Relationship>),
    /// Where the database learns who is signed in.
    Identity,
    /// Whether what some of the kind keep is kept here too.
    Further(Further),
}

/// What an answer adds to a reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Further {
    /// What it is called.
    pub what: String,
    /// Entities that it lacks.
    pub entities: Vec<Entity>,
    /// Attributes of entities that it has.
    pub attributes: Vec<(String, Attribute)>,
    /// Relationships that it lacks.
    pub relationships: Vec<Relationship>,
}

/// A rule of the text that columns and keys do not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The entity.
    pub entity: String,
    /// The rule.
    pub kind: RuleKind,
    /// Where the text says it.
    pub evidence: Span,
}

/// The kinds of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Rows of the entity hang under each other, at most so many levels.
    Nested(Option<u8>),
    /// Never changed once written.
    Immutable,
    /// Marked as deleted only.
    SoftDeleted,
    /// Every change is kept.
    Logged,
}
