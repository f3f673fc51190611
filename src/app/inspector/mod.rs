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
        <aside class="inspector" class:inspector--idle=is_idle data-testid="inspector" aria-label=say!("inspector-label")>
            {move || match shown.get() {
                Shown::Nothing => view! { <Nothing /> }.into_any(),
                Shown::Table(id) => match records.tables.get(id) {
                    Some(table) => view! {
                        <h2 class="only-heard">{say!("inspector-table")}</h2>
                        <TablePanel table=Signal::from(table) />
                    }.into_any(),
                    None => view! { <Nothing /> }.into_any(),
                },
                Shown::Tables(many) => view! {
                    <h2>{say!("page-tables", count = many)}</h2>
                    <p class="inspector__lead">
                        {say!("inspector-tables-about")}
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
        <h2>{say!("inspector-nothing")}</h2>
        <p class="inspector__lead">
            {say!("inspector-nothing-about")}
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
    fn does(self, label: String, edit: impl FnOnce(&Design) -> Edit) -> bool {
        let edit = convention::touched(self.document.peek(edit));
        edit.is_empty() || self.dispatch.send(label, edit)
    }

    /// The same, where the edit may not be possible.
    fn tries<E: std::fmt::Display>(
        self,
        label: String,
        edit: impl FnOnce(&Design) -> Result<Edit, E>,
    ) -> bool {
        match self.document.peek(edit) {
            Ok(edit) => {
                let edit = convention::touched(edit);
                edit.is_empty() || self.dispatch.send(label, edit)
            }
            Err(error) => {
                self.messages.fail(say!("page-nothing-changed", reason = error.to_string()));
                false
            }
        }
    }
}

/// Where something came from, in words, with the words of the brief themselves.
fn origin_text(design: &Design, origin: &Origin) -> String {
    match origin {
        Origin::Hand => say!("origin-hand"),
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
            if quoted.is_empty() { say!("origin-brief") } else { quoted.join(", ") }
        }
        Origin::Assumption { reason } => say!("origin-assumed", reason = reason),
        Origin::Convention(kind) => say!("origin-by-convention", what = convention_words(*kind)),
        Origin::Import { line } => say!("origin-imported", line = line.to_string()),
        Origin::Model { model } => say!("origin-proposed", model = model),
        Origin::Given => say!("origin-given"),
    }
}

fn convention_words(kind: relata::design::ConventionKind) -> String {
    use relata::design::ConventionKind as Kind;
    match kind {
        Kind::SurrogateKey => say!("convention-own-key"),
        Kind::Timestamps => say!("convention-times"),
        Kind::Authorship => say!("convention-who"),
        Kind::SoftDelete => say!("convention-mark"),
        Kind::Tenancy => say!("convention-tenant"),
        Kind::Version => say!("convention-lock"),
        Kind::ForeignKeyIndex => say!("convention-indexed"),
        Kind::ValueSet => say!("convention-held"),
        Kind::Meaning => say!("convention-needs"),
    }
}
