//! What stands behind "may": verbs, things, and which of their rows.

use super::Found;
use super::verbs::{EMPTY, THEIR, Verb, actions, every, verb};
use super::world::{Word, World};
use crate::base::{Clip, Span, one_of};
use crate::brief::reading::{AccessAction, Condition};
use crate::brief::verbs::base_form;

/// One thing with what may be done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    pub actions: Vec<AccessAction>,
    /// None is everything.
    pub entity: Option<String>,
    pub only: Vec<Condition>,
    /// What rows must be like afterwards, where that differs from `only`: whoever publishes a draft leaves it published.
    pub becomes: Option<Condition>,
}

/// What a clause may leave unsaid.
#[derive(Clone, Copy, Default)]
pub struct Unsaid<'a> {
    /// The thing that a table's cell is about.
    pub thing: Option<&'a str>,
    /// What whoever acts is a row of: "their own data".
    pub person: Option<&'a str>,
}

/// Reads a clause.
pub fn grants(found: &mut Found, world: &World, words: &[Word], unsaid: Unsaid<'_>) -> Vec<Grant> {
    let mut reader =
        Clause { found, world, words, unsaid, at: 0, verbs: Vec::new(), out: Vec::new(), nested: 0 };
    reader.read();
    reader.out
}

/// Which rows of a thing the words of a cell mean: "own", "assigned to them", "open". None where nothing explains them.
pub fn rows(found: &mut Found, world: &World, words: &[Word], thing: &str) -> Option<Vec<Condition>> {
    let unsaid = Unsaid::default();
    let mut reader =
        Clause { found, world, words, unsaid, at: 0, verbs: Vec::new(), out: Vec::new(), nested: 0 };
    let mut only = Vec::new();
    while reader.at < words.len() {
        let from = reader.at;
        let word = reader.word(from).to_owned();
        if !only.contains(&Condition::Own(None)) && one_of(word.as_str(), THEIR) {
            only.push(Condition::Own(None));
            reader.at += 1;
        } else if world.thing_at(words, from).is_some_and(|it| it.0 == thing) {
            reader.at += 1;
        } else if !reader.behind(thing, &mut only) {
            return None;
        }
        if reader.at == from {
            if !one_of(word.as_str(), EMPTY) && !one_of(word.as_str(), ", and yes ( )") {
                reader.unclear(from);
                return None;
            }
            reader.at += 1;
        }
    }
    Some(only)
}

/// Places are followed so far: "in projects of departments of their company".
const NESTED: usize = 4;

struct Clause<'a> {
    found: &'a mut Found,
    world: &'a World,
    words: &'a [Word],
    unsaid: Unsaid<'a>,
    at: usize,
    verbs: Vec<Verb>,
    out: Vec<Grant>,
    /// How many places hang under each other here.
    nested: usize,
}

