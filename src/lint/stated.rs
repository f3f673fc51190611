//! Facts that comments of a script state about the table below them: `/*@ rows 2M; access eq(task_id) sort(at desc) */`.
//!
//! `rows 2M` and `growth 500k/month` (for twelve months) are expected rows; `access` is a query with `eq(…)`, `range(…)`,
//! `contains(…)`, `ilike(…)`, `sort(…)`, `limit N` and `rate 200/s`; `depth 2` is how deep rows nest;
//! `fd dept_code -> dept_name` a functional dependency; `nulls(coupon_id)=95%` how many rows have no value; `retain 30d` how long
//! rows are kept; `public` that ids are seen outside; `demand soft-delete` (or `audit`, `tenancy`, `mysql`, `sqlite`) is asked of the
//! whole design, and `also mysql` says the same of a database beside PostgreSQL. Other facts are passed over.

use std::collections::BTreeMap;

use crate::base::Span;
use crate::design::{AccessPattern, Demand, Design, Edit, Load, Origin, TableId, Volume};
use crate::pg::{TokenKind, tokens};
use crate::read::{PieceKind, split};
use crate::sql::{ident, literal};

/// Months that growth is counted for.
const MONTHS: u64 = 12;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// What the comments of a script add to the design that it makes.
pub fn stated(text: &str, design: &Design) -> Edit {
    let (mut edit, mut ids) = (Edit::default(), design.ids());
    if !text.contains("/*@") {
        return edit;
    }
    let statements: Vec<Span> =
        split(text).into_iter().filter(|it| it.kind == PieceKind::Statement).map(|it| it.span).collect();
    let mut load: Load = design.load().clone();
    let mut comments: BTreeMap<TableId, String> = BTreeMap::new();
    let mut nulls: Vec<(String, String, String)> = Vec::new();
    for token in tokens(text).filter(|it| it.kind == TokenKind::BlockComment) {
        let Some(facts) = token.span.of(text).strip_prefix("/*@").and_then(|it| it.strip_suffix("*/")) else {
            continue;
        };
        let Some(statement) = statements.iter().find(|it| it.end > token.span.start) else { continue };
        let Some(table) = created(statement.of(text)) else { continue };
        for fact in facts.split(';').map(str::trim) {
            let (word, rest) = fact.split_once(char::is_whitespace).unwrap_or((fact, ""));
            let per_month = |it: &str| Some(number(it.strip_suffix("/month")?)?.saturating_mul(MONTHS));
            match word {
                "rows" => load.volumes.extend(volume(&table, number(rest))),
                "growth" => load.volumes.extend(volume(&table, per_month(rest))),
                "demand" | "also" => {
                    if let Some(what) = demand(rest) {
                        load.demand(what, Origin::Hand);
                    }
                }
                "public" | "depth" | "fd" | "retain" if word == "public" || !rest.is_empty() => {
                    let said = match word {
                        "fd" => rest.to_owned(),
                        "retain" => format!("kept for {rest}"),
                        "public" => "ids are public".to_owned(),
                        _ => format!("{word} {rest}"),
                    };
                    for it in design.tables().filter(|it| it.name == table) {
                        let comment =
                            comments.entry(it.id).or_insert_with(|| it.comment.clone().unwrap_or_default());
                        comment.push_str(if comment.is_empty() { "" } else { "; " });
                        comment.push_str(&said);
                    }
                }
                "access" => {
                    if let Some(query) = query(&table, rest) {
                        let rate = rest.split_once("rate ").and_then(|it| it.1.split_once("/s"));
                        let id = ids.take();
                        let name = format!("{table}: {rest}");
                        let per_day = rate.and_then(|it| number(it.0)).map(|it| it.saturating_mul(DAY));
                        edit = edit.then(Edit::adding([AccessPattern {
                            id,
                            name,
                            query,
                            per_day,
                            ..AccessPattern::default()
                        }]));
                    }
                }
                _ => nulls.extend(null_share(&table, fact)),
            }
        }
    }
    for table in design.tables() {
        let shares: Vec<_> = nulls.iter().filter(|it| it.0 == table.name).collect();
        let comment = comments.remove(&table.id);
        if comment.is_none() && shares.is_empty() {
            continue;
        }
        let mut said = table.clone();
        said.comment = comment.or(said.comment);
        for (_, name, share) in shares {
            for column in said.columns.iter_mut().filter(|it| it.name == *name) {
                let before = column.comment.take().map_or_else(String::new, |it| format!("{it}; "));
                column.comment = Some(format!("{before}{share} null"));
            }
        }
        edit = edit.put(design, said);
    }
    if load == *design.load() { edit } else { edit.put(design, crate::design::Record::Load(load)) }
}

