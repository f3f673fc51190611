//! A brief that was edited: what the difference of the two texts calls for, as a proposal against the design as it is.
//!
//! Both texts are read, each by itself; what differs between the two readings, and nothing else, is done to the design: and of
//! that nothing that is only assumed of words which nobody edited.
//! What a person changed by hand stays, and what they refused does not come back.

use std::collections::BTreeSet;

use super::present::without_present;
use super::reread::Read;
use super::{Choices, Reading, propose, read};
use crate::base::{Gather, Span};
use crate::design::{
    Brief, BriefId, Conventions, Demand, Design, Edit, Evidence, Id, Load, Origin, Part, Proposal, Record,
    Refused, Replaced, Rewriting, Story, Table, Volume, convention,
};

/// What becomes of a design when one of its briefs has another text than the one that the design was made of. The first part
/// holds the text itself.
///
/// A table that only the old text tells of is removed by a part that is offered, and not taken unless chosen, where a
/// person had a hand in the table.
///
/// # Errors
/// When there is no such brief, or what the texts tell does not hold together with the design.
pub fn revise(design: &Design, brief: BriefId, text: &str) -> Result<Proposal, Refused> {
    let Some(old) = design.brief(brief) else { return Ok(Proposal::default()) };
    let told = Brief { text: text.to_owned(), accepted: None, ..old.clone() };
    let old = Brief { text: old.accepted.clone().unwrap_or_else(|| old.text.clone()), ..told.clone() };
    let (was, is) = (read(&old.text), read(&told.text));
    let (was, is) = (Read { text: &old.text, reading: &was }, Read { text: &told.text, reading: &is });
    let (before, after) =
        (afresh(design, &old, &was.as_edited(is))?, afresh(design, &told, &is.as_edited(was))?);
    let told_now = after.clone();
    let after = without_present(design, &before, after);
    let edit = differing(design, &before, &after)?;
    let reason = "The brief tells it otherwise now.";
    let mut revising = Revising { after: design.clone(), parts: Vec::new(), brief, reason };
    // What came from its words follows them with the text itself.
    let mut text = Edit::default().put(design, told);
    for table in design.tables() {
        text = text.put(design, pointed(design, &told_now, brief, table.clone()));
    }
    text = text.put(design, Record::Load(asked(design.load(), told_now.load(), brief)));
    revising.put("Change the brief", &[], false, text);
    let edit =
        Edit { records: edit.records.into_iter().map(|it| renewed(design, &told_now, brief, it)).collect() };
    revising.records(design, &before, &after, edit);
    revising.stories(&before, &told_now);
    revising.demands(&before, &told_now);
    revising.volumes(before.load(), told_now.load());
    revising.conventions(before.conventions(), told_now.conventions());
    let proposal = Proposal { title: "What the edited brief changes".to_owned(), parts: revising.parts };
    Ok(proposal.sparing_given(design))
}

/// What becomes of a design when a question that its brief left open is answered otherwise than was assumed: the reading with
/// the answer differs from the one without it, and nothing else is done.
///
/// # Errors
/// When there is no such brief, or the answer does not hold together with the design.
pub(super) fn answered(
    design: &Design,
    brief: &Brief,
    reading: &Reading,
    choices: &Choices,
) -> Result<Proposal, Refused> {
    let before = afresh(design, brief, reading)?;
    let after = without_present(design, &before, afresh(design, brief, &reading.chosen(choices))?);
    let edit = differing(design, &before, &after)?;
    let reason = "The question was answered so.";
    let mut revising = Revising { after: design.clone(), parts: Vec::new(), brief: brief.id, reason };
    revising.records(design, &before, &after, edit);
    Ok(Proposal { title: String::new(), parts: revising.parts }.sparing_given(design))
}

/// What differs between two readings, as an edit of the design.
fn differing(design: &Design, before: &Design, after: &Design) -> Result<Edit, Refused> {
    let rewriting = Rewriting {
        design,
        before,
        after,
        held: &BTreeSet::new(),
        follows_types: false,
        is_renamed: true,
        is_in_error: &|_| false,
    };
    Ok(rewriting.rewritten()?.edit)
}

