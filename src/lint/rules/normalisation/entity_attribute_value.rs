//! Entity attribute value.

use crate::lint::prelude::*;

rule! {
    /// Flags a table of names and values that belong to rows of another.
    ///
    /// ## Why
    ///
    /// No type, no check and no foreign key holds a value, and each attribute that a query wants is one more join.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table product_attrs (id bigint primary key, product_id bigint not null references products, attr_name text not null, attr_value text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table product_specs (product_id bigint primary key references products, specs jsonb not null default '{}' check (jsonb_typeof(specs) = 'object'));
    /// ```
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "Entity-Attribute-Value".
    NRM011 "entity-attribute-value" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.foreign_keys.is_empty() || t.columns.len() > 8 {
        return;
    }
    let free = |it: &ColumnView<'_>| {
        it.is_text() && !it.facts.is_reference && !it.facts.is_listed && !it.is(Topic::Created)
    };
    let value = t.cols().find(|it| free(it) && it.ends(Topic::Value));
    let attribute = t.cols().find(|it| {
        free(it)
            && it.begins(Topic::Attribute)
            && !it.ends(Topic::Value)
            && (it.name != "name" || t.is(Topic::Attribute))
    });
    let (Some(value), Some(attribute)) = (value, attribute) else { return };
    let facts = t.cols().filter(|it| {
        !it.facts.is_reference
            && !t.is_key(it.id)
            && !it.facts.any.any(&[
                Topic::Created,
                Topic::Updated,
                Topic::Value,
                Topic::Position,
                Topic::Attribute,
            ])
    });
    if facts.count() == 0 {
        cx.columns(
            t,
            &[attribute.id, value.id],
            format!("`{}` and `{}` hold attributes of another table as rows", attribute.name, value.name),
        )
        .because("a JSON document with a described shape, or typed columns, would be held");
    }
}
