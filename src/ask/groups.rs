//! Columns of several tables that have something in common: `all money columns`, `*_date`, `fax in all tables`.

use super::act::{Slots, table_of};
use super::fields::stated;
use super::names::{self, bare, is_everything, read, tables};
use super::words::Word;
use super::{ASKED, Asking, NotDone, rules};
use crate::base;
use crate::design::naming::{Derived, identifier};
use crate::design::{Column, ColumnId, Design, Edit, Index, Scope, Table, TableId, operation};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::refactor;

/// The last words of names of amounts of money.
const MONEY: &[&str] = &[
    "price", "cost", "amount", "total", "subtotal", "fee", "freight", "salary", "wage", "balance", "budget",
    "fare", "revenue", "deposit", "charge", "rent", "payment", "sum", "tax", "vat", "tip", "bonus", "credit",
    "debit",
];

/// Words for such columns as a whole.
const OF_MONEY: &[&str] =
    &["money", "monetary", "amounts", "amount", "prices", "price", "currency amount", "money amount"];

/// What columns have in common.
enum Common {
    /// The end of their names, with its underscore.
    End(String),
    /// The beginning of their names, with its underscore.
    Start(String),
    /// Their name.
    Name(String),
    /// Their type.
    Types(Vec<Builtin>),
    Money,
    /// That they refer to other tables.
    References,
}

impl Common {
    fn holds(&self, table: &Table, column: &Column) -> bool {
        let name = base::snake_case(&column.name);
        let builtin = column.data_type.as_builtin();
        match self {
            Self::End(end) => name.len() > end.len() && name.ends_with(end.as_str()),
            Self::Start(start) => name.len() > start.len() && name.starts_with(start.as_str()),
            Self::Name(wanted) => base::singular(&name) == *wanted,
            // Keys are of their type for a reason of their own.
            Self::Types(types) => {
                let is_reference = table.foreign_keys.iter().any(|it| it.columns.contains(&column.id));
                builtin.is_some_and(|it| types.contains(&it)) && !table.is_key(column.id) && !is_reference
            }
            Self::References => table.foreign_keys.iter().any(|it| it.columns == [column.id]),
            Self::Money => {
                let last = name.rsplit('_').next().unwrap_or_default();
                let family = builtin.map(Builtin::family);
                builtin == Some(Builtin::Money)
                    || matches!(family, Some(TypeFamily::Numeric | TypeFamily::Float))
                        && MONEY.contains(&base::singular(last).as_str())
            }
        }
    }
}

/// What is said behind columns of several tables.
struct Said<'a> {
    words: &'a [Word],
    /// Whether `all` or `every` stands before them, or all tables behind.
    is_all: bool,
    /// Whether they are called columns.
    are_columns: bool,
}

fn common(said: &Said<'_>) -> Option<Common> {
    let words = match said.words {
        [how, with, rest @ ..]
            if how.is_any(&["ending", "that", "which", "starting", "beginning", "called", "named"]) =>
        {
            let rest =
                if with.is_any(&["in", "with", "on", "end", "by"]) { rest } else { said.words.get(1..)? };
            rest.strip_prefix(&[super::words::plain("in")]).unwrap_or(rest)
        }
        all => all,
    };
    if let [word] = words {
        let text = word.text.as_str();
        if text.len() > 1 && text.starts_with('_') {
            return Some(Common::End(text.to_owned()));
        }
        if text.len() > 1 && text.ends_with('_') {
            return Some(Common::Start(text.to_owned()));
        }
    }
    let text = read(words);
    if OF_MONEY.contains(&text.as_str()) && (said.is_all || said.are_columns || text == "money") {
        return Some(Common::Money);
    }
    let is_reference = matches!(text.as_str(), "foreign keys" | "foreign key" | "references" | "reference");
    if is_reference && (said.is_all || said.are_columns || text.ends_with('s')) {
        return Some(Common::References);
    }
    if !said.is_all {
        return None;
    }
    let single = base::singular(&text);
    let of_type = match single.as_str() {
        _ if !said.are_columns && single == text => None,
        "timestamp" | "time stamp" => Some(vec![Builtin::Timestamp, Builtin::TimestampTz]),
        "string" | "text" => Some(vec![Builtin::Text, Builtin::Varchar]),
        "flag" => Some(vec![Builtin::Boolean]),
        "float" => Some(vec![Builtin::Real, Builtin::Double]),
        "number" | "name" => None,
        other => Builtin::from_name(other).map(|it| vec![it]),
    };
    if let Some(types) = of_type {
        return Some(Common::Types(types));
    }
    let is_name = super::fresh::is_name(words) && words.len() <= 3;
    is_name.then(|| Common::Name(base::singular(&names::name(words))))
}