/// The design that the reading of a brief gives by itself, under this design's conventions and beside what is given.
fn afresh(design: &Design, brief: &Brief, reading: &Reading) -> Result<Design, Refused> {
    let mut fresh = Design::new();
    let kept = Edit::adding([brief.clone()]);
    let kept = kept.put(&fresh, Record::Conventions(design.conventions().clone()));
    let given = design.records().filter(Record::is_given);
    fresh.apply(&given.fold(kept, |edit, it| edit.put(&fresh, it)))?;
    let edit = propose(&fresh, reading, brief.id).accept_all(&fresh)?;
    fresh.apply(&edit)?;
    Ok(fresh)
}

struct Revising {
    /// The design with all parts so far.
    after: Design,
    parts: Vec<Part>,
    brief: BriefId,
    /// Why the parts are there.
    reason: &'static str,
}

impl Revising {
    /// Adds a part; gives whether it fits.
    fn put(&mut self, title: &str, spans: &[Span], is_offered: bool, edit: Edit) -> bool {
        let edit = edit.rebased(&self.after);
        if edit.is_empty() {
            return true;
        }
        let design = self.after.clone();
        if self.after.apply(&edit).is_err() {
            return false;
        }
        let touches = |part: &Part| {
            let ids: BTreeSet<Id> = part.edit.records.iter().filter_map(Replaced::id).gather();
            edit.records.iter().any(|it| {
                let uses = it.after.as_ref().map(Record::uses).unwrap_or_default();
                let of_old = it.id().filter(|_| it.after.is_none());
                let users = of_old.into_iter().flat_map(|it| design.users_of(it));
                it.id().into_iter().chain(uses).chain(users).any(|it| ids.contains(&it))
            })
        };
        let needs: BTreeSet<usize> = (0..self.parts.len())
            .filter(|it| {
                *it == 0
                    || self
                        .parts
                        .get(*it)
                        .is_some_and(|part| touches(part) && (is_offered || !part.is_offered))
            })
            .gather();
        let evidence = (!spans.is_empty()).then(|| Evidence { brief: self.brief, spans: spans.to_vec() });
        self.parts.push(Part {
            title: title.to_owned(),
            reason: self.reason.to_owned(),
            assumed: evidence.is_none(),
            evidence,
            is_offered,
            needs: needs.into_iter().collect(),
            edit,
            ..Part::default()
        });
        true
    }

    /// A part for each record, what others build on first; those that need each other in a ring together.
    fn records(&mut self, design: &Design, before: &Design, after: &Design, edit: Edit) {
        let mut left = edit.records;
        loop {
            let count = left.len();
            let mut waiting = Vec::new();
            for replaced in left {
                let (title, spans, is_by_hand) = words(design, before, after, &replaced);
                // What only an offered removal lets go of can go no sooner.
                let is_removal = replaced.after.is_none();
                let users: BTreeSet<Id> = replaced
                    .id()
                    .into_iter()
                    .filter(|_| is_removal)
                    .flat_map(|it| design.users_of(it))
                    .gather();
                let frees = |it: &Part| {
                    it.is_offered
                        && it.edit.records.iter().filter_map(Replaced::id).any(|it| users.contains(&it))
                };
                let is_offered = is_by_hand || self.parts.iter().any(frees);
                if !self.put(&title, &spans, is_offered, Edit { records: vec![replaced.clone()] }) {
                    waiting.push(replaced);
                }
            }
            left = waiting;
            if left.is_empty() || left.len() == count {
                break;
            }
        }
        self.put("Change what needs each other", &[], false, Edit { records: left });
    }

