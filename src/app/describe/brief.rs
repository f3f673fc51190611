//! The text, as it is being written.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use relata::brief::Reading;
use relata::design::{Brief, BriefId, Edit};

use super::Reader;
use super::linked::{Linked, attribute_id, entity_id, question_id, relationship_id};
use crate::app::edge::{Mark, MarkEvent, Pointing, TextEditor};
use crate::app::samples::Sample;
use crate::app::store::{Dispatch, Document, Records};
use crate::app::worker::Worker;

/// How long a pause in writing is before the text is read and kept.
const PAUSE: Duration = Duration::from_millis(250);

/// The editor with the brief, and samples while it is empty.
#[component]
pub fn BriefPane() -> impl IntoView {
    let draft = Draft::new();
    let (reader, linked) = (Reader::from_context(), Linked::from_context());
    let marks = Memo::new(move |_| reader.reading().with(marks_of));
    let on_marks = Callback::new(move |event: MarkEvent| {
        if event.pointing == Pointing::Click {
            linked.want(event.ids.first().cloned());
        }
        linked.point(event.ids);
    });
    let is_empty = Memo::new(move |_| draft.text.with(|it| it.trim().is_empty()));
    let on_sample = Callback::new(move |sample: Sample| draft.begin_with(sample));
    view! {
        <section class="brief" aria-label=say!("describe-brief")>
            <TextEditor
                text=draft.text
                language="markdown"
                label=say!("describe-brief")
                testid="brief"
                placeholder=say!("describe-placeholder")
                on_change=Callback::new(move |text| draft.write(text))
                on_marks
                marks
                active=linked.active()
                reveal=linked.shown()
            />
            <Show when=move || is_empty.get()>
                <Samples on_sample />
            </Show>
        </section>
    }
}

#[component]
fn Samples(on_sample: Callback<Sample>) -> impl IntoView {
    let sample = move |it: Sample| {
        view! {
            <li>
                <button class="samples__one" on:click=move |_| on_sample.run(it)>
                    <b>{it.title()}</b>
                    <span class="note">{it.about()}</span>
                </button>
            </li>
        }
    };
    view! {
        <div class="samples">
            <h2>{say!("describe-samples")}</h2>
            <ul data-testid="samples">{Sample::ALL.map(sample).collect_view()}</ul>
        </div>
    }
}

/// The text between the keyboard and the document: kept and read when the writer pauses.
#[derive(Clone, Copy)]
struct Draft {
    text: RwSignal<String>,
    /// As it stands in the document, as far as this draft knows.
    kept: StoredValue<String>,
    pause: StoredValue<Option<TimeoutHandle>>,
    document: Document,
    dispatch: Dispatch,
    worker: Worker,
}

impl Draft {
    fn new() -> Self {
        let records = Records::from_context();
        let brief = move || {
            let first = records.briefs.ids().with(|it| it.first().copied());
            first
                .and_then(|id| records.briefs.get(id))
                .map_or_else(String::new, |it| it.with(|it| it.text.clone()))
        };
        let text = untrack(brief);
        let this = Self {
            text: RwSignal::new(text.clone()),
            kept: StoredValue::new(text),
            pause: StoredValue::new(None),
            document: Document::from_context(),
            dispatch: Dispatch::from_context(),
            worker: Worker::from_context(),
        };
        // Undo, another tab or another design changed the text: the draft gives way.
        Effect::new(move || {
            let text = brief();
            if this.kept.with_value(|it| *it != text) {
                this.stop_waiting();
                this.kept.set_value(text.clone());
                this.text.set(text);
            }
        });
        let leaving = window_event_listener(leptos::ev::pagehide, move |_| this.keep());
        on_cleanup(move || {
            leaving.remove();
            this.keep();
        });
        this
    }

    fn write(self, text: String) {
        self.worker.warm_up();
        self.text.set(text);
        self.stop_waiting();
        self.pause.set_value(set_timeout_with_handle(move || self.keep(), PAUSE).ok());
    }

    fn begin_with(self, sample: Sample) {
        self.text.set(sample.text().to_owned());
        self.keep();
        let edit = self.document.peek(|design| {
            let is_untitled = design.title().is_empty();
            let title = relata::design::Record::Title(sample.title());
            if is_untitled { Edit::default().put(design, title) } else { Edit::default() }
        });
        self.dispatch.continue_with(say!("done-write-brief"), edit);
    }

    fn stop_waiting(self) {
        if let Some(pause) = self.pause.try_update_value(Option::take).flatten() {
            pause.clear();
        }
    }

    fn keep(self) {
        self.stop_waiting();
        let text = self.text.get_untracked();
        if self.kept.with_value(|it| *it == text) {
            return;
        }
        self.kept.set_value(text.clone());
        let edit = self.document.peek(|design| {
            let brief = match design.briefs().next() {
                Some(brief) => brief.written(design, text),
                None => Brief { id: design.ids().take::<BriefId>(), text, ..Brief::default() },
            };
            Edit::default().put(design, brief)
        });
        self.dispatch.continue_with(say!("done-write-brief"), edit);
    }
}

/// The words of everything that was found, each with the id of what it belongs to.
fn marks_of(reading: &Reading) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |spans: &[relata::base::Span], class: &'static str, id: String| {
        marks.extend(spans.iter().map(|span| Mark { span: *span, class, id: id.clone() }));
    };
    for entity in &reading.entities {
        add(&entity.evidence, "mark mark--entity", entity_id(&entity.name));
        for attribute in &entity.attributes {
            let class = if attribute.values.is_some() { "mark mark--values" } else { "mark mark--attribute" };
            add(&attribute.evidence, class, attribute_id(&entity.name, &attribute.name));
        }
    }
    for (index, relationship) in reading.relationships.iter().enumerate() {
        add(&relationship.evidence, "mark mark--relationship", relationship_id(index));
    }
    for (index, question) in reading.questions.iter().enumerate() {
        add(&question.evidence, "mark mark--question", question_id(index));
    }
    marks
}
