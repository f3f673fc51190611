//! What happened lately, gathered from several tables in one round trip.

use super::asked::{self, PAGE};
use super::select::{Select, column, is_live, refers};
use super::{Parameter, Query, QueryKind, a, noun, overview::listed, parameter, referring, role, rows};
use crate::base::{plural, words};
use crate::design::{Design, ForeignKey, Table, TableId, TableKind};
use crate::sql::{ident, literal};

/// So many tables are gathered from.
const SOURCES: usize = 4;

/// Words in the name of a table of who follows whom.
const FOLLOWS: [&str; 7] =
    ["follow", "follower", "following", "friend", "friendship", "subscription", "connection"];

/// Whether rows are people who act: they have an address or a password to sign in with.
pub(super) fn is_person(table: &Table) -> bool {
    let signs_in =
        |name: &str| words(name).iter().any(|it| matches!(it.as_str(), "email" | "username" | "password"));
    let called = words(&table.name).pop().is_some_and(|it| {
        matches!(
            crate::base::singular(&it).as_str(),
            "user" | "member" | "person" | "account" | "profile" | "employee"
        )
    });
    called || table.columns.iter().any(|it| signs_in(&it.name))
}

/// The feeds of a table.
pub(super) fn queries(design: &Design, table: &Table) -> Vec<Query> {
    happened(design, table).into_iter().chain(followed(design, table)).collect()
}

/// Something that happens at or below a row: where it is kept, who does it, and the way up to the row.
struct Source<'d> {
    table: &'d Table,
    actor: &'d ForeignKey,
    /// From the table itself up to the row.
    way: Vec<(&'d Table, &'d ForeignKey)>,
}

/// What happened at or below a row: of each source the latest, then the latest of all.
fn happened(design: &Design, table: &Table) -> Option<Query> {
    if table.kind != TableKind::Core || is_person(table) {
        return None;
    }
    let [key] = rows::key(table) else { return None };
    let sources = sources(design, table);
    let people = sources.first()?.actor.references;
    let sources: Vec<_> =
        sources.into_iter().filter(|it| it.actor.references == people).take(SOURCES).collect();
    let people = design.table(people)?;
    let [person_key] = rows::key(people) else { return None };
    if sources.len() < 2 {
        return None;
    }
    let mut branches: Vec<String> = Vec::new();
    for source in &sources {
        branches.push(branch(design, source)?);
    }
    let mut select = Select::default();
    let (people_source, person) = select.source(design, people, "actor");
    select.columns = vec!["feed.kind".to_owned(), "feed.id".to_owned(), "feed.at".to_owned()];
    select.columns.extend(rows::label(design, people).map(|it| format!("{} AS actor", column(&person, it))));
    select.from = format!("(\n    {}\n) AS feed", branches.join("\n    UNION ALL\n    "));
    select.joins.push(format!(
        "LEFT JOIN {people_source} ON {} = feed.actor_id",
        column(&person, people.column(*person_key)?)
    ));
    select.order = vec!["feed.at DESC".to_owned(), "feed.id DESC".to_owned()];
    select.limit = Some(PAGE);
    let named: Vec<String> = sources.iter().map(|it| plural(&noun(it.table))).collect();
    let gives = format!("What happened lately in {}: {}", a(&noun(table)), listed(&named));
    let row = parameter(
        design,
        table,
        *key,
        format!("{} of the {}", table.column(*key)?.name.replace('_', " "), noun(table)),
    );
    Some(Query {
        kind: QueryKind::Feed,
        gives,
        sql: select.text(0),
        parameters: vec![row, before()],
        index: None,
    })
}

/// What is older than what was shown; the caller begins with the present.
fn before() -> Parameter {
    Parameter {
        what: "moment before which rows are wanted: that of the last one shown, at first now".to_owned(),
        type_name: "timestamptz".to_owned(),
    }
}

/// The tables at and one step below a row that keep what somebody does at a moment.
fn sources<'d>(design: &'d Design, table: &Table) -> Vec<Source<'d>> {
    let below = |id: TableId| {
        let all = referring(design, id).into_iter();
        all.filter(move |it| {
            it.0.id != id
                && it.0.partition_of.is_none()
                && it.0.kind != TableKind::Infrastructure
                && asked::parent(design, it.0).is_some_and(|parent| parent.id == it.1.id)
        })
    };
    let mut all = Vec::new();
    let mut add = |child: &'d Table, way: Vec<(&'d Table, &'d ForeignKey)>| {
        let is_actor = |fk: &&ForeignKey| {
            fk.columns.len() == 1
                && way.first().is_none_or(|it| it.1.id != fk.id)
                && design.table(fk.references).is_some_and(is_person)
        };
        // Who wrote a row is always known; who it is for may not be.
        let is_optional = |fk: &&ForeignKey| fk.columns.iter().any(|it| child.is_nullable(*it));
        if let Some(actor) = child.foreign_keys.iter().filter(is_actor).min_by_key(is_optional)
            && rows::moment(design, child).is_some()
            && rows::key(child).len() == 1
            && child.kind == TableKind::Core
        {
            all.push(Source { table: child, actor, way });
        }
    };
    for (child, fk) in below(table.id) {
        add(child, vec![(child, fk)]);
        for (grandchild, up) in below(child.id).filter(|it| it.0.id != table.id) {
            add(grandchild, vec![(grandchild, up), (child, fk)]);
        }
    }
    all
}