/// The columns that words mean, and what they have in common; nothing where they are of one table and no kind.
fn group(design: &Design, words: &[Word]) -> Option<(Common, Vec<(TableId, ColumnId)>)> {
    let (words, within) = (1..words.len())
        .find_map(|at| {
            let (before, behind) = words.split_at(at);
            let (joint, of) = behind.split_first()?;
            let is_joint = joint.is_any(&["of", "in", "on", "from", "for", "across"]);
            let of = of.strip_prefix(&[super::words::plain("all"), super::words::plain("the")]).unwrap_or(of);
            (is_joint && !of.is_empty())
                .then(|| tables(design, of).map(|it| (before, Some((it, is_everything(of))))))?
        })
        .unwrap_or((words, None));
    let mut left = words;
    let mut said = Said { words, is_all: within.as_ref().is_some_and(|it| it.1), are_columns: false };
    while let Some((first, rest)) = left.split_first()
        && first.is_any(&["all", "every", "each", "any", "the", "of", "our", "columns", "column", "fields"])
        && !rest.is_empty()
    {
        said.is_all |= first.is_any(&["all", "every", "each", "any"]);
        said.are_columns |= first.is_any(&["columns", "column", "fields"]);
        left = rest;
    }
    while let Some((last, rest)) = left.split_last()
        && last.is_any(&["columns", "column", "fields", "field", "ones"])
        && !rest.is_empty()
    {
        said.are_columns = true;
        said.is_all |= last.is("columns");
        left = rest;
    }
    said.words = left;
    let common = common(&said)?;
    let tables = match within {
        Some((tables, _)) => tables,
        None => design.tables().filter(|it| it.partition_of.is_none()).map(|it| it.id).collect(),
    };
    let of = |id: &TableId| {
        let table = design.table(*id);
        table.into_iter().flat_map(|table| {
            table
                .columns
                .iter()
                .filter(|it| common.holds(table, it))
                .map(|it| (table.id, it.id))
                .collect::<Vec<_>>()
        })
    };
    let found: Vec<(TableId, ColumnId)> = tables.iter().flat_map(of).collect();
    (!found.is_empty()).then_some((common, found))
}

/// Whether words mean columns of several tables.
pub fn is_group(design: &Design, words: &[Word]) -> bool {
    words.len() <= 12 && group(design, words).is_some()
}

/// Whether a word is the end or the beginning of names: `_on`.
pub fn is_affix(words: &[Word]) -> bool {
    matches!(words, [word] if !word.is_quoted && word.text.len() > 1 && (word.text.starts_with('_') || word.text.ends_with('_')))
}

/// Does to each of the columns what is asked of them; those that are so already are left as they are.
pub fn grouped(asking: &mut Asking, kind: &str, slots: &Slots<'_>) -> Result<(), NotDone> {
    let words = slots.words("group").unwrap_or_default();
    let Some((common, found)) = group(&asking.after, words) else {
        return Err(NotDone::Impossible { why: format!("`{}` are no columns", read(words)) });
    };
    let before = asking.parts.len();
    for (table, column) in found {
        match one(asking, kind, slots, &common, (table, column)) {
            Err(NotDone::AlreadySo { .. }) => {}
            done => done?,
        }
    }
    if asking.parts.len() == before {
        return Err(NotDone::AlreadySo { what: format!("`{}` are so", read(words)) });
    }
    Ok(())
}

fn one(
    asking: &mut Asking,
    kind: &str,
    slots: &Slots<'_>,
    common: &Common,
    (id, column): (TableId, ColumnId),
) -> Result<(), NotDone> {
    let table = table_of(asking, id)?;
    let Some(of) = table.column(column) else { return Ok(()) };
    let whole = format!("{}.{}", table.name, of.name);
    match kind {
        "group_type" => {
            let words = slots.last("type").unwrap_or_default();
            let text = stated(bare(words)).unwrap_or_default();
            let edit = operation::set_type(&asking.after, id, column, &text)?;
            asking.part(format!("Make {whole} {}", read(words)), ASKED, edit)
        }
        "group_rename" => {
            let affix = slots.words("affix").map(read).unwrap_or_default();
            let name = match common {
                Common::End(end) if affix.starts_with('_') => {
                    format!(
                        "{}{affix}",
                        of.name.get(..of.name.len().saturating_sub(end.len())).unwrap_or_default()
                    )
                }
                Common::Start(start) if affix.ends_with('_') => {
                    format!("{affix}{}", of.name.get(start.len()..).unwrap_or_default())
                }
                Common::Name(_) if affix.is_empty() => {
                    super::renaming::in_column_style(&asking.after, table, column, &identifier(&slots.name()))
                }
                _ => {
                    let why = format!("`{affix}` is no name for `{whole}`");
                    return Err(NotDone::Impossible { why });
                }
            };
            if table.column_named(&name).is_some() {
                return Err(NotDone::Taken { name: format!("{}.{name}", table.name) });
            }
            let edit = refactor::rename_column(&asking.after, id, column, &name);
            asking.part(format!("Rename {whole} to {name}"), ASKED, edit)
        }
        "group_remove" => super::removal::remove_column(asking, id, column),
        "group_required" | "group_optional" => {
            let nullable = kind == "group_optional";
            if table.is_nullable(column) == nullable || table.is_key(column) {
                return Ok(());
            }
            let word = if nullable { "optional" } else { "required" };
            let edit = operation::set_nullable(&asking.after, id, column, nullable);
            asking.part(format!("Make {whole} {word}"), ASKED, edit)
        }
        "group_default" => {
            let mut of = of.clone();
            rules::give_default(&asking.after, &mut of, slots.words("value").unwrap_or_default())?;
            let edit = operation::set_value(&asking.after, id, column, &of.value);
            asking.part(format!("Give {whole} a default"), ASKED, edit)
        }
        _ => {
            if rules::is_served(table, &[column]) {
                return Ok(());
            }
            let taken = |it: &str| asking.after.named(Scope::Relation(table.namespace), it).next().is_some();
            let name = Derived::Index.free_name(&table.name, [of.name.as_str()], taken);
            let mut table = table.clone();
            table.indexes.push(Index::over(asking.after.ids().take(), name, &[column]));
            let edit = Edit::default().put(&asking.after, table);
            asking.part(format!("Index {whole}"), ASKED, edit)
        }
    }
}
