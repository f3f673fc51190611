//! Unconstrained status.

use crate::lint::prelude::*;

rule! {
    /// Flags a text for a closed set of values that takes any text.
    ///
    /// ## Why
    ///
    /// `canceled` and `cancelled` both get in, and every `CASE` misses one.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, status text not null default 'new');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, status text not null default 'new' check (status in ('new', 'paid', 'sent')));
    /// ```
    CON003 "unconstrained-status" Warning [Core] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t
        .cols()
        .filter(|it| it.is_text() && it.ends(Topic::Closed) && !it.facts.is_reference && !it.is_generated())
    {
        let words = crate::lint::words_of(&c.name);
        let last = words.last().map_or("", String::as_str);
        // Words that often mean something else stay out: a state of the union, the role of a person in text, a mime type.
        let free = matches!(last, "locale" | "level" | "method" | "channel" | "role")
            || [
                "mime", "content", "media", "data", "file", "country", "billing", "shipping", "address",
                "event", "object", "target", "subject",
            ]
            .iter()
            .any(|it| words.iter().any(|word| word == it))
            || last == "state"
                && t.columns.iter().any(|it| {
                    it.name.contains("city") || it.name.contains("country") || it.name.contains("zip")
                });
        let pair =
            c.name.strip_suffix("_type").is_some_and(|it| t.column_named(&format!("{it}_id")).is_some());
        let domain = matches!(c.data_type.base, BaseType::Domain(_)) && c.facts.demand.named;
        let key = t.is_single_key(c.id);
        if c.facts.is_listed
            || c.facts.demand.named
            || free
            || pair
            || domain
            || key
            || t.role() == Role::Lookup
        {
            continue;
        }
        cx.column(
            t,
            &c,
            format!("`{}` looks like one of a fixed set of values, but accepts any text", c.name),
        );
    }
}
