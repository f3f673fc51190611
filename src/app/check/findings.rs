//! What the critic has to say: findings with their place, their rule and their fix.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{ColumnId, Id, TableId};
use relata::job::{Offer, Packed, Remark};
use relata::lint::{Safety, Severity};

use crate::app::messages::Messages;
use crate::app::navigation::{Navigation, Step};
use crate::app::reveal::Reveal;
use crate::app::review::Review;
use crate::app::store::Document;
use crate::app::worker::Worker;

/// How long a pause between edits is before the design is looked at again.
const PAUSE: Duration = Duration::from_millis(200);

/// More findings than this are counted, not drawn.
const MOST: usize = 300;

/// What was found last.
#[derive(Clone, Copy)]
struct Critic {
    document: Document,
    worker: Worker,
    messages: Messages,
    /// Nothing before the first answer.
    found: RwSignal<Option<Vec<Remark>>>,
}

impl Critic {
    /// Looks at the design now and after every change of it, as long as the current owner lives.
    fn new() -> Self {
        let this = Self {
            document: Document::from_context(),
            worker: Worker::from_context(),
            messages: Messages::from_context(),
            found: RwSignal::new(None),
        };
        let turns = StoredValue::new(0_u32);
        Effect::new(move |waits: Option<Option<TimeoutHandle>>| {
            this.document.with_schema(|_| ());
            let first = waits.is_none();
            if let Some(waits) = waits.flatten() {
                waits.clear();
            }
            turns.update_value(|it| *it += 1);
            let turn = turns.get_value();
            let look = move || {
                spawn_local(async move {
                    let told = this.worker.lint(this.document.peek(Packed::of)).await;
                    // A newer look is under way when the design has changed meanwhile.
                    if turns.try_get_value() != Some(turn) {
                        return;
                    }
                    match told {
                        Ok(found) => this.found.set(Some(found)),
                        Err(reason) => {
                            this.messages.fail(say!("check-not-checked", reason = reason));
                        }
                    }
                });
            };
            set_timeout_with_handle(look, if first { Duration::ZERO } else { PAUSE }).ok()
        });
        this
    }

    /// Shows the fix of a finding as a proposal.
    fn propose(self, review: Review, fix: Offer) {
        spawn_local(async move {
            match self.worker.fix(self.document.peek(Packed::of), fix.finding).await {
                Ok(proposal) => review.show(proposal.title.clone(), proposal),
                Err(reason) => self.messages.fail(say!("check-no-fix", reason = reason)),
            }
        });
    }
}

/// The findings, the gravest first.
#[component]
pub fn Findings() -> impl IntoView {
    let critic = Critic::new();
    let sorted = Memo::new(move |_| {
        let mut found = critic.found.get().unwrap_or_default();
        found.sort_by_key(|it| it.severity);
        found
    });
    let count = move |severity| sorted.with(|it| it.iter().filter(|it| it.severity == severity).count());
    let verdict = move || match critic.found.with(|it| it.as_ref().map(Vec::len)) {
        None => say!("check-looking"),
        Some(0) => say!("check-nothing"),
        Some(_) => {
            let of = |severity| match (count(severity), severity) {
                (0, _) => None,
                (count, Severity::Error) => Some(say!("check-errors", count = count)),
                (count, Severity::Warning) => Some(say!("check-warnings", count = count)),
                (count, Severity::Info) => Some(say!("check-remarks", count = count)),
            };
            let some = [Severity::Error, Severity::Warning, Severity::Info].into_iter().filter_map(of);
            some.collect::<Vec<_>>().join(", ")
        }
    };
    let hidden = move || sorted.with(|it| it.len().saturating_sub(MOST));
    let key = |it: &Remark| (it.code.clone(), it.place.clone(), it.message.clone());
    view! {
        <article class="card findings" data-testid="findings">
            <h2>{say!("check-will-it-hold")}</h2>
            <p class="findings__verdict" aria-live="polite">{verdict}</p>
            <ul class="findings__list">
                <For each=move || sorted.with(|it| it.iter().take(MOST).cloned().collect::<Vec<_>>()) key=key let:finding>
                    <OneFinding finding critic />
                </For>
            </ul>
            <Show when=move || hidden() != 0>
                <p class="note">{move || say!("page-more-not-shown", count = hidden())}</p>
            </Show>
        </article>
    }
}

#[component]
fn OneFinding(finding: Remark, critic: Critic) -> impl IntoView {
    let (reveal, navigation, review) =
        (Reveal::from_context(), Navigation::from_context(), Review::from_context());
    let (class, word) = match finding.severity {
        Severity::Error => ("findings__severity findings__severity--error", say!("check-error")),
        Severity::Warning => ("findings__severity findings__severity--warning", say!("check-warning")),
        Severity::Info => ("findings__severity", say!("check-remark")),
    };
    let at = shown(critic.document, &finding);
    let place = finding.place.clone();
    let place = match at {
        Some((table, column)) => view! {
            <button
                class="findings__place"
                on:click=move |_| {
                    reveal.show(table, column);
                    navigation.go(Step::Diagram);
                }
            >
                {place}
            </button>
        }
        .into_any(),
        None => view! { <code>{place}</code> }.into_any(),
    };
    let fix = finding.fix.clone().map(|it| {
        let words = match it.safety {
            Safety::Safe => it.title.clone(),
            Safety::Unsafe => format!("{}…", it.title),
        };
        view! {
            <button class="button findings__fix" data-testid="fix" on:click=move |_| critic.propose(review, it.clone())>
                {words}
            </button>
        }
    });
    let end = if finding.message.ends_with('?') { " " } else { ". " };
    let evidence = finding.evidence.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
    view! {
        <li class="findings__one" data-testid="finding" data-code=finding.code.clone()>
            <span class=class>{word}</span>
            <div class="findings__words">
                <p>{place}" "{finding.message.clone()}{end}<span class="note">{finding.code.clone()}</span></p>
                {(!finding.evidence.is_empty()).then(|| view! { <ul class="note findings__evidence">{evidence}</ul> })}
            </div>
            {fix}
        </li>
    }
}

/// The table and column that a finding is about.
fn shown(document: Document, finding: &Remark) -> Option<(TableId, Option<ColumnId>)> {
    document.peek(|design| {
        let table = finding.record.or_else(|| finding.objects.first().copied());
        let table = design.table(TableId(table?.0))?;
        let column = |id: &Id| table.column(ColumnId(id.0)).map(|it| it.id);
        Some((table.id, finding.objects.iter().find_map(column)))
    })
}
