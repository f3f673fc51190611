//! Why a table is there, and why it is shaped as it is.

use super::overview::listed;
use super::{a, asked, noun, referring, role, rows, tree};
use crate::base::{capitalized, plural, sentence};
use crate::design::{
    BaseType, ConventionKind, Design, Origin, ReferentialAction, Table, TableKind, TriggerEvent,
    TriggerFunction,
};

/// The reasons, a sentence each.
pub(super) fn why(design: &Design, table: &Table) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(told(design, table));
    all.extend(part(design, table));
    all.extend(hangs(design, table));
    all.extend(never_changed(design, table));
    all.extend(kept(design, table));
    all.into_iter().map(|it| sentence(&it)).collect()
}

/// What the text says, or why it was assumed.
fn told(design: &Design, table: &Table) -> Option<String> {
    match &table.origin {
        Origin::Brief { brief, spans } => {
            let text = design.brief(*brief)?.text.as_str();
            let first = spans.iter().map(|it| it.of(text).split_whitespace().collect::<Vec<_>>().join(" "));
            let said = first.max_by_key(|it| it.chars().count()).filter(|it| !it.is_empty())?;
            Some(format!("The brief speaks of “{said}”"))
        }
        Origin::Assumption { reason } if !reason.trim().is_empty() => {
            Some(format!("Assumed: {}", reason.trim()))
        }
        _ => None,
    }
}

/// Its part in the model.
fn part(design: &Design, table: &Table) -> Option<String> {
    let mine = noun(table);
    if let Some((one, other)) = asked::pair(table) {
        return Some(of_pairs(table, &role(design, table, one), &role(design, table, other)));
    }
    match table.kind {
        TableKind::Lookup => Some(format!(
            "A list of its own, so that somebody can add {} without a change of the schema",
            plural(&mine)
        )),
        TableKind::Infrastructure => Some("The software needs it, the business does not".to_owned()),
        TableKind::Core | TableKind::Junction => {
            let kept = properties(table).len();
            let by: Vec<String> = of_it(design, table);
            let has = match kept {
                0 => None,
                1 => Some("one property of its own".to_owned()),
                _ => Some(format!("{kept} properties of its own")),
            };
            let referred = (!by.is_empty()).then(|| format!("is referred to by {}", listed(&by)));
            let parts: Vec<String> = has.map(|it| format!("has {it}")).into_iter().chain(referred).collect();
            (!parts.is_empty()).then(|| {
                format!(
                    "{} {}, so it is more than a column of something else",
                    capitalized(&a(&mine)),
                    listed(&parts)
                )
            })
        }
    }
}

/// Why pairs of two things need a table.
fn of_pairs(table: &Table, one: &str, other: &str) -> String {
    let kept = properties(table);
    let both = format!(
        "{} has several {} and {} several {}, which only a table of pairs can hold",
        capitalized(&a(one)),
        plural(other),
        a(other),
        plural(one)
    );
    match kept.as_slice() {
        [] => both,
        kept => format!("{both}; what is known of the pair, its {}, stands with it", listed(kept)),
    }
}

/// The names of the columns that tell something, without keys, references and housekeeping.
fn properties(table: &Table) -> Vec<String> {
    let shown = rows::shown(table).into_iter().filter(|it| !table.is_key(it.id));
    shown.map(|it| it.name.replace('_', " ")).collect()
}

/// The tables that refer to it, a few of them.
fn of_it(design: &Design, table: &Table) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (other, _) in referring(design, table.id)
        .into_iter()
        .filter(|it| it.0.id != table.id && it.0.partition_of.is_none())
    {
        let name = plural(&noun(other));
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let more = all.len().saturating_sub(3);
    all.truncate(3);
    if more > 0 {
        all.push(format!("{more} more"));
    }
    all
}

/// What it is part of, and that rows hang under each other.
fn hangs(design: &Design, table: &Table) -> Vec<String> {
    let mut all = Vec::new();
    if table.kind == TableKind::Core
        && let Some(parent) = asked::parent(design, table)
        && parent.on_delete == ReferentialAction::Cascade
    {
        let whole = role(design, table, parent);
        all.push(format!(
            "One row for each {}, since {} may have several; it is part of the {whole} and goes with it",
            noun(table),
            a(&whole)
        ));
    }
    if let Some(own) = tree::own(table) {
        let by = table.column_names(&own.columns).collect::<Vec<_>>().join(", ");
        let nouns = plural(&noun(table));
        all.push(format!("{} hang under each other by {by}: moving one with all below it changes one row, and a recursive query reads all below one", capitalized(&nouns)));
    }
    if let Some(place) = rows::position(design, table) {
        all.push(format!(
            "People put the rows in order, so {} holds it: no other column tells it",
            place.name
        ));
    }
    all
}

/// That rows are only added.
fn never_changed(design: &Design, table: &Table) -> Option<String> {
    let refuses = |it: &&crate::design::Trigger| {
        let is_refusal = match &it.function {
            TriggerFunction::Function(id) => {
                design.function(*id).is_some_and(|it| it.name.ends_with("_immutable"))
            }
            TriggerFunction::Other(_) => false,
        };
        is_refusal && it.events.contains(&TriggerEvent::Update) && it.update_of.is_empty()
    };
    table.triggers.iter().find(refuses)?;
    Some("It is a record of what happened: rows are added, and never changed".to_owned())
}

/// How rows and values are kept.
fn kept(design: &Design, table: &Table) -> Vec<String> {
    let mut all = Vec::new();
    let sets: Vec<String> = table
        .columns
        .iter()
        .filter(|it| matches!(design.below_domain(&it.data_type).base, BaseType::Enum(_)))
        .map(|it| it.name.replace('_', " "))
        .collect();
    if !sets.is_empty() {
        let (is, set) = if sets.len() == 1 { ("is", "a closed set") } else { ("are", "closed sets") };
        all.push(format!("Its {} {is} {set} of values without properties of their own, so a type holds them and not a table", listed(&sets)));
    }
    if rows::deletion(design, table).is_some() {
        all.push("Rows are marked as deleted and can be brought back".to_owned());
    }
    let tenant = |it: &&crate::design::Column| it.origin == Origin::Convention(ConventionKind::Tenancy);
    if let Some(tenant) = table.columns.iter().find(tenant) {
        all.push(format!(
            "Each row tells its tenant ({}), so that row security need not follow references",
            tenant.name
        ));
    }
    all
}
