//! Files, pasted texts and live databases become designs; then the page offers what else could become of them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Design, Id};
use relata::input::{self, Format, Note};
use relata::job::{Opened, Packed};
use relata::read::Report;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::{Opener, Turn, WHOLE};
use crate::app::edge::{Outcome, bytes_of_file, catalog_query, query, run};
use crate::app::navigation::Step;
use crate::app::review::Review;
use crate::app::storage::texts_of;
use crate::app::worker::Given;

/// What became of what was opened, and what else could.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReport {
    /// What it is called: `“schema.sql”`.
    pub title: String,
    /// What became of its statements.
    pub counts: Report,
    /// What there is to know, in order of place.
    pub notes: Vec<Note>,
    /// The name of the design that was open before, when it had tables.
    pub before: Option<String>,
    /// Whether the page's PostgreSQL could read more of it than we can.
    pub can_run: bool,
}

/// What is kept of an import as long as its report is open.
#[derive(Default)]
pub struct Import {
    /// The design that was open before, and under which key it is kept.
    before: Option<(Design, Option<String>)>,
    /// What was opened.
    given: Vec<Given>,
}

impl Opener {
    /// Opens files that were chosen or dropped at this turn and are one input.
    pub fn open_files(self, turn: Turn, files: Vec<(String, File)>) {
        let title = match files.as_slice() {
            [] => return,
            [(_, file)] => say!("import-file", name = file.name()),
            [_, ..] => say!("import-files", count = files.len()),
        };
        spawn_local(async move {
            let mut given = Vec::with_capacity(files.len());
            for (path, file) in files {
                match bytes_of_file(&file).await {
                    Ok(bytes) => given.push((path, bytes)),
                    Err(reason) => {
                        return self.messages.fail(say!(
                            "import-file-not-read",
                            path = path,
                            reason = reason
                        ));
                    }
                }
            }
            self.open_given(turn, title, given).await;
        });
    }

    /// Opens a text that was pasted; what it is, its content tells.
    pub fn open_text(self, text: &str) {
        let bytes = js_sys::Uint8Array::from(text.as_bytes());
        let turn = self.turn();
        spawn_local(async move {
            self.open_given(turn, say!("import-pasted"), vec![("pasted".to_owned(), bytes)]).await;
        });
    }

    async fn open_given(self, turn: Turn, title: String, given: Vec<Given>) {
        if let [(name, bytes)] = given.as_slice()
            && name.ends_with(WHOLE)
        {
            // Nothing but UTF-8 is ever written there; what is damaged is told when it is read.
            return self.take_in(&String::from_utf8_lossy(&bytes.to_vec())).await;
        }
        let bytes = given.iter().map(|it| f64::from(it.1.length())).sum::<f64>();
        let size = say!("import-size", title = title.as_str(), size = bytes / 1e6);
        self.reading.update(|all| all.push((turn, size)));
        let told = self.worker.open(given.clone()).await;
        self.reading.update(|all| all.retain(|it| it.0 != turn));
        match told {
            Ok((design, texts, _)) if self.turns.is_past(turn) => {
                self.set_beside(title, &design, texts).await;
            }
            Ok((design, texts, opened)) => self.take(turn, title, (design, texts), opened, given),
            Err(reason) => self.messages.fail(say!("import-not-opened", title = title, reason = reason)),
        }
    }

    /// Shows what was opened as a design of its own, and remembers the one that was open.
    fn take(
        self,
        turn: Turn,
        title: String,
        (design, texts): (Design, Vec<(Id, JsValue)>),
        opened: Opened,
        given: Vec<Given>,
    ) {
        let Opened { format, report, notes, number, .. } = opened;
        let step = if format == Format::Brief { Step::Describe } else { Step::Diagram };
        let document = self.dispatch.document();
        let before = document.peek(|it| (it.tables().len() > 0).then(|| it.clone()));
        let before = before.map(|it| (it, self.saver.key().get_untracked()));
        let name = before.as_ref().map(|(design, _)| match design.title() {
            "" => say!("import-before"),
            title => say!("import-file", name = title),
        });
        self.keep(turn, (design, texts), None, Some(step));
        document.is_opened_as(number);
        let can_run = format == Format::Sql && report.is_some_and(|it| it.verbatim > 0);
        self.import.set_value(Import { before, given });
        self.report.set(report.map(|counts| ImportReport { title, counts, notes, before: name, can_run }));
    }

    /// Goes back to the design that was open before, and proposes there what the imported one has.
    pub fn import_into(self, review: Review) {
        let import = self.import.try_update_value(std::mem::take).unwrap_or_default();
        let Some((before, key)) = import.before else { return };
        let (theirs, name) =
            self.dispatch.document().peek(|design| (Packed::of(design), design.title().to_owned()));
        let stray = self.saver.key().get_untracked();
        let title = say!("import-it", name = name.as_str());
        let turn = self.turn();
        spawn_local(async move {
            let proposal = match self.worker.take_over(Packed::of(&before), theirs, title).await {
                Ok(proposal) => proposal,
                Err(reason) => return self.messages.fail(say!("keep-not-compared", reason = reason)),
            };
            // What was edited in it meanwhile, in another tab, stays; one that was never kept is kept now.
            let is_open = match &key {
                Some(key) => self.open_kept(key, turn).await,
                None => false,
            };
            if self.turns.is_past(turn) {
                return;
            }
            if is_open {
                self.navigation.go(Step::Diagram);
            } else {
                let texts = texts_of(&before);
                self.keep(turn, (before, texts), None, Some(Step::Diagram));
            }
            if let Some(stray) = stray {
                // One design more on the list is no harm.
                let _ = self.shelf.put_away(&stray, true).await;
            }
            if proposal.parts.is_empty() {
                self.messages.say(say!("import-nothing-new"));
            } else {
                review.show(say!("done-import", name = name), proposal);
            }
        });
    }

    /// Runs what was opened in the page's PostgreSQL, and opens what its catalogue then says.
    pub fn read_exactly(self) {
        let import = self.import.try_update_value(std::mem::take).unwrap_or_default();
        let [(name, bytes)] = import.given.as_slice() else { return };
        // It was read before, so it is a text.
        let Ok(sql) = input::text_of(&bytes.to_vec()).map(|it| it.text.into_owned()) else { return };
        let name = name.clone();
        let turn = self.turn();
        self.messages.say(say!("import-running"));
        spawn_local(async move {
            if let Outcome::Failed(failure) = run(&sql).await {
                let line = relata::base::LineIndex::new(&sql).place(failure.position as u32).line;
                return self.messages.fail(say!(
                    "import-refused",
                    line = line.to_string(),
                    reason = failure.message.as_str()
                ));
            }
            let told = match catalog_query().await {
                Ok(asked) => query(&asked).await,
                Err(reason) => Err(reason),
            };
            match told {
                Ok(json) => {
                    let name = format!("{name}.json");
                    let bytes = js_sys::Uint8Array::from(json.as_bytes());
                    // What was open before the import stays what an import can go into.
                    let title = say!("import-as-postgres", name = name.as_str());
                    self.open_given(turn, title, vec![(name, bytes)]).await;
                }
                Err(reason) => self.messages.fail(say!("import-no-catalogue", reason = reason)),
            }
        });
    }
}
