//! One of the two designs that are compared: names for its identities, words for its properties.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::design::{BaseType, DataType, Id, NamespaceId, Record, Table};

/// What things are called in one design.
pub struct Side {
    names: BTreeMap<Id, String>,
    views: BTreeSet<Id>,
}

impl Side {
    pub fn of(records: impl Iterator<Item = Record>) -> Self {
        let mut side = Self { names: BTreeMap::new(), views: BTreeSet::new() };
        let mut later = Vec::new();
        let mut placements = Vec::new();
        for record in records {
            match record {
                Record::Namespace(it) => {
                    side.names.insert(it.id.into(), it.name);
                }
                Record::Placement(it) => placements.push((Id::from(it.id), Id::from(it.table))),
                other => later.push(other),
            }
        }
        for record in later {
            side.add(record);
        }
        for (placement, table) in placements {
            let name = side.name(table);
            side.names.insert(placement, name);
        }
        side
    }

    fn add(&mut self, record: Record) {
        let id = record.id();
        let name = match record {
            Record::Table(it) => {
                let name = self.qualified(it.namespace, &it.name);
                self.add_members(it);
                name
            }
            Record::View(it) => {
                self.views.insert(id);
                self.names.extend(it.indexes.into_iter().map(|it| (Id::from(it.id), it.name)));
                self.qualified(it.namespace, &it.name)
            }
            Record::EnumType(it) => self.qualified(it.namespace, &it.name),
            Record::Domain(it) => self.qualified(it.namespace, &it.name),
            Record::CompositeType(it) => self.qualified(it.namespace, &it.name),
            Record::RangeType(it) => self.qualified(it.namespace, &it.name),
            Record::Sequence(it) => self.qualified(it.namespace, &it.name),
            Record::Function(it) => {
                let types: Vec<String> = it.arguments.into_iter().map(|it| it.data_type).collect();
                format!("{}({})", self.qualified(it.namespace, &it.name), types.join(", "))
            }
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
            Record::Placement(_) | Record::Title(_) | Record::Conventions(_) | Record::Load(_) => return,
        };
        self.names.insert(id, name);
    }

    fn add_members(&mut self, it: Table) {
        let names = &mut self.names;
        names.extend(it.columns.into_iter().map(|it| (Id::from(it.id), it.name)));
        names.extend(it.primary_key.into_iter().map(|it| (Id::from(it.id), it.name)));
        names.extend(it.uniques.into_iter().map(|it| (Id::from(it.id), it.name)));
        names.extend(it.indexes.into_iter().map(|it| (Id::from(it.id), it.name)));
    }

    fn qualified(&self, namespace: Option<NamespaceId>, name: &str) -> String {
        match namespace.and_then(|it| self.names.get(&it.into())) {
            Some(namespace) if namespace != "public" => format!("{namespace}.{name}"),
            _ => name.to_owned(),
        }
    }

    pub fn is_view(&self, id: Id) -> bool {
        self.views.contains(&id)
    }

    pub fn name(&self, id: Id) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| format!("#{}", id.0))
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
            BaseType::Other { namespace: None, name } => name.clone(),
        };
        if let Some(fields) = &data_type.interval_fields {
            words = format!("{words} {fields}");
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
            Value::Object(map) => match serde_json::from_value::<DataType>(value.clone()) {
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
