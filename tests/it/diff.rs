//! `relata diff`: exit codes, words and JSON on files that were written and read.

use std::path::PathBuf;
use std::process::{Command, Output};

fn relata(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relata")).args(arguments).output().expect("the command runs")
}

fn words(output: &Output) -> Vec<String> {
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// A file of this test run with what `relata table` prints.
fn table(name: &str, arguments: &str) -> String {
    let output = relata(&[&["table"], arguments.split(' ').collect::<Vec<_>>().as_slice()].concat());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("diff-{}-{name}", std::process::id()));
    std::fs::write(&path, output.stdout).expect("a temporary file can be written");
    path.to_string_lossy().into_owned()
}

#[test]
fn files_are_compared_by_name_whatever_their_order() {
    let old = table("old.sql", "Order total:decimal status:open|closed");
    let new = table("new.sql", "Order status:open|paid|closed note total:decimal?");
    let output = relata(&["diff", &old, &new]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        words(&output),
        [
            "type `order_status`: value `paid` added after `open`",
            "column `order.note` added",
            "column `order.total` may be null",
            "table `order`: columns in the order id, status, total, created_at, updated_at",
        ]
    );
    let same = relata(&["diff", &old, &old, "--json"]);
    assert_eq!(same.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&same.stdout).expect("JSON");
    assert_eq!(report, serde_json::json!({"matched_by": "name", "changes": []}));
    assert_eq!(relata(&["diff", &old, "nowhere.sql"]).status.code(), Some(2));
}
