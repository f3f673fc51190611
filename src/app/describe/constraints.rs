//! What is asked for up front: what the brief says of it, with its words, and what a person sets.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::brief::{Reading, expected, held};
use relata::design::convention::switched;
use relata::design::{Conventions, Demand, Design, Edit, Load, Origin, Record, Volume, demanded};
use relata::job::{Packed, Talk};

use super::Reader;
use crate::app::edge::{bytes_of_file, files_of};
use crate::app::messages::Messages;
use crate::app::review::Review;
use crate::app::store::{Dispatch, Document};
use crate::app::talk::Conversation;

/// The versions of PostgreSQL that are written for, newest first.
const VERSIONS: [u8; 6] = [18, 17, 16, 15, 14, 13];

/// How everything stands: what the design holds, with what the brief says.
#[derive(Clone, Default, PartialEq)]
struct Standing {
    load: Load,
    target: u8,
    given: Vec<String>,
    sources: Vec<(Demand, String)>,
}

impl Standing {
    fn of(design: &Design, said: &Reading) -> Self {
        let brief = design.briefs().next();
        let id = brief.map(|it| it.id).unwrap_or_default();
        let mut told = held(design.load(), &said.constraints, id);
        told.load = expected(&told.load, &said.load, id).0;
        let text = brief.map_or("", |it| it.text.as_str());
        let source = |origin: &Origin| match origin {
            Origin::Brief { spans, .. } => {
                let words: Vec<String> = spans.iter().map(|it| format!("“{}”", it.of(text).trim())).collect();
                words.join(", ")
            }
            Origin::Assumption { reason } => say!("origin-assumed", reason = reason),
            _ => say!("upfront-by-hand"),
        };
        let sources = told.load.demands.iter().map(|it| (it.what, source(&it.origin))).collect();
        let given = design.tables().filter(|it| it.is_given()).map(|it| it.name.clone()).collect();
        Self { target: told.target.unwrap_or(design.conventions().target), load: told.load, given, sources }
    }

    fn source(&self, what: &[Demand]) -> Option<String> {
        self.sources.iter().find(|it| what.contains(&it.0)).map(|it| it.1.clone())
    }

    /// As the list of databases has it.
    fn database(&self) -> String {
        match () {
            () if self.load.asks(Demand::MySql) => "mysql".to_owned(),
            () if self.load.asks(Demand::Sqlite) => "sqlite".to_owned(),
            () => self.target.to_string(),
        }
    }

    /// All of it in a line.
    fn words(&self) -> String {
        let load = &self.load;
        let mut words = vec![match () {
            () if load.asks(Demand::MySql) => "MySQL 8".to_owned(),
            () if load.asks(Demand::Sqlite) => "SQLite".to_owned(),
            () => format!("PostgreSQL {}", self.target),
        }];
        if let Some(it) = load.reads_per_write {
            words.push(say!("upfront-short-reads", count = it.to_string()));
        }
        let switches = [
            (Demand::Strong, say!("upfront-strong")),
            (Demand::Eventual, say!("upfront-eventual")),
            (Demand::Tenancy, say!("upfront-tenancy")),
            (Demand::SoftDelete, say!("upfront-soft-delete")),
            (Demand::Audit, say!("upfront-audit")),
        ];
        words.extend(switches.into_iter().filter(|it| load.asks(it.0)).map(|it| it.1));
        if !self.given.is_empty() {
            words.push(say!("upfront-short-given", count = self.given.len()));
        }
        words.join(" · ")
    }
}

/// How the panel changes the design.
#[derive(Clone, Copy)]
struct Setting {
    document: Document,
    dispatch: Dispatch,
    review: Review,
    reader: Reader,
    messages: Messages,
}

impl Setting {
    /// Demands something, with its number, and proposes what follows for the tables that are there.
    fn demand(self, what: Demand, number: impl FnOnce(&mut Load)) {
        self.reader.heed(what, true);
        let edit = self.document.peek(|design| {
            let mut load = design.load().clone();
            load.demand(what, Origin::Hand);
            number(&mut load);
            Edit::default().put(design, Record::Load(load))
        });
        self.dispatch.send(say!("done-constraints"), edit);
        let (proposal, is_empty) =
            self.document.peek(|design| (demanded(design), design.tables().len() == 0));
        if is_empty {
            self.dispatch.accept(say!("done-constraints"), &proposal, None);
        } else if !proposal.parts.is_empty() {
            self.review.show(say!("done-constraints"), proposal);
        }
    }

