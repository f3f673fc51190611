//! One of the two designs that are compared: names for its identities, words for its properties.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::design::{BaseType, DataType, Design, Id, NamespaceId, Record, Table, TableId, ViewId};

/// Where the records of a side are.
pub enum Source<'a> {
    /// A design as it is.
    Design(&'a Design),
    /// Records that are in no design.
    Records(&'a BTreeMap<Id, Record>),
    /// A design with an edit put in front of it.
    Edited(&'a Design, BTreeMap<Id, Option<&'a Record>>),
}

/// What things are called in one design.
pub struct Side<'a> {
    source: Source<'a>,
    /// Columns, keys and indexes by identity; sorted, and only made when one of them is asked for.
    members: OnceCell<Vec<(Id, &'a str)>>,
}

impl<'a> Side<'a> {
    pub fn of(source: Source<'a>) -> Self {
        Self { source, members: OnceCell::new() }
    }

    fn record(&self, id: Id) -> Option<Record> {
        match &self.source {
            Source::Design(design) => design.record(id),
            Source::Records(records) => records.get(&id).cloned(),
            Source::Edited(design, edit) => match edit.get(&id) {
                Some(record) => record.cloned(),
                None => design.record(id),
            },
        }
    }

    fn tables(&self) -> Vec<&'a Table> {
        let table = |it: &'a Record| match it {
            Record::Table(table) => Some(table),
            _ => None,
        };
        match &self.source {
            Source::Design(design) => design.tables().collect(),
            Source::Records(records) => records.values().filter_map(table).collect(),
            Source::Edited(design, edit) => {
                let kept = design.tables().filter(|it| !edit.contains_key(&it.id.into()));
                kept.chain(edit.values().copied().flatten().filter_map(table)).collect()
            }
        }
    }

    fn table(&self, id: TableId) -> Option<&'a Table> {
        let record = match &self.source {
            Source::Design(design) => return design.table(id),
            Source::Records(records) => records.get(&id.into()),
            Source::Edited(design, edit) => match edit.get(&id.into()) {
                Some(record) => *record,
                None => return design.table(id),
            },
        };
        match record {
            Some(Record::Table(table)) => Some(table),
            _ => None,
        }
    }

    pub fn is_view(&self, id: Id) -> bool {
        match &self.source {
            Source::Design(design) => design.view(ViewId(id.0)).is_some(),
            Source::Records(_) | Source::Edited(..) => matches!(self.record(id), Some(Record::View(_))),
        }
    }

    pub fn name(&self, id: Id) -> String {
        if let Some(table) = self.table(TableId(id.0)) {
            return self.qualified(table.namespace, &table.name);
        }
        if let Some(record) = self.record(id) {
            return self.record_name(record);
        }
        let members = self.members.get_or_init(|| members(&self.tables()));
        let at = members.binary_search_by_key(&id, |it| it.0);
        at.ok().and_then(|it| members.get(it)).map_or_else(|| format!("#{}", id.0), |it| it.1.to_owned())
    }

    fn record_name(&self, record: Record) -> String {
        match record {
            Record::Table(it) => self.qualified(it.namespace, &it.name),
            Record::View(it) => self.qualified(it.namespace, &it.name),
            Record::EnumType(it) => self.qualified(it.namespace, &it.name),
            Record::Domain(it) => self.qualified(it.namespace, &it.name),
            Record::CompositeType(it) => self.qualified(it.namespace, &it.name),
            Record::RangeType(it) => self.qualified(it.namespace, &it.name),
            Record::Sequence(it) => self.qualified(it.namespace, &it.name),
            Record::Function(it) => {
                let types: Vec<String> = it.arguments.into_iter().map(|it| it.data_type).collect();
                format!("{}({})", self.qualified(it.namespace, &it.name), types.join(", "))
            }
            Record::Placement(it) => self.name(it.table.into()),
            Record::Namespace(it) => it.name,
            Record::Extension(it) => it.name,
            Record::Area(it) => it.name,
            Record::AccessPattern(it) => it.name,
            Record::Snapshot(it) => it.name,
            Record::Decision(it) => it.title,
            Record::Story(it) => beginning(&format!("{} {}", it.actor, it.goal)),
            Record::Brief(it) if it.title.is_empty() => beginning(&it.text),
            Record::Brief(it) => it.title,
            Record::Note(it) => beginning(&it.text),
            Record::Verbatim(it) => beginning(&it.sql),
            Record::Title(_) => "title".to_owned(),
            Record::Conventions(_) => "conventions".to_owned(),
            Record::Load(_) => "load".to_owned(),
        }
    }

    fn qualified(&self, namespace: Option<NamespaceId>, name: &str) -> String {
        let Some(namespace) = namespace.and_then(|it| self.record(it.into())) else { return name.to_owned() };
        match self.record_name(namespace).as_str() {
            "public" => name.to_owned(),
            namespace => format!("{namespace}.{name}"),
        }
    }

    /// A type as people write it.
    pub fn type_words(&self, data_type: &DataType) -> String {
        let mut words = match &data_type.base {
            BaseType::Builtin(builtin) => builtin.short_name().to_owned(),
            BaseType::Enum(id) => self.name((*id).into()),
            BaseType::Domain(id) => self.name((*id).into()),
            BaseType::Composite(id) => self.name((*id).into()),
            BaseType::Range(id) => self.name((*id).into()),
            BaseType::Row(id) => self.name((*id).into()),
            BaseType::Other { namespace: Some(namespace), name } => format!("{namespace}.{name}"),
            BaseType::Other { namespace: None, name } => name.to_string(),
        };
        if let Some(fields) = data_type.interval_fields {
            words = format!("{words} {}", fields.words());
        }
        if !data_type.modifiers.is_empty() {
            words = format!("{words}({})", data_type.modifiers.join(","));
        }
        words + &"[]".repeat(data_type.dimensions.into())
    }

    /// A property of the design file as a person reads it; identities by their names.
    pub fn words(&self, key: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            Value::String(text) => text.clone(),
            Value::Number(number) if REFERENCES.contains(&key) => {
                number.as_u64().map_or_else(String::new, |it| self.name(Id(it as u32)))
            }
            Value::Number(number) => number.to_string(),
            Value::Array(list) => list.iter().map(|it| self.words(key, it)).collect::<Vec<_>>().join(", "),
            Value::Object(map) => match serde_json::from_str::<DataType>(&value.to_string()) {
                Ok(data_type) => self.type_words(&data_type),
                Err(_) => {
                    let parts = map.iter().filter(|it| it.0 != "id").map(|(key, it)| {
                        let inner = self.words(key, it);
                        let bare = BARE.contains(&key.as_str());
                        if bare { inner } else { format!("{} {inner}", key.replace('_', " ")) }
                    });
                    parts.collect::<Vec<_>>().join(" ")
                }
            },
        }
    }
}