impl Clause<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |it| it.text.as_str())
    }

    fn read(&mut self) {
        // Whether the verbs have met what they are done to, and what was said of it before its name.
        let mut met = false;
        let mut own = false;
        let mut said: Vec<usize> = Vec::new();
        // Where the last thing ended, and which grants are of things that stand in one row with it.
        let (mut ended, mut row) = (usize::MAX, 0);
        while self.at < self.words.len() {
            let word = self.word(self.at).to_owned();
            if one_of(word.as_str(), "; . : / | ( )") {
                if word != "(" && word != ")" && word != "/" {
                    if !met {
                        self.bare(own, &said);
                    }
                    (own, met) = (false, false);
                    said.clear();
                    self.verbs.clear();
                }
                self.at += 1;
            } else if one_of(word.as_str(), ", and or but &") {
                self.at += 1;
            } else if let Some(verb) = self.verb_here(met) {
                if met || own || !said.is_empty() {
                    if !met {
                        self.bare(own, &said);
                    }
                    self.verbs.clear();
                    (met, own) = (false, false);
                    said.clear();
                }
                self.verbs.push(verb);
                self.at += 1;
            } else if one_of(word.as_str(), "everything anything") {
                let verbs = std::mem::take(&mut self.verbs);
                let actions = if verbs.is_empty() { every() } else { actions(&verbs) };
                self.out.push(Grant { actions, entity: None, only: Vec::new(), becomes: None });
                met = true;
                self.at += 1;
            } else if let Some((thing, count)) = self.world.thing_at(self.words, self.at) {
                let thing = thing.to_owned();
                let joins = |it: &Word| {
                    one_of(it.text.as_str(), ", and or &")
                        || one_of(it.text.as_str(), EMPTY)
                        || one_of(it.text.as_str(), THEIR)
                };
                if !(met && self.words.clip(ended..self.at).iter().all(joins)) {
                    row = self.out.len();
                }
                self.at += count;
                let told = self.at;
                self.thing(&thing, own, &said);
                // "projects and tasks of their team" are both of the team.
                if self.at > told {
                    self.share(row);
                }
                ended = self.at;
                met = true;
                said.clear();
            } else if one_of(word.as_str(), THEIR) {
                own = true;
                self.at += 1;
            } else {
                if !one_of(word.as_str(), EMPTY) && !met {
                    said.push(self.at);
                }
                self.at += 1;
            }
        }
        if !met {
            self.bare(own, &said);
        }
    }

    /// What was said behind the last thing of a row goes for those before it.
    fn share(&mut self, row: usize) {
        let places = |it: &&Condition| matches!(it, Condition::Own(_) | Condition::Under { .. });
        let Some(last) = self.out.last() else { return };
        let shared: Vec<Condition> = last.only.iter().filter(places).cloned().collect();
        let thing = last.entity.clone();
        for grant in self.out.iter_mut().skip(row).filter(|it| it.entity != thing && it.entity.is_some()) {
            for condition in &shared {
                if !grant.only.contains(condition) {
                    grant.only.push(condition.clone());
                }
            }
        }
    }

    /// A verb, unless it is the name of a thing here: "change orders", "see and change the change".
    fn verb_here(&self, met: bool) -> Option<Verb> {
        let Some(verb) = verb(self.word(self.at)) else { return self.making_verb() };
        // "delete open jobs" opens nothing.
        let next = (self.at + 1..self.words.len().min(self.at + 3))
            .find_map(|at| self.world.thing_at(self.words, at));
        let thing = next.map(|it| it.0).or(self.unsaid.thing);
        if !self.verbs.is_empty()
            && thing.is_some_and(|it| self.world.value_at(it, self.words, self.at).is_some())
        {
            return None;
        }
        let names = self.world.thing_at(self.words, self.at).is_some();
        let ends = self.at + 1 >= self.words.len() || one_of(self.word(self.at + 1), ", ; . and or");
        (!names || !ends && (self.verbs.is_empty() || met)).then_some(verb)
    }

    /// "publish drafts": what gives the next thing a value of its set.
    fn making_verb(&self) -> Option<Verb> {
        let word = self.word(self.at);
        let base = base_form(word);
        if word.ends_with("ed") {
            return None;
        }
        let next = (self.at + 1..self.words.len().min(self.at + 5))
            .find_map(|at| self.world.thing_at(self.words, at));
        let thing = next.map(|it| it.0).or(self.unsaid.thing)?;
        self.world.made_by(thing, &base).map(|_| Verb::Other(base))
    }

    /// What is said without a name: in a table's cell, of the thing that the cell is about; "their own data" is who acts.
    fn bare(&mut self, own: bool, said: &[usize]) {
        let person = self.unsaid.person.filter(|_| own && said.is_empty());
        if let Some(thing) = self.unsaid.thing.or(person).filter(|_| !self.verbs.is_empty()) {
            let thing = thing.to_owned();
            let end = self.at;
            self.at = self.words.len();
            self.thing(&thing, own, said);
            self.at = end;
        }
    }

    fn thing(&mut self, thing: &str, own: bool, said: &[usize]) {
        if self.verbs.is_empty() {
            return;
        }
        let mut only = Vec::new();
        if own {
            only.push(Condition::Own(None));
        }
        let mut until = 0;
        for at in said.iter().copied() {
            if at < until {
                continue;
            }
            let from = usize::from(self.word(at.wrapping_sub(1)) == "not");
            match self
                .world
                .value_at(thing, self.words, at - from)
                .or_else(|| self.world.value_at(thing, self.words, at))
            {
                Some((condition, count)) => {
                    only.push(condition);
                    until = at + count;
                }
                None => return self.unclear(at),
            }
        }
        if !self.behind(thing, &mut only) {
            return;
        }
        let verbs = self.verbs.clone();
        let plain = actions(&verbs);
        if !plain.is_empty() {
            let entity = Some(thing.to_owned());
            self.out.push(Grant { actions: plain, entity, only: only.clone(), becomes: None });
        }
        for verb in &verbs {
            let Verb::Other(verb) = verb else { continue };
            let Some((value, is_first)) = self.world.made_by(thing, verb) else { continue };
            let entity = Some(thing.to_owned());
            if is_first {
                let mut only = only.clone();
                only.push(value);
                self.out.push(Grant { actions: vec![AccessAction::Create], entity, only, becomes: None });
            } else {
                let actions = vec![AccessAction::Update];
                self.out.push(Grant { actions, entity, only: only.clone(), becomes: Some(value) });
            }
        }
    }

    fn unclear(&mut self, at: usize) {
        let until = (at..self.words.len()).find(|at| one_of(self.word(*at), ", ; . and or :"));
        let words = self.words.clip(at..until.unwrap_or(self.words.len()));
        let span = words
            .iter()
            .fold(None, |all: Option<Span>, it| Some(all.map_or(it.span, |all| all.cover(it.span))));
        let said: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
        self.found.unclear.push((said.join(" "), span.unwrap_or_default()));
    }

    /// What follows the name: "of their company", "that are open", "assigned to them", "in active projects". False where that
    /// says which rows in words that nothing explains.
    fn behind(&mut self, thing: &str, only: &mut Vec<Condition>) -> bool {
        loop {
            let word = self.word(self.at).to_owned();
            match word.as_str() {
                "that" | "which" | "who" | "whom" | "are" | "is" | "with" | "while" | "when" | "if"
                | "they" | "he" | "she" | "it" | "have" | "has" | "themselves" | "by" | "the" | "status"
                | "state" | "still" | "as" | "long" | "themself" | "himself" | "herself" | "i" | "been"
                | "were" | "was" => self.at += 1,
                "them" | "him" | "her" | "me" | "own" => self.at += 1,
                "assigned" => {
                    only.push(Condition::Own(Some("assignee".to_owned())));
                    self.at += 1;
                    if self.word(self.at) == "to" {
                        self.at += 1;
                    }
                }
                "created" | "wrote" | "written" | "made" | "posted" | "uploaded" | "submitted" | "owned"
                | "own_by" | "booked" | "added" | "placed" | "entered" => {
                    only.push(Condition::Own(None));
                    self.at += 1;
                }
                "of" | "in" | "within" | "from" | "at" | "for" | "on" | "to" | "under" => {
                    match self.world.value_at(thing, self.words, self.at).or_else(|| self.value_behind(thing))
                    {
                        Some((condition, count)) => {
                            only.push(condition);
                            self.at += count;
                        }
                        None => match self.under() {
                            Some(condition) => only.push(condition),
                            None => return self.place_is_empty(),
                        },
                    }
                }
                _ => match self.world.value_at(thing, self.words, self.at) {
                    Some((condition, count)) => {
                        only.push(condition);
                        self.at += count;
                    }
                    None => return true,
                },
            }
        }
    }

    /// "in status open", "in state open", "in the open state"
    fn value_behind(&self, thing: &str) -> Option<(Condition, usize)> {
        let mut at = self.at + 1;
        while one_of(self.word(at), "status state the stage") {
            at += 1;
        }
        let (condition, count) = self.world.value_at(thing, self.words, at)?;
        Some((condition, at + count - self.at))
    }

    /// "of others", "of their own", "in the office": says nothing more. Anything else is not understood.
    fn place_is_empty(&mut self) -> bool {
        let next = self.word(self.at + 1);
        if matches!(
            next,
            "others"
                | "anyone"
                | "anybody"
                | "everyone"
                | "everybody"
                | "all"
                | "them"
                | "him"
                | ""
                | ","
                | ";"
        ) {
            self.at += 2;
            return true;
        }
        if self.word(self.at) == "to" {
            return true;
        }
        let at = self.at;
        self.unclear(at);
        false
    }

    /// "of their company", "in active projects of their company": the rows that hang under such rows.
    fn under(&mut self) -> Option<Condition> {
        let mut at = self.at + 1;
        let mut own = false;
        let mut said: Vec<usize> = Vec::new();
        loop {
            let word = self.word(at);
            if let Some((outer, count)) = self.world.thing_at(self.words, at) {
                let outer = outer.to_owned();
                let mut only = Vec::new();
                if own {
                    only.push(Condition::Own(None));
                }
                for at in said {
                    only.push(self.world.value_at(&outer, self.words, at)?.0);
                }
                self.at = at + count;
                let theirs = one_of(self.word(self.at), "they he she");
                if theirs {
                    only.push(Condition::Own(None));
                    self.skip_clause();
                }
                if self.nested >= NESTED {
                    return None;
                }
                self.nested += 1;
                let told = self.behind(&outer, &mut only);
                self.nested -= 1;
                if !told || only.is_empty() {
                    return None;
                }
                return Some(Condition::Under { entity: outer, only });
            }
            match word {
                "" | "," | ";" | "." | "and" | "or" => {
                    return own.then(|| {
                        self.at = at;
                        Condition::Own(None)
                    });
                }
                "same" => own = true,
                word if one_of(word, THEIR) => own = true,
                word if one_of(word, EMPTY) => {}
                _ => said.push(at),
            }
            at += 1;
        }
    }

    /// "projects they are members of": the words of the clause name nothing further.
    fn skip_clause(&mut self) {
        while !matches!(self.word(self.at), "" | "," | ";" | "." | "and" | "or") {
            self.at += 1;
        }
    }
}
