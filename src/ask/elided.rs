//! What a request leaves out because it was said before, or because only one thing can be meant; and several requests in one
//! sentence.

use super::names::{self, bare, column, table};
use super::words::{Word, exact, plain};
use crate::design::{ColumnId, Design, Index, Part, Record, Table, TableId};

/// What was spoken of last.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    table: Option<TableId>,
    columns: Vec<ColumnId>,
    /// The table that was made last: of pairs, or of what there are several of.
    made: Option<TableId>,
}

impl Spoken {
    /// The table that was made last.
    pub fn last_made(&self) -> Option<TableId> {
        self.made
    }

    /// What the parts of one request are about: the table that the first one adds or changes, and its columns.
    pub fn of(parts: &[Part]) -> Self {
        let replaced = parts.iter().flat_map(|it| &it.edit.records);
        let mut spoken = Self::default();
        for replaced in replaced {
            let Some(Record::Table(after)) = &replaced.after else { continue };
            let Some(Record::Table(before)) = &replaced.before else {
                spoken.made = Some(after.id);
                if spoken.table.is_none() {
                    spoken.table = Some(after.id);
                }
                continue;
            };
            if spoken.table.is_some_and(|it| it != after.id) {
                continue;
            }
            spoken.table = Some(after.id);
            let is_new = |id: ColumnId| before.column(id) != after.column(id);
            let is_new_index = |it: &&Index| before.indexes.iter().all(|old| old.id != it.id);
            let indexed =
                after.indexes.iter().filter(is_new_index).filter_map(Index::plain_columns).flatten();
            let mut columns: Vec<ColumnId> =
                after.columns.iter().map(|it| it.id).filter(|it| is_new(*it)).collect();
            if columns.is_empty() {
                columns.extend(indexed);
                columns.extend(ruled(before, after));
            }
            spoken.columns.extend(columns);
        }
        spoken
    }
}

/// The columns of the rules that a table has and had not.
fn ruled(before: &Table, after: &Table) -> Vec<ColumnId> {
    let is_new = |it: &&crate::design::Check| before.checks.iter().all(|old| old.id != it.id);
    let names = after.checks.iter().filter(is_new).flat_map(|it| crate::sql::mentions(&it.expression));
    let mut found: Vec<ColumnId> =
        names.filter_map(|it| Some(after.column_named(&it.last().name)?.id)).collect();
    let is_new = |it: &&crate::design::Unique| before.uniques.iter().all(|old| old.id != it.id);
    found.extend(after.uniques.iter().filter(is_new).flat_map(|it| it.columns.clone()));
    found.dedup();
    found
}

/// Words that mean what was spoken of last.
const PRONOUNS: &[&str] = &["it", "them", "they", "this", "that", "these", "those", "both"];

/// A table's name as a request has it.
fn named(table: &Table) -> Vec<Word> {
    vec![exact(&table.name)]
}

/// Columns as a request has them: `"a" and "b" of "t"`.
fn listed(of: &Table, columns: &[ColumnId]) -> Vec<Word> {
    let mut words = Vec::new();
    for name in of.column_names(columns) {
        if !words.is_empty() {
            words.push(plain("and"));
        }
        words.push(exact(name));
    }
    words.push(plain("of"));
    words.extend(named(of));
    words
}

