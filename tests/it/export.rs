//! Texts for other tools, from the command; the browser tests have Mermaid read them.

use std::io::Write as _;
use std::process::{Command, Stdio};

const ODD: &str = "create schema crm;
    create type crm.state as enum ('open', 'not -- yet', '}');
    create table \"order\" (id uuid primary key, \"first {name}\" varchar(80), \"__v\" integer, \"#no\" numeric(12,2) not null,
        state crm.state, parent uuid references \"order\", tags text[], \"-- x\" text, \"\"\"quoted\"\"\" text, \"(a)\" text);
    create table crm.\"end\" (order_id uuid not null unique references \"order\", class text, primary key (order_id, class));
    comment on table \"order\" is 'A \"quoted\" <b>text</b>';";

fn export(sql: &str, to: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"))
        .args(["export", "-", "--to", to])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command runs");
    command.stdin.take().expect("piped").write_all(sql.as_bytes()).expect("it reads");
    let output = command.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{to}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn every_target_of_the_list_is_written() {
    let list = export("", "list");
    let targets: Vec<&str> = list.lines().filter_map(|it| it.split_whitespace().next()).collect();
    for it in ["dbml", "mermaid", "plantuml", "dictionary", "dictionary-html", "decisions", "decisions-html"]
    {
        assert!(targets.contains(&it), "{it}");
    }
    for it in targets {
        assert!(!export(ODD, it).trim().is_empty(), "{it}");
    }
}

/// The real `PlantUML`, where it is installed, reads every kind of odd name.
#[test]
fn plantuml_reads_what_is_written_for_it() {
    let started = Command::new("plantuml")
        .args(["-headless", "-syntax"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut tool) = started else { return eprintln!("skipped: there is no plantuml here") };
    tool.stdin.take().expect("piped").write_all(export(ODD, "plantuml").as_bytes()).expect("it reads");
    let said = tool.wait_with_output().expect("it ends").stdout;
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("(3 entities)"), "{said}");
}
