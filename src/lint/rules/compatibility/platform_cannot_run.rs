//! Platform cannot run.

use crate::lint::prelude::*;
use crate::lint::written::Written;

rule! {
    /// Flags what a managed PostgreSQL refuses, in a script that says that it is for one.
    ///
    /// A comment says it: `/*@ platform managed */`.
    ///
    /// ## Why
    ///
    /// There nobody is a superuser, and the files of the server belong to the provider: tablespaces, settings of the whole server,
    /// event triggers, languages that are not trusted, and `COPY` with a file of the server ask for one or the other.
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// /*@ platform managed */
    /// create tablespace fast location '/nonexistent';
    /// ```
    ///
    /// ```sql invalid
    /// /*@ platform managed */
    /// copy regions from '/nonexistent/regions.csv';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ platform managed */
    /// create index concurrently on orders (state);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE TABLESPACE", "ALTER SYSTEM", "CREATE EVENT TRIGGER", "CREATE LANGUAGE" and "COPY", each in its notes.
    COM012 "platform-cannot-run" Warning [] Script(check)
}

/// The languages that reach what only the server's own user may.
const UNTRUSTED: [&str; 6] = ["plpython3u", "plpythonu", "plperlu", "pltclu", "plpython2u", "c"];

fn check(steps: &mut Steps<'_>) {
    if !is_managed(steps.text) {
        return;
    }
    for (at, _) in steps.each() {
        if let Some(what) = refused(steps.statement(at)) {
            let place = expression::folded(steps.statement(at));
            let place: Vec<&str> = place.split(' ').take(3).collect();
            steps.report(at, &place.join(" "), format!("a managed PostgreSQL has no {what}"));
        }
    }
}

/// Whether a comment says that the script is for a managed PostgreSQL.
fn is_managed(text: &str) -> bool {
    let stated = text.split("/*@").skip(1).filter_map(|it| it.split("*/").next());
    stated.flat_map(|it| it.split(';')).any(|it| it.split_whitespace().eq(["platform", "managed"]))
}

/// What a statement asks for that only a superuser may.
fn refused(statement: &str) -> Option<String> {
    let words: Vec<String> =
        expression::written(statement).iter().map(|it| it.1.to_ascii_lowercase()).collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let plain = |it: &str| it.trim_matches(['"', '\'']).to_owned();
    let language = |name: &str| UNTRUSTED.contains(&name).then(|| format!("language `{name}`"));
    match (word(0), word(1)) {
        ("create", "tablespace") => Some("tablespaces of its users".to_owned()),
        ("alter", "system") => Some("`ALTER SYSTEM`".to_owned()),
        ("create", "event") if word(2) == "trigger" => Some("event triggers of its users".to_owned()),
        ("create", "extension") => {
            let at = if word(2) == "if" { 5 } else { 2 };
            let name = plain(word(at));
            language(&name).or_else(|| {
                matches!(name.as_str(), "file_fdw" | "adminpack").then(|| format!("extension `{name}`"))
            })
        }
        ("create", _) if words.iter().take(4).any(|it| matches!(it.as_str(), "function" | "procedure")) => {
            let at = words.iter().position(|it| it == "language")?;
            language(&plain(word(at + 1)))
        }
        ("copy", _) => {
            let copy = Written::of(statement);
            let at = ["from", "to"].iter().filter_map(|it| copy.keyword(it, 0, copy.len())).min()?;
            let is_file = word(at + 1).starts_with('\'') || word(at + 1) == "program";
            is_file.then(|| "files of the server to copy from or to".to_owned())
        }
        _ => None,
    }
}
