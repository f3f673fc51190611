//! The door to the worker: started when first asked, asked one job at a time or several.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::advise::Rationale;
use relata::brief::{Choices, Reading};
use relata::design::{BriefId, Comparison, Design, Edit, Id, Proposal, Record, SnapshotId, TableId};
use relata::job::{
    Answer, Critique, Draft, Job, Opened, Packed, PackedProposal, Picture, Plan, Step, Talk, numbers_of,
    routes_of,
};
use relata::layout::route::{Route, Routing};
use relata::layout::{Point, Style};
use relata::share::Options;
use relata::sql::SheetOf;
use relata::write::Format;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, WorkerOptions, WorkerType};

use super::edge::{words_of, worker_address};

/// The first message of a worker: it listens.
const READY: &str = "ready";

const MIXED_UP: &str = "the worker answered something else";

/// The door to the worker.
#[derive(Clone, Copy)]
pub struct Worker(StoredValue<State, LocalStorage>);

#[derive(Default)]
struct State {
    worker: Option<web_sys::Worker>,
    is_ready: bool,
    /// Asked to load what reading a text needs.
    is_warm: bool,
    /// Messages from before the worker was ready.
    early: Vec<js_sys::Array>,
    next: u32,
    /// By number: who waits, and what was asked.
    waiting: BTreeMap<u32, (js_sys::Function, js_sys::Array)>,
    /// Records that came ahead of a job's answer; none where they could not be read.
    ahead: BTreeMap<u32, Option<Vec<Told>>>,
}

/// A record and its text, as it is kept.
type Told = (Record, JsValue);

/// A file as the page was given it: its name and its bytes.
pub type Given = (String, js_sys::Uint8Array);

impl Worker {
    /// A door behind which no worker runs yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(State::default()))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Fetches and starts the worker, for somebody who seems about to need it.
    pub fn prepare(self) {
        // A worker that cannot be started says so when it is needed.
        let _ = self.start();
    }

    /// Starts the worker and loads what reading a text needs, so that the first one need not wait.
    pub fn warm_up(self) {
        let is_first = self.0.try_update_value(|it| !std::mem::replace(&mut it.is_warm, true));
        if is_first == Some(true) {
            spawn_local(async move {
                // A worker that cannot be started says so when it is needed.
                let _ = self.ask(&Job::WarmUp).await;
            });
        }
    }

    /// Reads files that are one input; gives the design and the text of each of its records, as it is kept.
    pub async fn open(self, files: Vec<Given>) -> Result<(Design, Vec<(Id, JsValue)>, Opened), String> {
        let (names, bytes): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        match self.ask_beside(&Job::Open { names }, &bytes).await? {
            (Answer::Opened(opened), told) => {
                let id = id_of(&told);
                let ahead = self.0.try_update_value(|it| it.ahead.remove(&id?)).flatten().flatten();
                let mut all = ahead.ok_or(MIXED_UP)?;
                all.extend(records_of(&told).ok_or(MIXED_UP)?);
                let texts = all.iter().map(|(record, text)| (record.id(), text.clone())).collect();
                Ok((Design::of_checked(all.into_iter().map(|it| it.0), opened.next_id), texts, opened))
            }
            (other, _) => Err(reason_of(other)),
        }
    }

    /// Reads a brief.
    pub async fn read(self, text: String) -> Result<Reading, String> {
        match self.ask(&Job::Read { text }).await? {
            Answer::Read(reading) => Ok(*reading),
            other => Err(reason_of(other)),
        }
    }

    /// What a brief tells of that a design lacks; of one entity alone with what it cannot do without.
    pub async fn propose(
        self,
        design: Packed,
        (brief, text): (BriefId, String),
        choices: Choices,
        only: Option<String>,
    ) -> Result<Proposal, String> {
        self.proposed(&Job::Propose { design, brief, text, choices, only }).await
    }

    /// What each part of a proposal changes in a design, in words.
    pub async fn changes(self, design: Packed, proposal: Proposal) -> Result<Vec<Vec<String>>, String> {
        let proposal = PackedProposal::of(proposal);
        match self.ask(&Job::Changes { design, proposal }).await? {
            Answer::Changes(words) => Ok(words),
            other => Err(reason_of(other)),
        }
    }