/// What a request may say in full, the likeliest first.
pub fn completed(design: &Design, spoken: &Spoken, request: &[Word]) -> Vec<Vec<Word>> {
    let mut found = Vec::new();
    // `an index on tasks.due_on`, as somebody wants one.
    match request {
        [one, need, rest @ ..] if one.is_any(&["we", "i"]) && need.is_any(&["need", "want"]) => {
            found.push([vec![plain("add")], rest.to_vec()].concat());
        }
        [first, ..]
            if first.is_any(&["a", "an", "the", "another"])
                || matches!(request, [first, next, ..] if first.is("index") && next.is("on") || first.is("foreign") && next.is("key")) =>
        {
            found.push([vec![plain("add")], request.to_vec()].concat());
        }
        _ => {}
    }
    if let Some((of, rest)) = headed(design, request) {
        found.extend(pointed(of, &[], rest));
        found.extend(of_table(of, rest));
        // `tasks: optional priority`
        if rest.first().is_some_and(|it| it.is_any(&["a", "an", "new", "optional", "required", "unique"])) {
            found.push([vec![plain("add")], rest.to_vec(), vec![plain("to")], named(of)].concat());
        }
    }
    // `… but keep the repairs`: when what was spoken of is deleted.
    if let (Some(of), [keep, rest @ ..]) = (spoken.table.and_then(|it| design.table(it)), request)
        && keep.is_any(&["keep", "leave", "retain"])
        && table(design, rest).is_some_and(|it| it.foreign_keys.iter().any(|fk| fk.references == of.id))
    {
        let deleted = ["is", "deleted"].map(plain);
        found.push([&[plain("keep")], rest, &[plain("when")], named(of).as_slice(), &deleted].concat());
    }
    found.extend(super::shared::of_head(design, request));
    found.extend(joined(design, request));
    found.extend(compound(design, request));
    found.extend(super::shared::noun_of_table(design, request));
    if let Some(of) = spoken.table.and_then(|it| design.table(it)) {
        let columns: Vec<ColumnId> =
            spoken.columns.iter().copied().filter(|it| of.column(*it).is_some()).collect();
        // `we do not need them` says why, and asks for nothing more.
        if !super::otherwise::is_reason(request) {
            found.extend(pointed(of, &columns, request));
        }
        if is_of_spoken(request) && !columns.is_empty() {
            found.extend(said_of(&listed(of, &columns), request));
        }
        // `users.phone` is of a table of its own.
        if !request.iter().any(|it| it.is(".")) {
            found.extend(of_table(of, request));
        }
    }
    found
}

/// Whether `add a summary` or `add cook_minutes` is said of the table that was spoken of: one thing is added, and to nothing.
pub fn adds_to_spoken(request: &[Word]) -> bool {
    let is_one = |name: &[Word]| {
        let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
        let is_name = is_plain(name) && name.len() < 4 && !first.is_any(&["new", "timestamps"]);
        first.is_any(&["a", "an"]) || is_name && (last.text.contains('_') || !super::act::is_several(name))
    };
    matches!(request, [add, name @ ..] if add.is("add") && is_one(name))
        && !request.iter().any(|it| it.is_any(&["to", "table", "for", "on", "in", "with"]))
}

/// `tasks: add …`, `in tasks, add …`: the table, and what is said of it.
fn headed<'d, 'w>(design: &'d Design, request: &'w [Word]) -> Option<(&'d Table, &'w [Word])> {
    let at = request.iter().position(|it| it.is_any(&[",", ":"]))?;
    let mut head = request.get(..at)?;
    while head.first().is_some_and(|it| it.is_any(&["in", "on", "for", "at", "within", "to", "from", "as"])) {
        head = head.get(1..)?;
    }
    let rest = request.get(at + 1..).filter(|it| it.len() > 1)?;
    let rest = if rest.first().is_some_and(|it| it.is("please")) { rest.get(1..)? } else { rest };
    Some((table(design, head)?, rest))
}

