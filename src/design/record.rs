//! The records of a document, one type for all of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    AccessPattern, Area, BaseType, Brief, CompositeType, Conventions, DataType, Decision, Design, Domain,
    EnumType, Extension, Function, Id, Load, Namespace, NamespaceId, Note, Origin, Placement, RangeType,
    Sequence, Snapshot, Story, Table, Trigger, TriggerFunction, Verbatim, View,
};

/// The origin of a record, borrowed as it is needed; of what is no part of the schema there is none.
macro_rules! origin_of {
    ($record:expr, $($borrowed:tt)+) => {
        Some(match $record {
            Record::Table(it) => $($borrowed)+ it.origin,
            Record::Namespace(it) => $($borrowed)+ it.origin,
            Record::EnumType(it) => $($borrowed)+ it.origin,
            Record::Domain(it) => $($borrowed)+ it.origin,
            Record::CompositeType(it) => $($borrowed)+ it.origin,
            Record::RangeType(it) => $($borrowed)+ it.origin,
            Record::Sequence(it) => $($borrowed)+ it.origin,
            Record::View(it) => $($borrowed)+ it.origin,
            Record::Function(it) => $($borrowed)+ it.origin,
            Record::Extension(it) => $($borrowed)+ it.origin,
            Record::Verbatim(it) => $($borrowed)+ it.origin,
            Record::Title(_)
            | Record::Conventions(_)
            | Record::Load(_)
            | Record::Placement(_)
            | Record::Area(_)
            | Record::Note(_)
            | Record::Brief(_)
            | Record::Story(_)
            | Record::AccessPattern(_)
            | Record::Decision(_)
            | Record::Snapshot(_) => return None,
        })
    };
}

