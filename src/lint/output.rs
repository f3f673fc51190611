//! Findings for people and for tools: text with an excerpt, SARIF, annotations of GitHub.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Finding, Script, Severity, rules};
use crate::base::LineIndex;

/// A script with its lines, which are looked for once.
struct Source<'a> {
    name: &'a str,
    lines: LineIndex<'a>,
}

impl<'a> Source<'a> {
    fn all(scripts: &[Script<'a>]) -> Vec<Self> {
        scripts.iter().map(|it| Self { name: it.name, lines: LineIndex::new(it.text) }).collect()
    }

    /// The file of a finding: its own, or the only one there is.
    fn of<'s>(finding: &Finding, sources: &'s [Self]) -> Option<&'s Self> {
        match &finding.file {
            Some(name) => sources.iter().find(|it| it.name == name),
            None => sources.first().filter(|_| sources.len() == 1),
        }
    }
}

/// Line, column and length in characters of what a finding points at: the object's name where its statement says it.
fn point(finding: &Finding, source: &Source<'_>) -> Option<(u32, u32, usize)> {
    let (line, lines) = (finding.line?, &source.lines);
    let name = finding.place.rsplit('.').next().unwrap_or_default();
    let name = name.split(", ").next().unwrap_or_default();
    // The statement reaches at most to the first line that ends it.
    let last = (line..line + 200).find(|it| lines.line(*it).trim_end().ends_with(';'));
    for at in line..=last.unwrap_or(line + 200) {
        let text = lines.line(at);
        if let Some(byte) = word_in(text, name) {
            let column = text.get(..byte).map_or(0, |it| it.chars().count());
            return Some((at, column as u32 + 1, name.chars().count()));
        }
    }
    let text = lines.line(line);
    let column = text.chars().take_while(|it| it.is_whitespace()).count();
    Some((line, column as u32 + 1, text.trim().chars().count().max(1)))
}

/// Where a name stands as a word of its own.
fn word_in(text: &str, name: &str) -> Option<usize> {
    let part = |it: char| it.is_alphanumeric() || it == '_';
    let alone = |at: &usize| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        let after = text.get(*at + name.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    };
    if name.is_empty() {
        return None;
    }
    text.match_indices(name).map(|it| it.0).find(alone)
}