    /// Demands none of these any more.
    fn release(self, all: &[Demand]) {
        for what in all {
            self.reader.heed(*what, false);
        }
        let edit = self.document.peek(|design| {
            let mut load = design.load().clone();
            for what in all {
                load.release(*what);
            }
            Edit::default().put(design, Record::Load(load))
        });
        if !edit.is_empty() {
            self.dispatch.send(say!("done-constraints"), edit);
        }
    }

    /// Expects the sizes that a person lists, and no others.
    fn sizes(self, text: &str) {
        let wanted = match Volume::listed(text) {
            Ok(it) => it,
            Err(it) => return self.messages.fail(say!("upfront-sizes-wrong", text = it)),
        };
        self.reader.expect_only(&wanted);
        let edit = self.document.peek(|design| {
            let mut load = design.load().clone();
            load.expect_only(wanted);
            Edit::default().put(design, Record::Load(load))
        });
        if !edit.is_empty() {
            self.dispatch.send(say!("done-constraints"), edit);
        }
    }

    fn database(self, value: &str) {
        match value {
            "mysql" => self.demand(Demand::MySql, |_| ()),
            "sqlite" => self.demand(Demand::Sqlite, |_| ()),
            version => {
                let Ok(target) = version.parse::<u8>() else { return };
                self.demand(Demand::PostgreSql, |_| ());
                let proposal = self
                    .document
                    .peek(|design| switched(design, &Conventions { target, ..design.conventions().clone() }));
                self.dispatch.accept(say!("done-constraints"), &proposal, None);
            }
        }
    }
}

/// The panel, folded to one line until it is opened.
#[component]
pub fn Constraints() -> impl IntoView {
    let (document, reader) = (Document::from_context(), Reader::from_context());
    let dispatch = Dispatch::from_context();
    let (review, messages) = (Review::from_context(), Messages::from_context());
    let setting = Setting { document, dispatch, review, reader, messages };
    let standing =
        Memo::new(move |_| reader.chosen().with(|it| document.with(|design| Standing::of(design, it))));
    let source = move |what: &'static [Demand]| {
        move || {
            standing
                .with(|it| it.source(what))
                .map(|it| view! { <span class="note upfront__source">{it}</span> })
        }
    };
    let check = move |what: &'static [Demand], name: String, testid: &'static str| {
        let on_change = move |event: leptos::ev::Event| {
            let Some(first) = what.first() else { return };
            if event_target_checked(&event) {
                setting.demand(*first, |_| ());
            } else {
                setting.release(what);
            }
        };
        let is_on = move || standing.with(|it| what.iter().any(|what| it.load.asks(*what)));
        view! {
            <label class="switch upfront__row">
                <span>{name}{source(what)}</span>
                <input type="checkbox" role="switch" data-testid=testid prop:checked=is_on on:change=on_change />
            </label>
        }
    };
    let elsewhere = move || standing.with(|it| it.load.asks(Demand::MySql) || it.load.asks(Demand::Sqlite));
    let versions =
        VERSIONS.map(|it| view! { <option value=it.to_string()>{format!("PostgreSQL {it}")}</option> });
    let on_reads = move |event: leptos::ev::Event| match event_target_value(&event).parse::<f64>() {
        Ok(reads) if reads.is_finite() && reads > 0.0 => {
            setting.demand(Demand::ReadsPerWrite, |it| it.reads_per_write = Some(reads));
        }
        _ => setting.release(&[Demand::ReadsPerWrite]),
    };
    let on_retention = move |event: leptos::ev::Event| match event_target_value(&event).parse::<u32>() {
        Ok(days) if days > 0 => setting.demand(Demand::Retention, |it| it.retention_days = Some(days)),
        _ => setting.release(&[Demand::Retention]),
    };
    let on_consistency = move |event: leptos::ev::Event| match event_target_value(&event).as_str() {
        "strong" => setting.demand(Demand::Strong, |_| ()),
        "eventual" => setting.demand(Demand::Eventual, |_| ()),
        _ => setting.release(&[Demand::Strong, Demand::Eventual]),
    };
    let consistency = move || {
        standing.with(|it| match () {
            () if it.load.asks(Demand::Strong) => "strong",
            () if it.load.asks(Demand::Eventual) => "eventual",
            () => "",
        })
    };
    let number = |it: Option<String>| it.unwrap_or_default();
    view! {
        <details class="upfront" data-testid="constraints">
            <summary>
                <b>{say!("upfront-title")}</b>
                <span class="note">{move || standing.with(Standing::words)}</span>
            </summary>
            <div class="upfront__body">
                <p class="note">{say!("upfront-about")}</p>
                <label class="label">
                    {say!("upfront-database")}
                    <select
                        class="field"
                        data-testid="constraint-database"
                        prop:value=move || standing.with(Standing::database)
                        on:change=move |event| setting.database(&event_target_value(&event))
                    >
                        {versions.into_iter().collect_view()}
                        <option value="mysql">"MySQL 8"</option>
                        <option value="sqlite">"SQLite"</option>
                    </select>
                    {source(&[Demand::PostgreSql, Demand::MySql, Demand::Sqlite])}
                </label>
                <Show when=elsewhere>
                    <p class="note" data-testid="constraint-elsewhere">{say!("upfront-elsewhere")}</p>
                </Show>
                <label class="label">
                    {say!("upfront-reads")}
                    <input
                        class="field"
                        type="number"
                        min="0"
                        step="any"
                        data-testid="constraint-reads"
                        prop:value=move || number(standing.with(|it| it.load.reads_per_write.map(|it| it.to_string())))
                        on:change=on_reads
                    />
                    {source(&[Demand::ReadsPerWrite])}
                </label>
                <label class="label">
                    {say!("upfront-sizes")}
                    <input
                        class="field"
                        data-testid="constraint-sizes"
                        placeholder="500 organizations, 20 users per organization"
                        prop:value=move || standing.with(|it| it.load.expected())
                        on:change=move |event| setting.sizes(&event_target_value(&event))
                    />
                </label>
                <label class="label">
                    {say!("upfront-retention")}
                    <input
                        class="field"
                        type="number"
                        min="0"
                        data-testid="constraint-retention"
                        prop:value=move || number(standing.with(|it| it.load.retention_days.map(|it| it.to_string())))
                        on:change=on_retention
                    />
                    {source(&[Demand::Retention])}
                </label>
                <label class="label">
                    {say!("upfront-consistency")}
                    <select class="field" data-testid="constraint-consistency" prop:value=consistency on:change=on_consistency>
                        <option value="">{say!("upfront-open")}</option>
                        <option value="strong">{say!("upfront-strong-about")}</option>
                        <option value="eventual">{say!("upfront-eventual-about")}</option>
                    </select>
                    {source(&[Demand::Strong, Demand::Eventual])}
                </label>
                <fieldset class="upfront__firm">
                    <legend>{say!("upfront-firm")}</legend>
                    {check(&[Demand::Tenancy], say!("upfront-tenancy-about"), "constraint-tenancy")}
                    {check(&[Demand::SoftDelete], say!("upfront-soft-delete-about"), "constraint-soft-delete")}
                    {check(&[Demand::Audit], say!("upfront-audit-about"), "constraint-audit")}
                </fieldset>
                <Existing given=Signal::derive(move || standing.with(|it| it.given.clone())) />
            </div>
        </details>
    }
}

