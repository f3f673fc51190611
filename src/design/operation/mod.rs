//! What a person does to tables by hand, each as one edit that follows the design's conventions.

mod column;
mod connect;
mod partitions;

use super::naming::{free, identifier};
use super::{Design, Edit, NamespaceId, Scope, Table, TableId, convention};

pub use column::{CannotChange, NotAType, data_type, set_key, set_nullable, set_type, set_unique, set_value};
pub use connect::{CannotConnect, Drawn, connect};
pub use partitions::followed;

/// Adds a table of this name, or of the name with a number where it is taken, with what the conventions call for.
pub fn add_table(design: &Design, namespace: Option<NamespaceId>, name: &str) -> (TableId, Edit) {
    let taken = |name: &str| {
        let scopes = [Scope::Relation(namespace), Scope::Type(namespace)];
        scopes.into_iter().any(|scope| design.named(scope, name).next().is_some())
    };
    let name = free(identifier(name), taken);
    let table = Table { id: design.ids().take(), namespace, name, ..Table::default() };
    (table.id, convention::applied(design, Edit::adding([table.clone()]), &[table.id]))
}