/// For people: each finding with the line that it points at, and a count at the end.
pub fn text(findings: &[Finding], scripts: &[Script<'_>]) -> String {
    let sources = Source::all(scripts);
    let mut out = String::new();
    for finding in findings {
        let source = Source::of(finding, &sources);
        let point = source.and_then(|source| point(finding, source));
        let severity = finding.severity.name();
        let _ = writeln!(out, "{severity}[{}]: {}", finding.code, finding.message);
        match (source, point) {
            (Some(source), Some((line, column, length))) => {
                let gutter = line.to_string();
                let excerpt = source.lines.line(line).replace('\t', " ");
                let blank = " ".repeat(gutter.len());
                let _ = writeln!(out, "{blank}--> {}:{line}:{column} ({})", source.name, finding.place);
                let _ = writeln!(out, "{gutter} | {}", excerpt.trim_end());
                let pad = " ".repeat(column.saturating_sub(1) as usize);
                let _ = writeln!(out, "{blank} | {pad}{}", "^".repeat(length));
            }
            _ => {
                let _ = writeln!(out, " --> {}", finding.place);
            }
        }
        for evidence in &finding.evidence {
            let _ = writeln!(out, "  = {evidence}");
        }
        if let Some(fix) = &finding.fix {
            let unsafe_ = if fix.safety == super::Safety::Unsafe { " (look at it first)" } else { "" };
            let _ = writeln!(out, "  fix: {}{unsafe_}", fix.title);
        }
        out.push('\n');
    }
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    let _ = writeln!(
        out,
        "{}, {}, {} for information",
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
        count(Severity::Info)
    );
    out
}

/// `1 error`, `2 errors`.
fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// SARIF 2.1.0 (OASIS standard, 27 March 2020).
pub fn sarif(findings: &[Finding], scripts: &[Script<'_>]) -> Value {
    let sources = Source::all(scripts);
    let level = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let places: BTreeMap<&str, usize> = rules().enumerate().map(|(at, rule)| (rule.code, at)).collect();
    let described: Vec<Value> = rules()
        .map(|rule| {
            json!({
                "id": rule.code,
                "name": rule.name,
                "shortDescription": { "text": rule.summary() },
                "help": { "text": rule.summary(), "markdown": rule.markdown() },
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let mut location = json!({
                "logicalLocations": [{ "fullyQualifiedName": finding.place }],
            });
            let source = Source::of(finding, &sources);
            if let Some(source) = source {
                let mut physical = json!({ "artifactLocation": { "uri": source.name } });
                if let Some((line, column, length)) = point(finding, source) {
                    physical["region"] = json!({
                        "startLine": line, "startColumn": column, "endColumn": column as usize + length,
                    });
                }
                location["physicalLocation"] = physical;
            }
            let uri = source.map(|it| it.name);
            let related = finding.also.iter().map(|it| {
                let mut place = json!({ "logicalLocations": [{ "fullyQualifiedName": it.place }] });
                if let (Some(uri), Some(line)) = (uri, it.line) {
                    place["physicalLocation"] =
                        json!({ "artifactLocation": { "uri": uri }, "region": { "startLine": line } });
                }
                place
            });
            let related: Vec<Value> = related.collect();
            json!({
                "ruleId": finding.code,
                "ruleIndex": places.get(finding.code.as_str()),
                "level": level(finding.severity),
                "message": { "text": message(finding) },
                "locations": [location],
                "relatedLocations": related,
                "partialFingerprints": { "relata/v1": finding.fingerprint() },
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "relata", "version": env!("CARGO_PKG_VERSION"), "rules": described,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn message(finding: &Finding) -> String {
    let mut text = format!("{}: {}", finding.place, finding.message);
    for evidence in &finding.evidence {
        text.push_str(". ");
        text.push_str(evidence);
    }
    text
}

/// Workflow commands of GitHub Actions ("Workflow commands for GitHub Actions", "Setting a notice message").
pub fn github(findings: &[Finding], scripts: &[Script<'_>]) -> String {
    let sources = Source::all(scripts);
    let mut out = String::new();
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let source = Source::of(finding, &sources);
        let mut properties = Vec::new();
        if let Some(source) = source {
            properties.push(format!("file={}", escaped(source.name, true)));
            if let Some((line, column, _)) = point(finding, source) {
                properties.push(format!("line={line},col={column}"));
            }
        }
        properties.push(format!("title={}", escaped(&finding.code, true)));
        let _ = writeln!(out, "::{command} {}::{}", properties.join(","), escaped(&message(finding), false));
    }
    out
}

/// As the toolkit escapes data and properties.
fn escaped(text: &str, property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if property { text.replace(':', "%3A").replace(',', "%2C") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding() -> Finding {
        Finding {
            code: "IDX001".into(),
            severity: Severity::Warning,
            record: None,
            objects: Vec::new(),
            place: "o.user_id".into(),
            message: "no index".into(),
            evidence: vec!["because: a, b".into()],
            fix: None,
            file: None,
            line: Some(2),
            span: None,
            also: Vec::new(),
        }
    }

    #[test]
    fn a_caret_stands_under_the_name() {
        let scripts =
            [Script { name: "a.sql", text: "-- x\ncreate table o (\n  my_user_id int, user_id int\n);" }];
        let told = text(&[finding()], &scripts);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[1], " --> a.sql:3:19 (o.user_id)");
        assert_eq!(lines[2], "3 |   my_user_id int, user_id int");
        assert_eq!(lines[3], "  |                   ^^^^^^^");
    }

    #[test]
    fn annotations_are_escaped_and_sarif_has_a_region() {
        let scripts = [Script { name: "a,b.sql", text: "\ncreate table o (user_id int);" }];
        assert_eq!(
            github(&[finding()], &scripts),
            "::warning file=a%2Cb.sql,line=2,col=17,title=IDX001::o.user_id: no index. because: a, b\n"
        );
        let log = sarif(&[finding()], &scripts);
        assert_eq!(
            log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"],
            17
        );
    }
}
