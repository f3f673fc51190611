//! Personal data unclassified.

use crate::lint::prelude::*;
use crate::lint::words_of;

rule! {
    /// Flags a column of personal data whose comment does not say so.
    ///
    /// ## Why
    ///
    /// What must be erased, masked in copies and left out of exports is found by its mark (`pii:`), or forgotten.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table people (id bigint primary key, phone text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table people (id bigint primary key, phone text);
    /// comment on column people.phone is 'pii:contact; erased with the account';
    /// ```
    SEC019 "personal-data-unclassified" Info [Off Safe] Table(check)
}

/// Words of personal data, by kind.
const WORDS: &[(&str, &[&str])] = &[
    ("contact", &["phone", "email", "mobile", "fax"]),
    (
        "identity",
        &["ssn", "passport", "iban", "surname", "firstname", "lastname", "dob", "birthday", "birthdate"],
    ),
];

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| !it.facts.is_reference && (it.is_text() || it.is_moment())) {
        let words = words_of(&c.name);
        let named = |two: &[&str]| words.windows(2).any(|it| it == two);
        let kind = WORDS.iter().find(|it| words.iter().any(|word| it.1.contains(&word.as_str())));
        let is_name = named(&["first", "name"]) || named(&["last", "name"]) || named(&["birth", "date"]);
        let Some(kind) = kind.map(|it| it.0).or(is_name.then_some("identity")) else { continue };
        let said = c.comment.clone().unwrap_or_default();
        // When it was checked or sent is a fact about the account.
        if said.to_lowercase().contains("pii") || c.is_moment() && kind == "contact" {
            continue;
        }
        let text = if said.is_empty() { format!("pii:{kind}") } else { format!("pii:{kind}; {said}") };
        let remedy = Remedy::Comment { table: t.id, column: Some(c.column.id), text };
        cx.column(t, &c, format!("nothing says that `{}` is personal data", c.name)).safe("Mark it", remedy);
    }
}
