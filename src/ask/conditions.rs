//! Conditions that rows must hold, told in words: `price of items must be positive unless the item is free`.

use super::act::Slots;
use super::bounds::{fronted, number, range, without_length};
use super::names::{column, listed, read};
use super::words::Word;
use super::{ASKED, Asking, NotDone};
use crate::base;
use crate::design::convention::values_of;
use crate::design::naming::{Derived, free};
use crate::design::{Check, Column, ColumnId, Design, Edit, Origin, Table};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::{ident, literal};

/// How what must be is told.
const MODALS: &[&str] = &[
    "must", "should", "can", "may", "has to", "have to", "needs to", "need to", "is to", "are to", "is",
    "are",
];

/// What may stand behind them and says nothing.
const VERBS: &[&str] =
    &["be", "have", "lie", "come", "stay", "remain", "fall", "go", "happen", "contain", "hold", "consist of"];

/// Comparisons, those of more words first; `!` stands before one that is meant only where it is denied.
const COMPARISONS: &[(&str, &str)] = &[
    ("greater than or equal to", ">="),
    ("less than or equal to", "<="),
    ("on or after", ">="),
    ("on or before", "<="),
    ("no earlier than", ">="),
    ("no later than", "<="),
    ("no less than", ">="),
    ("no fewer than", ">="),
    ("no more than", "<="),
    ("a minimum of", ">="),
    ("a maximum of", "<="),
    ("no longer than", "<="),
    ("not longer than", "<="),
    ("no shorter than", ">="),
    ("not shorter than", ">="),
    ("no higher than", "<="),
    ("not higher than", "<="),
    ("no lower than", ">="),
    ("not lower than", ">="),
    ("no bigger than", "<="),
    ("no smaller than", ">="),
    ("not more than", "<="),
    ("not less than", ">="),
    ("not before", ">="),
    ("not after", "<="),
    ("at the most", "<="),
    ("at the least", ">="),
    ("different from", "<>"),
    ("different to", "<>"),
    ("differ from", "<>"),
    ("the same as", "="),
    ("equal to", "="),
    ("greater than", ">"),
    ("more than", ">"),
    ("higher than", ">"),
    ("bigger than", ">"),
    ("larger than", ">"),
    ("longer than", ">"),
    ("later than", ">"),
    ("less than", "<"),
    ("fewer than", "<"),
    ("smaller than", "<"),
    ("lower than", "<"),
    ("shorter than", "<"),
    ("earlier than", "<"),
    ("prior to", "<"),
    ("at least", ">="),
    ("minimum", ">="),
    ("at most", "<="),
    ("maximum", "<="),
    ("max", "<="),
    ("min", ">="),
    ("up to", "<="),
    ("above", ">"),
    ("over", ">"),
    ("after", ">"),
    ("exceed", ">"),
    ("below", "<"),
    ("under", "<"),
    ("before", "<"),
    ("exactly", "="),
];

/// Words that bind a condition to another one; whether it holds but for that, or with it alone.
const BUT: &[(&str, bool)] = &[
    ("except when", true),
    ("except if", true),
    ("except where", true),
    ("unless", true),
    ("only if", false),
    ("only when", false),
    ("as long as", false),
    ("whenever", false),
    ("if", false),
    ("when", false),
    ("once", false),
    ("while", false),
];

/// Whether words may tell a condition of a column.
pub fn is_condition(words: &[Word]) -> bool {
    words.len() >= 2 && words.len() <= 24 && MODALS.iter().any(|it| after(words, it).is_some())
}

/// What follows a phrase with which words begin.
pub fn after<'a>(words: &'a [Word], phrase: &str) -> Option<&'a [Word]> {
    let mut left = words;
    for part in phrase.split(' ') {
        left = left.first().filter(|it| it.is(part)).and_then(|_| left.get(1..))?;
    }
    Some(left)
}

/// `price of items must be positive`
pub fn condition(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, columns) = (table.id, slots.columns(table)?);
    let limit = slots.words("limit").map(|it| [&[super::words::plain("is")], it].concat());
    let words = limit.as_deref().or_else(|| slots.words("condition")).unwrap_or_default();
    for column in columns {
        let table = super::act::table_of(asking, id)?;
        let not_told = || NotDone::Impossible {
            why: format!("`{}` is no condition that `{}` can be held to", read(words), table.name),
        };
        let of = Of { design: &asking.after, table };
        let subject = table.column(column).ok_or_else(not_told)?;
        let (expression, mut about) = of.whole(subject, words).ok_or_else(not_told)?;
        if !about.contains(&column) {
            about.push(column);
        }
        let table = table.clone();
        held(asking, table, &about, expression)?;
    }
    Ok(())
}

