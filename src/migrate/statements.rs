//! A written design as single statements, each with what it is about.

use std::collections::BTreeMap;

use crate::design::{Design, Id, Record};
use crate::sql::Written;

/// One statement of a written design.
pub struct Statement<'s> {
    /// Its text, with the semicolon.
    pub text: &'s str,
    /// The record that it is about.
    pub record: Id,
    /// The part of the record that it is about, where it is about one.
    pub part: Option<Id>,
}

/// The statements in their order. Settings between them are left out.
pub fn statements<'s>(design: &Design, written: &'s Written) -> Vec<Statement<'s>> {
    let mut owners: BTreeMap<Id, Id> = BTreeMap::new();
    for record in design.tables().map(|it| Record::Table(it.clone())) {
        owners.extend(record.all_ids().into_iter().skip(1).map(|it| (it, record.id())));
    }
    for record in design.views().map(|it| Record::View(it.clone())) {
        owners.extend(record.all_ids().into_iter().skip(1).map(|it| (it, record.id())));
    }
    let mut spans: Vec<_> = written.map.iter().collect();
    spans.sort_by_key(|it| (it.0.start, std::cmp::Reverse(it.0.end)));
    let mut out: Vec<Statement<'s>> = Vec::new();
    let mut end = 0;
    for (span, id) in spans {
        if (span.start as usize) < end {
            continue;
        }
        let between = written.text.get(end..span.start as usize).unwrap_or_default();
        follow(&mut out, between);
        end = span.end as usize;
        let record = owners.get(id).copied().unwrap_or(*id);
        let part = (record != *id).then_some(*id);
        out.push(Statement { text: span.of(&written.text).trim(), record, part });
    }
    follow(&mut out, written.text.get(end..).unwrap_or_default());
    out
}

/// Statements that stand for no part of their own go with what stands before them.
fn follow<'s>(out: &mut Vec<Statement<'s>>, between: &'s str) {
    let Some((record, part)) = out.last().map(|it| (it.record, it.part)) else { return };
    for text in between.split_inclusive(";\n").map(str::trim).filter(|it| it.starts_with("ALTER ")) {
        out.push(Statement { text, record, part });
    }
}
