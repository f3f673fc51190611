//! Opening designs: from this device, from a file, from a link, or none at all. What was open stays where it is kept.

mod import;
mod report;
mod turns;

use std::ops::Deref;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Design, Id, Log};
use relata::job::Packed;
use wasm_bindgen::JsValue;

use super::check::Runs;
use super::describe::Reader;
use super::edge::download;
use super::messages::Messages;
use super::navigation::{Navigation, Step};
use super::review::Review;
use super::storage::{
    Entry, Place, Saver, Shelf, last_open, links_of, new_key, text, texts_of, writing_lock,
};
use super::store::Dispatch;
use super::worker::Worker;

use import::Import;
pub use import::ImportReport;
pub use report::ReportStrip;
pub use turns::Turn;
use turns::Turns;

/// How the name of a file ends that holds several designs.
const WHOLE: &str = ".relata-all.json";

/// Opens designs in place of the open one.
#[derive(Clone, Copy)]
pub struct Opener(&'static Ends);

/// What opening a design reaches; it lives as long as the page.
pub struct Ends {
    dispatch: Dispatch,
    saver: Saver,
    shelf: Shelf,
    messages: Messages,
    navigation: Navigation,
    runs: Runs,
    reader: Reader,
    worker: Worker,
    review: Review,
    report: RwSignal<Option<ImportReport>>,
    /// What is being read, and since when.
    reading: RwSignal<Vec<(Turn, String)>>,
    turns: Turns,
    import: StoredValue<Import, LocalStorage>,
}

impl Deref for Opener {
    type Target = Ends;

    fn deref(&self) -> &Ends {
        self.0
    }
}

impl Opener {
    /// Opens into `document`.
    pub fn new(
        dispatch: Dispatch,
        saver: Saver,
        shelf: Shelf,
        messages: Messages,
        navigation: Navigation,
        (runs, reader, worker, review): (Runs, Reader, Worker, Review),
    ) -> Self {
        let report = RwSignal::new(None);
        Self(Box::leak(Box::new(Ends {
            dispatch,
            saver,
            shelf,
            messages,
            navigation,
            runs,
            reader,
            worker,
            review,
            report,
            reading: RwSignal::new(Vec::new()),
            turns: Turns::new(),
            import: StoredValue::new_local(Import::default()),
        })))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// What became of the file that was opened last; nothing once it was read and closed.
    pub fn report(self) -> RwSignal<Option<ImportReport>> {
        self.report
    }

    /// What is being read, and how large it is; of several the one that was given last.
    pub fn reading(self) -> Signal<Option<String>> {
        Signal::derive(move || self.reading.with(|all| all.last().map(|it| it.1.clone())))
    }

    /// Somebody gives something to be opened: the turn, for what is not at hand yet.
    pub fn turn(self) -> Turn {
        self.turns.take()
    }

    /// Opens the storage, then the link in the address, or else what was open last.
    pub async fn begin(self) {
        if self.saver.is_sealed() {
            // Nothing is kept, and nothing that is kept is shown to the page around this one.
            self.show_address().await;
            return;
        }
        self.saver.settle_in().await;
        if let Err(error) = self.shelf.load().await {
            self.messages.fail(say!("keep-not-kept", reason = error.0));
        }
        self.follow_address();
        let turn = self.turn();
        if !self.open_address().await
            && let Some(key) = last_open()
        {
            self.open_kept(&key, turn).await;
        }
    }

    /// Opens a design of this device.
    pub fn open(self, key: String) {
        let turn = self.turn();
        spawn_local(async move {
            if !self.open_kept(&key, turn).await {
                self.messages.fail(say!("keep-gone"));
            }
        });
    }

    /// Shows a design of this device; gives whether it is there.
    pub async fn show_kept(self, key: &str) -> bool {
        let turn = self.turn();
        self.shelf.entries().get_untracked().iter().any(|it| it.key == key) && self.open_kept(key, turn).await
    }

    /// Opens what a file holds as a design of this device; gives its key.
    pub async fn open_bytes(self, name: String, bytes: js_sys::Uint8Array) -> Result<String, String> {
        let turn = self.turn();
        let (design, texts, opened) = self.worker.open(vec![(name.clone(), bytes)]).await?;
        if self.turns.is_past(turn) {
            return self.keep_beside(name, &design, texts).await;
        }
        self.keep(turn, (design, texts), None, None);
        self.dispatch.document().is_opened_as(opened.number);
        Ok(self.saver.key().get_untracked().unwrap_or_default())
    }

    /// An empty design. It is kept with its first edit.
    pub fn open_new(self) {
        let place = Place::Writes(None);
        self.show(self.turn(), (Design::new(), Log::default()), None, place, Step::Describe);
    }

    /// A copy of a design of this device, kept at once.
    pub fn duplicate(self, key: String) {
        let turn = self.turn();
        spawn_local(async move {
            match self.shelf.open(&key).await {
                Ok(Some((design, _))) => {
                    let design = copy_of(design);
                    let texts = texts_of(&design);
                    self.keep(turn, (design, texts), None, None);
                }
                Ok(None) => self.messages.fail(say!("keep-gone")),
                Err(error) => self.messages.fail(say!("keep-not-opened", reason = error.0)),
            }
        });
    }

    /// Puts a design away; it can be brought back for a while.
    pub fn put_away(self, key: String, name: String) {
        spawn_local(async move {
            if let Err(error) = self.shelf.put_away(&key, true).await {
                self.messages.fail(say!("keep-not-deleted", reason = error.0));
                return;
            }
            if self.saver.key().get_untracked().as_ref() == Some(&key) {
                self.open_new();
            }
            let bring_back = Callback::new(move |()| self.bring_back(key.clone()));
            self.messages.offer(say!("keep-deleted", name = name), say!("page-undo"), bring_back);
        });
    }

    /// Follows the address when it changes: to a step, or to a link that was pasted over it.
    fn follow_address(self) {
        let handle = window_event_listener(leptos::ev::hashchange, move |_| {
            self.navigation.read_address();
            spawn_local(async move {
                self.open_address().await;
            });
        });
        // Listens as long as the page lives.
        std::mem::forget(handle);
    }

    /// Opens the link in the address, if there is one, and gives whether it did.
    async fn open_address(self) -> bool {
        let hash = window().location().hash().unwrap_or_default();
        if !hash.starts_with("#d=") {
            return false;
        }
        let turn = self.turn();
        self.drop_link_from_address();
        if let Some(key) = self.shelf.opened_from(&hash) {
            return self.open_kept(&key, turn).await;
        }
        let bytes = js_sys::Uint8Array::from(hash.as_bytes());
        match self.worker.open(vec![(say!("keep-the-link"), bytes)]).await {
            Ok((design, texts, _)) if self.turns.is_past(turn) => {
                self.set_beside(say!("keep-the-link"), &design, texts).await;
                true
            }
            Ok((design, texts, opened)) => {
                self.keep(turn, (design, texts), Some(hash), Some(Step::Diagram));
                self.dispatch.document().is_opened_as(opened.number);
                self.offer_to_merge().await;
                true
            }
            Err(reason) => {
                self.messages.fail(format!("{reason}."));
                false
            }
        }
    }

    /// Shows the link in the address, to be read alone.
    async fn show_address(self) {
        let hash = window().location().hash().unwrap_or_default();
        let bytes = js_sys::Uint8Array::from(hash.as_bytes());
        match self.worker.open(vec![(say!("keep-the-link"), bytes)]).await {
            Ok((design, _, opened)) => {
                self.dispatch.open(design, None, Place::Writes(None), Log::default());
                self.dispatch.document().is_opened_as(opened.number);
                self.navigation.show(Step::Diagram);
            }
            Err(reason) => self.messages.fail(format!("{reason}.")),
        }
    }

    /// Says that a link was opened. One of a design that was sent from here can go back into it, and so can one that only has
    /// the name of a design of this device.
    async fn offer_to_merge(self) {
        // As they are now: what was made since the page began is not listed yet. An old list is better than none.
        let _ = self.shelf.list().await;
        let told = say!("keep-from-link");
        let title = self.dispatch.document().peek(|design| design.title().to_owned());
        let mut alike: Vec<Entry> = self.shelf.entries().get_untracked();
        alike.retain(|it| it.title == title && !title.is_empty() && !self.saver.is_at(&it.key));
        // Stable: of several the one that was changed last.
        alike.sort_by_key(|it| links_of(&it.key).is_empty());
        match alike.into_iter().next() {
            Some(entry) => {
                let text = if links_of(&entry.key).is_empty() {
                    say!("keep-same-name", told = told, name = entry.name())
                } else {
                    say!("keep-sent-from-here", told = told, name = entry.name())
                };
                let merge = Callback::new(move |()| self.merge_into(entry.key.clone()));
                self.messages.offer(text, say!("keep-merge"), merge);
            }
            None => self.messages.say(told),
        }
    }

    /// Goes back to a design that was sent from here, and proposes there what the open one has changed since.
    fn merge_into(self, key: String) {
        let (theirs, name) =
            self.dispatch.document().peek(|design| (Packed::of(design), design.title().to_owned()));
        let stray = self.saver.key().get_untracked();
        let turn = self.turn();
        spawn_local(async move {
            if !self.open_kept(&key, turn).await {
                return self.messages.fail(say!("keep-gone"));
            }
            if !self.saver.is_at(&key) {
                return;
            }
            self.navigation.go(Step::Diagram);
            let ours = self.dispatch.document().peek(Packed::of);
            let sent = links_of(&key);
            let title = if sent.is_empty() {
                say!("keep-merge-by-name", name = name.as_str())
            } else {
                say!("keep-merge-it", name = name.as_str())
            };
            match self.worker.merge(ours, sent, theirs, title).await {
                Ok(proposal) if proposal.parts.is_empty() => {
                    self.messages.say(say!("keep-nothing-since"));
                }
                Ok(proposal) => self.review.show(say!("done-merge", name = name), proposal),
                Err(reason) => return self.messages.fail(say!("keep-not-compared", reason = reason)),
            }
            if let Some(stray) = stray {
                // One design more on the list is no harm.
                let _ = self.shelf.put_away(&stray, true).await;
            }
        });
    }

    /// A link is opened once: what comes after belongs to this device, and the address says which step.
    fn drop_link_from_address(self) {
        if let Ok(history) = window().history() {
            let step = format!("#{}", self.navigation.step().get_untracked().slug());
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&step));
        }
    }

    /// Shows a design of this device, unless something else was asked for and shown meanwhile; gives whether it is there.
    async fn open_kept(self, key: &str, turn: Turn) -> bool {
        if self.saver.is_at(key) {
            self.turns.show(turn);
            return true;
        }
        // The lock first: what is read after that is all that was written.
        let place = writing_lock(key, false).await.map_or(Place::Follows, |it| Place::Writes(Some(it)));
        match self.shelf.open(key).await {
            Ok(Some(_)) if self.turns.is_past(turn) => true,
            Ok(Some(kept)) => {
                let step = self.navigation.step().get_untracked();
                self.show(turn, kept, Some(key.to_owned()), place, step);
                true
            }
            Ok(None) => false,
            Err(error) => {
                let damaged = key.to_owned();
                let save = Callback::new(move |()| self.save_raw(Some(damaged.clone())));
                let text = say!("keep-save-raw", told = say!("keep-not-opened", reason = error.0));
                self.messages.fail_with(text, say!("keep-save-it"), save);
                false
            }
        }
    }

    /// Hands designs out as they are kept, in one file: one of them, or all.
    pub fn save_raw(self, only: Option<String>) {
        spawn_local(async move {
            let told = match self.shelf.whole(only.as_deref()).await {
                Ok(whole) => download(&format!("designs{WHOLE}"), "application/json", &text(&whole)),
                Err(error) => Err(error.0),
            };
            if let Err(reason) = told {
                self.messages.fail(say!("page-file-failed", reason = reason));
            }
        });
    }

    /// Keeps all designs of a file that holds several.
    async fn take_in(self, file: &str) {
        match self.shelf.take_in(file).await {
            Ok((count, damaged)) => {
                self.messages.say(say!("keep-taken-in", count = count));
                if !damaged.is_empty() {
                    self.messages.fail(say!("keep-damaged", names = damaged.join(", ")));
                }
            }
            Err(error) => self.messages.fail(say!("keep-file-not-read", reason = error.0)),
        }
    }

    /// Brings a design back that was put away.
    pub fn bring_back(self, key: String) {
        let turn = self.turn();
        spawn_local(async move {
            if self.shelf.put_away(&key, false).await.is_ok() {
                self.open_kept(&key, turn).await;
            }
        });
    }

    /// Shows a design and keeps it on this device, where each of its records has this text.
    fn keep(
        self,
        turn: Turn,
        (design, texts): (Design, Vec<(Id, JsValue)>),
        link: Option<String>,
        step: Option<Step>,
    ) {
        let step = step.unwrap_or_else(|| self.navigation.step().get_untracked());
        self.show(turn, (design, Log::default()), Some(new_key()), Place::Writes(None), step);
        self.saver.keep(texts, link);
    }

    /// Keeps a design that is no longer what is to be shown, and says so; gives its key.
    async fn keep_beside(
        self,
        title: String,
        design: &Design,
        texts: Vec<(Id, JsValue)>,
    ) -> Result<String, String> {
        let key = self.shelf.take(design, texts).await.map_err(|error| error.0)?;
        let shown = key.clone();
        let show = Callback::new(move |()| self.open(shown.clone()));
        self.messages.offer(say!("keep-beside", title = title), say!("page-show"), show);
        Ok(key)
    }

    /// The same, where nobody asks for the key; what goes wrong is told.
    async fn set_beside(self, title: String, design: &Design, texts: Vec<(Id, JsValue)>) {
        if let Err(reason) = self.keep_beside(title, design, texts).await {
            self.messages.fail(say!("keep-not-kept", reason = reason));
        }
    }

    fn show(self, turn: Turn, (design, log): (Design, Log), key: Option<String>, place: Place, step: Step) {
        self.turns.show(turn);
        self.report.set(None);
        self.runs.forget();
        self.reader.forget();
        self.dispatch.open(design, key, place, log);
        self.navigation.go(step);
    }
}

fn copy_of(mut design: Design) -> Design {
    use relata::design::{Edit, Record};
    let name = if design.title().is_empty() { say!("page-untitled") } else { design.title().to_owned() };
    let edit = Edit::default().put(&design, Record::Title(say!("keep-copy-of", name = name)));
    // A title breaks no invariant.
    let _ = design.apply(&edit);
    design
}