fn members<'a>(tables: &[&'a Table]) -> Vec<(Id, &'a str)> {
    let mut found: Vec<(Id, &str)> = Vec::new();
    for it in tables {
        found.extend(it.columns.iter().map(|it| (Id::from(it.id), it.name.as_str())));
        found.extend(it.primary_key.iter().map(|it| (Id::from(it.id), it.name.as_str())));
        found.extend(it.uniques.iter().map(|it| (Id::from(it.id), it.name.as_str())));
        found.extend(it.indexes.iter().map(|it| (Id::from(it.id), it.name.as_str())));
    }
    found.sort_unstable();
    found
}

/// Properties that hold identities.
const REFERENCES: &[&str] = &[
    "columns",
    "ref_columns",
    "include",
    "set_columns",
    "update_of",
    "column",
    "references",
    "table",
    "tables",
    "inherits",
    "namespace",
    "function",
    "reads",
    "needs",
    "about",
    "owned_by",
    "attached_to",
    "story",
    "index",
    "constraint",
];

/// Properties whose name says no more than their value.
const BARE: &[&str] = &["key", "column", "expression", "name", "function", "table"];

/// The first words of a text.
fn beginning(text: &str) -> String {
    const LENGTH: usize = 40;
    let line = text.trim().lines().next().unwrap_or("");
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(line)),
        None => line.to_owned(),
    }
}
