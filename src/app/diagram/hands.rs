//! What gestures and commands on the canvas act on, and what is shown only while they last.

use std::ops::Deref;

use leptos::prelude::*;
use relata::design::{AreaId, ColumnId, ForeignKeyId, NoteId, TableId};
use relata::gesture::{Act, Showing};
use relata::layout::{Point, Rect};

use super::selection::Selection;
use super::stage::Stage;
use crate::app::messages::Messages;
use crate::app::opener::Opener;
use crate::app::review::Review;
use crate::app::store::{Dispatch, Document};
use crate::app::worker::Worker;

/// What is shown only while a pointer is down.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Preview {
    /// Nothing.
    #[default]
    None,
    /// A rectangle that selects.
    Lasso(Rect),
    /// A reference that is drawn, and the table that it would lead to.
    Reference(Point, Point, Option<Rect>),
    /// Tables that are moved: what they are in line with.
    Guides(Vec<[Point; 2]>),
    /// An area that is moved with its tables.
    Area(AreaId, Point),
    /// A note that is moved, or made larger.
    Note(NoteId, bool, Point),
}

/// Something whose text is written at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The name of a table.
    Table(TableId),
    /// The name of a column.
    Column(TableId, ColumnId),
    /// The name of an area.
    Area(AreaId),
    /// The text of a note.
    Note(NoteId),
}

/// A menu that is open: where on the screen, and what it offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Where on the screen.
    pub at: Point,
    /// What it offers.
    pub acts: Vec<Act>,
}

/// What gestures and commands on the canvas act on; one for the page, since the palette has it as well.
#[derive(Clone, Copy)]
pub struct Hands(&'static Reached);

impl Deref for Hands {
    type Target = Reached;

    fn deref(&self) -> &Reached {
        self.0
    }
}

/// What the hands reach; it lives as long as the page.
pub struct Reached {
    /// What stands where.
    pub stage: Stage,
    /// What is selected.
    pub selection: Selection,
    /// The design.
    pub document: Document,
    /// The door to change it.
    pub dispatch: Dispatch,
    /// What there is to tell.
    pub messages: Messages,
    /// For what takes long.
    pub worker: Worker,
    /// Shows what would be changed.
    pub review: Review,
    /// Opens what is pasted and is no table.
    pub opener: Opener,
    /// Shown while a pointer is down.
    pub preview: RwSignal<Preview>,
    /// The menu.
    pub menu: RwSignal<Option<Open>>,
    /// What is being written in place.
    pub writing: RwSignal<Option<Subject>>,
    /// Whether the search field is open.
    pub finding: RwSignal<bool>,
    /// The relationship under the pointer.
    pub hovered: RwSignal<Option<ForeignKeyId>>,
    /// Whether relationships have labels.
    pub labels: RwSignal<bool>,
    /// Read out to those who do not see the canvas.
    pub said: RwSignal<String>,
    /// Counts layouts that were asked for: an answer to an earlier one, or to one that was cancelled, is void.
    pub arranging: RwSignal<u32>,
}

impl Hands {
    /// Of what the page provides.
    pub fn new() -> Self {
        Self(Box::leak(Box::new(Reached {
            stage: Stage::from_context(),
            selection: Selection::from_context(),
            document: Document::from_context(),
            dispatch: Dispatch::from_context(),
            messages: Messages::from_context(),
            worker: Worker::from_context(),
            review: Review::from_context(),
            opener: Opener::from_context(),
            preview: RwSignal::new(Preview::None),
            menu: RwSignal::new(None),
            writing: RwSignal::new(None),
            finding: RwSignal::new(false),
            hovered: RwSignal::new(None),
            labels: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            arranging: RwSignal::new(0),
        })))
    }

    /// The ones of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// What can be done now.
    pub fn offered(self) -> Vec<Act> {
        let selected = self.selection.peek();
        let showing =
            Showing { is_focused: self.stage.is_focused(), is_labelled: self.labels.get_untracked() };
        self.document.peek(|design| Act::offered(design, &selected, showing))
    }

    /// Opens the menu for what is selected.
    pub fn ask(self, at: Point) {
        self.menu.set(Some(Open { at, acts: self.offered() }));
    }

    /// The middle of the screen, on the canvas.
    pub fn middle(self) -> Point {
        let screen = self.stage.screen().get_untracked();
        self.stage.view().get_untracked().to_canvas(Point::new(screen.width / 2.0, screen.height / 3.0))
    }
}

/// Puts the focus on the canvas, so that its keys work.
pub fn focus_canvas() {
    focus("[data-testid=canvas]");
}

/// Puts the focus on the first element of a kind; what cannot take it leaves it where it is.
pub fn focus(selector: &str) {
    use wasm_bindgen::JsCast as _;
    let found = leptos::prelude::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
