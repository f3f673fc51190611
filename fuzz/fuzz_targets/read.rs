//! Any text as a script of PostgreSQL: nothing is lost, nothing panics, and the design holds every invariant.

#![no_main]

use relata::read;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let covered: String = read::split(text).iter().map(|it| it.span.of(text)).collect();
    assert_eq!(covered, text);
    let read = read::postgres(text, &read::Options::default());
    assert_eq!(read.tree.design.violations(), []);
    let report = read.tree.report;
    assert_eq!(report.statements, report.modelled + report.verbatim + report.skipped);
    relata::sql::ddl(&read.tree.design, &relata::sql::Options::default());
});
