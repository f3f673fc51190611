//! The decision document: requirements, assumptions, decisions with their reasons and what was rejected, what is left as
//! it is, open questions, the constraints; as Markdown, and the same as one HTML page.

use std::collections::BTreeMap;

use super::markup::{HTML_FOOT, html_head, in_html, in_markdown};
use crate::design::{Conventions, Decision, Demand, Design, KeyStyle, Origin, TableNames, ValueSetStyle};

/// How the title of a decision begins that leaves a finding of the linter as it is.
const IGNORED: &str = "Ignore ";

/// A question that nobody has decided on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenQuestion {
    /// What is asked.
    pub text: String,
    /// Why; empty where that is plain.
    pub why: String,
    /// Answers to choose from; the first is what is assumed meanwhile.
    pub options: Vec<String>,
}

/// One part of the document.
struct Section {
    title: &'static str,
    items: Vec<Item>,
}

/// One point of a part, with what belongs to it.
struct Item {
    text: String,
    more: Vec<String>,
}

impl Item {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), more: Vec::new() }
    }
}

/// The document as Markdown; parts of which nothing is known are left out.
pub fn decisions_markdown(design: &Design, questions: &[OpenQuestion]) -> String {
    let mut out = format!("# {}\n", in_markdown(&title(design)));
    for section in sections(design, questions) {
        out.push_str(&format!("\n## {}\n\n", section.title));
        for item in section.items {
            out.push_str(&format!("- {}\n", in_markdown(&item.text)));
            for it in item.more {
                out.push_str(&format!("  - {}\n", in_markdown(&it)));
            }
        }
    }
    out
}