fn demand(word: &str) -> Option<Demand> {
    Some(match word.trim() {
        "soft-delete" => Demand::SoftDelete,
        "audit" => Demand::Audit,
        "tenancy" => Demand::Tenancy,
        "mysql" => Demand::MySql,
        "sqlite" => Demand::Sqlite,
        _ => return None,
    })
}

fn volume(table: &str, count: Option<u64>) -> Option<Volume> {
    Some(Volume { of: table.to_owned(), count: count?, ..Volume::default() })
}

/// `nulls(coupon_id)=95%`: the table, the column and the share.
fn null_share(table: &str, fact: &str) -> Option<(String, String, String)> {
    let (column, share) = fact.strip_prefix("nulls(")?.split_once(')')?;
    let share = share.trim_start_matches(|it: char| it == '=' || it.is_whitespace());
    Some((table.to_owned(), column.trim().to_owned(), share.to_owned()))
}

/// The table that a statement makes.
fn created(statement: &str) -> Option<String> {
    match super::script::act(statement) {
        super::script::Act::CreateTable { name, .. } => Some(name),
        _ => None,
    }
}

/// `2M`, `500k`, `1_000`.
fn number(text: &str) -> Option<u64> {
    let text = text.trim().replace(['_', ','], "");
    let digits = text.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let scale = match text.get(digits.len()..)?.to_ascii_lowercase().as_str() {
        "" => 1,
        "k" => 1_000,
        "m" => 1_000_000,
        "b" | "g" => 1_000_000_000,
        _ => return None,
    };
    digits.parse::<u64>().ok().map(|it| it.saturating_mul(scale))
}

/// The query that `eq(a, b) sort(c desc) limit 50` stands for.
fn query(table: &str, access: &str) -> Option<String> {
    let listed = |word: &str| {
        let inner = access.split_once(&format!("{word}(")).and_then(|it| it.1.split_once(')')).map(|it| it.0);
        inner
            .into_iter()
            .flat_map(|it| it.split(','))
            .map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty())
    };
    // `payload.kind` is a field of a JSON column.
    let column = |it: &str| match it.split_once('.') {
        Some((column, field)) => format!("{} ->> {}", ident(column), literal(field)),
        None => ident(it),
    };
    let mut conditions: Vec<String> = Vec::new();
    for (word, sign) in [("eq", "="), ("range", ">"), ("contains", "@>"), ("ilike", "ILIKE"), ("filter", "=")]
    {
        for it in listed(word) {
            conditions.push(format!("{} {sign} ${}", column(&it), conditions.len() + 1));
        }
    }
    let order: Vec<String> = listed("sort")
        .map(|it| match it.split_once(char::is_whitespace) {
            Some((name, way)) if way.trim().eq_ignore_ascii_case("desc") => format!("{} DESC", column(name)),
            Some((name, _)) => column(name),
            None => column(&it),
        })
        .collect();
    if conditions.is_empty() && order.is_empty() {
        return None;
    }
    let mut query = format!("SELECT * FROM {}", ident(table));
    if !conditions.is_empty() {
        query.push_str(&format!(" WHERE {}", conditions.join(" AND ")));
    }
    if !order.is_empty() {
        query.push_str(&format!(" ORDER BY {}", order.join(", ")));
    }
    let limit =
        access.split_once("limit ").and_then(|it| it.1.split_whitespace().next()?.parse::<u64>().ok());
    if let Some(limit) = limit {
        query.push_str(&format!(" LIMIT {limit}"));
    }
    Some(query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn facts_become_queries_and_volumes() {
        let text = "/*@ rows 2M; access eq(task_id, meta.kind) sort(at desc) limit 50 rate 2/s */ create table c (task_id int, at int);";
        let mut design = read::postgres(text, &read::Options::default()).tree.design;
        let edit = stated(text, &design);
        design.apply(&edit).expect("facts fit");
        let pattern = design.access_patterns().next().expect("a query");
        assert_eq!(
            pattern.query,
            "SELECT * FROM c WHERE task_id = $1 AND meta ->> 'kind' = $2 ORDER BY at DESC LIMIT 50"
        );
        assert_eq!((pattern.per_day, design.load().volumes[0].count), (Some(172_800), 2_000_000));
        let both = "/*@ access eq(a); access eq(b) */ create table c (a int, b int);";
        let mut design = read::postgres(both, &read::Options::default()).tree.design;
        let edit = stated(both, &design);
        design.apply(&edit).expect("facts fit");
        assert_eq!(design.access_patterns().count(), 2);
        for odd in [
            "/*@",
            "/*@ */",
            "/*@ access */ create table t ();",
            "/*@ rows x; access eq( */ create table t ();",
        ] {
            let design = read::postgres(odd, &read::Options::default()).tree.design;
            let _ = stated(odd, &design);
        }
    }
}