/// The request with what was spoken of in the place of a word that means it.
fn pointed(of: &Table, columns: &[ColumnId], request: &[Word]) -> Vec<Vec<Word>> {
    let put = |words: &[Word]| {
        request
            .iter()
            .flat_map(|it| if it.is_any(PRONOUNS) { words.to_vec() } else { vec![it.clone()] })
            .collect()
    };
    let mut found: Vec<Vec<Word>> = Vec::new();
    if request.iter().any(|it| it.is_any(PRONOUNS)) {
        if !columns.is_empty() {
            found.push(put(&listed(of, columns)));
        }
        found.push(put(&named(of)));
    }
    // `tickets point at one`: one of what was spoken of.
    if let [before @ .., at, one] = request
        && one.is("one")
        && at.is_any(&["at", "to", "of", "in", "use", "uses", "have", "has"])
        && before.len() < 6
    {
        found.push([before, &[at.clone(), plain("a")], named(of).as_slice()].concat());
    }
    if request.iter().any(|it| it.is("its") || it.is("their")) {
        let own = [named(of), vec![plain("'s")]].concat();
        let own = request
            .iter()
            .flat_map(|it| if it.is_any(&["its", "their"]) { own.clone() } else { vec![it.clone()] });
        found.push(own.collect());
    }
    found
}

/// The request with the table at its end.
fn of_table(of: &Table, request: &[Word]) -> Vec<Vec<Word>> {
    let ends = ["to", "of", "from", "in"].into_iter();
    let request: Vec<Word> = request.iter().filter(|it| !it.is("there")).cloned().collect();
    let at_end = ends.map(|it| [request.clone(), vec![plain(it)], named(of)].concat());
    // `price should be numeric(14,4)`: the column comes first.
    let sizes = (1..=3).rev();
    let place = sizes
        .flat_map(|size| (0..request.len()).map(move |at| (at, at + size)))
        .find_map(|(at, end)| Some((at, end, called(of, request.get(at..end)?)?)));
    let spliced = place.map(|(at, end, column)| {
        let (before, after) = (request.get(..at).unwrap_or_default(), request.get(end..).unwrap_or_default());
        let is_told = |it: &Word| it.is_any(&["column", "field", "attribute"]);
        let after = after.split_first().filter(|it| is_told(it.0)).map_or(after, |it| it.1);
        let (more, after) = more_columns(of, after);
        let own = if more.is_empty() {
            listed(of, &[column])
        } else {
            [vec![exact_of(of, column)], more.to_vec(), vec![plain("of")], named(of)].concat()
        };
        [before.to_vec(), own, after.to_vec()].concat()
    });
    spliced.into_iter().chain(at_end).collect()
}

/// The column that words call by its name, in the singular or plural.
pub fn called(of: &Table, words: &[Word]) -> Option<ColumnId> {
    // An article in front is no part of the name, and is to stay.
    let begins = words
        .first()
        .filter(|it| !it.is_any(&["of", "the", "a", "an", "all", "every", "each", "any", "both"]))?;
    let is_sign = |it: &Word| it.is_any(&[":", ",", "(", ")"]);
    if words.len() == 1 && !begins.is_quoted && !is_plain(words) || words.iter().any(is_sign) {
        return None;
    }
    let single = |it: &str| crate::base::singular(&crate::base::snake_case(it));
    let wanted = single(&names::name(words));
    let alike = || of.columns.iter().find(|it| single(&it.name) == wanted || squeezed(&it.name) == wanted);
    names::called(of, words).or_else(|| alike().map(|it| it.id))
}

/// A name without what parts its words.
fn squeezed(name: &str) -> String {
    crate::base::snake_case(name).replace('_', "")
}

fn exact_of(of: &Table, column: ColumnId) -> Word {
    exact(of.column(column).map_or("", |it| it.name.as_str()))
}

/// The further columns of a list with which words go on, `, b and c`, and what is behind them.
fn more_columns<'w>(of: &Table, words: &'w [Word]) -> (&'w [Word], &'w [Word]) {
    let mut end = 0;
    while let Some([joint, rest @ ..]) = words.get(end..)
        && joint.is_any(&["and", "or", ","])
    {
        let skipped = usize::from(rest.first().is_some_and(|it| it.is_any(&["and", "or", "the", "a", "an"])));
        let next = rest.get(skipped..).unwrap_or_default();
        let Some(size) = (1..=3).rev().find(|it| next.get(..*it).is_some_and(|it| called(of, it).is_some()))
        else {
            break;
        };
        end += 1 + skipped + size;
    }
    words.split_at(end)
}

