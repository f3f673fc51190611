//! What became of a file, told in a strip above the step.

use leptos::prelude::*;

use relata::input::Note;
use relata::read::Report;

use super::{ImportReport, Opener};
use crate::app::icons::{Icon, Sign};
use crate::app::review::Review;

/// More notes than this are counted, not drawn.
const MOST: usize = 300;

/// The strip; nothing while there is nothing to tell. While a file is read it says so, after a moment.
#[component]
pub fn ReportStrip() -> impl IntoView {
    let opener = Opener::from_context();
    let (report, reading) = (opener.report(), opener.reading());
    move || match (reading.get(), report.get()) {
        (Some(what), _) => view! {
            <section class="report report--reading" role="status" data-testid="import-progress">
                <p>{say!("import-reading", what = what)}</p>
                <progress aria-label=say!("import-reading-label") />
            </section>
        }
        .into_any(),
        (None, Some(it)) => {
            view! { <OneReport report=it on_close=Callback::new(move |()| report.set(None)) /> }.into_any()
        }
        (None, None) => ().into_any(),
    }
}

#[component]
fn OneReport(report: ImportReport, on_close: Callback<()>) -> impl IntoView {
    let Report { statements, modelled, verbatim, skipped, .. } = report.counts;
    let verdict = if modelled == statements {
        say!("import-all-modelled", count = statements)
    } else {
        say!(
            "import-some-modelled",
            modelled = modelled,
            statements = statements,
            verbatim = verbatim,
            skipped = skipped
        )
    };
    let hidden = report.notes.len().saturating_sub(MOST);
    let count = report.notes.len();
    let note = |it: Note| {
        view! {
            <li>
                <span class="report__line">{say!("import-line", line = it.line.to_string())}</span>
                <span>{it.message}</span>
                <code class="report__text">{it.excerpt}</code>
            </li>
        }
    };
    let notes = report.notes.into_iter().take(MOST).map(note).collect_view();
    view! {
        <section class="report" aria-label=say!("import-report") data-testid="import-report">
            <p><b>{report.title}</b>" "{verdict}</p>
            <button class="button button--quiet button--icon" aria-label=say!("import-close") on:click=move |_| on_close.run(())>
                <Icon sign=Sign::Close />
            </button>
            <Offers before=report.before can_run=report.can_run />
            {(count > 0)
                .then(|| {
                    view! {
                        <details class="report__notes" prop:open=false>
                            <summary>{say!("import-to-know", count = count)}</summary>
                            <ul>{notes}</ul>
                            {(hidden > 0).then(|| view! { <p class="note">{say!("page-more-not-shown", count = hidden)}</p> })}
                        </details>
                    }
                })}
        </section>
    }
}

/// What else could become of what was opened.
#[component]
fn Offers(before: Option<String>, can_run: bool) -> impl IntoView {
    let (opener, review) = (Opener::from_context(), Review::from_context());
    let into = before.map(|name| {
        view! {
            <button class="button" data-testid="import-into" on:click=move |_| opener.import_into(review)>
                {say!("import-into", name = name)}
            </button>
        }
    });
    let exactly = can_run.then(|| {
        view! {
            <button class="button" data-testid="read-exactly" on:click=move |_| opener.read_exactly()>
                {say!("import-exactly")}
            </button>
        }
    });
    (into.is_some() || exactly.is_some())
        .then(|| view! { <div class="report__offers">{into} {exactly}</div> })
}