    /// What the chosen parts of a proposal mean for a database that has a design.
    pub async fn plan(
        self,
        design: Packed,
        proposal: Proposal,
        chosen: BTreeSet<usize>,
    ) -> Result<Plan, String> {
        let proposal = PackedProposal::of(proposal);
        match self.ask(&Job::Plan { design, proposal, chosen }).await? {
            Answer::Planned(plan) => Ok(plan),
            other => Err(reason_of(other)),
        }
    }

    /// Why a table is as it is, what holds its rules, and how it is asked.
    pub async fn advise(self, design: Packed, table: TableId) -> Result<Rationale, String> {
        match self.ask(&Job::Advise { design, table }).await? {
            Answer::Advised(advice) => Ok(advice),
            other => Err(reason_of(other)),
        }
    }

    /// A link's fragment.
    pub async fn link(self, design: Packed, options: Options) -> Result<String, String> {
        self.write(&Job::Link { design, options }).await
    }

    /// A link as a QR code, an SVG document.
    pub async fn code(self, link: String) -> Result<String, String> {
        self.write(&Job::Code { link }).await
    }

    /// What would give `ours` the schema of `theirs`.
    pub async fn take_over(self, ours: Packed, theirs: Packed, title: String) -> Result<Proposal, String> {
        self.proposed(&Job::TakeOver { ours, theirs, title }).await
    }

    /// What somebody else changed in a design since one of these links was made of it.
    pub async fn merge(
        self,
        ours: Packed,
        sent: Vec<String>,
        theirs: Packed,
        title: String,
    ) -> Result<Proposal, String> {
        self.proposed(&Job::Merge { ours, sent, theirs, title }).await
    }

    /// What the critic has to say of a design; with `marks` no more than what is marked.
    pub async fn lint(self, design: Packed, marks: bool) -> Result<Critique, String> {
        self.linted(&Job::Lint { design, marks }).await
    }

    /// What it has to say after edits of the design that it looked at last, or of the one that was opened under a number:
    /// what they changed, as it is now.
    pub async fn lint_again(
        self,
        opened: Option<u32>,
        changed: Vec<(Id, Option<Record>)>,
        marks: bool,
    ) -> Result<Critique, String> {
        self.linted(&Job::LintAgain { opened, changed, marks }).await
    }

    async fn linted(self, job: &Job) -> Result<Critique, String> {
        match self.ask(job).await? {
            Answer::Linted(found) => Ok(found),
            other => Err(reason_of(other)),
        }
    }

    /// The page of a rule, as Markdown.
    pub async fn rule(self, code: String) -> Result<String, String> {
        self.write(&Job::Rule { code }).await
    }

    /// What keeps a decision about the critic, which is JSON, in a design.
    pub async fn judge(self, design: Packed, judgement: String) -> Result<Edit, String> {
        self.drafted(&Job::Judge { design, judgement }).await.map(|it| it.0)
    }

    /// The tables of an SQL text, as an addition to a design.
    pub async fn paste(self, design: Packed, sql: String) -> Result<Proposal, String> {
        self.proposed(&Job::Paste { design, sql }).await
    }

    /// The fixes of findings, which JSON names.
    pub async fn fix(self, design: Packed, wanted: String) -> Result<Proposal, String> {
        self.proposed(&Job::Fix { design, wanted }).await
    }

    async fn proposed(self, job: &Job) -> Result<Proposal, String> {
        match self.ask(job).await? {
            Answer::Proposed(proposal) => Ok(proposal.unpack()),
            other => Err(reason_of(other)),
        }
    }

    /// What an edited SQL or DBML text changes in a design.
    pub async fn draft(self, design: Packed, text: String, is_dbml: bool) -> Result<(Edit, Draft), String> {
        let job = if is_dbml { Job::DraftDbml { design, text } } else { Job::Draft { design, text } };
        self.drafted(&job).await
    }

    /// A design as DBML, with the place of each thing.
    pub async fn dbml(self, design: Packed) -> Result<Draft, String> {
        self.drafted(&Job::Dbml { design }).await.map(|it| it.1)
    }

    /// A table as a sheet, in JSON; with lines, what filling them in changes.
    pub async fn sheet(
        self,
        design: Packed,
        (table, of): (TableId, SheetOf),
        lines: Option<String>,
    ) -> Result<(Edit, String), String> {
        let (edit, draft) = self.drafted(&Job::Sheet { design, table, of, lines }).await?;
        Ok((edit, draft.own))
    }

    /// The types that a column can have, in JSON.
    pub async fn types(self, design: Packed) -> Result<String, String> {
        self.write(&Job::Types { design }).await
    }

