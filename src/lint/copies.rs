//! Columns that repeat one of a referenced row, and which of them are meant as they were at the time.

use super::topics::{self, Topic};
use super::{ColumnView, Cx, TableView};
use crate::base::without_end;

/// Columns of a table that repeat a column of a table that it references: the copy, the table, what is repeated.
pub fn of<'a>(cx: &Cx<'a>, t: &TableView<'a>) -> Vec<(ColumnView<'a>, TableView<'a>, ColumnView<'a>)> {
    let mut found = Vec::new();
    for fk in &t.table.foreign_keys {
        let ([column], Some(to)) = (fk.columns.as_slice(), cx.view(fk.references)) else { continue };
        if to.id == t.id {
            continue;
        }
        let singular = to.facts.singular.as_str();
        let role = t.col(*column).map_or("", |it| it.column.name.as_str());
        let role = without_end(role, "_id");
        for copy in t.cols().filter(|it| !it.facts.is_reference && !it.is_generated() && !t.is_key(it.id)) {
            let rest = [singular, role]
                .into_iter()
                .filter(|it| !it.is_empty())
                .find_map(|it| copy.column.name.strip_prefix(it).and_then(|it| it.strip_prefix('_')));
            let own = copy.column.name == "unit_price" || copy.column.name == "price_at_purchase";
            let wanted = rest.or(own.then_some("price"));
            let Some(key) = wanted.and_then(|name| to.cols().find(|it| it.column.name == name)) else {
                continue;
            };
            let alike = match (copy.builtin(), key.builtin()) {
                (Some(a), Some(b)) => a.family() == b.family(),
                _ => false,
            };
            if alike && !to.is_key(key.id) && !key.facts.is_reference {
                found.push((copy, to, key));
            }
        }
    }
    found
}

/// Whether a copy is likely to be meant as it was at the time: a price, a name or a rate on a document of trade. How to
/// reach somebody is not.
pub fn is_snapshot(t: &TableView<'_>, copy: &ColumnView<'_>) -> bool {
    let words = topics::words(&copy.name);
    let reach = words.iter().any(|it| matches!(it.as_str(), "email" | "phone" | "mobile" | "fax"));
    let person = words.iter().any(|it| topics::of_word(it).has(Topic::Person));
    // A person's name on a line of trade is as it was printed; beside how to reach them it is a copy.
    let lone = !t.cols().any(|it| {
        let other = topics::words(&it.name);
        other.first() == words.first() && other.iter().any(|it| matches!(it.as_str(), "email" | "phone"))
    });
    let kept = copy.facts.any.any(&[Topic::Money, Topic::Price, Topic::Name])
        || words.iter().any(|it| it == "address" || it == "sku");
    t.is(Topic::Document) && kept && !reach && (!person || lone)
}

/// Whether a copy says that it is one.
pub fn is_marked(copy: &ColumnView<'_>) -> bool {
    let said = ["_snapshot", "_at_purchase", "_at_time", "_then"];
    copy.comment.is_some() || said.iter().any(|it| copy.name.ends_with(it))
}
