//! What a column's name says about it (product.md A3): type, checks, uniqueness, index, default, values.
//!
//! The knowledge is data: `names.tsv` leads from names to senses, `senses.tsv` says how each is stored,
//! `values.tsv` holds the plausible values of status-like columns by entity.

mod lexicon;
mod loose;
mod sense;

pub use loose::{Family, LooseKind, LooseType, LooseTypeError, LooseTypeErrorKind};
pub use sense::Sense;

use super::naming::{fitted, identifier, in_expression, text_in_expression};
use super::{BaseType, DataType, SqlText};
use crate::base;
use crate::pg::Builtin;
use lexicon::{Lexicon, Storage, Treatment, UniqueOn, UniqueWhen, ValueSet};

/// What a column is, as far as its name, its stated type and its entity tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// The column's name in snake case.
    pub name: String,
    /// What it is about; none where the name says nothing.
    pub sense: Option<Sense>,
    /// Its type. A value set is `text` here: the design's conventions decide how it is held. A reference has the
    /// type of the referenced key, where there is one.
    pub data_type: DataType,
    /// Whether rows may leave it out.
    pub nullable: bool,
    /// The condition that its values meet, naming the column.
    pub check: Option<SqlText>,
    /// The default, as an expression.
    pub default: Option<SqlText>,
    /// Whether two rows may share a value.
    pub unique: Uniqueness,
    /// The index that it usually deserves.
    pub index: Option<IndexMethod>,
    /// The closed set of its values, in order; empty where any value will do.
    pub values: Vec<String>,
    /// The entity that it refers to, by its singular name.
    pub reference: Option<String>,
}

impl Meaning {
    /// What a JSON value of it holds, for those who read and write it; none where each design decides that for itself.
    pub fn shape(&self) -> Option<&'static str> {
        if !matches!(self.data_type.base, BaseType::Builtin(Builtin::Json | Builtin::Jsonb)) {
            return None;
        }
        match self.sense? {
            Sense::Address => Some("An object: street, postal_code, city, region and country."),
            Sense::Settings => Some("An object with a value for each setting that was changed, by its name."),
            _ => None,
        }
    }
}

/// Whether two rows may share a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Uniqueness {
    /// They may.
    #[default]
    Free,
    /// They must not.
    Exact,
    /// They must not, not even in another letter case.
    IgnoringCase,
}

/// The method of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndexMethod {
    /// For equality and order.
    Btree,
    /// For what lies inside arrays and documents.
    Gin,
}

impl IndexMethod {
    /// As SQL writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Btree => "btree",
            Self::Gin => "gin",
        }
    }
}

/// Entities whose rows are people or accounts, told apart by their address.
const ACCOUNTS: &[&str] = &[
    "account",
    "admin",
    "administrator",
    "agent",
    "author",
    "buyer",
    "candidate",
    "client",
    "coach",
    "customer",
    "doctor",
    "donor",
    "driver",
    "employee",
    "host",
    "instructor",
    "landlord",
    "learner",
    "login",
    "member",
    "patient",
    "patron",
    "person",
    "profile",
    "seller",
    "staff",
    "student",
    "subscriber",
    "teacher",
    "tenant",
    "trainer",
    "tutor",
    "user",
    "volunteer",
    "worker",
];

/// Last words of entities that name the items of other tables.
const LINES: &[&str] = &[
    "adjustment",
    "detail",
    "entry",
    "event",
    "history",
    "item",
    "line",
    "log",
    "movement",
    "row",
    "scan",
    "snapshot",
    "transaction",
    "transfer",
];

/// First words of numbers and codes that belong to the entity itself, whatever it is.
const OWN: &[&str] =
    &["badge", "certificate", "confirmation", "medical", "record", "reference", "registration"];

/// Words before a reference that tell its role, not its entity: `parent_comment_id` refers to a comment.
const ROLES: &[&str] = &[
    "parent",
    "child",
    "previous",
    "next",
    "original",
    "root",
    "primary",
    "secondary",
    "default",
    "main",
    "source",
    "target",
    "from",
    "to",
    "billing",
    "shipping",
    "delivery",
    "home",
    "away",
    "old",
    "new",
    "current",
    "last",
    "first",
    "related",
    "linked",
    "origin",
    "destination",
    "departure",
    "arrival",
    "assigned",
    "preferred",
    "base",
    "winning",
];

