//! What a brief asks for before anything is drawn: the database, reads and writes, retention, consistency, tables that are
//! there already, and what is not negotiable.
//!
//! Any section may say it but one about what is not to be built. Each sentence is looked at by itself, in its own words.

mod demands;
mod existing;
mod firm;
mod numbers;
mod sizes;

use super::blocks::{Block, BlockKind, Role};
use super::reading::{Constraint, ConstraintKind, Question, QuestionSubject, Reading, Rule, RuleKind};
use super::tokens::initial;
use crate::base::{Span, lower};
pub use demands::{demands, untie};
pub use existing::set_apart;
use firm::{audit, deletion, tenancy};
pub use numbers::number;
use numbers::{consistency, databases, ratio, retention};

/// A word of a sentence, in lower case, and its place.
struct Word {
    text: String,
    span: Span,
}

/// A sentence that may ask for something.
pub struct Said {
    words: Vec<Word>,
    /// Of its section.
    role: Role,
}

/// What may ask for something: all but code, what is not to be built, and sentences that leave something out. Linear.
pub fn said(text: &str, blocks: &[Block]) -> Vec<Said> {
    let asking = blocks.iter().filter(|it| it.role != Role::Out && it.kind != BlockKind::Code);
    asking
        .flat_map(|block| {
            sentences(text, block.span).into_iter().map(|words| Said { words, role: block.role })
        })
        .filter(|it| !leaves_out(&it.words))
        .collect()
}

/// Reads the constraints into the reading, each once. Linear.
pub fn read(reading: &mut Reading, text: &str, said: &[Said]) {
    let mut found: Vec<Constraint> = Vec::new();
    for it in said {
        of_sentence(&mut found, text, &it.words);
    }
    for (_, evidence) in reading.isolated.iter().chain(&reading.tenant) {
        found.push(Constraint { kind: ConstraintKind::Tenancy, evidence: *evidence });
    }
    // What has a table of its changes is told there who made them.
    let is_kept = |it: &Constraint| {
        let is_of = |rule: &Rule| rule.kind == RuleKind::Immutable && rule.evidence.overlaps(it.evidence);
        it.kind == ConstraintKind::Audit && reading.rules.iter().any(is_of)
    };
    found.retain(|it| !is_kept(it));
    found = settled(found);
    for it in &found {
        if let ConstraintKind::Existing(name) = &it.kind {
            reading.questions.push(Question {
                text: format!(
                    "What does `{name}` look like? (the text says that it is there already: bring its SQL under \
                     “Up front”, and it is taken as given)"
                ),
                options: Vec::new(),
                evidence: vec![it.evidence],
                subject: QuestionSubject::Existing(name.clone()),
            });
        }
    }
    reading.constraints = found;
    sizes::read(reading, said);
}

/// Whether a sentence says that something is left out, and so asks for nothing.
fn leaves_out(words: &[Word]) -> bool {
    super::scope::leaves_out(&words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>())
}

/// Each kind once: of several retentions the longest, of two databases none, else what is said first.
fn settled(found: Vec<Constraint>) -> Vec<Constraint> {
    let database = |it: &ConstraintKind| matches!(it, ConstraintKind::MySql | ConstraintKind::Sqlite);
    let named: Vec<&ConstraintKind> = found.iter().map(|it| &it.kind).collect();
    let versions = named.iter().any(|it| matches!(it, ConstraintKind::PostgreSql(_)));
    let several = named.contains(&&ConstraintKind::MySql) && named.contains(&&ConstraintKind::Sqlite);
    let drops_others = versions || several;
    let mut out: Vec<Constraint> = Vec::new();
    for it in found {
        if drops_others && database(&it.kind) {
            continue;
        }
        let same = |other: &&mut Constraint| match (&it.kind, &other.kind) {
            (ConstraintKind::Existing(a), ConstraintKind::Existing(b)) => a == b,
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b) || a.excludes(b),
        };
        match out.iter_mut().find(same) {
            None => out.push(it),
            Some(known) => {
                if let (ConstraintKind::RetentionDays(a), ConstraintKind::RetentionDays(b)) =
                    (&known.kind, &it.kind)
                    && b > a
                {
                    *known = it;
                }
            }
        }
    }
    out
}

