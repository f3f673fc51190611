//! A schema on a real server, by PostgreSQL's own `psql`.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use relata::lint::Ran;

use super::Failure;

/// Runs a schema on a database of its own, which is dropped afterwards. The server is named as `psql` takes it.
///
/// # Errors
/// When there is no `psql`, or the server makes no database: whether the schema runs is not known then.
pub fn on_a_clean_database(server: &str, schema: &str) -> Result<Ran, Failure> {
    let name = format!("relata_check_{}", std::process::id());
    let made = psql(server, &format!("create database {name} template template0;\n\\connect {name}\n"))?;
    if !made.status.success() {
        return Err(Failure::Input(format!("{server}: {}", said(&made))));
    }
    let version = psql(server, "show server_version;")?;
    let ran = psql(server, &format!("\\connect {name}\n{schema}"))?;
    let dropped = psql(server, &format!("drop database if exists {name} with (force);"))?;
    if !dropped.status.success() {
        eprintln!("{server}: the database {name} is left: {}", said(&dropped));
    }
    if ran.status.success() {
        let version = String::from_utf8_lossy(&version.stdout);
        return Ok(Ran::Through(version.split_whitespace().next().unwrap_or_default().to_owned()));
    }
    Ok(Ran::Refused(said(&ran)))
}

/// Runs a script that ends at its first error.
fn psql(server: &str, script: &str) -> Result<Output, Failure> {
    let broken = |error: std::io::Error| Failure::Input(format!("cannot run psql: {error}"));
    let mut child = Command::new("psql")
        .args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--dbname",
            server,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(broken)?;
    let input = child.stdin.take();
    let script = script.to_owned();
    // What it writes meanwhile must be read, or both wait.
    let writer = std::thread::spawn(move || input.map(|mut it| it.write_all(script.as_bytes())));
    let output = child.wait_with_output().map_err(broken)?;
    // A script that ends early leaves its rest unread.
    let _ = writer.join();
    Ok(output)
}

/// The first of its complaints, without the place in a script that nobody sees.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find(|it| it.contains("ERROR") || it.contains("FATAL")).or(text.lines().next());
    let line = line.unwrap_or("psql gave no reason");
    line.split_once("ERROR:").map_or(line, |it| it.1).trim().to_owned()
}
