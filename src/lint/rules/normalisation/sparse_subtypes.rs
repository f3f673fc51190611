//! Sparse subtypes.

use crate::lint::prelude::*;

rule! {
    /// Flags columns that belong to one kind of row each, where nothing keeps them to it.
    ///
    /// ## Why
    ///
    /// A row of kind `image` may have a `video_codec`, and one of kind `video` none. A check for each kind says what belongs to
    /// it; a table for each kind lets its columns be `NOT NULL` as well.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table media (id bigint primary key, kind text not null check (kind in ('video','image')), video_codec text, video_seconds int, image_width int, image_height int);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table media (id bigint primary key, kind text not null check (kind in ('video','image')));
    /// create table videos (media_id bigint primary key references media, codec text not null, seconds int not null);
    /// ```
    ///
    /// ```sql
    /// create table media (id bigint primary key, kind text not null check (kind in ('video','image')), video_codec text, video_seconds int, image_width int,
    ///   check (kind = 'video' or video_codec is null and video_seconds is null), check (kind = 'image' or image_width is null));
    /// ```
    ///
    /// ## Options
    ///
    /// `min` (3): so many such columns are told.
    NRM018 "sparse-subtypes" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let least = cx.option("min", 3) as usize;
    let open: Vec<_> = t.cols().filter(|it| t.is_nullable(it.column.id) && it.name.contains('_')).collect();
    if !t.facts.has_listed || open.len() < least {
        return;
    }
    for kind in t.cols().filter(|it| it.facts.is_listed && !t.is_nullable(it.column.id)) {
        let labels = labels(cx, t, &kind);
        let of = |label: &String| -> Vec<ColumnView<'_>> {
            let begins = |it: &&ColumnView<'_>| {
                it.name.strip_prefix(label.as_str()).is_some_and(|rest| rest.starts_with('_'))
            };
            open.iter().filter(begins).copied().collect()
        };
        let parts: Vec<(String, Vec<ColumnView<'_>>)> =
            labels.into_iter().map(|it| (it.clone(), of(&it))).filter(|it| !it.1.is_empty()).collect();
        let all: Vec<ColumnView<'_>> = parts.iter().flat_map(|it| it.1.iter().copied()).collect();
        let is_tied = t.checks.iter().any(|it| {
            let names = expression::names(&it.expression);
            names.contains(&kind.name) && all.iter().any(|it| names.contains(&it.name))
        });
        if parts.len() < 2 || all.len() < least || is_tied {
            continue;
        }
        let check = |(label, columns): &(String, Vec<ColumnView<'_>>)| {
            let none = columns.iter().map(|it| format!("{} IS NULL", crate::sql::ident(&it.name)));
            let none = none.collect::<Vec<_>>().join(" AND ");
            let expression =
                format!("{} = {} OR ({none})", crate::sql::ident(&kind.name), crate::sql::literal(label));
            let first = columns.first().map(|it| it.column.id);
            let columns = std::iter::once(kind.column.id).chain(first).collect();
            Remedy::AddCheck { table: t.id, columns, expression }
        };
        let remedy = Remedy::All(parts.iter().map(check).collect());
        let ids: Vec<ColumnId> = all.iter().map(|it| it.column.id).collect();
        let message =
            format!("{} columns belong to one `{}` each, and nothing keeps them to it", all.len(), kind.name);
        cx.columns(t, &ids, message).risky("Keep them to it by checks", remedy);
        return;
    }
}

/// The values that a column can have.
fn labels(cx: &Cx<'_>, t: &TableView<'_>, kind: &ColumnView<'_>) -> Vec<String> {
    if let BaseType::Enum(id) = cx.design.below_domain(&kind.data_type).base {
        return cx.design.enum_type(id).map(|it| it.values.clone()).unwrap_or_default();
    }
    let lists = t.checks.iter().filter(|it| {
        let demands = expression::demands(&it.expression);
        matches!(demands.as_slice(), [(name, demand)] if *name == kind.name && demand.listed)
    });
    lists.flat_map(|it| expression::texts(&it.expression)).collect()
}
