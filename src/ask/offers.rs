//! What can be done that is the nearest to a request that is not understood: ways to say it, with names of the design.

use super::elided::called;
use super::names;
use super::words::Word;
use crate::design::{Column, Design, Table};

/// So many are told of.
const MOST: usize = 3;

/// Words that ask for something of a kind, and a way to say it. `{}` is a table, the one that the request names where it names one,
/// `{:}` another, `{;}` one of its rows, `{.}` a column of the first.
const SAYINGS: &[(&str, &str)] = &[
    ("add column new store keep attribute field save capture put include", "add a due date to {}"),
    ("add create new table introduce entity", "create a table called invoices with number and total"),
    ("rename call name change title label instead", "rename {.} of {} to \"new name\""),
    ("rename call name table change", "rename {} to \"new name\""),
    ("remove drop delete rid kill without unused useless", "remove {.} from {}"),
    ("split separate divide break into parts", "split {.} of {} into first part and second part"),
    ("move extract separate own table", "move {.} of {} into a table called addresses"),
    ("merge combine join fold one same duplicate", "merge {:} into {}"),
    ("many several multiple relationship relation more assign both", "{} and {:} are many to many"),
    ("link connect reference belongs belong relation foreign key part", "link {} to {:}"),
    ("lookup values list table type category", "{.} of {} should be its own table"),
    ("unique duplicate twice same distinct once double", "make {.} of {} unique"),
    ("required mandatory must null empty missing always", "make {.} of {} required"),
    ("optional nullable may empty maybe sometimes", "make {.} of {} optional"),
    ("type change turn text number integer numeric varchar", "change {.} of {} to numeric(12,2)"),
    ("default start initially begins value", "default {.} of {} to \"value\""),
    ("values only enum either status one choice", "{.} of {} can only be a, b or c"),
    (
        "max min least most between negative positive more less greater limit length characters",
        "{.} of {} must be at least 1",
    ),
    ("before after start end earlier later", "the start of {} must be before its end"),
    ("overlap time parallel double booked booking conflict clash", "no two {} of one {;} at the same time"),
    ("open active state only current", "only one open {} per {;}"),
    ("index fast slow search lookup query speed searchable find", "add an index on {} ({.})"),
    ("delete deleted soft restore archive recover", "soft delete {}"),
    ("delete deleting cascade goes gone leave leaves with", "deleting a {;} deletes its {}"),
    ("delete deleting forbid prevent allow restrict while", "do not allow deleting {:} that have {}"),
    ("keep stay leave leaves deleted gone", "keep {} when a {;} is deleted"),
    ("mark flag whether can be blocked cancelled state", "{} can be cancelled"),
    ("when track time date moment happened", "track when {} were cancelled"),
    ("who by person user approved created", "store who approved {}"),
    ("tenant organization isolate multi", "make it multi-tenant by {}"),
    ("audit log who changed trail", "add an audit log for {}"),
    ("order sort position reorder drag rank", "let users reorder {}"),
    ("history track changes previous version old", "keep a history of {.} of {}"),
    ("label tag category mark", "let users tag {}"),
    ("comment discuss note attachment file upload document", "add comments to {}"),
    ("parent sub tree nested other hierarchy child supervise", "{} can have a parent"),
];

/// Ways to say something, those that have most words with a request in common; the usual ones where none has.
pub fn offers(design: &Design, request: &[Word]) -> Vec<String> {
    let is_like = |word: &str| request.iter().any(|it| !it.is_quoted && alike(&it.text, word));
    let common = |of: &str| of.split(' ').filter(|it| is_like(it)).count();
    let mut all: Vec<(usize, &str)> = SAYINGS.iter().map(|it| (common(it.0), it.1)).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    let is_any = all.iter().any(|it| it.0 > 0);
    let named = named(design, request);
    let first = named.first().copied().or_else(|| design.tables().next());
    let other = named.get(1).copied().or_else(|| neighbour(design, first?));
    let column =
        first.and_then(|it| spoken_of(it, request).or_else(|| it.columns.iter().find(|of| is_own(it, of))));
    let name = |it: Option<&Table>, or: &str| it.map_or(or.to_owned(), |it| it.name.clone());
    let (first, other) = (name(first, "tasks"), name(other, "projects"));
    let one = crate::base::singular(&other);
    let column = column.map_or("title", |it| it.name.as_str());
    let fill = |it: &str| {
        it.replace("{}", &first).replace("{:}", &other).replace("{;}", &one).replace("{.}", column)
    };
    all.into_iter().filter(|it| !is_any || it.0 > 0).take(MOST).map(|it| fill(it.1)).collect()
}

/// Whether two words are of one stem: `deletes` and `deleting`.
fn alike(one: &str, other: &str) -> bool {
    const STEM: usize = 5;
    let begins = |it: &str| it.chars().take(STEM).collect::<String>();
    one == other
        || one.chars().count() >= STEM && other.chars().count() >= STEM && begins(one) == begins(other)
}

/// The tables that a request names, or of which it names a column as a whole.
fn named<'d>(design: &'d Design, request: &[Word]) -> Vec<&'d Table> {
    let mut found: Vec<&Table> = Vec::new();
    let of_words = |size: usize| request.windows(size).filter_map(|it| names::table(design, it));
    let by_column = design.tables().filter(|it| spoken_of(it, request).is_some());
    for table in of_words(2).chain(of_words(1)).chain(by_column) {
        if found.iter().all(|it| it.id != table.id) {
            found.push(table);
        }
    }
    found
}

/// The column of a table that a request names.
fn spoken_of<'t>(table: &'t Table, request: &[Word]) -> Option<&'t Column> {
    let own = |size: usize| request.windows(size).find_map(|it| called(table, it));
    own(3)
        .or_else(|| own(2))
        .or_else(|| own(1))
        .and_then(|it| table.column(it))
        .filter(|it| is_own(table, it))
}

/// A table that another is tied to, or else any.
fn neighbour<'d>(design: &'d Design, of: &Table) -> Option<&'d Table> {
    let tied = of.foreign_keys.iter().map(|it| it.references).find(|it| *it != of.id);
    tied.and_then(|it| design.table(it)).or_else(|| design.tables().find(|it| it.id != of.id))
}

/// Whether a column is neither a key nor a reference.
fn is_own(table: &Table, column: &Column) -> bool {
    !table.is_key(column.id) && !table.foreign_keys.iter().any(|fk| fk.columns.contains(&column.id))
}