/// The latest of one source.
fn branch(design: &Design, source: &Source<'_>) -> Option<String> {
    let (mut select, own) = (Select::from(design, source.table), ident(&source.table.name));
    let (moment, actor) = (rows::moment(design, source.table)?, source.actor.columns.first()?);
    let key = source.table.column(*rows::key(source.table).first()?)?;
    select.columns = vec![
        format!("{} AS kind", literal(&source.table.name)),
        format!("{}::text AS id", column(&own, key)),
        format!("{}::timestamptz AS at", column(&own, moment)),
        format!("{} AS actor_id", column(&own, source.table.column(*actor)?)),
    ];
    let mut at = own.clone();
    for pair in source.way.windows(2) {
        let [(below, fk), (above, _)] = pair else { continue };
        let (written, spoken) = select.source(design, above, &above.name);
        select.joins.push(format!("JOIN {written} ON {}", refers((&at, below), fk, (&spoken, above))));
        select.wheres.extend(is_live(design, &spoken, above));
        at = spoken;
    }
    let (top, fk) = source.way.last()?;
    let (given, _) = asked::given(design, top, fk, &at, 1)?;
    select.wheres.splice(0..0, given);
    select.wheres.extend(is_live(design, &own, source.table));
    select.wheres.push(format!("{} < $2", column(&own, moment)));
    select.order = vec![format!("{} DESC", column(&own, moment))];
    select.limit = Some(PAGE);
    Some(format!("({})", select.text(1)))
}

/// Of a table that tells who follows whom: what those wrote whom somebody follows.
fn followed(design: &Design, table: &Table) -> Option<Query> {
    let (one, other) = asked::pair(table).filter(|it| it.0.references == it.1.references)?;
    let people = design.table(one.references).filter(|it| is_person(it))?;
    if !words(&table.name).iter().any(|it| FOLLOWS.contains(&crate::base::singular(it).as_str())) {
        return None;
    }
    let writes = |it: &&(&Table, &ForeignKey)| {
        it.0.kind == TableKind::Core
            && rows::moment(design, it.0).is_some()
            && asked::parent(design, it.0).is_some_and(|parent| parent.id == it.1.id)
    };
    let all = referring(design, people.id);
    // What others answer, attach to and count is what they write.
    let weight = |it: &&(&Table, &ForeignKey)| std::cmp::Reverse(referring(design, it.0.id).len());
    let (written, author) = *all.iter().filter(writes).min_by_key(weight)?;
    let mut select = Select::from(design, table);
    let own = ident(&table.name);
    let (source, spoken) = select.source(design, written, &written.name);
    let (person_source, person) = select.source(design, people, &asked::alias(design, written, author));
    let moment = rows::moment(design, written)?;
    select.columns.extend(rows::shown(written).iter().map(|it| column(&spoken, it)));
    if !select.columns.contains(&column(&spoken, moment)) {
        select.columns.push(column(&spoken, moment));
    }
    select.columns.extend(
        rows::label(design, people).map(|it| format!("{} AS {}", column(&person, it), ident("written_by"))),
    );
    // Who is followed is the author: both point at the same row.
    let same = other
        .columns
        .first()
        .zip(author.columns.first())
        .filter(|_| other.columns.len() == 1 && other.ref_columns == author.ref_columns)?;
    let joined =
        format!("{} = {}", column(&spoken, written.column(*same.1)?), column(&own, table.column(*same.0)?));
    select.joins.push(format!("JOIN {source} ON {joined}"));
    select
        .joins
        .push(format!("JOIN {person_source} ON {}", refers((&spoken, written), author, (&person, people))));
    let (given, mut parameters) = asked::given(design, table, one, &own, 1)?;
    let next = given.len() + 1;
    select.wheres.extend(given);
    select.wheres.extend(is_live(design, &spoken, written));
    select.wheres.push(format!("{} < ${next}", column(&spoken, moment)));
    parameters.push(before());
    let key = rows::key(written)
        .iter()
        .filter_map(|it| written.column(*it))
        .map(|it| format!("{} DESC", column(&spoken, it)));
    select.order = std::iter::once(format!("{} DESC", column(&spoken, moment))).chain(key).collect();
    select.limit = Some(PAGE);
    let gives = format!(
        "The {} of those whom {} follows, the latest first",
        plural(&noun(written)),
        a(&role(design, table, one))
    );
    let index = asked::index_on(design, table, &one.columns);
    Some(Query { kind: QueryKind::Feed, gives, sql: select.text(0), parameters, index })
}