/// `users.street and users.city` as `street and city of users`.
fn joined(design: &Design, request: &[Word]) -> Option<Vec<Word>> {
    let points = request.iter().filter(|it| it.is(".")).count();
    if points < 2 {
        return None;
    }
    let mut found: Vec<Word> = Vec::new();
    let (mut of, mut last) = (None, 0);
    let mut at = 0;
    while at < request.len() {
        let pair = request.get(at..at + 3);
        if let Some([owner, point, name]) = pair
            && point.is(".")
            && let Some(owner) = table(design, std::slice::from_ref(owner))
        {
            if of.is_some_and(|it| it != owner.id) {
                return None;
            }
            of = Some(owner.id);
            found.push(name.clone());
            last = found.len();
            at += 3;
        } else {
            found.extend(request.get(at).cloned());
            at += 1;
        }
    }
    let of = design.table(of?)?;
    found.splice(last..last, [vec![plain("of")], named(of)].concat());
    Some(found)
}

/// `user email` as `email of users`: a table's name and at once that of one of its columns.
fn compound(design: &Design, request: &[Word]) -> Vec<Vec<Word>> {
    const MOST: usize = 3;
    let mut found = Vec::new();
    for start in 0..request.len() {
        for middle in start + 1..(start + MOST).min(request.len()) {
            let Some(of) =
                request.get(start..middle).filter(|it| is_plain(it)).and_then(|it| table(design, it))
            else {
                continue;
            };
            for end in (middle + 1..=(middle + MOST).min(request.len())).rev() {
                let own = request.get(middle..end).filter(|it| is_plain(it)).unwrap_or_default();
                let Some(id) = column(of, own) else { continue };
                let before = request.get(..start).unwrap_or_default();
                let after = request.get(end..).unwrap_or_default();
                found.push([before.to_vec(), listed(of, &[id]), after.to_vec()].concat());
            }
        }
    }
    found
}

/// Whether the words are of one name.
pub fn is_plain(words: &[Word]) -> bool {
    !words.is_empty()
        && words.iter().all(|it| it.is_quoted || super::fresh::is_name(std::slice::from_ref(it)))
}

/// The request of each table that has a column which it names, the table at its end; none where it names a table, or speaks of what
/// is new.
pub fn of_tables(design: &Design, request: &[Word]) -> Vec<(String, Vec<Word>)> {
    let is_new = request.first().is_some_and(|it| it.is_any(&["add", "create", "introduce", "put", "give"]));
    if is_new || request.len() > 14 {
        return Vec::new();
    }
    let names_one = |table: &Table| {
        let has = |words: &[Word]| called(table, words).is_some();
        request.windows(1).chain(request.windows(2)).chain(request.windows(3)).any(has)
    };
    let own = |it: &&Table| it.partition_of.is_none();
    // A part of a name means a column where no table has one of the whole.
    let hints_at_one = |table: &Table| {
        let has = |words: &[Word]| is_plain(words) && column(table, words).is_some();
        request.windows(1).chain(request.windows(2)).any(has)
    };
    let named =
        (1..=3).any(|size| request.windows(size).any(|it| is_plain(it) && table(design, it).is_some()));
    let exact = named || design.tables().filter(own).any(names_one);
    let tables =
        design.tables().filter(own).filter(|it| if exact { names_one(it) } else { hints_at_one(it) });
    let all = tables.flat_map(|it| of_table(it, request).into_iter().map(|words| (it.name.clone(), words)));
    // A request that can be of many tables is of none.
    all.take(40).collect()
}