/// What a column is, from its name, the type stated for it, and the entity that it belongs to.
///
/// A stated type is never contradicted: a loose word (`decimal`) takes its details from the name (`numeric(12,2)`),
/// an exact type (`numeric(10,4)`) stays, and where the two do not get along (`price:string`) the name is not heeded.
pub fn meaning_of(name: &str, stated: Option<&LooseType>, entity: Option<&str>) -> Meaning {
    let entity = entity.map(|it| base::singular(&base::snake_case(it)));
    let reader = Reader {
        name: identifier(name),
        words: base::words(name),
        entity_words: entity.as_deref().map(base::words).unwrap_or_default(),
        entity,
    };
    let mut meaning = reader.read(stated.map(|it| &it.kind));
    if stated.is_some_and(|it| it.array) && meaning.data_type.dimensions == 0 {
        meaning = Meaning { data_type: meaning.data_type.array(1), ..Reader::array(&reader) };
    }
    if let Some(nullable) = stated.and_then(|it| it.nullable) {
        meaning.nullable = nullable;
    }
    meaning
}

struct Reader {
    name: String,
    words: Vec<String>,
    entity: Option<String>,
    entity_words: Vec<String>,
}

impl Reader {
    fn read(&self, stated: Option<&LooseKind>) -> Meaning {
        let lexicon = Lexicon::get();
        let found = lexicon.sense(&self.words, &self.entity_words);
        let sense = found.map(|it| it.sense);
        // `http_status` is more than a status: the longer match knows better.
        let set = lexicon
            .values(&self.words, &self.entity_words)
            .filter(|(_, words)| found.is_none_or(|it| !it.for_entity && it.words <= *words))
            .map(|it| it.0);
        match stated {
            None => match (set, sense) {
                (Some(set), _) => self.value_set(sense, set),
                (None, Some(sense)) => self.treated(sense, None),
                (None, None) => self.plain(DataType::builtin(Builtin::Text)),
            },
            Some(LooseKind::Family(Family::Text)) if set.is_some() => {
                self.value_set(sense, set.expect("checked by the guard"))
            }
            Some(LooseKind::Family(family)) => self.of_family(*family, sense),
            Some(LooseKind::Exact(data_type)) => self.exact(data_type, sense),
            Some(LooseKind::Values(values)) => {
                let default =
                    set.and_then(|it| it.default).filter(|it| values.iter().any(|value| value == it));
                self.closed(sense, values.clone(), default)
            }
            Some(LooseKind::Reference(entity)) => self.reference(sense, entity.clone()),
            Some(LooseKind::Sense(sense)) => self.treated(*sense, None),
        }
    }

    /// Nothing known but the type.
    fn plain(&self, data_type: DataType) -> Meaning {
        Meaning {
            name: self.name.clone(),
            sense: None,
            data_type,
            nullable: false,
            check: None,
            default: None,
            unique: Uniqueness::Free,
            index: None,
            values: Vec::new(),
            reference: None,
        }
    }

    fn array(&self) -> Meaning {
        let found = Lexicon::get().sense(&self.words, &self.entity_words);
        let tags = found.is_some_and(|it| it.sense == Sense::Tags);
        Meaning {
            default: Some("'{}'".to_owned()),
            sense: tags.then_some(Sense::Tags),
            index: tags.then_some(IndexMethod::Gin),
            ..self.plain(DataType::builtin(Builtin::Text))
        }
    }

    /// As the table of senses has it, with another type where one is given.
    fn treated(&self, sense: Sense, data_type: Option<DataType>) -> Meaning {
        let treatment = Lexicon::get().treatment(sense);
        let mut meaning = self.plain(data_type.unwrap_or_else(|| treatment.data_type.clone()));
        meaning.sense = Some(sense);
        meaning.nullable = treatment.nullable;
        meaning.check = treatment.check.map(|it| it.replace("{}", &in_expression(&self.name)));
        meaning.default = treatment.default.map(str::to_owned);
        meaning.unique = self.uniqueness(treatment.unique);
        meaning.index = treatment.index.filter(|_| meaning.unique == Uniqueness::Free);
        if treatment.storage == Storage::Reference {
            let referenced = self.referenced(sense);
            // A row of its own table: the first one has none to refer to.
            meaning.nullable |= self.entity.as_ref() == Some(&referenced);
            meaning.reference = Some(referenced);
        }
        meaning
    }

