//! Unindexed foreign key.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key whose columns do not lead any index.
    ///
    /// ## Why
    ///
    /// Deleting or re-keying a referenced row scans the whole referencing table for each row, under a lock; joins that
    /// way scan it too.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// create index on o (user_id);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Foreign Keys": "it is often a good idea to index the referencing columns too".
    IDX001 "unindexed-foreign-key" Warning [Core Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in &t.foreign_keys {
        let leads = t.leads_an_index(&fk.columns) || leads_a_partial(cx, t, fk) || is_excluded(t, fk);
        let twin = t.foreign_keys.iter().take_while(|it| it.id != fk.id).any(|it| it.columns == fk.columns);
        if fk.columns.is_empty() || leads || twin {
            continue;
        }
        let listed = t.listed(&fk.columns);
        let referenced = cx.design.table(fk.references).map_or("", |it| it.name.as_str());
        // A lookup's rows are seldom deleted: what scans is rare there.
        let lookup = cx.view(fk.references).is_some_and(|it| it.role() == Role::Lookup);
        let milder = cx.told.milder(Severity::Info);
        let remedy = Remedy::AddIndex {
            table: t.id,
            columns: fk.columns.clone(),
            unique: false,
            predicate: None,
            replaces: None,
        };
        let objects: Vec<Id> = fk.columns.iter().map(|it| Id::from(*it)).chain([fk.id.into()]).collect();
        let finding = cx.member(t, objects, &listed, format!("the foreign key ({listed}) has no index"));
        finding.because(format!("it references `{referenced}`"));
        if lookup {
            finding.severity = milder;
        }
        finding.safe("Add an index", remedy);
    }
}

/// An index of the rows in which the column is not null serves a foreign key: nulls reference nothing. One of the rows that
/// are not deleted by mark serves where what is referenced is deleted by mark too: it never goes for good, and joins read live rows.
fn leads_a_partial(cx: &Cx<'_>, t: &TableView<'_>, fk: &ForeignKey) -> bool {
    let stays = cx.view(fk.references).is_some_and(|it| crate::lint::is_deleted_by_mark(&it));
    let implied = |predicate: &str| {
        let folded = expression::folded(predicate).replace(['(', ')'], "");
        let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let says = |column: &str, what: &str| folded == format!("{} {what}", crate::sql::ident(column));
        t.table.column_names(&fk.columns).any(|it| says(it, "is not null"))
            || stays
                && t.cols().any(|it| crate::lint::is_deletion_mark(it.facts) && says(&it.name, "is null"))
    };
    t.indexes.iter().any(|it| {
        let leading = it.leading_columns();
        let leads = leading.len() >= fk.columns.len()
            && leading.iter().take(fk.columns.len()).all(|it| fk.columns.contains(it));
        leads && it.predicate.as_deref().is_some_and(implied)
    })
}

/// The index behind an exclusion constraint serves too.
fn is_excluded(t: &TableView<'_>, fk: &ForeignKey) -> bool {
    t.exclusions.iter().any(|it| {
        let leads =
            |it: &(IndexElement, String)| matches!(it.0.key, IndexKey::Column(id) if fk.columns == [id]);
        it.predicate.is_none() && it.elements.first().is_some_and(leads)
    })
}
