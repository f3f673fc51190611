//! Kinds of business and of software with what they usually keep: for prompts that name little more than the kind.
//!
//! A line of `kinds.txt` is `names | things | what some of the kind keep besides`. Of the names the first is shown; `~` stands before
//! one that is weak alone, `=` before one that is what the centre is called then. Of the things the centre comes first, as
//! `name(attributes)>other it refers to>>whole it goes with>other:role>optional?`, and `a*b` where each has several. What some keep
//! besides is `= things`: those that it adds, and a name from before it with what it gets.

use super::aggregates::{Aggregate, Usual, outside_braces};
use crate::base::{Gather, SortedMap, SortedSet, WordMap, WordSet, lower, singular};

/// A kind of business or of software.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kind {
    /// What it is called first.
    pub label: &'static str,
    /// What it usually keeps, its centre first.
    pub tables: Vec<KindTable>,
    /// Ends of things of which it usually has several for several.
    pub pairs: Vec<(&'static str, &'static str)>,
    /// What some of the kind keep besides.
    pub perhaps: Vec<Perhaps>,
}

/// What some of a kind keep besides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Perhaps {
    /// What it is called: `discount codes`.
    pub what: &'static str,
    /// The things that it adds; one that the kind has is told with what it gets.
    pub tables: Vec<KindTable>,
    /// Ends of things of which there are several for several.
    pub pairs: Vec<(&'static str, &'static str)>,
}

/// One thing that a kind usually keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KindTable {
    /// Its name.
    pub name: &'static str,
    /// Its usual attributes.
    pub attributes: Vec<Usual>,
    /// What it refers to.
    pub references: Vec<KindReference>,
}

/// What a thing of a kind refers to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KindReference {
    /// The other thing.
    pub to: &'static str,
    /// What the other is to it, where the name alone does not say.
    pub role: Option<&'static str>,
    /// Whether there may be none.
    pub nullable: bool,
    /// Whether it goes with the other.
    pub part: bool,
}

/// What a name says of its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Calls {
    /// It is the kind.
    #[default]
    Kind,
    /// It is where nothing else names one: `booking`.
    Weakly,
    /// It is a thing that kinds keep; it names one before a word for software, or where nothing else does: `invoice`.
    Thing,
    /// It is, and what stands in its centre is called so: `complaint`.
    Centre,
}

/// All kinds, and by which names they go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kinds {
    /// The kinds.
    pub all: Vec<Kind>,
    /// Names, words singular and parted by blanks, with the kind.
    pub names: SortedMap<String, (usize, Calls)>,
    /// Names of one thing, of which a model has one.
    pub sisters: Vec<Vec<&'static str>>,
}

/// A text's words in the form of the names of kinds.
pub fn normal(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(|it| singular(&lower(it))).collect::<Vec<_>>().join(" ")
}

/// Reads the kinds; a table without attributes of its own has those of its usual shape.
pub fn read(aggregates: &SortedMap<&'static str, Aggregate>, persons: &WordSet) -> Kinds {
    let shapes: WordMap<Vec<Usual>> = super::lines(list!("kinds_shapes.txt"))
        .filter_map(|it| it.split_once(": "))
        .map(|(name, list)| (name, outside_braces(list).into_iter().map(Usual::read).collect()))
        .collect();
    let usual = |name: &'static str, joins: bool| -> Vec<Usual> {
        if let Some(known) = shapes.get(name).or_else(|| aggregates.get(name).map(|it| &it.attributes)) {
            return known.clone();
        }
        // What only joins others has nothing of its own; people are told apart by their address.
        let plain: &[&'static str] = match (joins, persons.contains(super::last_word(name))) {
            (true, _) => &[],
            (false, true) => &["name", "email!"],
            (false, false) => &["name!"],
        };
        plain.iter().copied().map(Usual::read).collect()
    };
    let mut kinds = Kinds {
        sisters: super::lines(list!("sisters.txt")).map(|it| it.split_whitespace().collect()).collect(),
        ..Kinds::default()
    };
    for line in super::lines(list!("kinds.txt")) {
        let mut fields = line.split('|').map(str::trim);
        let names: Vec<&'static str> = fields.next().unwrap_or("").split(", ").collect();
        let mut kind = Kind {
            label: names.first().copied().unwrap_or("").trim_start_matches(['~', '=']),
            ..Kind::default()
        };
        (kind.tables, kind.pairs) = things(fields.next().unwrap_or(""), usual);
        let known: SortedSet<&str> = kind.tables.iter().map(|it| it.name).gather();
        let more = |name: &'static str, joins: bool| {
            if known.contains(name) { Vec::new() } else { usual(name, joins) }
        };
        for perhaps in fields.next().unwrap_or("").split("; ").filter(|it| !it.is_empty()) {
            let (what, adds) = perhaps.split_once(" = ").unwrap_or((perhaps, ""));
            let (tables, pairs) = things(adds, more);
            kind.perhaps.push(Perhaps { what, tables, pairs });
        }
        for name in names {
            let calls = match name.chars().next() {
                Some('~') => Calls::Weakly,
                Some('=') => Calls::Centre,
                _ => Calls::Kind,
            };
            kinds.names.or_insert(normal(name), (kinds.all.len(), calls));
        }
        kinds.all.push(kind);
    }
    let things: SortedSet<String> =
        kinds.all.iter().flat_map(|it| &it.tables).map(|it| it.name.replace('_', " ")).gather();
    for (name, (_, calls)) in kinds.names.iter_mut() {
        if *calls == Calls::Kind && things.contains(name) {
            *calls = Calls::Thing;
        }
    }
    kinds
}

/// Things and pairs of things.
fn things(
    text: &'static str,
    usual: impl Fn(&'static str, bool) -> Vec<Usual>,
) -> (Vec<KindTable>, Vec<(&'static str, &'static str)>) {
    let (mut tables, mut pairs) = (Vec::new(), Vec::new());
    for part in outside_braces(text) {
        match part.split_once('*') {
            Some(pair) => pairs.push(pair),
            None => tables.push(table(part, &usual)),
        }
    }
    (tables, pairs)
}

/// `order_item(quantity unit_price)>>order>product?` or `post>user:author`.
fn table(part: &'static str, usual: impl Fn(&'static str, bool) -> Vec<Usual>) -> KindTable {
    let mut pieces = part.split('>');
    let head = pieces.next().unwrap_or("");
    let mut references = Vec::new();
    let mut part = false;
    for piece in pieces {
        // `>>` leaves an empty piece before the whole that a part goes with.
        if piece.is_empty() {
            part = true;
            continue;
        }
        let bare = piece.trim_end_matches('?');
        let (to, role) = bare.split_once(':').map_or((bare, None), |(to, role)| (to, Some(role)));
        references.push(KindReference { to, role, nullable: bare.len() < piece.len(), part });
        part = false;
    }
    let (name, attributes) = match head.split_once('(') {
        Some((name, list)) => {
            (name, outside_braces(list.trim_end_matches(')')).into_iter().map(Usual::read).collect())
        }
        None => (head, usual(head, references.len() > 1)),
    };
    KindTable { name, attributes, references }
}