/// `at least one of phone and email of customers must be set`
pub fn some_of(asking: &mut Asking, slots: &Slots<'_>, is_exact: bool) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?.clone();
    let columns = slots.columns(&table)?;
    if columns.len() < 2 {
        return Err(NotDone::Impossible { why: "one column alone is required or not".to_owned() });
    }
    if is_exact {
        // Of several of which one is there none is always there.
        for column in columns.iter().filter(|it| !table.is_nullable(**it) && !table.is_key(**it)) {
            let edit = crate::design::operation::set_nullable(&asking.after, table.id, *column, true);
            asking.part(format!("Let a row of {} be without it", table.name), ASKED, edit)?;
        }
    }
    let table = super::act::table_of(asking, table.id)?;
    // Where one is always there no more is said.
    let always = columns.iter().find(|it| !table.is_nullable(**it)).filter(|_| !is_exact);
    if let Some(name) = always.and_then(|it| table.column(*it)).map(|it| &it.name) {
        return Err(NotDone::AlreadySo { what: format!("`{}.{name}` is required", table.name) });
    }
    let names: Vec<String> = table.column_names(&columns).map(ident).collect();
    let sign = if is_exact { "=" } else { ">=" };
    let expression = format!("num_nonnulls({}) {sign} 1", names.join(", "));
    held(asking, table.clone(), &columns, expression)
}

pub fn held(
    asking: &mut Asking,
    mut table: Table,
    about: &[ColumnId],
    expression: String,
) -> Result<(), NotDone> {
    let bare = |it: &str| it.replace(['(', ')', ' '], "").to_lowercase();
    if table.checks.iter().any(|it| bare(&it.expression) == bare(&expression)) {
        return Err(NotDone::AlreadySo { what: format!("`{}` is held to `{expression}`", table.name) });
    }
    let derived = Derived::Check.name(&table.name, table.column_names(about));
    let taken = |name: &str| {
        table.checks.iter().any(|it| it.name == name)
            || table.uniques.iter().any(|it| it.name == name)
            || table.foreign_keys.iter().any(|it| it.name == name)
    };
    let name = free(derived, taken);
    let title = format!("Hold {} to {expression}", table.name);
    let id = asking.after.ids().take();
    table.checks.push(Check { id, name, expression, origin: Origin::Hand, ..Check::default() });
    let edit = Edit::default().put(&asking.after, table);
    asking.part(title, ASKED, edit)
}

/// Whether words tell what a column is held to, without a verb: `at most 120 characters`.
pub fn is_limit(words: &[Word]) -> bool {
    let fronted = fronted(words);
    let words = fronted.as_slice();
    let compared = COMPARISONS.iter().find_map(|it| after(words, it.0));
    let is_column = |it: &[Word]| it.len() <= 3 && super::fresh::is_name(it);
    let has_number = || words.iter().any(|it| number(std::slice::from_ref(it)).is_some());
    (2..=12).contains(&words.len())
        && (compared.is_some_and(is_column)
            || has_number()
                && (compared.is_some() || after(words, "between").is_some() || range(words).is_some()))
}

/// Whether words tell what a column is held to, by a number.
pub fn is_bound(words: &[Word]) -> bool {
    is_limit(words) && words.iter().any(|it| number(std::slice::from_ref(it)).is_some())
}

/// The expression of a condition of a column: `must not be negative`.
pub fn told_of(design: &Design, table: &Table, subject: &Column, words: &[Word]) -> Option<Told> {
    Of { design, table }.condition(subject, words)
}

/// The expression of what is said of a row: `is active`.
pub fn clause_of(design: &Design, table: &Table, words: &[Word]) -> Option<Told> {
    Of { design, table }.clause(words)
}

/// The rows that conditions are of.
struct Of<'a> {
    design: &'a Design,
    table: &'a Table,
}

/// An expression, and the columns that it is of.
pub type Told = (String, Vec<ColumnId>);

