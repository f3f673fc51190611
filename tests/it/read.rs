//! Reading PostgreSQL: real schemas, and what a script comes to.

use std::path::PathBuf;

use relata::base::LineIndex;
use relata::read::{self, PieceKind};

/// The folder of real schemas, where it is there.
fn corpora() -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora"));
    let folder = std::env::var_os("RELATA_CORPORA").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn sql_files(folder: &str) -> Vec<(String, String)> {
    let Some(corpora) = corpora() else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(corpora.join(folder)) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|it| it.path())
        .filter(|it| it.extension().is_some_and(|it| it == "sql"))
        .filter_map(|it| {
            let name = it.file_name()?.to_string_lossy().into_owned();
            Some((name, String::from_utf8_lossy(&std::fs::read(&it).ok()?).into_owned()))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_real_schema_is_read_into_a_valid_design() {
    let (mut statements, mut verbatim) = (0, 0);
    for (name, text) in sql_files("schemas") {
        let pieces = read::split(&text);
        let covered: usize = pieces.iter().map(|it| it.span.of(&text).len()).sum();
        assert_eq!(covered, text.len(), "{name}: every byte belongs to a piece");
        let read = read::postgres(&text, &read::Options::default());
        let report = read.tree.report;
        let design = read.tree.design;
        assert_eq!(report.statements, report.modelled + report.verbatim + report.skipped, "{name}");
        let written = pieces.iter().filter(|it| it.kind == PieceKind::Statement).count();
        assert!(report.statements <= written, "{name}");
        assert!(design.tables().len() > 0, "{name} has tables");
        println!(
            "{name:28} {:5} statements {:5} modelled {:4} verbatim {:5} skipped {:4} tables",
            report.statements,
            report.modelled,
            report.verbatim,
            report.skipped,
            design.tables().len()
        );
        let lines = LineIndex::new(&text);
        for diagnostic in read.errors.iter().take(12) {
            println!("    {} {diagnostic}", lines.place(diagnostic.span.start));
        }
        statements += report.statements;
        verbatim += report.verbatim;
    }
    println!("{verbatim} of {statements} statements verbatim");
}