/// The document as one HTML page that needs nothing else.
pub fn decisions_html(design: &Design, questions: &[OpenQuestion]) -> String {
    const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}h2{margin-top:2rem}";
    let mut out = html_head(&title(design), STYLE);
    for section in sections(design, questions) {
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n", section.title));
        for item in section.items {
            out.push_str(&format!("<li>{}", in_html(&item.text)));
            if !item.more.is_empty() {
                let more = item.more.iter().map(|it| format!("<li>{}</li>", in_html(it)));
                out.push_str(&format!("<ul>{}</ul>", more.collect::<String>()));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    out.push_str(HTML_FOOT);
    out
}

fn title(design: &Design) -> String {
    match design.title() {
        "" => "Decisions".to_owned(),
        title => format!("{title}: decisions"),
    }
}

fn sections(design: &Design, questions: &[OpenQuestion]) -> Vec<Section> {
    let (ignored, decided): (Vec<&Decision>, Vec<&Decision>) =
        design.decisions().partition(|it| it.title.starts_with(IGNORED));
    let sections = [
        Section { title: "Requirements", items: requirements(design) },
        Section { title: "Assumptions", items: assumptions(design) },
        Section { title: "Decisions", items: decided.into_iter().map(|it| item(design, it)).collect() },
        Section { title: "Left as it is", items: ignored.into_iter().map(|it| item(design, it)).collect() },
        Section { title: "Open questions", items: questions.iter().map(open).collect() },
        Section { title: "Constraints", items: constraints(design) },
    ];
    sections.into_iter().filter(|it| !it.items.is_empty()).collect()
}

fn open(question: &OpenQuestion) -> Item {
    let why = (!question.why.is_empty()).then(|| question.why.clone());
    let mut options = question.options.iter();
    let assumed = options.next().map(|it| format!("Assumed meanwhile: {it}"));
    let others = options.map(|it| format!("Or: {it}"));
    Item { text: question.text.clone(), more: why.into_iter().chain(assumed).chain(others).collect() }
}

fn requirements(design: &Design) -> Vec<Item> {
    let briefs =
        design.briefs().filter(|it| !it.title.is_empty()).map(|it| Item::new(format!("Brief: {}", it.title)));
    let stories = design.stories().map(|it| Item::new(format!("{}: {}", it.actor, it.goal)));
    let patterns = design.access_patterns().map(|it| {
        let often = it.per_day.map_or_else(String::new, |it| format!(", {it} times a day"));
        Item { text: format!("Query {}{often}", it.name), more: vec![it.query.clone()] }
    });
    briefs.chain(stories).chain(patterns).collect()
}

/// What rests on no words, each reason once with the things that it holds for.
fn assumptions(design: &Design) -> Vec<Item> {
    let mut found: Vec<(&Origin, String)> = Vec::new();
    for table in design.tables() {
        let named = |name: &str| format!("{}.{name}", table.name);
        found.push((&table.origin, table.name.clone()));
        found.extend(table.columns.iter().map(|it| (&it.origin, named(&it.name))));
        found.extend(table.foreign_keys.iter().map(|it| (&it.origin, named(&it.name))));
    }
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (origin, name) in found {
        if let Origin::Assumption { reason } = origin {
            by_reason.entry(reason).or_default().push(name);
        }
    }
    by_reason
        .into_iter()
        .map(|(reason, names)| Item { text: reason.to_owned(), more: vec![names.join(", ")] })
        .collect()
}

fn item(design: &Design, decision: &Decision) -> Item {
    let about: Vec<String> =
        decision.about.iter().filter_map(|it| Some(design.record(*it)?.name()?.to_owned())).collect();
    let reason = (!decision.reason.is_empty()).then(|| decision.reason.clone());
    let about = (!about.is_empty()).then(|| format!("About {}", about.join(", ")));
    let rejected = decision.rejected.iter().map(|it| format!("Rejected: {it}"));
    Item { text: decision.title.clone(), more: reason.into_iter().chain(about).chain(rejected).collect() }
}

fn constraints(design: &Design) -> Vec<Item> {
    let Conventions {
        key,
        table_names,
        timestamps,
        authorship,
        soft_delete,
        value_sets,
        target,
        tenancy,
        version,
        comments: _,
    } = design.conventions();
    let key = match key {
        KeyStyle::UuidV4 => "Keys are random UUIDs",
        KeyStyle::UuidV7 => "Keys are UUIDs in order of time",
        KeyStyle::Identity => "Keys are numbers",
    };
    let names = match table_names {
        TableNames::Singular => "Tables are named in the singular",
        TableNames::Plural => "Tables are named in the plural",
    };
    let values = match value_sets {
        ValueSetStyle::Enum => "Value sets are enumerated types",
        ValueSetStyle::Check => "Value sets are held by checks",
        ValueSetStyle::Lookup => "Value sets are lookup tables",
    };
    let switches = [
        (*timestamps, "Rows say when they came and changed"),
        (*authorship, "Rows say who made and changed them"),
        (*soft_delete, "Rows are deleted by mark"),
        (*version, "Rows count their versions"),
        (tenancy.is_some(), "Rows belong to a tenant"),
    ];
    let on = switches.into_iter().filter(|it| it.0).map(|it| it.1);
    let mut items: Vec<Item> = vec![Item::new(format!("PostgreSQL {target}"))];
    items.extend([key, names, values].into_iter().chain(on).map(Item::new));
    let load = design.load();
    let demanded = load.demands.iter().filter(|it| it.what != Demand::PostgreSql).map(|it| Item {
        text: it.what.words(design),
        more: source(design, &it.origin).into_iter().collect(),
    });
    items.extend(demanded);
    if let Some(it) = load.demanded(Demand::PostgreSql)
        && let Some(first) = items.first_mut()
    {
        first.more.extend(source(design, &it.origin));
    }
    let given: Vec<String> = design.tables().filter(|it| it.is_given()).map(|it| it.name.clone()).collect();
    if !given.is_empty() {
        items.push(Item {
            text: "Tables that are given, and never changed".to_owned(),
            more: vec![given.join(", ")],
        });
    }
    items.extend(load.volumes.iter().map(|it| Item::new(format!("{it} are expected"))));
    let reads = load.reads_per_write.filter(|_| !load.asks(Demand::ReadsPerWrite));
    items.extend(reads.map(|it| Item::new(format!("{it} reads for each write"))));
    let kept = load.retention_days.filter(|_| !load.asks(Demand::Retention));
    items.extend(kept.map(|it| Item::new(format!("Rows are kept for {it} days"))));
    items
}

/// Where a constraint came from: the words of a brief, or the reason why it is assumed.
fn source(design: &Design, origin: &Origin) -> Option<String> {
    match origin {
        Origin::Brief { brief, spans } => {
            let text = design.brief(*brief).map_or("", |it| it.text.as_str());
            let words: Vec<String> = spans.iter().map(|it| format!("“{}”", it.of(text))).collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
        Origin::Assumption { reason } => Some(format!("Assumed: {reason}")),
        Origin::Hand
        | Origin::Convention(_)
        | Origin::Import { .. }
        | Origin::Model { .. }
        | Origin::Given => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Column, DataType, DecisionId, Edit, Record, Story, StoryId, Table};
    use crate::pg::Builtin;

    fn design() -> Design {
        let mut design = Design::new();
        let mut ids = design.ids();
        let assumed = Origin::Assumption { reason: "a task is usually dated".to_owned() };
        let due =
            Column { origin: assumed, ..Column::new(ids.take(), "due_on", DataType::builtin(Builtin::Date)) };
        let task = Table { id: ids.take(), name: "task".to_owned(), columns: vec![due], ..Table::default() };
        let about = vec![task.id.into()];
        let story = Story {
            id: ids.take::<StoryId>(),
            actor: "member".to_owned(),
            goal: "to see <b>tasks</b> of *today*".to_owned(),
            ..Story::default()
        };
        let decision = |id: DecisionId, title: &str| Decision {
            id,
            title: title.to_owned(),
            reason: "One list is enough.".to_owned(),
            rejected: vec!["a table for each kind".to_owned()],
            about: about.clone(),
            ..Decision::default()
        };
        let decisions = [decision(ids.take(), "Tasks are one table"), decision(ids.take(), "Ignore DOC001")];
        let records =
            [Record::from(task), Record::from(story)].into_iter().chain(decisions.map(Record::from));
        design.apply(&Edit::adding(records)).expect("valid");
        design
    }

    #[test]
    fn what_was_decided_is_told_with_reasons_and_what_was_rejected() {
        let expected = "\
# Decisions

## Requirements

- member: to see \\<b\\>tasks\\</b\\> of \\*today\\*

## Assumptions

- a task is usually dated
  - task.due\\_on

## Decisions

- Tasks are one table
  - One list is enough.
  - About task
  - Rejected: a table for each kind

## Left as it is

- Ignore DOC001
  - One list is enough.
  - About task
  - Rejected: a table for each kind

## Open questions

- Can a task have several members?
  - Assumed meanwhile: no
  - Or: yes

## Constraints

- PostgreSQL 18
- Keys are random UUIDs
- Tables are named in the singular
- Value sets are enumerated types
- Rows say when they came and changed
";
        let open = OpenQuestion {
            text: "Can a task have several members?".to_owned(),
            options: vec!["no".to_owned(), "yes".to_owned()],
            ..OpenQuestion::default()
        };
        assert_eq!(decisions_markdown(&design(), &[open]), expected);
    }

    #[test]
    fn the_page_has_no_markup_but_its_own() {
        let page = decisions_html(&design(), &[]);
        assert!(page.contains("&lt;b&gt;tasks&lt;/b&gt;") && !page.contains("<b>"), "{page}");
        assert_eq!(page.matches("<ul>").count(), page.matches("</ul>").count());
        assert_eq!(page.matches("<li>").count(), page.matches("</li>").count());
    }
}