impl Of<'_> {
    /// A condition with what it depends on.
    fn whole(&self, subject: &Column, words: &[Word]) -> Option<Told> {
        let at = (1..words.len()).find_map(|at| {
            let rest = words.get(at..)?;
            BUT.iter().find_map(|(said, is_but)| Some((at, after(rest, said)?, *is_but)))
        });
        let Some((at, clause, is_but)) = at else { return self.condition(subject, words) };
        let before = words.get(..at)?;
        let before = before.strip_suffix(&[super::words::plain(",")]).unwrap_or(before);
        let (body, mut about) = self.condition(subject, before)?;
        let (clause, more) = self.clause(clause)?;
        let may_be_unknown = more.iter().any(|it| self.table.is_nullable(*it)) && !clause.ends_with(" NULL");
        about.extend(more);
        about.dedup();
        let whole = match (is_but, may_be_unknown) {
            (true, false) => format!("{clause} OR {body}"),
            (true, true) => format!("({clause}) IS TRUE OR {body}"),
            (false, false) => format!("NOT ({clause}) OR {body}"),
            (false, true) => format!("({clause}) IS NOT TRUE OR {body}"),
        };
        Some((whole, about))
    }

    /// `must be positive`
    fn condition(&self, subject: &Column, words: &[Word]) -> Option<Told> {
        let mut left = MODALS.iter().find_map(|it| after(words, it))?;
        let (mut denied, mut before) = (false, usize::MAX);
        while left.len() < before {
            before = left.len();
            for word in ["not", "never"] {
                if let Some(rest) = after(left, word) {
                    (left, denied) = (rest, !denied);
                }
            }
            let said = ["only", "always", "ever"].iter().chain(VERBS).find_map(|it| after(left, it));
            left = said.unwrap_or(left);
        }
        self.body(subject, left, denied)
    }

    /// `positive`, `greater than 0 and less than 100`; where it is denied of each.
    fn body(&self, subject: &Column, words: &[Word], denied: bool) -> Option<Told> {
        let one = self.comparison(subject, words, denied);
        let joint = || words.iter().position(|it| it.is_any(&["and", "but"])).filter(|_| !denied);
        one.or_else(|| {
            let (first, rest) = words.split_at(joint()?);
            let (low, mut about) = self.comparison(subject, first, false)?;
            let (high, more) = self.comparison(subject, rest.get(1..)?, false)?;
            about.extend(more.into_iter().filter(|it| *it != subject.id));
            Some((format!("{low} AND {high}"), about))
        })
    }

    /// `positive`, `between 0 and 1`, `after its start date`, `at least 3 characters long`
    fn comparison(&self, subject: &Column, words: &[Word], denied: bool) -> Option<Told> {
        let fronted = fronted(words);
        let words = fronted.as_slice();
        let name = ident(&subject.name);
        let family = subject.data_type.as_builtin().map(Builtin::family);
        let is_number = matches!(family, Some(TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float));
        let is_text = matches!(family, Some(TypeFamily::Text | TypeFamily::Character));
        let own = |it: String| Some((it, vec![subject.id]));
        let said = read(words);
        match (said.as_str(), denied) {
            ("positive", false) if is_number => return own(format!("{name} > 0")),
            ("negative", true) | ("non negative", false) if is_number => return own(format!("{name} >= 0")),
            ("zero", true) if is_number => return own(format!("{name} <> 0")),
            ("lower case" | "lowercase" | "in lower case", false) if is_text => {
                return own(format!("{name} = lower({name})"));
            }
            ("upper case" | "uppercase" | "in upper case", false) if is_text => {
                return own(format!("{name} = upper({name})"));
            }
            ("in the future", true) | ("in the past", false) if family == Some(TypeFamily::DateTime) => {
                let is_day = subject.data_type.as_builtin() == Some(Builtin::Date);
                let now = if is_day { "CURRENT_DATE" } else { "now()" };
                return own(format!("{name} <= {now}"));
            }
            _ => {}
        }
        if let Some(range) = range(words) {
            let at = range.iter().position(|it| it.is_any(&["and", "to"]))?;
            let (low, high) = (range.get(..at)?, range.get(at + 1..)?);
            let (high, counts) = without_length(high);
            let (low, high) = (self.operand(subject, low, counts)?, self.operand(subject, high, counts)?);
            let what = if counts && is_text { format!("char_length({name})") } else { name };
            if counts != is_text {
                return None;
            }
            let not = if denied { " NOT" } else { "" };
            let mut about = vec![subject.id];
            about.extend(low.1.into_iter().chain(high.1));
            return Some((format!("{what}{not} BETWEEN {} AND {}", low.0, high.0), about));
        }
        let (sign, operand) = COMPARISONS
            .iter()
            .find_map(|(said, sign)| Some((*sign, after(words, said)?)))
            .or_else(|| without_length(words).1.then_some(("=", words)))?;
        let sign = if denied { opposite(sign) } else { sign };
        let (operand, counts) = without_length(operand);
        // At most 30 of a text are characters.
        let counts = counts || is_text && matches!(sign, "<=" | ">=") && number(operand).is_some();
        if counts {
            let (count, _) = self.operand(subject, operand, true)?;
            return if is_text { own(format!("char_length({name}) {sign} {count}")) } else { None };
        }
        let (operand, about) = self.operand(subject, operand, false)?;
        Some((format!("{name} {sign} {operand}"), [vec![subject.id], about].concat()))
    }

    /// A number for what is counted, or another column of the same kind.
    fn operand(&self, subject: &Column, words: &[Word], counts: bool) -> Option<Told> {
        let family = |it: &Column| it.data_type.as_builtin().map(Builtin::family);
        let is_number =
            matches!(family(subject), Some(TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float));
        if let Some(number) = number(words) {
            return (is_number || counts).then_some((number, Vec::new()));
        }
        let words = after(words, "its").or_else(|| after(words, "their")).unwrap_or(words);
        let other = self.table.column(column(self.table, words)?)?;
        let is_alike = family(other) == family(subject)
            || is_number && matches!(family(other), Some(TypeFamily::Integer | TypeFamily::Numeric));
        (is_alike && !counts && other.id != subject.id).then(|| (ident(&other.name), vec![other.id]))
    }

    /// What is told of a row beside: `the item is free`, `status is paid`, `discontinued`, `total is above 100`.
    fn clause(&self, words: &[Word]) -> Option<Told> {
        let verb = words.iter().position(|it| it.is_any(&["is", "are", "was", "were", "has", "have"]));
        let (who, rest) = match verb {
            Some(at) => (words.get(..at)?, words.get(at + 1..)?),
            None => (words.get(..0)?, words),
        };
        let (rest, denied) = match after(rest, "not") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let rest = after(rest, "been").unwrap_or(rest);
        let who = after(who, "its").or_else(|| after(who, "their")).unwrap_or(who);
        let own = (!who.is_empty()).then(|| column(self.table, who)).flatten();
        if let Some(of) = own.and_then(|it| self.table.column(it)) {
            let name = ident(&of.name);
            let null = |is: bool| {
                let not = if is == denied { " NOT" } else { "" };
                Some((format!("{name} IS{not} NULL"), vec![of.id]))
            };
            match read(rest).as_str() {
                "empty" | "missing" | "unknown" | "null" | "unset" | "absent" | "optional" => {
                    return null(true);
                }
                "set" | "given" | "known" | "there" | "present" | "filled" | "required" => {
                    return null(false);
                }
                _ => {}
            }
            if let Some(value) = self.value_of(of, rest) {
                let sign = if denied { "<>" } else { "=" };
                return Some((format!("{name} {sign} {}", literal(&value)), vec![of.id]));
            }
            return self.body(of, rest, denied);
        }
        // Of the row itself: a flag, or the one column that can have it as its value.
        let flag = column(self.table, rest).and_then(|it| self.table.column(it));
        let not = if denied { "NOT " } else { "" };
        if let Some(flag) = flag.filter(|it| it.data_type.as_builtin() == Some(Builtin::Boolean)) {
            return Some((format!("{not}{}", ident(&flag.name)), vec![flag.id]));
        }
        let mut having =
            self.table.columns.iter().filter_map(|it| self.value_of(it, rest).map(|value| (it, value)));
        let (of, value) = having.next().filter(|_| having.next().is_none())?;
        let sign = if denied { "<>" } else { "=" };
        Some((format!("{} {sign} {}", ident(&of.name), literal(&value)), vec![of.id]))
    }

    /// The value of a column's closed set that words mean.
    fn value_of(&self, column: &Column, words: &[Word]) -> Option<String> {
        let said = base::snake_case(&read(words));
        let is_it = |it: &String| !said.is_empty() && base::snake_case(it) == said;
        values_of(self.design, self.table, column)?.into_iter().find(is_it)
    }
}