/// The sentences of a stretch as words; a full stop within a number or a name ends none.
fn sentences(text: &str, span: Span) -> Vec<Vec<Word>> {
    let mut out: Vec<Vec<Word>> = vec![Vec::new()];
    let mut word: Option<(usize, usize)> = None;
    let within = span.of(text);
    let start = span.start as usize;
    let mut signs = within.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let joins = |it: char| it.is_alphanumeric() || it == '_';
        let next = signs.peek().map(|it| it.1);
        let inner = matches!(sign, '-' | '.' | ':' | '/' | '\'' | '’' | ',')
            && word.is_some()
            && next.is_some_and(joins)
            // "one,two" are two words, "10,000" is one.
            && (sign != ',' || next.is_some_and(|it| it.is_ascii_digit()));
        if joins(sign) || inner || sign == '%' {
            let from = word.map_or(at, |it| it.0);
            word = Some((from, at + sign.len_utf8()));
            continue;
        }
        push(&mut out, within, start, word.take());
        if matches!(sign, '.' | ';' | '!' | '?' | '|') {
            out.push(Vec::new());
        }
    }
    push(&mut out, within, start, word);
    out.retain(|it| !it.is_empty());
    out
}

fn push(out: &mut [Vec<Word>], within: &str, start: usize, word: Option<(usize, usize)>) {
    if let (Some((from, to)), Some(last)) = (word, out.last_mut()) {
        let text = lower(within.get(from..to).unwrap_or_default());
        last.push(Word { text, span: Span::new(start + from, start + to) });
    }
}

/// A sentence with questions that can be asked of it.
struct Sentence<'s> {
    words: &'s [Word],
    /// What its words begin with, as [`initial`] tells: most of what is asked for begins otherwise.
    initials: u32,
}

impl<'s> Sentence<'s> {
    fn new(words: &'s [Word]) -> Self {
        Self { words, initials: words.iter().fold(0, |all, it| all | initial(&it.text)) }
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |it| it.text.as_str())
    }

    /// Whether it says one of some words that blanks part.
    fn says(&self, any: &str) -> bool {
        self.find(any).is_some()
    }

    fn find(&self, any: &str) -> Option<usize> {
        let place = |of: &str| self.words.iter().position(|it| it.text == of);
        any.split(' ').filter(|it| self.may_hold(it)).filter_map(place).min()
    }

    fn begins(&self, any: &str) -> Option<usize> {
        let place = |of: &str| self.words.iter().position(|it| it.text.starts_with(of));
        any.split(' ').filter(|it| self.may_hold(it)).filter_map(place).min()
    }

    /// Whether some word may begin like this one.
    fn may_hold(&self, word: &str) -> bool {
        self.initials & initial(word) != 0
    }

    /// Whether it denies what it speaks of.
    fn denies(&self) -> bool {
        self.says("not no without never unacceptable don't doesn't isn't cannot nor")
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let at = |at: usize| self.words.get(at).map(|it| it.span).unwrap_or_default();
        at(from).cover(at(to.max(from)))
    }

    fn whole(&self) -> Span {
        self.span(0, self.words.len().saturating_sub(1))
    }
}

fn of_sentence(found: &mut Vec<Constraint>, text: &str, words: &[Word]) {
    let it = Sentence::new(words);
    let mut add = |kind: ConstraintKind, evidence: Span| found.push(Constraint { kind, evidence });
    databases(&it, &mut add);
    ratio(&it, &mut add);
    retention(&it, &mut add);
    consistency(&it, &mut add);
    tenancy(&it, &mut add);
    deletion(&it, &mut add);
    audit(&it, &mut add);
    firm::existing(&it, text, &mut add);
}

