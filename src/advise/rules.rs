//! What the rows of a table are held to, each rule with the name of what holds it.

use super::overview::listed;
use super::{Rule, a, asked, noun, role};
use crate::base::{capitalized, plural, sentence};
use crate::design::{
    BaseType, ColumnId, ConventionKind, Design, ForeignKey, Function, Origin, ReferentialAction, Table,
    TriggerFunction,
};
use crate::sql::qualified_name;

/// All rules: what tells rows apart, what they refer to, which values they take, then what triggers and policies hold.
pub(super) fn rules(design: &Design, table: &Table) -> Vec<Rule> {
    let mut all = Vec::new();
    all.extend(apart(design, table));
    all.extend(table.foreign_keys.iter().filter_map(|it| reference(design, table, it)));
    all.extend(values(design, table));
    all.extend(checks(table));
    all.extend(overlaps(table));
    all.extend(triggers(design, table));
    all.extend(policies(table));
    all
}

/// A name as words.
fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

/// What no two rows share.
fn apart(design: &Design, table: &Table) -> Vec<Rule> {
    let constraints = table.uniques.iter().map(|it| (&it.name, it.columns.clone(), None));
    let primary = table
        .primary_key
        .iter()
        .filter(|it| it.columns.len() > 1)
        .map(|it| (&it.name, it.columns.clone(), None));
    let indexes = table.indexes.iter().filter(|it| it.unique).filter_map(|it| {
        let columns = it.plain_columns().unwrap_or_else(|| lowered(table, it));
        (!columns.is_empty()).then_some((&it.name, columns, it.predicate.as_deref()))
    });
    let all = primary.chain(constraints).chain(indexes);
    all.filter_map(|(name, columns, predicate)| unique(design, table, name, &columns, predicate)).collect()
}