fn opposite(sign: &str) -> &'static str {
    match sign {
        ">" => "<=",
        "<" => ">=",
        ">=" => "<",
        "<=" => ">",
        "=" => "<>",
        _ => "=",
    }
}

/// `swap first name and last name of actors`: each has the other's name from now on.
pub fn swap(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    use crate::sql::refactor::rename_column;
    let table = slots.table(&asking.after)?;
    let both = match (slots.words("first"), slots.words("then")) {
        (Some(first), Some(then)) => [first, &[super::words::plain(",")], then].concat(),
        _ => slots.words("columns").unwrap_or_default().to_vec(),
    };
    let columns = super::act::listed_columns(table, &both)?;
    let ([one, other], 2) = (columns.as_slice(), listed(&both).len()) else {
        return Err(NotDone::Impossible {
            why: "two columns can be swapped, not one and not three".to_owned(),
        });
    };
    let name = |it: ColumnId| table.column(it).map(|it| it.name.clone()).unwrap_or_default();
    let (first, second) = (name(*one), name(*other));
    let aside = free(format!("{first}_aside"), |it| table.column_named(it).is_some());
    let mut trial = asking.after.clone();
    for (column, to) in [(*one, &aside), (*other, &first), (*one, &second)] {
        let edit = rename_column(&trial, table.id, column, to);
        trial.apply(&edit)?;
    }
    let title = format!("Swap the names of {first} and {second} of {}", table.name);
    let edit = Edit::between(&asking.after, &trial);
    asking.part(title, ASKED, edit)
}
