//! Case sensitive identity.

use crate::lint::prelude::*;

rule! {
    /// Flags a unique e-mail address, user name or host name for which upper and lower case differ.
    ///
    /// ## Why
    ///
    /// `A@x.org` and `a@x.org` become two accounts of one person.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table accounts (id bigint primary key, email text not null unique);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table accounts (id bigint primary key, email text not null);
    /// create unique index on accounts (lower(email));
    /// ```
    KEY013 "case-sensitive-identity" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let constraints = t.uniques.iter().map(|it| (Id::from(it.id), it.columns.clone()));
    let indexes = t.indexes.iter().filter(|it| it.unique && it.predicate.is_none());
    let indexes = indexes.filter_map(|it| Some((Id::from(it.id), it.plain_columns()?)));
    let keys: Vec<_> = constraints.chain(indexes).collect();
    for (id, columns) in keys {
        let [column] = columns.as_slice() else { continue };
        let Some(c) = t.col(*column) else { continue };
        let lowered = t.checks.iter().any(|it| {
            let folded = expression::folded(&it.expression);
            folded.contains("lower (") && expression::names(&it.expression).contains(&c.name)
        });
        let lowered_too = t.indexes.iter().any(|it| it.unique && it.elements.iter().any(|it| {
            matches!(&it.key, IndexKey::Expression(text) if text.to_ascii_lowercase().contains("lower") && text.contains(&c.name))
        }));
        if !c.is_text() || !c.ends(Topic::CaseFree) || c.collation.is_some() || lowered || lowered_too {
            continue;
        }
        let by =
            |it: &Table| it.foreign_keys.iter().any(|fk| fk.references == t.id && fk.ref_columns == columns);
        let referenced = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0))).any(by);
        let expression = format!("lower({})", crate::sql::ident(&c.name));
        let finding = cx.column(
            t,
            &c,
            format!(
                "`{}` is unique only letter for letter: `A@x.org` and `a@x.org` can both be there",
                c.name
            ),
        );
        if !referenced {
            let remedy =
                Remedy::AddExpressionIndex { table: t.id, column: c.id, expression, replaces: Some(id) };
            finding.risky("Make it unique whatever its case", remedy);
        }
    }
}
