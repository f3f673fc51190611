//! The inspector: what is selected on the diagram, to be read and changed.

mod column;
mod object;
mod part;
mod reference;
mod sheet;
mod table;

use leptos::prelude::*;
use relata::design::{Design, Edit, Origin, convention};

use self::object::ObjectPanel;
pub use self::object::Objects;
use self::reference::ReferencePanel;
pub use self::sheet::SheetDialog;
use self::table::TablePanel;
use super::diagram::Selection;
use super::messages::Messages;
use super::store::{Dispatch, Document, Records};
use super::worker::Worker;

/// Beside the diagram; a sheet on a phone.
#[component]
pub fn Inspector() -> impl IntoView {
    let selection = Selection::from_context();
    let records = Records::from_context();
    let shown = Memo::new(move |_| {
        let selected = selection.get();
        if let Some(id) = selected.foreign_key {
            return Shown::Reference(id);
        }
        if let Some(id) = selected.object {
            return Shown::Object(id);
        }
        match selected.tables.len() {
            0 => Shown::Nothing,
            1 => selected.tables.first().map_or(Shown::Nothing, |it| Shown::Table(*it)),
            many => Shown::Tables(many),
        }
    });
    let is_idle = move || shown.get() == Shown::Nothing;
    view! {
        <aside class="inspector" class:inspector--idle=is_idle data-testid="inspector" aria-label="Inspector">
            {move || match shown.get() {
                Shown::Nothing => view! { <Nothing /> }.into_any(),
                Shown::Table(id) => match records.tables.get(id) {
                    Some(table) => view! {
                        <h2 class="only-heard">"Table"</h2>
                        <TablePanel table=Signal::from(table) />
                    }.into_any(),
                    None => view! { <Nothing /> }.into_any(),
                },
                Shown::Tables(many) => view! {
                    <h2>{format!("{many} tables")}</h2>
                    <p class="inspector__lead">
                        "Drag one to move them all, Alt with the arrow keys moves them by steps, Delete removes them."
                    </p>
                }.into_any(),
                Shown::Object(id) => view! { <ObjectPanel id /> }.into_any(),
                Shown::Reference(id) => view! { <ReferencePanel id=id /> }.into_any(),
            }}
        </aside>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Nothing,
    Table(relata::design::TableId),
    Tables(usize),
    Reference(relata::design::ForeignKeyId),
    Object(relata::design::Id),
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <h2>"Nothing selected"</h2>
        <p class="inspector__lead">
            "Select a table, a column or a relationship to read and change it. Pull from the side of a column to another table to add a reference."
        </p>
    }
}

/// How panels change the design: a person's hand, told when it is refused.
#[derive(Clone, Copy)]
struct Hand {
    document: Document,
    dispatch: Dispatch,
    messages: Messages,
    worker: Worker,
}

impl Hand {
    fn from_context() -> Self {
        Self {
            document: Document::from_context(),
            dispatch: Dispatch::from_context(),
            messages: Messages::from_context(),
            worker: Worker::from_context(),
        }
    }

    /// Does what `edit` makes of the design as it is now.
    fn does(self, label: &'static str, edit: impl FnOnce(&Design) -> Edit) -> bool {
        let edit = convention::touched(self.document.peek(edit));
        edit.is_empty() || self.dispatch.send(label, edit)
    }

    /// The same, where the edit may not be possible.
    fn tries<E: std::fmt::Display>(
        self,
        label: &'static str,
        edit: impl FnOnce(&Design) -> Result<Edit, E>,
    ) -> bool {
        match self.document.peek(edit) {
            Ok(edit) => {
                let edit = convention::touched(edit);
                edit.is_empty() || self.dispatch.send(label, edit)
            }
            Err(error) => {
                self.messages.fail(format!("Nothing was changed: {error}."));
                false
            }
        }
    }
}

/// Where something came from, in words, with the words of the brief themselves.
fn origin_text(design: &Design, origin: &Origin) -> String {
    match origin {
        Origin::Hand => "Made by hand".into(),
        Origin::Brief { brief, spans } => {
            let text = design.brief(*brief).map_or("", |it| it.text.as_str());
            let mut quoted: Vec<String> = Vec::new();
            for span in spans {
                let words = format!("“{}”", span.of(text).split_whitespace().collect::<Vec<_>>().join(" "));
                if words.len() > 6 && !quoted.contains(&words) {
                    quoted.push(words);
                }
            }
            quoted.truncate(4);
            if quoted.is_empty() { "From the brief".into() } else { quoted.join(", ") }
        }
        Origin::Assumption { reason } => format!("Assumed: {reason}"),
        Origin::Convention(kind) => format!("By convention: {}", convention_words(*kind)),
        Origin::Import { line } => format!("Imported, line {line}"),
        Origin::Model { model } => format!("Proposed by {model}"),
    }
}

fn convention_words(kind: relata::design::ConventionKind) -> &'static str {
    use relata::design::ConventionKind as Kind;
    match kind {
        Kind::SurrogateKey => "every table has a key of its own",
        Kind::Timestamps => "creation and update times",
        Kind::Authorship => "who created and updated",
        Kind::SoftDelete => "deletion by mark",
        Kind::Tenancy => "rows belong to a tenant",
        Kind::Version => "a version for optimistic locking",
        Kind::ForeignKeyIndex => "every reference has an index",
        Kind::ValueSet => "how value sets are held",
        Kind::Meaning => "what a column of this name needs",
    }
}