    /// Stories that came and went.
    fn stories(&mut self, before: &Design, after: &Design) {
        let told = |design: &Design, it: &Story| {
            design.stories().find(|other| (&other.actor, &other.goal) == (&it.actor, &it.goal)).cloned()
        };
        for story in after.stories() {
            if told(&self.after, story).is_none() {
                let edit = Edit::adding([Story { id: self.after.ids().take(), ..story.clone() }]);
                self.put(&format!("Add the story of {}", story.actor), &spans_of(&story.origin), false, edit);
            }
        }
        for story in before.stories().filter(|it| told(after, it).is_none()) {
            if let Some(ours) = told(&self.after, story) {
                let edit = Edit::default().remove(&self.after, ours.id);
                self.put(&format!("Remove the story of {}", story.actor), &[], false, edit);
            }
        }
    }

    /// What is asked for up front and no longer, one by one; what a person has said stands.
    fn demands(&mut self, before: &Design, after: &Design) {
        let number = |load: &Load, what: Demand| match what {
            Demand::ReadsPerWrite => load.reads_per_write,
            Demand::Retention => load.retention_days.map(f64::from),
            _ => None,
        };
        for what in Demand::ALL {
            let (was, is) = (before.load().demanded(what), after.load().demanded(what));
            let is_same =
                was.is_some() == is.is_some() && number(before.load(), what) == number(after.load(), what);
            let mut load = self.after.load().clone();
            let by_hand = load
                .demands
                .iter()
                .any(|it| (it.what == what || it.what.excludes(what)) && matches!(it.origin, Origin::Hand));
            if is_same || by_hand {
                continue;
            }
            let (title, spans) = match is {
                Some(it) => {
                    load.demand(what, it.origin.clone());
                    if what == Demand::ReadsPerWrite {
                        load.reads_per_write = after.load().reads_per_write;
                    }
                    if what == Demand::Retention {
                        load.retention_days = after.load().retention_days;
                    }
                    (what.words(after), spans_of(&it.origin))
                }
                None => {
                    load.release(what);
                    (format!("No longer asked for: {}", what.words(before)), Vec::new())
                }
            };
            let edit = Edit::default().put(&self.after, Record::Load(load));
            self.put(title.trim_end_matches('.'), &spans, false, edit);
        }
    }

    /// How many rows are expected, one by one, where nobody has said otherwise since.
    fn volumes(&mut self, before: &Load, after: &Load) {
        let of = |load: &Load, it: &Volume| load.volumes.iter().find(|other| other.is_of(it)).cloned();
        let all: Vec<&Volume> = after.volumes.iter().chain(&before.volumes).collect();
        for it in all {
            let (was, is) = (of(before, it), of(after, it));
            let mut load = self.after.load().clone();
            let ours = of(&load, it);
            let count = |it: &Option<Volume>| it.as_ref().map(|it| it.count);
            if count(&was) == count(&is) || count(&ours) != count(&was) {
                continue;
            }
            let title = match is {
                Some(it) => {
                    let title = format!("Expect {it}");
                    load.expect(it);
                    title
                }
                None => {
                    load.volumes.retain(|other| !other.is_of(it));
                    format!("No longer expect {it}")
                }
            };
            let edit = Edit::default().put(&self.after, Record::Load(load));
            self.put(&title, &[], false, edit);
        }
    }

    /// The conventions that the texts ask for otherwise now, for every table; those that a person has switched stay.
    fn conventions(&mut self, before: &Conventions, after: &Conventions) {
        let mut wanted = self.after.conventions().clone();
        let Conventions { authorship, timestamps, soft_delete, tenancy, version, value_sets, target, .. } =
            before;
        let follow = |ours: &mut bool, was: bool, is: bool| {
            if *ours == was {
                *ours = is;
            }
        };
        follow(&mut wanted.authorship, *authorship, after.authorship);
        follow(&mut wanted.timestamps, *timestamps, after.timestamps);
        follow(&mut wanted.soft_delete, *soft_delete, after.soft_delete);
        follow(&mut wanted.version, *version, after.version);
        if wanted.tenancy == *tenancy {
            wanted.tenancy.clone_from(&after.tenancy);
        }
        if wanted.value_sets == *value_sets {
            wanted.value_sets = after.value_sets;
        }
        if wanted.target == *target {
            wanted.target = after.target;
        }
        for part in convention::switched(&self.after, &wanted).parts {
            self.put(&part.title, &[], part.is_offered, part.edit);
        }
    }
}