macro_rules! records {
    ($($(#[doc = $doc:literal])+ $kind:ident;)+) => {
        // A record lives in the map of its kind; this type only carries one for a moment, so a box would cost more.
        #[allow(clippy::large_enum_variant)]
        /// Any record. The three without an identity of their own exist exactly once in a document.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Record {
            /// What the design is called.
            Title(String),
            /// What it does everywhere.
            Conventions(Conventions),
            /// What is assumed of size and use.
            Load(Load),
            $($(#[doc = $doc])+ $kind(#[serde(serialize_with = "write_apart", deserialize_with = "read_apart")] $kind),)+
        }

        impl Record {
            /// Its identity; the three that exist once have 1, 2 and 3.
            pub fn id(&self) -> Id {
                match self {
                    Self::Title(_) => Self::TITLE,
                    Self::Conventions(_) => Self::CONVENTIONS,
                    Self::Load(_) => Self::LOAD,
                    $(Self::$kind(it) => it.id.into(),)+
                }
            }
        }

        $(impl From<$kind> for Record {
            fn from(record: $kind) -> Self {
                Self::$kind(record)
            }
        })+
    };
}

/// A function for each kind: readers of all kinds in one are what a browser compiles before it reads the first table fast.
#[inline(never)]
fn read_apart<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    T::deserialize(from)
}

/// The same for writing.
#[inline(never)]
fn write_apart<S: Serializer, T: Serialize>(record: &T, to: S) -> Result<S::Ok, S::Error> {
    record.serialize(to)
}

records! {
    /// A table with all that belongs to it.
    Table;
    /// An SQL schema.
    Namespace;
    /// An enumerated type.
    EnumType;
    /// A domain.
    Domain;
    /// A composite type.
    CompositeType;
    /// A range type.
    RangeType;
    /// A sequence.
    Sequence;
    /// A view.
    View;
    /// A function or procedure.
    Function;
    /// An extension.
    Extension;
    /// A statement kept as written.
    Verbatim;
    /// Where a table stands.
    Placement;
    /// A bounded context.
    Area;
    /// A note.
    Note;
    /// A text.
    Brief;
    /// A user story.
    Story;
    /// A query with its frequency.
    AccessPattern;
    /// A decision.
    Decision;
    /// A named version.
    Snapshot;
}

/// What a name must be unique among.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Tables, views, sequences, indexes and composite types of an SQL schema (`pg_class`).
    Relation(Option<NamespaceId>),
    /// Types of an SQL schema, tables' row types included (`pg_type`).
    Type(Option<NamespaceId>),
    /// Functions of an SQL schema with the types of their arguments (`pg_proc`).
    Function(Option<NamespaceId>, Vec<String>),
    /// SQL schemas.
    Namespace,
    /// Extensions.
    Extension,
    /// The placement of a table.
    PlacementOf(super::TableId),
}

impl Record {
    /// Identity of the title.
    pub const TITLE: Id = Id(1);
    /// Identity of the conventions.
    pub const CONVENTIONS: Id = Id(2);
    /// Identity of the load assumptions.
    pub const LOAD: Id = Id(3);
    /// The first number that other records may have.
    pub const FIRST_FREE: u32 = 4;

    /// Whether it is part of the schema itself, and not what is said of it, drawn or decided.
    pub fn is_schema(&self) -> bool {
        self.origin().is_some()
    }

    /// The names that this record takes, each with what it must be unique among.
    #[inline(never)]
    pub fn names(&self) -> Vec<(Scope, String)> {
        match self {
            Self::Table(it) => table_names(it),
            Self::Namespace(it) => vec![(Scope::Namespace, it.name.clone())],
            Self::EnumType(it) => vec![(Scope::Type(it.namespace), it.name.clone())],
            Self::Domain(it) => vec![(Scope::Type(it.namespace), it.name.clone())],
            Self::CompositeType(it) => relation(it.namespace, &it.name),
            Self::RangeType(it) => vec![(Scope::Type(it.namespace), it.name.clone())],
            Self::Sequence(it) => vec![(Scope::Relation(it.namespace), it.name.clone())],
            Self::View(it) => {
                let indexes =
                    it.indexes.iter().map(|index| (Scope::Relation(it.namespace), index.name.clone()));
                relation(it.namespace, &it.name).into_iter().chain(indexes).collect()
            }
            Self::Function(it) => {
                let types = it.arguments.iter().map(|argument| argument.data_type.clone()).collect();
                vec![(Scope::Function(it.namespace, types), it.name.clone())]
            }
            Self::Extension(it) => vec![(Scope::Extension, it.name.clone())],
            Self::Placement(it) => vec![(Scope::PlacementOf(it.table), String::new())],
            Self::Title(_)
            | Self::Conventions(_)
            | Self::Load(_)
            | Self::Verbatim(_)
            | Self::Area(_)
            | Self::Note(_)
            | Self::Brief(_)
            | Self::Story(_)
            | Self::AccessPattern(_)
            | Self::Decision(_)
            | Self::Snapshot(_) => Vec::new(),
        }
    }

    /// The records that this one refers to and cannot do without.
    #[inline(never)]
    pub fn uses(&self) -> Vec<Id> {
        let mut ids = Vec::new();
        let namespace = |ids: &mut Vec<Id>, it: Option<NamespaceId>| ids.extend(it.map(Id::from));
        match self {
            Self::Table(it) => table_uses(it, &mut ids),
            Self::EnumType(it) => namespace(&mut ids, it.namespace),
            Self::Domain(it) => {
                namespace(&mut ids, it.namespace);
                ids.extend(it.data_type.uses());
            }
            Self::CompositeType(it) => {
                namespace(&mut ids, it.namespace);
                ids.extend(it.attributes.iter().filter_map(|it| it.data_type.uses()));
            }
            Self::RangeType(it) => {
                namespace(&mut ids, it.namespace);
                ids.extend(it.subtype.uses());
            }
            Self::Sequence(it) => {
                namespace(&mut ids, it.namespace);
                ids.extend(it.owned_by.map(|(table, _)| Id::from(table)));
            }
            Self::View(it) => {
                namespace(&mut ids, it.namespace);
                ids.extend(it.reads.iter().copied());
                trigger_uses(&it.triggers, &mut ids);
            }
            Self::Function(it) => {
                namespace(&mut ids, it.namespace);
                ids.extend(it.reads.iter().copied());
            }
            Self::Verbatim(it) => ids.extend(it.needs.iter().copied()),
            Self::Placement(it) => ids.push(it.table.into()),
            Self::Area(it) => ids.extend(it.tables.iter().map(|it| Id::from(*it))),
            Self::AccessPattern(it) => ids.extend(it.story.map(Id::from)),
            Self::Title(_)
            | Self::Conventions(_)
            | Self::Load(_)
            | Self::Namespace(_)
            | Self::Extension(_)
            | Self::Note(_)
            | Self::Brief(_)
            | Self::Story(_)
            | Self::Decision(_)
            | Self::Snapshot(_) => {}
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Every identity that the record holds, its own first: columns, constraints, indexes and the like.
    #[inline(never)]
    pub fn all_ids(&self) -> Vec<Id> {
        let mut ids = vec![self.id()];
        match self {
            Self::Table(it) => return it.all_ids(),
            Self::View(it) => {
                ids.extend(it.indexes.iter().map(|it| Id::from(it.id)));
                ids.extend(it.triggers.iter().map(|it| Id::from(it.id)));
            }
            Self::Domain(it) => ids.extend(it.checks.iter().map(|it| Id::from(it.id))),
            _ => {}
        }
        ids
    }

    /// What it is, in words: `table task`, `enum status`.
    pub fn words(&self) -> Option<String> {
        let named = |kind: &str| self.name().map(|it| format!("{kind} {it}"));
        match self {
            Self::Table(_) => named("table"),
            Self::Namespace(_) => named("schema"),
            Self::EnumType(_) => named("enum"),
            Self::Domain(_) => named("domain"),
            Self::CompositeType(_) => named("type"),
            Self::RangeType(_) => named("range type"),
            Self::Sequence(_) => named("sequence"),
            Self::View(_) => named("view"),
            Self::Function(_) => named("function"),
            Self::Extension(_) => named("extension"),
            Self::Area(_) => named("area"),
            Self::Verbatim(_) => Some("a statement that is kept as written".to_owned()),
            Self::Note(_) => Some("a note".to_owned()),
            Self::Title(_)
            | Self::Conventions(_)
            | Self::Load(_)
            | Self::Placement(_)
            | Self::Brief(_)
            | Self::Story(_)
            | Self::AccessPattern(_)
            | Self::Decision(_)
            | Self::Snapshot(_) => None,
        }
    }

    /// Its name, where it has one that SQL knows, or an area's.
    pub fn name(&self) -> Option<&str> {
        Some(match self {
            Self::Table(it) => &it.name,
            Self::Namespace(it) => &it.name,
            Self::EnumType(it) => &it.name,
            Self::Domain(it) => &it.name,
            Self::CompositeType(it) => &it.name,
            Self::RangeType(it) => &it.name,
            Self::Sequence(it) => &it.name,
            Self::View(it) => &it.name,
            Self::Function(it) => &it.name,
            Self::Extension(it) => &it.name,
            Self::Area(it) => &it.name,
            Self::Verbatim(_)
            | Self::Note(_)
            | Self::Title(_)
            | Self::Conventions(_)
            | Self::Load(_)
            | Self::Placement(_)
            | Self::Brief(_)
            | Self::Story(_)
            | Self::AccessPattern(_)
            | Self::Decision(_)
            | Self::Snapshot(_) => return None,
        })
    }

    /// Where it came from, if it is part of the schema.
    pub fn origin(&self) -> Option<&Origin> {
        origin_of!(self, &)
    }

    /// The same, to be set.
    pub(super) fn origin_mut(&mut self) -> Option<&mut Origin> {
        origin_of!(self, &mut)
    }
}

impl Design {
    /// What stands beside the tables, with what it is in words: by kind and birth.
    pub fn objects(&self) -> Vec<(Id, String)> {
        let ids = self.record_ids().filter(|it| self.table((*it).into()).is_none());
        let object = |id: Id| {
            let record = self.record(id).filter(Record::is_schema)?;
            Some((id, record.words().filter(|_| record.name().is_some())?))
        };
        ids.filter_map(object).collect()
    }
}

fn relation(namespace: Option<NamespaceId>, name: &str) -> Vec<(Scope, String)> {
    vec![(Scope::Relation(namespace), name.to_owned()), (Scope::Type(namespace), name.to_owned())]
}

/// The names that a table takes, each in its scope.
pub(super) fn table_names(table: &Table) -> Vec<(Scope, String)> {
    let keys = table.primary_key.iter().map(|it| &it.name);
    let uniques = table.uniques.iter().map(|it| &it.name);
    let exclusions = table.exclusions.iter().map(|it| &it.name);
    let indexes = table.indexes.iter().map(|it| &it.name);
    let owned = keys.chain(uniques).chain(exclusions).chain(indexes);
    let owned = owned.map(|name| (Scope::Relation(table.namespace), name.clone()));
    relation(table.namespace, &table.name).into_iter().chain(owned).collect()
}

/// The records that a table refers to, some of them several times.
pub(super) fn table_uses(table: &Table, ids: &mut Vec<Id>) {
    ids.extend(table.namespace.map(Id::from));
    ids.extend(table.columns.iter().filter_map(|it| it.data_type.uses()));
    ids.extend(table.foreign_keys.iter().map(|it| Id::from(it.references)));
    ids.extend(table.partition_of.iter().map(|it| Id::from(it.table)));
    ids.extend(table.inherits.iter().map(|it| Id::from(*it)));
    trigger_uses(&table.triggers, ids);
}

fn trigger_uses(triggers: &[Trigger], ids: &mut Vec<Id>) {
    ids.extend(triggers.iter().filter_map(|it| match it.function {
        TriggerFunction::Function(id) => Some(Id::from(id)),
        TriggerFunction::Other(_) => None,
    }));
}

/// Whether two types may stand on the two sides of a foreign key, as far as the design knows.
///
/// `resolve` gives the type below a domain.
pub fn may_reference(a: &DataType, b: &DataType, resolve: impl Fn(&DataType) -> DataType) -> bool {
    let (a, b) = (resolve(a), resolve(b));
    match (&a.base, &b.base) {
        (BaseType::Builtin(x), BaseType::Builtin(y)) => {
            a.dimensions.min(1) == b.dimensions.min(1) && (x == y || a.dimensions == 0 && x.comparable(*y))
        }
        (BaseType::Other { .. }, _) | (_, BaseType::Other { .. }) => true,
        (x, y) => x == y,
    }
}
