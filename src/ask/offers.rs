//! What can be done that is the nearest to a request that is not understood: ways to say it, with names of the design.

use super::elided::called;
use super::names;
use super::words::Word;
use crate::design::{Column, Design, Table};
use crate::pg::TypeFamily;

/// So many are told of.
const MOST: usize = 3;

/// Words that ask for something of a kind, and a way to say it. `{}` is a table, the one that the request names where it names one,
/// `{:}` another, `{;}` one of its rows, `{.}` a column of the first.
const SAYINGS: &[(&str, &str)] = &[
    ("add column new store keep attribute field save capture put include", "add a {noun} to {}"),
    ("add create new table introduce entity", "create a table called {new} with a name"),
    ("rename call name change title label instead", "rename {.} of {} to \"new name\""),
    ("rename call name table change", "rename {} to \"new name\""),
    ("remove drop delete rid kill without unused useless", "remove {.} from {}"),
    ("split separate divide break into parts", "split {text} of {} into first part and second part"),
    ("move extract separate own table", "move {.} of {} into a table called addresses"),
    ("merge combine join fold duplicates", "merge {:} into {}"),
    ("several multiple relationship relation more assign both", "{} and {:} are many to many"),
    ("link connect reference belongs belong relation foreign key part", "link {} to {:}"),
    ("lookup values list table type category", "{text} of {} should be its own table"),
    ("unique duplicate twice distinct once double", "make {.} of {} unique"),
    ("required mandatory must null empty missing always", "make {.} of {} required"),
    ("optional nullable may empty maybe sometimes", "make {.} of {} optional"),
    ("type change turn text number integer numeric varchar", "change {.} of {} to {type}"),
    ("default start initially begins value", "default {.} of {} to \"value\""),
    ("values only enum either status one choice", "{text} of {} can only be \"a\", \"b\" or \"c\""),
    (
        "max min least most between negative positive more less greater limit length characters",
        "{number} of {} must be at least 1",
    ),
    ("before after start end earlier later", "{begin} of {} must be before {end}"),
    ("overlap time parallel double booked booking conflict clash", "no two {} of one {;} at the same time"),
    ("open active state only current", "only one open {} per {;}"),
    ("index fast slow search lookup query speed searchable find", "add an index on {} ({.})"),
    ("delete deleted soft restore archive recover", "soft delete {}"),
    ("delete deleting cascade goes gone leave leaves with", "deleting a {;} deletes its {}"),
    ("delete deleting forbid prevent allow restrict while", "do not allow deleting {:} that have {}"),
    ("keep stay leave leaves deleted gone", "keep {} when a {;} is deleted"),
    ("mark flag whether be blocked cancelled state", "{} can be {done}"),
    ("when track time date moment happened", "track when {} were {done}"),
    ("who by person user approved created", "store who {done} {}"),
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
    let of_kind = |families: &[TypeFamily]| {
        let is_it =
            |it: &&Column| it.data_type.as_builtin().is_some_and(|it| families.contains(&it.family()));
        let own = || first.into_iter().flat_map(|of| of.columns.iter().filter(|it| is_own(of, it)));
        column.filter(is_it).or_else(|| own().find(is_it))
    };
    let dated: Vec<&Column> = first
        .into_iter()
        .flat_map(|it| &it.columns)
        .filter(|it| it.data_type.as_builtin().is_some_and(|it| it.family() == TypeFamily::DateTime))
        .collect();
    let name = |it: Option<&Table>, or: &str| it.map_or(or.to_owned(), |it| it.name.clone());
    let named = |it: Option<&Column>| it.map(|it| it.name.clone());
    let (numbers, texts) =
        ([TypeFamily::Integer, TypeFamily::Numeric], [TypeFamily::Text, TypeFamily::Character]);
    let is_text = column.is_some_and(|it| of_kind(&texts).is_some_and(|of| of.id == it.id));
    let noun = noun(design, request);
    // What nothing can be filled in for is not offered.
    let slots: Vec<(&str, Option<String>)> = vec![
        ("{}", Some(name(first, "tasks"))),
        ("{:}", Some(name(other, "projects"))),
        ("{;}", Some(crate::base::singular(&name(other, "projects")))),
        ("{.}", Some(named(column).unwrap_or_else(|| "title".to_owned()))),
        ("{text}", named(of_kind(&texts))),
        ("{number}", named(of_kind(&numbers))),
        ("{type}", Some(if is_text { "varchar(100)" } else { "numeric(12,2)" }.to_owned())),
        ("{begin}", named(dated.first().copied().filter(|_| dated.len() > 1))),
        ("{end}", named(dated.get(1).copied())),
        ("{done}", Some(done(request).unwrap_or_else(|| "cancelled".to_owned()))),
        ("{noun}", Some(noun.clone().unwrap_or_else(|| "due date".to_owned()))),
        ("{new}", Some(noun.map_or_else(|| "invoices".to_owned(), |it| crate::base::plural(&it)))),
    ];
    let fill = |it: &str| {
        slots.iter().try_fold(it.to_owned(), |text, (slot, name)| {
            if text.contains(slot) { name.as_ref().map(|it| text.replace(slot, it)) } else { Some(text) }
        })
    };
    all.into_iter().filter(|it| !is_any || it.0 > 0).filter_map(|it| fill(it.1)).take(MOST).collect()
}

/// What was done, as a request says it.
fn done(request: &[Word]) -> Option<String> {
    let mut all = request.iter().filter_map(|it| super::moments::participle(std::slice::from_ref(it)));
    all.find(|it| !super::moments::UNMARKED.contains(&it.as_str()))
}

/// A noun of a request that nothing in the design is called by: what stands behind an article.
fn noun(design: &Design, request: &[Word]) -> Option<String> {
    let is_there = |it: &Word| {
        let one = std::slice::from_ref(it);
        names::table(design, one).is_some() || design.tables().any(|of| called(of, one).is_some())
    };
    request.windows(2).find_map(|pair| {
        let [article, noun] = pair else { return None };
        let is_one = article.is_any(&["a", "an"]) && super::fresh::is_name(std::slice::from_ref(noun));
        (is_one && !noun.is_quoted && noun.text.len() > 3 && !is_there(noun)).then(|| noun.text.clone())
    })
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