    fn value_set(&self, sense: Option<Sense>, set: &ValueSet) -> Meaning {
        self.closed(sense, set.values.iter().map(|it| (*it).to_owned()).collect(), set.default)
    }

    fn closed(&self, sense: Option<Sense>, values: Vec<String>, default: Option<&str>) -> Meaning {
        let text = |it: Sense| Lexicon::get().treatment(it).storage == Storage::Text;
        let sense = sense.filter(|it| text(*it)).unwrap_or(Sense::Kind);
        Meaning {
            sense: Some(sense),
            default: default.map(text_in_expression),
            index: (sense == Sense::Status).then_some(IndexMethod::Btree),
            values,
            ..self.plain(DataType::builtin(Builtin::Text))
        }
    }

    fn reference(&self, sense: Option<Sense>, entity: String) -> Meaning {
        let is_reference = |it: &Sense| Lexicon::get().treatment(*it).storage == Storage::Reference;
        let sense = sense.filter(is_reference).unwrap_or(Sense::Reference);
        let names_its_key = self.words.len() > 1
            && ["id", "by", "to"].iter().any(|it| self.words.ends_with(&[(*it).to_owned()]));
        let name = if names_its_key { self.name.clone() } else { fitted(format!("{}_id", self.name)) };
        let to_itself = self.entity.as_ref() == Some(&entity);
        let meaning = self.treated(sense, None);
        Meaning { name, reference: Some(entity), nullable: meaning.nullable || to_itself, ..meaning }
    }

    /// The entity that a name refers to: `customer_id` a customer, `parent_comment_id` a comment, `created_by` a user.
    fn referenced(&self, sense: Sense) -> String {
        match sense {
            Sense::PersonReference | Sense::OptionalPersonReference => "user".to_owned(),
            Sense::ParentReference => self.entity.clone().unwrap_or_else(|| "parent".to_owned()),
            _ => {
                let stem = match self.words.split_last() {
                    Some((_, stem)) if !stem.is_empty() => stem,
                    _ => &self.words,
                };
                let is_role = |it: &&String| ROLES.contains(&it.as_str());
                let roles = stem.iter().take_while(is_role).count().min(stem.len().saturating_sub(1));
                base::singular(&stem.iter().skip(roles).cloned().collect::<Vec<_>>().join("_"))
            }
        }
    }

    fn uniqueness(&self, when: UniqueWhen) -> Uniqueness {
        let is_in = |list: &[&str]| self.entity_words.last().is_some_and(|it| list.contains(&it.as_str()));
        let holds = match when.on {
            UniqueOn::Nothing => false,
            UniqueOn::Everything => true,
            UniqueOn::Accounts => is_in(ACCOUNTS),
            UniqueOn::Own => {
                let of_itself = |it: &String| self.entity_words.contains(it) || OWN.contains(&it.as_str());
                let own = self.words.first().is_some_and(of_itself);
                !self.entity_words.is_empty() && !is_in(LINES) && (self.words.len() == 1 || own)
            }
            UniqueOn::Items => !self.entity_words.is_empty() && !is_in(LINES),
        };
        match (holds, when.ignoring_case) {
            (false, _) => Uniqueness::Free,
            (true, false) => Uniqueness::Exact,
            (true, true) => Uniqueness::IgnoringCase,
        }
    }

