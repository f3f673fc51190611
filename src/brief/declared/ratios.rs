//! How many of one thing go with how many of another, in the notation of data modelling: "User 1:N Order", "Playlist (N) --- (M) Song",
//! "users <-> groups (m2m)", "tasks and labels are many-to-many".

use super::super::blocks::{Block, BlockKind, Role};
use super::super::reading::RelationshipKind;
use super::field::{field, parts, says, sentences, split};
use super::sections::title;
use super::{Declared, Field, Link, Table};
use crate::base::{Clip, Span, lower, one_of};

/// Words of a clause that speak of a relationship.
const RELATION: &str = "relationship relation association cardinality link mapping between from";

/// Other words of such a clause that name nothing; those of the pair's own table first.
const BESIDE: &str = "through via using to and a an the each every multiple several has have can may must be is are in at with for of which \
    there also exist exists it connected linked related";

/// What such a clause has one of.
const SIGNS: &[&str] = &["1", "*", ":", "any", "one", "2m", "2o", "N-M", "n-m"];

/// Bytes of a clause that is no more than that.
const LONGEST: usize = 200;

/// What a clause tells of two names, while it is read.
struct Ratio<'a> {
    text: &'a str,
    /// The names, the pair's own behind "through" last.
    names: Vec<Span>,
    /// Whether a further word is one of the last name.
    goes_on: bool,
    /// Whether there may be several of the last side that was told, and whether a sign stands behind it.
    last: Option<(bool, bool)>,
    /// Whether there may be several of each side, and how many names stand before.
    many: Option<(bool, bool, usize)>,
    /// Whether nothing but signs stands between the names.
    is_bare: bool,
    /// Whether it speaks of a relationship.
    is_said: bool,
    /// Whether it tells a word for the relationship, behind both names.
    is_labelled: bool,
    /// Whether it tells the pair's own table.
    has_table: bool,
    /// What is kept of each pair, or of the second.
    columns: Vec<Field>,
}

/// Reads all lines of the text. Linear.
pub fn read(text: &str, blocks: &[Block], out: &mut Declared) {
    let mut all: Vec<(Ratio, Span)> = Vec::new();
    for block in blocks {
        if block.role == Role::Out || !matches!(block.kind, BlockKind::Item | BlockKind::Para) {
            continue;
        }
        for said in sentences(text, block.span) {
            for clause in parts(text, said) {
                let said = clause.of(text);
                if said.len() > LONGEST || !says(said, SIGNS) {
                    continue;
                }
                // "Relationships: User 1:N Order"
                let label = said.find(": ").map_or(0, |it| it + 2);
                let behind = Span::new(clause.start as usize + label, clause.end as usize);
                if let Some(found) = Ratio::of(text, clause).or_else(|| Ratio::of(text, behind)) {
                    all.push((found, clause));
                }
            }
        }
    }
    // Told twice it lists a model's tables; told once, "weekly 1:1 notes" may be a kind of notes.
    let is_list = all.iter().filter(|it| it.0.is_bare).count() >= 2;
    for (ratio, span) in all {
        ratio.take(span, is_list, out);
    }
}

impl<'a> Ratio<'a> {
    /// What the clause tells, if its words are two names, a ratio, and such that name nothing.
    fn of(text: &'a str, clause: Span) -> Option<Self> {
        let mut out = Self {
            text,
            names: Vec::new(),
            goes_on: false,
            last: None,
            many: None,
            is_bare: true,
            is_said: false,
            is_labelled: false,
            has_table: false,
            columns: Vec::new(),
        };
        out.read(clause);
        let is_told = match out.many?.2 {
            0 => out.is_said,
            1 => out.is_said || out.is_bare,
            _ => true,
        };
        (is_told && out.names.len() == 2 + usize::from(out.has_table)).then_some(out)
    }