/// A record with where it came from, in bytes of the new text.
fn renewed(design: &Design, fresh: &Design, brief: BriefId, mut replaced: Replaced) -> Replaced {
    if let Some(Record::Table(table)) = replaced.after {
        replaced.after = Some(Record::Table(pointed(design, fresh, brief, table)));
    }
    replaced
}

/// A table that points at the words of the new text which tell of it.
fn pointed(design: &Design, fresh: &Design, brief: BriefId, mut table: Table) -> Table {
    let Some(told) = fresh.tables().find(|it| it.name == table.name) else { return table };
    let old = design.table(table.id);
    renew(&mut table.origin, &told.origin, brief, old.is_none());
    for column in &mut table.columns {
        if let Some(it) = told.column_named(&column.name) {
            let is_new = old.is_none_or(|it| it.column(column.id).is_none());
            renew(&mut column.origin, &it.origin, brief, is_new);
        }
    }
    for fk in &mut table.foreign_keys {
        if let Some(it) = told.foreign_keys.iter().find(|it| it.name == fk.name) {
            let is_new = old.is_none_or(|it| it.foreign_keys.iter().all(|it| it.id != fk.id));
            renew(&mut fk.origin, &it.origin, brief, is_new);
        }
    }
    table
}

/// What is asked for up front, pointing at the words of the new text which ask for it.
fn asked(ours: &Load, told: &Load, brief: BriefId) -> Load {
    let mut load = ours.clone();
    for it in &mut load.demands {
        if let Some(now) = told.demanded(it.what) {
            renew(&mut it.origin, &now.origin, brief, false);
        }
    }
    load
}

/// What a part is called, the words that it rests on, and whether it is only offered.
fn words(design: &Design, before: &Design, after: &Design, it: &Replaced) -> (String, Vec<Span>, bool) {
    let (verb, record) = match (&it.before, &it.after) {
        (None, Some(new)) => ("Add", new),
        (Some(_), Some(new)) => ("Change", new),
        (Some(old), None) => ("Remove", old),
        (None, None) => return (String::new(), Vec::new(), false),
    };
    let named = record.words().unwrap_or_else(|| "a record".to_owned());
    let spans = record.name().and_then(|name| after.tables().find(|it| it.name == name));
    let spans = spans.map(|it| spans_of(&it.origin)).unwrap_or_default();
    let is_removal = it.after.is_none();
    let by_hand = match record {
        Record::Table(table) => {
            let ours = design.table(table.id);
            let told = before.tables().find(|it| it.name == table.name);
            ours.zip(told).is_none_or(|(ours, told)| !is_alike(ours, told))
        }
        _ => false,
    };
    (format!("{verb} {named}"), spans, is_removal && by_hand)
}

fn spans_of(origin: &Origin) -> Vec<Span> {
    match origin {
        Origin::Brief { spans, .. } => spans.clone(),
        _ => Vec::new(),
    }
}

/// What came from this brief, or has just been added, came from the words that tell it now, and so did what was assumed and is
/// told; what is a person's stays so.
fn renew(ours: &mut Origin, told: &Origin, brief: BriefId, is_new: bool) {
    let is_ours = match ours {
        Origin::Brief { brief: id, .. } => *id == brief,
        Origin::Assumption { .. } => matches!(told, Origin::Brief { .. }),
        _ => false,
    };
    if is_new || is_ours {
        ours.clone_from(told);
    }
}

/// Whether two tables have the same columns of the same types, so that nobody had a hand in one.
fn is_alike(ours: &Table, told: &Table) -> bool {
    let shape = |it: &Table| -> Vec<(String, bool)> {
        it.columns.iter().map(|it| (it.name.clone(), it.nullable)).collect()
    };
    shape(ours) == shape(told)
        && (ours.uniques.len(), ours.checks.len(), ours.indexes.len(), ours.foreign_keys.len())
            == (told.uniques.len(), told.checks.len(), told.indexes.len(), told.foreign_keys.len())
}
