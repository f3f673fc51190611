//! Unordered range.

use crate::lint::prelude::*;

rule! {
    /// Flags a beginning and an end that may stand the wrong way round.
    ///
    /// ## Why
    ///
    /// What ends before it begins is in no report, and in every other.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table leases (id bigint primary key, starts_on date not null, ends_on date not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table leases (id bigint primary key, starts_on date not null, ends_on date not null, check (ends_on > starts_on));
    /// ```
    CON006 "unordered-range" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for (begin, end) in pairs(t) {
        let told = t.checks.iter().any(|it| {
            let names = expression::names(&it.expression);
            names.contains(&begin.name) && names.contains(&end.name)
        });
        let excluded = t.exclusions.iter().any(|it| {
            it.elements.iter().any(
                |it| matches!(&it.0.key, IndexKey::Expression(text) if text.contains(begin.name.as_str())),
            )
        });
        if told || excluded || begin.is_generated() || end.is_generated() {
            continue;
        }
        let (from, to) = (crate::sql::ident(&begin.name), crate::sql::ident(&end.name));
        let remedy =
            Remedy::AddCheck { table: t.id, columns: vec![end.id], expression: format!("{to} >= {from}") };
        cx.columns(t, &[begin.id, end.id], format!("`{}` may lie before `{}`", end.name, begin.name))
            .risky("Add a check", remedy);
    }
}

/// Two columns of one type whose names differ in a word for a beginning and a word for an end.
fn pairs<'a>(t: &TableView<'a>) -> Vec<(ColumnView<'a>, ColumnView<'a>)> {
    const WORDS: [(&str, &str); 12] = [
        ("start", "end"),
        ("starts", "ends"),
        ("started", "ended"),
        ("begin", "end"),
        ("from", "to"),
        ("from", "until"),
        ("opens", "closes"),
        ("started", "finished"),
        ("min", "max"),
        ("start", "finish"),
        ("check_in", "check_out"),
        ("begins", "ends"),
    ];
    let mut found = Vec::new();
    // What identifies somebody has no order, be it sent from one to another.
    let comparable = |it: &ColumnView<'_>| {
        (it.is_moment() || it.is_number() || it.is_type(Builtin::Time))
            && !it.facts.is_reference
            && !it.name.ends_with("_id")
    };
    let begins =
        |it: &ColumnView<'_>| it.is(Topic::Begin) || it.name.contains("min") || it.name.contains("check_in");
    for begin in t.cols().filter(|it| begins(it) && comparable(it)) {
        let name = &begin.column.name;
        for (from, to) in WORDS.into_iter().filter(|it| name.contains(it.0)) {
            let whole = format!("_{name}_");
            if !whole.contains(&format!("_{from}_")) {
                continue;
            }
            let other = whole.replacen(&format!("_{from}_"), &format!("_{to}_"), 1);
            let end = t
                .cols()
                .find(|it| it.column.name == other.trim_matches('_') && it.builtin() == begin.builtin());
            if let Some(end) = end {
                found.push((begin, end));
                break;
            }
        }
    }
    found
}