    fn read(&mut self, clause: Span) {
        let mut rest = clause.of(self.text);
        while let Some(sign) = rest.chars().next() {
            let start = clause.end as usize - rest.len();
            let is_part = |it: char| it.is_alphanumeric() || "_*.".contains(it);
            let length = rest.find(|it| !is_part(it)).unwrap_or(rest.len()).max(sign.len_utf8());
            let written = rest.clip(..length);
            rest = rest.clip(length..);
            let bare = written.trim_matches(['*', '_', '.']);
            let is_sign = written == "*" || written.contains("..");
            let word =
                lower(if is_sign || !sign.is_alphanumeric() && bare.is_empty() { written } else { bare });
            let (one, other) = counted(&word);
            let is_word = word.starts_with(char::is_alphabetic) && one.is_none();
            if is_word && !one_of(&word, RELATION) && !one_of(&word, BESIDE) {
                self.name(Span::new(start, start + written.len()));
                continue;
            }
            if sign == ' ' || word.is_empty() {
                continue;
            }
            self.goes_on = false;
            if let Some(many) = one {
                self.count(many);
            } else {
                self.last = self.last.filter(|_| !is_word || word == "to").map(|it| (it.0, true));
                self.is_said |= one_of(&word, RELATION);
                self.has_table |= one_of(&word, "through via using");
                self.is_bare &= !is_word || one_of(&word, "to and");
            }
            if let (Some(last), Some(many)) = (&mut self.last, other) {
                last.1 = true;
                self.count(many);
            }
            match (word.as_str(), self.names.as_mut_slice()) {
                // "Member - Book: borrows (N:M) with loan date and return date"
                (":", [_, _]) => self.is_labelled |= self.last.is_none(),
                ("with", [_, _]) if self.many.is_some() => {
                    return self.keep(Span::new(start + length, clause.end as usize));
                }
                // "Employee works in department (N:1)"
                ("in" | "at" | "for", [name]) => {
                    let said = name.of(self.text);
                    let verb = said.rfind(' ').unwrap_or(said.len());
                    *name = Span::new(name.start as usize, name.start as usize + verb);
                }
                // "(1:N)", and "(N:M, quantity)"
                ("(", _) if let Some((inner, behind)) = rest.split_once(')') => {
                    let first = inner.split(',').next().unwrap_or(inner);
                    let is_ratio = |it: &str| it == "to" || counted(&lower(it)).0.is_some();
                    let is_told = first.split([' ', ':', '-', '/']).all(|it| it.is_empty() || is_ratio(it));
                    let told = start + 1 + if is_told { first.len() } else { 0 };
                    self.read(Span::new(start + 1, told));
                    self.keep(Span::new(told, start + 1 + inner.len()));
                    rest = behind;
                }
                _ => {}
            }
        }
    }

    /// Takes in a word that may name something.
    fn name(&mut self, word: Span) {
        self.last = None;
        match self.names.last_mut() {
            _ if self.is_labelled => {}
            Some(name) if self.goes_on => *name = name.cover(word),
            _ => self.names.push(word),
        }
        self.goes_on = true;
    }

    /// Takes in how many there may be of a side.
    fn count(&mut self, many: bool) {
        if let (Some((first, true)), None) = (self.last, self.many) {
            self.many = Some((first, many, self.names.len()));
        }
        self.last = Some((many, false));
    }

    /// Takes in the columns that are listed in parentheses or behind "with".
    fn keep(&mut self, list: Span) {
        for part in parts(self.text, list) {
            for column in split(self.text, part, " and ") {
                self.columns.extend(field(column.of(self.text), column, true));
            }
        }
    }

    fn take(self, region: Span, is_list: bool, out: &mut Declared) {
        let mut tables = Vec::new();
        for name in &self.names {
            let Some(table) = title(name.of(self.text), *name) else { return };
            tables.push(Table { region, is_code: true, ..table });
        }
        let (pair, [one, other], Some((first, second, _))) =
            (if tables.len() > 2 { tables.pop() } else { None }, tables.as_mut_slice(), self.many)
        else {
            return;
        };
        let mut link = |from: &Table, to: &Table, kind: RelationshipKind, columns: Vec<Field>| {
            let (from, to) = (from.name.clone(), to.name.clone());
            out.links.push(Link { from, to, role: None, kind, nullable: false, span: region, columns });
        };
        if let Some(mut pair) = pair {
            for it in [one, other] {
                link(&pair, it, RelationshipKind::ManyToOne, Vec::new());
            }
            pair.fields = self.columns;
            out.tables.push(pair);
            return;
        }
        let kind = match (first, second) {
            (true, true) => RelationshipKind::ManyToMany,
            (false, false) => RelationshipKind::OneToOne,
            _ => RelationshipKind::ManyToOne,
        };
        let (of_pair, of_other) =
            if first && second { (self.columns, Vec::new()) } else { (Vec::new(), self.columns) };
        let (from, to) = if first { (&*one, &*other) } else { (&*other, &*one) };
        link(from, to, kind, of_pair);
        if is_list && self.is_bare {
            other.fields = of_other;
            out.silent.push(region);
            out.tables.append(&mut tables);
        }
    }
}

/// What a word says of how many there may be of one side, and of the other in "m2m": whether several.
fn counted(word: &str) -> (Option<bool>, Option<bool>) {
    let side = |it: &str| match it {
        "1" | "one" | "o" | "0..1" | "1..1" => Some(false),
        "n" | "m" | "*" | "many" | "0..n" | "0..m" | "0..*" | "1..n" | "1..m" | "1..*" => Some(true),
        _ => None,
    };
    match word.split_once('2') {
        Some((one, other)) if word.len() == 3 => (side(one), side(other)),
        _ => (side(word), None),
    }
}
