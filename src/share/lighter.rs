//! A design without what a link may go without.

use std::collections::BTreeSet;

use super::Options;
use crate::design::{Design, Edit, FunctionId, Id, Record, Table, View};

/// The design without named versions and former texts, and without what the options leave out.
pub fn without(design: &Design, options: Options) -> Design {
    let left_out = if options.leave_out_statements { statements(design) } else { BTreeSet::new() };
    let kept = design.records().filter_map(|mut record| {
        let keep = match &record {
            Record::Snapshot(_) => false,
            Record::Brief(_) => !options.leave_out_briefs,
            other => !left_out.contains(&other.id()),
        };
        // What the text was before it was edited is of no use without the edits.
        if let Record::Brief(it) = &mut record {
            it.accepted = None;
        }
        if options.leave_out_comments {
            clear_comments(&mut record);
        }
        keep.then_some(record)
    });
    let mut lighter = Design::new();
    lighter.apply(&Edit::adding(kept)).expect("nothing that is kept refers to what is left out");
    lighter
}

/// Statements kept verbatim, and functions that nothing else uses.
fn statements(design: &Design) -> BTreeSet<Id> {
    let mut left_out: BTreeSet<Id> = design.verbatims().map(|it| it.id.into()).collect();
    let functions: Vec<FunctionId> = design.functions().map(|it| it.id).collect();
    loop {
        let before = left_out.len();
        let unused = functions.iter().filter(|id| design.users_of(**id).all(|it| left_out.contains(&it)));
        let unused: Vec<Id> = unused.map(|id| Id::from(*id)).collect();
        left_out.extend(unused);
        if left_out.len() == before {
            return left_out;
        }
    }
}

fn clear_comments(record: &mut Record) {
    match record {
        Record::Table(it) => clear_table(it),
        Record::View(it) => clear_view(it),
        Record::Namespace(it) => it.comment = None,
        Record::EnumType(it) => it.comment = None,
        Record::Domain(it) => {
            it.comment = None;
            it.checks.iter_mut().for_each(|it| it.comment = None);
        }
        Record::CompositeType(it) => {
            it.comment = None;
            it.attributes.iter_mut().for_each(|it| it.comment = None);
        }
        Record::RangeType(it) => it.comment = None,
        Record::Sequence(it) => it.comment = None,
        Record::Function(it) => it.comment = None,
        Record::Extension(it) => it.comment = None,
        Record::Title(_)
        | Record::Conventions(_)
        | Record::Load(_)
        | Record::Verbatim(_)
        | Record::Placement(_)
        | Record::Area(_)
        | Record::Note(_)
        | Record::Brief(_)
        | Record::Story(_)
        | Record::AccessPattern(_)
        | Record::Decision(_)
        | Record::Snapshot(_) => {}
    }
}

fn clear_table(table: &mut Table) {
    table.comment = None;
    table.columns.iter_mut().for_each(|it| it.comment = None);
    table.primary_key.iter_mut().for_each(|it| it.comment = None);
    table.uniques.iter_mut().for_each(|it| it.comment = None);
    table.foreign_keys.iter_mut().for_each(|it| it.comment = None);
    table.checks.iter_mut().for_each(|it| it.comment = None);
    table.exclusions.iter_mut().for_each(|it| it.comment = None);
    table.indexes.iter_mut().for_each(|it| it.comment = None);
    table.triggers.iter_mut().for_each(|it| it.comment = None);
    table.policies.iter_mut().for_each(|it| it.comment = None);
}

fn clear_view(view: &mut View) {
    view.comment = None;
    view.column_comments.clear();
    view.indexes.iter_mut().for_each(|it| it.comment = None);
    view.triggers.iter_mut().for_each(|it| it.comment = None);
}