type Add<'a> = dyn FnMut(ConstraintKind, Span) + 'a;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[ConstraintKind]) {
        let reading = crate::brief::read(text);
        let found: Vec<ConstraintKind> = reading.constraints.iter().map(|it| it.kind.clone()).collect();
        assert_eq!(found, expected, "{text}");
        for it in &reading.constraints {
            assert!(!it.evidence.of(text).is_empty(), "{text}");
        }
    }

    fn reads(reads: f64) -> ConstraintKind {
        ConstraintKind::ReadsPerWrite { reads, assumed: false }
    }

    #[test]
    fn the_database_is_read_where_it_is_used() {
        check("We run on PostgreSQL 15.", &[ConstraintKind::PostgreSql(15)]);
        check("The target is Postgres v14.9 on RDS.", &[ConstraintKind::PostgreSql(14)]);
        check("Stack: Rust, PG16.", &[ConstraintKind::PostgreSql(16)]);
        check("We move from MySQL 8 to PostgreSQL 17.", &[ConstraintKind::PostgreSql(17)]);
        check("It must run on MySQL 8.", &[ConstraintKind::MySql]);
        check("The app stores its data in SQLite.", &[ConstraintKind::Sqlite]);
        check("It replaces PostgreSQL 13.", &[]);
        check("A course teaches PostgreSQL, MySQL and SQLite.", &[]);
        check("PostgreSQL 9 was our last version.", &[]);
        check("A shop sells goods.\n\n## Out of scope\n- The target PostgreSQL 14\n", &[]);
    }

    #[test]
    fn reads_and_writes_are_read_in_either_order() {
        check("Expect 20 reads per write.", &[reads(20.0)]);
        check("The read/write ratio is 50:1.", &[reads(50.0)]);
        check("Writes to reads are about 1:8.", &[reads(8.0)]);
        check("Reads outnumber writes ten to one.", &[reads(10.0)]);
        check("There are 5 times more reads than writes.", &[reads(5.0)]);
        check("80% of queries are reads.", &[reads(4.0)]);
        check("For each write there are thirty reads.", &[reads(30.0)]);
        check("Mostly reads: about 30 reads per write.", &[reads(30.0)]);
        check("Ninety percent of the traffic is reading.", &[reads(9.0)]);
        check("The load is read-heavy.", &[ConstraintKind::ReadsPerWrite { reads: 10.0, assumed: true }]);
        check("Members read 20 books a year.", &[]);
        check("Ratio of 4:3 for photos.", &[]);
    }

    #[test]
    fn retention_and_consistency_are_read() {
        check("All records are kept for 7 years.", &[ConstraintKind::RetentionDays(2555)]);
        check("Data retention: 90 days", &[ConstraintKind::RetentionDays(90)]);
        check("A dog is kept for 3 days.", &[]);
        check("Eventual consistency is fine for the feed.", &[ConstraintKind::Eventual]);
        check("Eventual consistency is not acceptable.", &[ConstraintKind::Strong]);
        check("Balances are strongly consistent.", &[ConstraintKind::Strong]);
        check("Account balances must always be consistent.", &[ConstraintKind::Strong]);
        check("Stock must never be inconsistent.", &[ConstraintKind::Strong]);
        check("The screens must always look consistent.", &[]);
        check("Reads may lag a few seconds behind.", &[ConstraintKind::Eventual]);
        check("Stale data is not acceptable.", &[ConstraintKind::Strong]);
    }

    #[test]
    fn what_is_not_negotiable_is_read_where_it_is_meant_for_all() {
        check("Soft delete everywhere.", &[ConstraintKind::SoftDelete]);
        check("Nothing is ever really deleted.", &[ConstraintKind::SoftDelete]);
        check("Projects of a member are soft-deleted when the team leaves.", &[]);
        check("The product is multi-tenant.", &[ConstraintKind::Tenancy]);
        check("It is not multi-tenant.", &[]);
        let clinic = "A practice has a name. A patient has a name and belongs to a practice.";
        check(&format!("{clinic} Each practice only sees its own patients."), &[ConstraintKind::Tenancy]);
        check(&format!("{clinic} Every practice has its own isolated data."), &[ConstraintKind::Tenancy]);
        check(&format!("{clinic} A patient only sees its own records."), &[]);
        check(
            "Non-negotiables:\n- audit trail\n- soft deletes\n",
            &[ConstraintKind::Audit, ConstraintKind::SoftDelete],
        );
        check("No audit log is needed.", &[]);
        check("For every record we need to know who and when changed it.", &[ConstraintKind::Audit]);
        check("We must be able to see who changed what and when.", &[ConstraintKind::Audit]);
        check("All changes are traceable to a user.", &[ConstraintKind::Audit]);
        check("An editor changes an article when it is wrong.", &[]);
        check("The customer sees who changed the booking and when.", &[]);
        check("Records must never be physically deleted.", &[ConstraintKind::SoftDelete]);
        check("Rows are erased only logically.", &[ConstraintKind::SoftDelete]);
        check("Deleted items go to a trash and can be restored.", &[ConstraintKind::SoftDelete]);
        check("Deleted records cannot be restored.", &[]);
        check("A user can delete a comment.", &[]);
        check("Sessions and the audit log are handled by the platform.", &[]);
    }

    #[test]
    fn tables_that_are_there_are_named() {
        let existing = |names: &[&str]| -> Vec<ConstraintKind> {
            names.iter().map(|it| ConstraintKind::Existing((*it).to_owned())).collect()
        };
        check("It must integrate with our existing `crm_customers` table.", &existing(&["crm_customers"]));
        check("The tables customers and invoices already exist.", &existing(&["customers", "invoices"]));
        check("We already have a users table.", &existing(&["users"]));
        check("Guests reserve a table.", &[]);
        check("Our `crm.customers` table stays as it is.", &existing(&["crm.customers"]));
        check(
            "The table `legacy_orders` is owned by another team and must not be changed.",
            &existing(&["legacy_orders"]),
        );
        check("A table can be changed by the waiter.", &[]);
        check("A guest stays at the table.", &[]);
    }
}
