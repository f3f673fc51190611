//! What the blocks of a Prisma schema are, and the names that they have in the database.

use super::syntax::{Attribute, Block, Field, Value};
use crate::design::Stage;
use crate::pg::MAX_NAME_BYTES;
use crate::read::DiagnosticKind;
use crate::read::translation::{TableName, Translation};
use crate::sql::ident;

/// A whole schema.
pub struct Schema {
    /// Models, each with its block of the text.
    pub models: Vec<(usize, Block)>,
    /// Enums, each with its block of the text.
    pub enums: Vec<(usize, Block)>,
    /// Names of composite types.
    pub types: Vec<String>,
    /// `relationMode = "prisma"`: relations are no foreign keys.
    pub without_foreign_keys: bool,
}

impl Schema {
    /// Sorts the blocks by what they are.
    pub fn new(blocks: Vec<Block>, t: &mut Translation) -> Self {
        let mut schema =
            Self { models: Vec::new(), enums: Vec::new(), types: Vec::new(), without_foreign_keys: false };
        for block in blocks {
            let unit = t.unit();
            match block.keyword.as_str() {
                "model" | "enum" if schema.is_taken(&block.name) => {
                    t.misread(block.span, format!("there is a `{}` already", block.name));
                }
                "model" => schema.models.push((unit, block)),
                "enum" => schema.enums.push((unit, block)),
                "datasource" => schema.data_source(unit, &block, t),
                "generator" => {}
                "view" => {
                    let why = DiagnosticKind::NoEquivalent {
                        what: format!("view `{}` without its query", block.name),
                        instead: "write it as `CREATE VIEW`".to_owned(),
                    };
                    t.keep(unit, block.whole, why);
                }
                "type" => {
                    let why = DiagnosticKind::NoEquivalent {
                        what: format!("type `{}` of documents", block.name),
                        instead: "columns of it are `jsonb`".to_owned(),
                    };
                    schema.types.push(block.name.clone());
                    t.keep(unit, block.whole, why);
                }
                other => {
                    let message =
                        format!("`{other}` is no block of Prisma: write `model`, `enum` or `datasource`");
                    t.keep(unit, block.whole, DiagnosticKind::Misread { message });
                }
            }
        }
        schema
    }

    fn is_taken(&self, name: &str) -> bool {
        self.model(name).is_some() || self.enumeration(name).is_some()
    }

    /// The model of this name.
    pub fn model(&self, name: &str) -> Option<&Block> {
        self.models.iter().find(|it| it.1.name == name).map(|it| &it.1)
    }

    /// The enum of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Block> {
        self.enums.iter().find(|it| it.1.name == name).map(|it| &it.1)
    }

    fn data_source(&mut self, unit: usize, block: &Block, t: &mut Translation) {
        for field in &block.fields {
            let Some(value) = &field.value else { continue };
            match field.name.as_str() {
                "relationMode" | "referentialIntegrity" if value.text() == Some("prisma") => {
                    self.without_foreign_keys = true;
                    let how = "the relations are not made; take the line out to have foreign keys";
                    t.no_equivalent(field.span, "relation without a foreign key", how);
                }
                "schemas" => {
                    for name in value.items().iter().filter_map(Value::text) {
                        let sql = format!("CREATE SCHEMA IF NOT EXISTS {}", ident(name));
                        t.put_for(unit, Stage::Namespaces, field.span, sql);
                    }
                }
                "extensions" => {
                    for extension in value.items() {
                        if let Some(sql) = create_extension(extension) {
                            t.put_for(unit, Stage::Namespaces, field.span, sql);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// `name(map: "…", schema: "…", version: "…")`
fn create_extension(extension: &Value) -> Option<String> {
    let arguments: &[(Option<String>, Value)] = match extension {
        Value::Call(_, arguments) => arguments,
        _ => &[],
    };
    let argument =
        |name: &str| arguments.iter().find(|it| it.0.as_deref() == Some(name)).and_then(|it| it.1.text());
    let name = argument("map").or_else(|| extension.word())?;
    let schema = argument("schema").map(|it| format!(" WITH SCHEMA {}", ident(it))).unwrap_or_default();
    Some(format!("CREATE EXTENSION IF NOT EXISTS {}{schema}", ident(name)))
}

impl Block {
    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|it| it.name == name)
    }

    /// Where it is in the database.
    pub fn table_name(&self) -> TableName {
        let schema = self.attribute("schema").and_then(|it| it.argument("map")).and_then(Value::text);
        let name = self.attribute("map").and_then(|it| it.argument("name")).and_then(Value::text);
        (schema.filter(|it| *it != "public").map(str::to_owned), name.unwrap_or(&self.name).to_owned())
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|it| it.name == name)
    }

    /// The fields of the primary key.
    pub fn key(&self) -> Vec<&Field> {
        let single = self.fields.iter().find(|it| it.attribute("id").is_some());
        if let Some(field) = single {
            return vec![field];
        }
        let names =
            self.attribute("id").and_then(|it| it.argument("fields")).map(Value::items).unwrap_or_default();
        names.iter().filter_map(|it| self.field(it.word()?)).collect()
    }
}

impl Field {
    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|it| it.name == name)
    }

    /// Its name in the database.
    pub fn column_name(&self) -> &str {
        self.attribute("map").and_then(|it| it.argument("name")).and_then(Value::text).unwrap_or(&self.name)
    }
}

/// A name with its SQL schema.
pub fn qualified(name: &TableName) -> String {
    name.0.iter().chain([&name.1]).map(|it| ident(it)).collect::<Vec<_>>().join(".")
}

/// `table_column_column` with an ending, the part before it cut so that the whole fits.
///
/// Source: `ConstraintNames` in prisma-engines, `psl/parser-database/src/walkers` and `psl/psl-core/src/datamodel_connector`.
pub fn constraint_name(parts: &[&str], ending: &str) -> String {
    let name = parts.join("_");
    let end = name.floor_char_boundary(MAX_NAME_BYTES - ending.len());
    format!("{}{ending}", name.get(..end).unwrap_or(&name))
}
