//! What the brief asks for up front, as demands of the design and the conventions that follow from them.

use std::collections::BTreeMap;

use super::Proposer;
use crate::base::{self, SortedMap, Span};
use crate::brief::reading::{Constraint, ConstraintKind, Reading, Size};
use crate::design::{
    BriefId, Conventions, Demanded, Edit, Load, Origin, Part, Record, Replaced, Volume, convention, demanded,
};

impl Proposer {
    /// Before any table: the demands, then a part for each convention that they want, so that all tables follow.
    pub(super) fn constraints(&mut self, reading: &Reading) {
        let Held { load, target, spans } = held(self.design.load(), &reading.constraints, self.brief);
        if spans.is_empty() {
            return;
        }
        let edit = Edit::default().put(&self.design, Record::Load(load));
        let reason = "The brief asks for it before anything is drawn.".to_owned();
        let first =
            self.push("Hold what is asked for up front".to_owned(), reason, &spans, false, Vec::new(), edit);
        if let Some(target) = target {
            let wanted = Conventions { target, ..self.design.conventions().clone() };
            let proposal = convention::switched(&self.design, &wanted);
            self.switches(proposal.parts, reading, first);
        }
        // Tenants are separated when their table is there.
        let parts = demanded(&self.design).parts;
        self.switches(parts.into_iter().filter(|it| !separates(it)).collect(), reading, first);
    }

    /// After all tables: the separation of tenants, unless the text itself says who sees what.
    pub(super) fn tenants(&mut self, reading: &Reading) {
        if reading.isolated.is_some() || !reading.access.is_empty() {
            return;
        }
        let parts = match &reading.tenant {
            // Whose rows are its own is told by name.
            Some((name, _)) if self.design.conventions().tenancy.is_none() => {
                let wanted = Conventions { tenancy: Some(name.clone()), ..self.design.conventions().clone() };
                convention::switched(&self.design, &wanted).parts
            }
            _ => demanded(&self.design).parts,
        };
        self.switches(parts.into_iter().filter(separates).collect(), reading, None);
    }

    /// Switches of conventions: what holds for the design first, then each table by itself, so that it can be left out.
    fn switches(&mut self, parts: Vec<Part>, reading: &Reading, first: Option<usize>) {
        for part in parts {
            let spans = evidence(&part, reading);
            let is_table = |it: &Replaced| matches!(it.after, Some(Record::Table(_)));
            let (tables, whole): (Vec<Replaced>, Vec<Replaced>) =
                part.edit.records.into_iter().partition(is_table);
            let needs: Vec<usize> = first.into_iter().collect();
            let title = part.title.clone();
            let at = self.push(title, part.reason.clone(), &spans, false, needs, Edit { records: whole });
            let Some(at) = at else { continue };
            let mut waiting = tables;
            // A table that references another's new column comes after that.
            while !waiting.is_empty() {
                let before = waiting.len();
                let mut left = Vec::new();
                for it in waiting {
                    let Some(id) = it.id() else { continue };
                    let named = it.after.as_ref().and_then(Record::name).unwrap_or_default();
                    let title = format!("{}: {named}", part.title);
                    let mut needs = vec![at];
                    needs.extend(self.adds.get(&id));
                    let edit = Edit { records: vec![it.clone()] };
                    if self.push(title, part.reason.clone(), &spans, false, needs, edit).is_none() {
                        left.push(it);
                    }
                }
                if left.len() == before {
                    break;
                }
                waiting = left;
            }
        }
    }
}

/// What a text asks for up front, added to what a design holds already.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The demands with their numbers.
    pub load: Load,
    /// The PostgreSQL version, where the text names one.
    pub target: Option<u8>,
    /// The words of the text.
    pub spans: Vec<Span>,
}

/// The demands of a design with those of a text; what a person has said stands.
pub fn held(load: &Load, constraints: &[Constraint], brief: BriefId) -> Held {
    let mut held = Held { load: load.clone(), target: None, spans: Vec::new() };
    for it in constraints {
        let Some(what) = it.kind.demand() else { continue };
        let is_settled = |known: &Demanded| {
            (known.what == what || known.what.excludes(what)) && matches!(known.origin, Origin::Hand)
        };
        if load.demands.iter().any(is_settled) {
            continue;
        }
        let mut origin = Origin::Brief { brief, spans: vec![it.evidence] };
        match &it.kind {
            ConstraintKind::PostgreSql(version) => held.target = Some(*version),
            ConstraintKind::ReadsPerWrite { reads, assumed } => {
                held.load.reads_per_write = Some(*reads);
                if *assumed {
                    let reason = format!("the text gives no number: {reads} reads for each write");
                    origin = Origin::Assumption { reason };
                }
            }
            ConstraintKind::RetentionDays(days) => held.load.retention_days = Some(*days),
            _ => {}
        }
        held.load.demand(what, origin);
        held.spans.push(it.evidence);
    }
    held
}

/// What a design is expected to hold, with what a text says of sizes that nobody has set before, and its words.
pub fn expected(known: &Load, told: &SortedMap<String, Size>, brief: BriefId) -> (Load, Vec<Span>) {
    let (mut load, mut words) = (known.clone(), Vec::new());
    for (of, size) in told {
        if !known.volumes.iter().any(|it| base::singular(&it.of) == *of) {
            let origin = Origin::Brief { brief, spans: size.evidence.clone() };
            load.expect(Volume { of: of.clone(), count: size.count, per: size.per.clone(), origin });
            words.extend(&size.evidence);
        }
    }
    (load, words)
}

fn conventions_of(part: &Part) -> Option<(&Conventions, &Conventions)> {
    part.edit.records.iter().find_map(|it| match (&it.before, &it.after) {
        (Some(Record::Conventions(before)), Some(Record::Conventions(after))) => Some((before, after)),
        _ => None,
    })
}

fn separates(part: &Part) -> bool {
    conventions_of(part).is_some_and(|(before, after)| before.tenancy != after.tenancy)
}

/// The words that ask for what a switch does.
fn evidence(part: &Part, reading: &Reading) -> Vec<Span> {
    let Some((before, after)) = conventions_of(part) else { return Vec::new() };
    let moved: BTreeMap<&str, bool> = [
        ("target", before.target != after.target),
        ("soft_delete", before.soft_delete != after.soft_delete),
        ("audit", (before.timestamps, before.authorship) != (after.timestamps, after.authorship)),
        ("version", before.version != after.version),
        ("tenancy", before.tenancy != after.tenancy),
        ("values", before.value_sets != after.value_sets),
    ]
    .into();
    let asks = |it: &ConstraintKind| match it {
        ConstraintKind::PostgreSql(_) => moved["target"],
        ConstraintKind::SoftDelete => moved["soft_delete"],
        ConstraintKind::Audit => moved["audit"],
        ConstraintKind::Strong => moved["version"],
        ConstraintKind::Tenancy => moved["tenancy"],
        ConstraintKind::MySql | ConstraintKind::Sqlite => moved["values"],
        ConstraintKind::ReadsPerWrite { .. }
        | ConstraintKind::RetentionDays(_)
        | ConstraintKind::Eventual
        | ConstraintKind::Existing(_) => false,
    };
    reading.constraints.iter().filter(|it| asks(&it.kind)).map(|it| it.evidence).collect()
}