/// The columns of an index over their lower case.
fn lowered(table: &Table, index: &crate::design::Index) -> Vec<ColumnId> {
    let column = |element: &crate::design::IndexElement| match &element.key {
        crate::design::IndexKey::Column(id) => Some(*id),
        crate::design::IndexKey::Expression(text) => {
            let is_it = |it: &&crate::design::Column| {
                text.trim() == format!("lower({})", crate::sql::ident(&it.name))
            };
            table.columns.iter().find(is_it).map(|it| it.id)
        }
    };
    index.elements.iter().map(column).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn unique(
    design: &Design,
    table: &Table,
    name: &str,
    columns: &[ColumnId],
    predicate: Option<&str>,
) -> Option<Rule> {
    let fks: Vec<&ForeignKey> =
        table.foreign_keys.iter().filter(|fk| fk.columns.iter().all(|it| columns.contains(it))).collect();
    let own: Vec<String> = columns
        .iter()
        .filter(|it| !fks.iter().any(|fk| fk.columns.contains(it)))
        .filter_map(|it| table.column(*it))
        .map(|it| spoken(&it.name))
        .collect();
    let others: Vec<String> = fks.iter().map(|fk| role(design, table, fk)).collect();
    let nouns = plural(&noun(table));
    let says = match (own.is_empty(), others.as_slice()) {
        (true, []) => return None,
        (true, [only]) => format!("{} has one {} at most", capitalized(&a(only)), noun(table)),
        (true, [first, rest @ ..]) => {
            let rest: Vec<String> = rest.iter().map(|it| a(it)).collect();
            format!("{} and {} are brought together once at most", capitalized(&a(first)), listed(&rest))
        }
        (false, []) => format!("No two {nouns} have the same {}", listed(&own)),
        (false, others) => {
            format!("No two {nouns} of the same {} have the same {}", listed(others), listed(&own))
        }
    };
    let only = match predicate {
        None => String::new(),
        Some(text) => format!(" (of rows with {text})"),
    };
    Some(Rule { says: sentence(&format!("{says}{only}")), by: name.to_owned() })
}

/// What a row belongs to or names, and what becomes of it then.
fn reference(design: &Design, table: &Table, fk: &ForeignKey) -> Option<Rule> {
    let other = design.table(fk.references)?;
    let (mine, role) = (noun(table), role(design, table, fk));
    let is_optional = fk.columns.iter().any(|it| table.is_nullable(*it));
    let is_one = table.is_unique_over(&fk.columns) && asked::pair(table).is_none();
    let has = if is_optional { "may have" } else { "has" };
    let what = if role == noun(other) { a(&role) } else { format!("{} as {role}", a(&noun(other))) };
    let alone = if is_one { ", which has no other" } else { "" };
    let goes = match fk.on_delete {
        ReferentialAction::Cascade => "and goes with it",
        ReferentialAction::SetNull => "and forgets it when it is deleted",
        ReferentialAction::SetDefault => "and falls back to its default when it is deleted",
        ReferentialAction::Restrict | ReferentialAction::NoAction => "which cannot be deleted as long as",
    };
    let (joint, rest) = match fk.on_delete {
        ReferentialAction::Restrict | ReferentialAction::NoAction => {
            (",", format!(" it has {}", if is_one { "one".to_owned() } else { plural(&mine) }))
        }
        _ => ("", String::new()),
    };
    let says = format!("{} {has} {what}{alone}{joint} {goes}{rest}", capitalized(&a(&mine)));
    Some(Rule { says: sentence(&says), by: fk.name.clone() })
}

/// Which values columns take, where a type lists them.
fn values(design: &Design, table: &Table) -> Vec<Rule> {
    let of = |column: &crate::design::Column| {
        let BaseType::Enum(id) = design.below_domain(&column.data_type).base else { return None };
        let set = design.enum_type(id)?;
        let values: Vec<String> = set.values.iter().map(|it| spoken(it)).collect();
        let says = format!("The {} is {}", spoken(&column.name), one_of(&values));
        Some(Rule { says: sentence(&says), by: qualified_name(design, set.namespace, &set.name) })
    };
    table.columns.iter().filter_map(of).collect()
}

fn one_of(values: &[String]) -> String {
    match values {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        other => other.concat(),
    }
}

/// What a check holds; that a text is not too long is no rule of the business.
fn checks(table: &Table) -> Vec<Rule> {
    let is_length = |text: &str| text.starts_with("char_length(") && !text.contains(" AND ~");
    let told = table.checks.iter().filter(|it| it.comment.is_some() || !is_length(it.expression.trim()));
    let words = |it: &crate::design::Check| match &it.comment {
        Some(comment) => sentence(comment),
        None => format!("Each row satisfies: {}", it.expression.trim()),
    };
    told.map(|it| Rule { says: words(it), by: it.name.clone() }).collect()
}

/// What must not overlap.
fn overlaps(table: &Table) -> Vec<Rule> {
    let words = |it: &crate::design::Exclusion| match &it.comment {
        Some(comment) => sentence(comment),
        None => format!(
            "No two {} exclude each other: they are compared by {}.",
            plural(&noun(table)),
            it.elements.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(", ")
        ),
    };
    table.exclusions.iter().map(|it| Rule { says: words(it), by: it.name.clone() }).collect()
}

/// What triggers hold, as their functions say it; housekeeping is none.
fn triggers(design: &Design, table: &Table) -> Vec<Rule> {
    let own = table
        .triggers
        .iter()
        .filter(|it| !matches!(it.origin, Origin::Convention(ConventionKind::Timestamps)));
    let told = own.filter_map(|it| {
        let function: &Function = match &it.function {
            TriggerFunction::Function(id) => design.function(*id)?,
            TriggerFunction::Other(_) => return None,
        };
        let says = it.comment.as_ref().or(function.comment.as_ref())?;
        Some(Rule { says: sentence(says), by: it.name.clone() })
    });
    told.collect()
}

/// Who sees and changes which rows.
fn policies(table: &Table) -> Vec<Rule> {
    let words = |it: &crate::design::Policy| match &it.comment {
        Some(comment) => sentence(comment),
        None => {
            let what = [it.using.as_deref(), it.with_check.as_deref()]
                .into_iter()
                .flatten()
                .next()
                .unwrap_or("true");
            format!("{} where {}", capitalized(policy_words(it.command)), what)
        }
    };
    table.policies.iter().map(|it| Rule { says: words(it), by: it.name.clone() }).collect()
}

fn policy_words(command: crate::design::PolicyCommand) -> &'static str {
    use crate::design::PolicyCommand as Command;
    match command {
        Command::All => "rows are seen and changed",
        Command::Select => "rows are seen",
        Command::Insert => "rows are added",
        Command::Update => "rows are changed",
        Command::Delete => "rows are deleted",
    }
}