/// Tables that are there already, and a way to bring their schema.
#[component]
fn Existing(given: Signal<Vec<String>>) -> impl IntoView {
    let (talk, document, messages) =
        (Conversation::from_context(), Document::from_context(), Messages::from_context());
    let text = RwSignal::new(String::new());
    let bring = move |name: String, text: String| {
        talk.have(Talk::Existing { design: document.peek(Packed::of), name, text });
    };
    let on_paste = move |_| {
        let sql = text.get_untracked();
        if !sql.trim().is_empty() {
            bring("pasted.sql".to_owned(), sql);
            text.set(String::new());
        }
    };
    let on_file = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some((name, file)) = files_of(input.files()).into_iter().next() else { return };
        // The same file can be chosen again.
        input.set_value("");
        spawn_local(async move {
            match bytes_of_file(&file).await {
                Ok(bytes) => bring(name, String::from_utf8_lossy(&bytes.to_vec()).into_owned()),
                Err(reason) => messages.fail(say!("page-file-failed", reason = reason)),
            }
        });
    };
    view! {
        <fieldset class="upfront__firm">
            <legend>{say!("upfront-existing")}</legend>
            <p class="note">{say!("upfront-existing-about")}</p>
            <Show when=move || !given.with(Vec::is_empty)>
                <ul class="chips" data-testid="given-tables">
                    {move || given.get().into_iter().map(|it| view! { <li class="chip">{it}</li> }).collect_view()}
                </ul>
            </Show>
            <textarea
                class="field"
                rows="2"
                spellcheck="false"
                data-testid="existing-sql"
                aria-label=say!("upfront-existing-sql")
                placeholder="CREATE TABLE …"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <div class="upfront__acts">
                <button class="button" data-testid="existing-paste" on:click=on_paste>{say!("upfront-take")}</button>
                <label class="button">
                    {say!("upfront-file")}
                    <input class="only-heard" type="file" data-testid="existing-file" on:change=on_file />
                </label>
            </div>
        </fieldset>
    }
}