    /// What is wrong with a text that is to be an expression; nothing where it is one.
    pub async fn expression(self, text: String) -> Result<String, String> {
        self.write(&Job::Expression { text }).await
    }

    /// What SQL in the place of what makes a thing changes.
    pub async fn part(self, design: Packed, id: Option<Id>, sql: String) -> Result<(Edit, Draft), String> {
        self.drafted(&Job::Part { design, id, sql }).await
    }

    /// What a step into or out of the history does.
    pub async fn version(self, design: Packed, step: Step) -> Result<Edit, String> {
        self.drafted(&Job::Version { design, step }).await.map(|it| it.0)
    }

    /// What differs between two versions.
    pub async fn compare(
        self,
        design: Packed,
        from: Option<SnapshotId>,
        to: Option<SnapshotId>,
    ) -> Result<Comparison, String> {
        match self.ask(&Job::Compare { design, from, to }).await? {
            Answer::Compared(it) => Ok(it),
            other => Err(reason_of(other)),
        }
    }

    async fn drafted(self, job: &Job) -> Result<(Edit, Draft), String> {
        match self.ask(job).await? {
            Answer::Drafted(edit, draft) => Ok((edit, draft)),
            other => Err(reason_of(other)),
        }
    }

    /// The answer to a job of the conversation.
    pub async fn talk(self, job: Talk) -> Result<Answer, String> {
        self.ask(&Job::Talk(job)).await
    }

    /// The same of a job whose answer is a text.
    pub async fn tell(self, job: Talk) -> Result<String, String> {
        self.write(&Job::Talk(job)).await
    }

    /// What there is to say to a question about the language model, both as JSON.
    pub async fn model(
        self,
        design: Option<Packed>,
        ask: String,
        bytes: &[js_sys::Uint8Array],
    ) -> Result<String, String> {
        match self.ask_beside(&Job::Model { design, ask }, bytes).await?.0 {
            Answer::Text(told) => Ok(told),
            other => Err(reason_of(other)),
        }
    }

    /// The diagram as an SVG document.
    pub async fn draw(self, design: Packed, picture: Picture) -> Result<String, String> {
        self.write(&Job::Draw { design, picture }).await
    }

    /// The design file.
    pub async fn file(self, design: Packed) -> Result<String, String> {
        self.write(&Job::File { design }).await
    }

    /// A text for another tool.
    pub async fn export(self, design: Packed, format: Format) -> Result<String, String> {
        self.write(&Job::Export { design, format }).await
    }

    async fn write(self, job: &Job) -> Result<String, String> {
        match self.ask(job).await? {
            Answer::Text(text) => Ok(text),
            other => Err(reason_of(other)),
        }
    }

    /// A design in the size of a stamp, as an SVG path, from its records as they are kept.
    pub async fn thumbnail(self, records: &[String]) -> Result<String, String> {
        let records = format!("[{}]", records.join(","));
        let bytes = js_sys::Uint8Array::from(records.as_bytes());
        match self.ask_beside(&Job::Thumbnail, &[bytes]).await?.0 {
            Answer::Text(path) => Ok(path),
            other => Err(reason_of(other)),
        }
    }

    /// The corner of every table's card, in the order of `layout::diagram::cards`.
    pub async fn arrange(self, design: Packed, style: Style) -> Result<Vec<Point>, String> {
        match self.ask(&Job::Arrange { design, style }).await? {
            Answer::Arranged(corners) => Ok(corners.into_iter().map(|(x, y)| Point { x, y }).collect()),
            other => Err(reason_of(other)),
        }
    }

    /// Ways for lines, in their order.
    pub async fn routes(self, lines: &Routing) -> Result<Vec<Route>, String> {
        match self.ask(&Job::Route { lines: numbers_of(lines) }).await? {
            Answer::Routed(ways) => Ok(routes_of(&ways)),
            other => Err(reason_of(other)),
        }
    }

    async fn ask(self, job: &Job) -> Result<Answer, String> {
        self.ask_beside(job, &[]).await.map(|it| it.0)
    }