    fn of_family(&self, family: Family, sense: Option<Sense>) -> Meaning {
        let treatment = sense.map(|it| (it, Lexicon::get().treatment(it)));
        if let Some((sense, treatment)) = treatment {
            if let Some(data_type) = reconciled(family, treatment) {
                let mut meaning = self.treated(sense, Some(data_type));
                if meaning.data_type.as_builtin() == Some(Builtin::Date)
                    && treatment.storage == Storage::DateTime
                {
                    meaning.default = meaning.default.map(|_| "CURRENT_DATE".to_owned());
                }
                return meaning;
            }
            // An address that was stated as a string is one text; its parts would be a document's.
            if sense == Sense::Address && family == Family::Text {
                return self.treated(Sense::Place, None);
            }
        }
        let builtin = match family {
            Family::Money => return self.treated(Sense::Money, None),
            Family::Boolean => return self.treated(Sense::Flag, None),
            Family::Text => Builtin::Text,
            Family::Integer => Builtin::Integer,
            Family::Long => Builtin::BigInt,
            Family::Decimal | Family::Number => Builtin::Numeric,
            Family::Float => Builtin::Double,
            Family::Date => Builtin::Date,
            Family::DateTime => Builtin::TimestampTz,
            Family::Time => Builtin::Time,
            Family::Interval => Builtin::Interval,
            Family::Json => Builtin::Jsonb,
            Family::Uuid => Builtin::Uuid,
            Family::Binary => Builtin::Bytea,
        };
        self.plain(DataType::builtin(builtin))
    }

    fn exact(&self, data_type: &DataType, sense: Option<Sense>) -> Meaning {
        let family = data_type.as_builtin().and_then(family_of);
        let treatment = sense.map(|it| (it, Lexicon::get().treatment(it)));
        match (family, treatment) {
            (Some(family), Some((sense, treatment))) if reconciled(family, treatment).is_some() => {
                self.treated(sense, Some(data_type.clone()))
            }
            _ => self.plain(data_type.clone()),
        }
    }
}

/// The type of a sense under a stated family, or nothing where the two contradict each other.
fn reconciled(family: Family, treatment: &Treatment) -> Option<DataType> {
    let own = || Some(treatment.data_type.clone());
    let other = |it: Builtin| Some(DataType::builtin(it));
    match (family, treatment.storage) {
        (Family::Text, Storage::Text) => own(),
        (Family::Text, Storage::Special) => match treatment.data_type.as_builtin() {
            Some(Builtin::Inet | Builtin::MacAddr) => own(),
            _ => None,
        },
        (Family::Text, Storage::Reference) => other(Builtin::Text),
        (Family::Integer, Storage::Integer) => own(),
        (Family::Integer, Storage::Decimal) => other(Builtin::Integer),
        (Family::Integer | Family::Long | Family::Number, Storage::Reference) => other(Builtin::BigInt),
        (Family::Long, Storage::Integer | Storage::Decimal) => other(Builtin::BigInt),
        (Family::Decimal | Family::Float | Family::Number | Family::Money, Storage::Decimal) => own(),
        (Family::Number, Storage::Integer) => own(),
        (Family::Decimal, Storage::Integer) => other(Builtin::Numeric),
        (Family::Float, Storage::Integer) => other(Builtin::Double),
        (Family::Boolean, Storage::Boolean) => own(),
        (Family::Date, Storage::Date) => own(),
        (Family::Date, Storage::DateTime) => other(Builtin::Date),
        (Family::DateTime, Storage::DateTime) => own(),
        (Family::DateTime, Storage::Date) => other(Builtin::TimestampTz),
        (Family::Time, Storage::Time) => own(),
        (Family::Interval, Storage::Interval) => own(),
        (Family::Json, Storage::Json) => own(),
        (Family::Uuid, Storage::Uuid | Storage::Reference) => own(),
        (Family::Binary, Storage::Special) if treatment.data_type.as_builtin() == Some(Builtin::Bytea) => {
            own()
        }
        _ => None,
    }
}

/// The family that an exact type belongs to.
fn family_of(builtin: Builtin) -> Option<Family> {
    Some(match builtin {
        Builtin::Text | Builtin::Varchar | Builtin::Character => Family::Text,
        Builtin::SmallInt | Builtin::Integer => Family::Integer,
        Builtin::BigInt => Family::Long,
        Builtin::Numeric => Family::Decimal,
        Builtin::Real | Builtin::Double => Family::Float,
        Builtin::Boolean => Family::Boolean,
        Builtin::Date => Family::Date,
        Builtin::Timestamp | Builtin::TimestampTz => Family::DateTime,
        Builtin::Time | Builtin::TimeTz => Family::Time,
        Builtin::Interval => Family::Interval,
        Builtin::Jsonb => Family::Json,
        Builtin::Uuid => Family::Uuid,
        Builtin::Bytea => Family::Binary,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
