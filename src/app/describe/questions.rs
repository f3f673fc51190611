//! What the text leaves open, answered by a click.

use leptos::prelude::*;
use relata::base::capitalized;
use relata::brief::Question;

use super::linked::{Linked, question_id};
use super::reader::Reader;

/// So many are shown before someone asks for the rest.
const FIRST: usize = 2;

/// The questions that nobody has decided yet; more than a few wait behind a button.
#[component]
pub fn Questions() -> impl IntoView {
    let reader = Reader::from_context();
    let shows_all = RwSignal::new(false);
    let all = Memo::new(move |_| {
        reader.reading().with(|it| {
            let all = it.questions.iter().cloned().enumerate();
            all.filter(|(_, it)| reader.is_open(it)).collect::<Vec<_>>()
        })
    });
    let shown = move || {
        let most = if shows_all.get() { usize::MAX } else { FIRST };
        all.get().into_iter().take(most).collect::<Vec<_>>()
    };
    let more = Memo::new(move |_| all.with(Vec::len).saturating_sub(FIRST));
    view! {
        <For each=shown key=|(index, it)| (*index, it.text.clone()) let((index, question))>
            <OneQuestion index question />
        </For>
        <Show when=move || more.get() != 0>
            <button class="button button--quiet question__more" on:click=move |_| shows_all.update(|it| *it = !*it)>
                {move || match (shows_all.get(), more.get()) {
                    (true, _) => say!("describe-fewer-questions"),
                    (false, count) => say!("describe-more-questions", count = count),
                }}
            </button>
        </Show>
    }
}

#[component]
fn OneQuestion(index: usize, question: Question) -> impl IntoView {
    let (reader, linked) = (Reader::from_context(), Linked::from_context());
    let Question { text, options, evidence, .. } = question;
    // The text carries its reason in parentheses: the question stands first, the reason below.
    let (asked, reason) = match text.split_once(" (") {
        Some((asked, reason)) => (asked.to_owned(), Some(capitalized(reason.trim_end_matches(')')))),
        None => (text.clone(), None),
    };
    let text = StoredValue::new(text);
    let option = move |(number, words): (usize, String)| {
        let is_chosen = move || reader.answer(&text.get_value()).unwrap_or(0) == number;
        view! {
            <button
                class="button"
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| reader.choose(text.get_value(), number)
            >
                {capitalized(&words)}
            </button>
        }
    };
    view! {
        <article
            class="question"
            on:pointerenter=move |_| linked.point(vec![question_id(index)])
            on:focusin=move |_| linked.show(&evidence)
        >
            <h3>{asked}</h3>
            {reason.map(|it| view! { <p>{it}</p> })}
            <div class="question__options" role="group" aria-label=say!("describe-answer")>
                {options.into_iter().enumerate().map(option).collect_view()}
            </div>
        </article>
    }
}