    /// Asks for a job; gives the answer and the whole message, in which what came beside it begins at 2. A worker that
    /// cannot be started or dies answers with the reason.
    async fn ask_beside(
        self,
        job: &Job,
        bytes: &[js_sys::Uint8Array],
    ) -> Result<(Answer, js_sys::Array), String> {
        self.start().map_err(|problem| words_of(&problem))?;
        let text = serde_json::to_string(job).map_err(|error| error.to_string())?;
        self.0.update_value(|it| it.next += 1);
        let id = self.0.with_value(|it| it.next);
        let mut message = js_sys::Array::of2(&id.into(), &text.into());
        message.extend(bytes);
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            self.0.update_value(|it| _ = it.waiting.insert(id, (resolve, message.clone())));
        });
        self.0.update_value(|state| match (&state.worker, state.is_ready) {
            (Some(worker), true) => {
                // Texts and bytes can always be posted.
                let _ = worker.post_message(&message);
            }
            _ => state.early.push(message),
        });
        let told = JsFuture::from(promise).await.map_err(|problem| words_of(&problem))?;
        let told: js_sys::Array = told.dyn_into().map_err(|_| "the worker stopped")?;
        let answer = told.get(1).as_string().ok_or(MIXED_UP)?;
        let answer = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
        Ok((answer, told))
    }

    fn start(self) -> Result<(), JsValue> {
        if self.0.with_value(|it| it.worker.is_some()) {
            return Ok(());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(&worker_address()?, &options)?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| self.hear(&event));
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |_| self.give_up());
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // They live as long as the worker, which lives as long as the page.
        on_message.forget();
        on_error.forget();
        self.0.update_value(|it| it.worker = Some(worker));
        Ok(())
    }

    fn hear(self, event: &MessageEvent) {
        let data = event.data();
        if data.as_string().as_deref() == Some(READY) {
            self.0.update_value(|state| {
                state.is_ready = true;
                for message in std::mem::take(&mut state.early) {
                    if let Some(worker) = &state.worker {
                        let _ = worker.post_message(&message);
                    }
                }
            });
            return;
        }
        // `[id, answer, beside…]`: which job, and the rest as it is.
        let Ok(told) = data.dyn_into::<js_sys::Array>() else { return };
        let id = id_of(&told);
        if let Some(id) = id.filter(|_| told.get(1).is_null()) {
            let records = records_of(&told);
            self.0.update_value(|it| drop(it.ahead.insert(id, records)));
            return;
        }
        let waiting = id.and_then(|id| self.0.try_update_value(|it| it.waiting.remove(&id)).flatten());
        if let Some((resolve, _)) = waiting {
            let _ = resolve.call1(&JsValue::NULL, &told);
        }
    }

    /// The worker died. Jobs are done in their order, so the first that waits is what it died of: who asked for that is
    /// told, and another worker does the rest. One that never listened does none.
    fn give_up(self) {
        let state = self.0.try_update_value(std::mem::take).unwrap_or_default();
        if let Some(worker) = state.worker {
            worker.terminate();
        }
        let mut waiting = state.waiting.into_values();
        let lost = if state.is_ready { 1 } else { usize::MAX };
        for (resolve, _) in waiting.by_ref().take(lost) {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
        let waiting: Vec<_> = waiting.collect();
        self.0.update_value(|it| it.next = state.next);
        if waiting.is_empty() {
            return;
        }
        let is_started = self.start().is_ok();
        for (resolve, message) in waiting {
            let id = id_of(&message).filter(|_| is_started);
            match id {
                Some(id) => self.0.update_value(|it| {
                    it.early.push(message.clone());
                    it.waiting.insert(id, (resolve, message));
                }),
                None => drop(resolve.call1(&JsValue::NULL, &JsValue::NULL)),
            }
        }
    }
}

fn id_of(told: &js_sys::Array) -> Option<u32> {
    told.get(0).as_f64().map(|it| it as u32)
}

/// The records that go beside a message.
fn records_of(told: &js_sys::Array) -> Option<Vec<Told>> {
    let record = |text: JsValue| Some((serde_json::from_str(&text.as_string()?).ok()?, text));
    told.iter().skip(2).map(record).collect()
}

fn reason_of(answer: Answer) -> String {
    match answer {
        Answer::Failed(reason) => reason,
        Answer::Opened(_)
        | Answer::Read(_)
        | Answer::Arranged(_)
        | Answer::Routed(_)
        | Answer::Text(_)
        | Answer::Proposed(_)
        | Answer::Linted(_)
        | Answer::Drafted(..)
        | Answer::Compared(_)
        | Answer::Changes(_)
        | Answer::Planned(_)
        | Answer::Advised(_)
        | Answer::NotDone { .. }
        | Answer::Done => MIXED_UP.to_owned(),
    }
}