/// Words with which a request begins.
pub const VERBS: &[&str] = &[
    "add",
    "create",
    "introduce",
    "remove",
    "drop",
    "delete",
    "rename",
    "make",
    "change",
    "turn",
    "convert",
    "set",
    "split",
    "merge",
    "combine",
    "join",
    "move",
    "extract",
    "link",
    "connect",
    "relate",
    "keep",
    "track",
    "record",
    "store",
    "soft",
    "let",
    "allow",
    "give",
    "require",
    "tag",
    "label",
    "log",
    "audit",
    "put",
    "call",
    "name",
    "index",
    "mark",
    "forbid",
    "get",
    "use",
    "enable",
    "include",
    "then",
    "also",
    "we",
    "i",
    "restrict",
    "limit",
    "default",
    "version",
    "scope",
];

/// The places at which a sentence may be of two requests: what stands before, and what behind.
pub fn apart<'w>(design: &Design, request: &'w [Word]) -> Vec<(&'w [Word], &'w [Word])> {
    const MOST: usize = 12;
    let is_end = |it: &Word| it.is_any(&[",", "and", "but", "while"]);
    if request.iter().filter(|it| is_end(it)).count() > MOST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in 1..request.len() {
        if !request.get(at).is_some_and(is_end) || request.get(at - 1).is_some_and(is_end) {
            continue;
        }
        let (before, behind) = request.split_at(at);
        let skipped =
            |it: &Word| is_end(it) || it.is_any(&["then", "also", "please", "finally", "afterwards"]);
        let start = behind.iter().position(|it| !skipped(it)).unwrap_or(behind.len());
        let rest = behind.get(start..).unwrap_or_default();
        let begins_with_table =
            || (1..=3).any(|it| rest.get(..it).is_some_and(|it| table(design, bare(it)).is_some()));
        let begins_with_verb = rest.first().is_some_and(|it| it.is_any(VERBS));
        if rest.len() > 1 && (begins_with_verb || begins_with_table() || points(rest)) || is_of_spoken(rest) {
            found.push((before, rest));
        }
    }
    found
}

/// Whether words say more of the columns that were spoken of: `max 200 characters`, `no duplicates`, `unique per section`, `end after
/// start`.
pub fn is_of_spoken(words: &[Word]) -> bool {
    let is_quality = |it: &Word| {
        it.is_any(&[
            "required", "optional", "unique", "indexed", "default", "positive", "must", "should", "not",
        ])
    };
    let compares = || words.iter().skip(1).any(|it| it.is_any(&["after", "before"]));
    words.first().is_some_and(is_quality)
        || super::conditions::is_bound(words)
        || matches!(words, [no, what] if no.is("no") && what.is_any(&["duplicates", "duplicate", "repeats"]))
        || words.len() <= 8 && compares()
        || (3..=5).contains(&words.len()) && words.ends_with(&["by", "default"].map(plain))
}

/// What is said of columns behind them, as a request in full.
fn said_of(columns: &[Word], words: &[Word]) -> Vec<Vec<Word>> {
    let with = |verb: &[&str], rest: &[Word]| {
        let verb: Vec<Word> = verb.iter().map(|it| plain(it)).collect();
        [columns.to_vec(), verb, rest.to_vec()].concat()
    };
    match words {
        [no, _] if no.is("no") => vec![with(&["should", "be", "unique"], &[])],
        [first, ..] if first.is_any(&["must", "should"]) => vec![with(&[], words)],
        [not, ..] if not.is("not") => vec![with(&["should"], words)],
        [first, ..] if first.is("default") || super::conditions::is_bound(words) => vec![with(&[], words)],
        _ => vec![with(&["should", "be"], words)],
    }
}

/// Whether words begin with one that means what was spoken of.
fn points(words: &[Word]) -> bool {
    let is_one_of = || {
        words
            .windows(3)
            .take(2)
            .any(|it| matches!(it, [one, of, them] if one.is("one") && of.is("of") && them.is_any(PRONOUNS)))
    };
    let is_one = || matches!(words, [one, is, ..] if one.is("one") && is.is("is"));
    words.first().is_some_and(|it| it.is_any(PRONOUNS) || it.is("its")) || is_one_of() || is_one()
}
