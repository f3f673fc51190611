//! Lists are given to what owns them: items become facts, parentheses are told apart as properties and values.

use super::fact::{Fact, Form, Signal, is_plain, phrase_of};
use super::facts::Reader;
use super::item_values::values;
use super::items::{Item, items_of_tokens};
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::sentences::Sentence;
use crate::base::{Clip, Span, one_of};

impl Reader<'_> {
    /// How many lines stand beside a line under the same parent, when most of them surely are properties; else 0.
    pub(super) fn listed_beside(&self, block: usize) -> usize {
        let Some(parent) = self.blocks[block].parent else { return 0 };
        let beside = (parent + 1..self.blocks.len())
            .take(64)
            .take_while(|it| self.blocks[*it].parent.is_some_and(|it| it >= parent))
            .filter(|it| self.blocks[*it].parent == Some(parent));
        let (mut all, mut known) = (0, 0);
        for it in beside {
            let said = self.blocks[it].span;
            let tokens = super::tokens::tokens(self.text, said, &super::markup::Markup::default());
            all += 1;
            known += usize::from(super::item_values::telling(&items_of_tokens(&tokens)) > 0);
        }
        if known * 2 >= all && known >= 2 { all } else { 0 }
    }

    /// Records that `owner` has each of `items`.
    pub(super) fn owns(&mut self, owner: &Phrase, mut items: Vec<Item>, form: Form) {
        // "keep raw positions for 90 days": a position has none.
        const SAME: &str = "raw old past all recent historical current previous";
        items.retain(|it| {
            let before = it.name.strip_suffix(&owner.key).filter(|_| it.many);
            !before.is_some_and(|it| one_of(it.trim_end_matches('_'), SAME))
        });
        let of = items.len();
        self.owns_among(owner, items, form, of);
    }

    /// The same for items that are some of a list of `of`.
    pub(super) fn owns_among(&mut self, owner: &Phrase, items: Vec<Item>, form: Form, of: usize) {
        if items.is_empty() {
            return;
        }
        let telling = items
            .iter()
            .filter(|it| {
                it.name.ends_with("_id")
                    || lexicon().attribute(&it.name).is_some()
                    || !it.values.is_empty()
                    || it.boolean
                    || it.who.is_some()
            })
            .count();
        let signal = if items.len() >= 2 && telling >= 1 || items.len() >= 3 {
            Signal::ListOwner
        } else {
            Signal::SingleOwner
        };
        self.see(owner, signal);
        if signal == Signal::ListOwner {
            self.owners.insert(owner.key.clone());
        }
        let is_bare = items.iter().all(|it| !it.determined);
        // "kills and assists of each player": all of them are the player's.
        let per = items.last().and_then(|it| it.per.clone()).filter(|_| is_bare);
        let mut whose: Option<Phrase> = None;
        let properties = telling;
        for mut item in items {
            item.beside = telling;
            if item.per.is_none() {
                item.per.clone_from(&per);
            }
            // "the customer's name and phone number, the day of pickup": up to the next article all is the customer's. Of a list
            // without articles that is known of the one alone.
            match &item.whose {
                Some(said) => whose = self.possessor(said, owner, item.span),
                None if item.determined || is_bare => whose = None,
                None => {}
            }
            if let Some(theirs) = whose.clone() {
                if let Some(rest) = item
                    .whose
                    .take()
                    .and_then(|it| Some(item.name.strip_prefix(&it)?.strip_prefix('_')?.to_owned()))
                {
                    item.name = rest;
                }
                self.owns_among(&theirs, vec![Item { whose: None, ..item }], form, of);
                continue;
            }
            if item.many
                && super::facts::is_part(&item.name, true)
                && !owner.key.contains(&item.name)
                && !lexicon().is_person(&owner.key)
            {
                // An invoice's lines are invoice lines, whatever else has lines.
                let means = format!("{}_{}", owner.key, item.name);
                if self.parts.insert(item.name.clone()) {
                    self.out.all.push(Fact::Alias {
                        said: item.name.clone(),
                        means: means.clone(),
                        is_told: false,
                    });
                }
                item.name = means;
            }
            if item.maintained {
                // Somebody adds to them, so they are rows.
                item.values.clear();
            }
            let thing = phrase_of(&item);
            // "machines (mill, printer)" are examples of things.
            let examples = item.many && lexicon().attribute(&item.name).is_none();
            // What is measured or has a type is no thing either.
            if item.values.len() >= 2 && !examples || item.stated.is_some() {
                self.see(&thing, Signal::ValueSet);
            }
            if item.who.is_none() {
                // "a name and a farmer": what counts like a thing and names no property may be one, unless most of a longer
                // list are properties.
                let counts =
                    item.counted && item.values.is_empty() && lexicon().attribute(&item.name).is_none();
                let signal = match (item.many, counts) {
                    (true, _) => Signal::ManyItem,
                    (false, true) if of < 3 || properties * 2 < of => Signal::Object,
                    (false, _) => Signal::Item,
                };
                self.see(&thing, signal);
            }
            if item.maintained {
                self.out.all.push(Fact::Lookup { of: thing.clone() });
                self.see(&thing, Signal::Maintained);
            }
            let part = one_of(super::lexicon::last_word(&thing.key), super::relations::PARTS);
            let between = item.parts.first().map(|it| Span { start: item.span.end, end: it.span.start });
            let with = between.is_some_and(|it| it.start <= it.end && !it.of(self.text).contains('('));
            if with && item.many && !part {
                // "It has ingredients with quantity and share": what is kept of each pair, unless nothing else is told of them.
                self.see(&thing, Signal::ListOwner);
                let (left, items) = (owner.clone(), item.parts.clone());
                self.pays(left, thing.clone(), items);
            } else if !item.parts.is_empty() {
                self.owns(&thing, item.parts.clone(), Form::Paren);
            }
            self.out.all.push(Fact::Owns { owner: owner.clone(), item, form, of });
        }
    }

    /// Records that each pair of the two may have `items`.
    pub(super) fn pays(&mut self, left: Phrase, right: Phrase, items: Vec<Item>) {
        self.out.all.push(Fact::Pays { left, right, items, is_tie: false });
    }

    /// The thing that a possessive in a list of `owner`'s means, when it is one that has properties of its own.
    fn possessor(&self, said: &str, owner: &Phrase, span: Span) -> Option<Phrase> {
        let own = owner.key.ends_with(said) || owner.key.split('_').any(|it| it == said);
        let known = lexicon().parties.contains(said) || self.owners.contains(said);
        (known && !own).then(|| Phrase::bare(said, span))
    }

    /// Reads the parentheses that hang on noun phrases between `from` and `to`.
    pub(super) fn parens(&mut self, sentence: &Sentence, chunks: &[Chunk], from: usize, to: usize) {
        for chunk in chunks {
            let Some(phrase) = chunk.phrase() else { continue };
            if chunk.from < from || chunk.to > to {
                continue;
            }
            for paren in sentence.parens_in(chunk.from, chunk.to).filter(|it| it.after == chunk.to) {
                let opens = sentence.words.first().is_some_and(|it| it.token.span.start == phrase.span.start);
                self.paren(phrase, &paren.tokens, paren.span, opens);
            }
        }
    }

    /// Reads the parentheses behind one phrase as those of another.
    pub(super) fn parens_of(&mut self, sentence: &Sentence, owner: &Phrase, chunk: &Chunk) {
        for paren in sentence.parens_in(chunk.from, chunk.to).filter(|it| it.after == chunk.to) {
            self.paren(owner, &paren.tokens, paren.span, false);
        }
    }

    /// Reads the parentheses of a sentence whose `lists` were read, each as that of what it is about.
    pub(super) fn parens_outside(
        &mut self,
        sentence: &Sentence,
        chunks: &[Chunk],
        lists: &[(usize, usize)],
        subject: Option<&Phrase>,
    ) {
        for (at, chunk) in chunks.iter().enumerate() {
            let in_list = lists.iter().any(|(from, to)| chunk.from >= *from && chunk.to <= *to);
            let Some(phrase) = chunk.phrase() else { continue };
            if in_list {
                // "the fee, which depends on the contract (hours, start date)": a clause inside a list speaks of other things.
                let told = chunks
                    .clip(..at)
                    .iter()
                    .rev()
                    .find(|it| matches!(it.kind, ChunkKind::Sub(_) | ChunkKind::And));
                if told.is_some_and(|it| matches!(it.kind, ChunkKind::Sub(_))) {
                    self.parens(sentence, chunks.clip(at..=at), chunk.from, chunk.to);
                }
                continue;
            }
            // "Parts come from a catalogue (name, size)": the list is that of what the catalogue holds.
            let is_catalogue = at > 0
                && chunks.kind_at(at - 1).is_prep("from in")
                && lexicon().list_signs.contains(phrase.key.as_str())
                && sentence.parens_in(chunk.from, chunk.to).next().is_some();
            let held = subject.filter(|it| it.many && !is_plain(&it.key) && !lexicon().is_person(&it.key));
            if let Some(held) = held.filter(|_| is_catalogue) {
                self.out.all.push(Fact::Lookup { of: held.clone() });
                self.overlook(phrase);
                self.see(held, Signal::Maintained);
                self.parens_of(sentence, held, chunk);
                continue;
            }
            // "Buoys are kept by the office (code, name)": a list behind an agent or place is the subject's.
            let verb_at = chunks.clip(..at).iter().rposition(|it| it.verb().is_some());
            let verb = verb_at.and_then(|at| chunks.verb_at(at));
            let passive = verb.is_some_and(|it| it.passive);
            // "Files can be attached to tasks and comments (name, size)"
            let attached = verb.is_some_and(|it| one_of(it.lemma.as_str(), "attach add upload"))
                && (1..=at).rev().step_by(2).take(2).any(|it| chunks.kind_at(it - 1).is_prep("to"));
            let governed = attached || at > 0 && chunks.kind_at(at - 1).is_prep("by at from");
            // "issues credit notes against an invoice (number, amount)": what is new has the list, not what was told before.
            let in_prep = at > 1 && matches!(chunks.kind_at(at - 1), ChunkKind::Prep(_));
            let new = chunks.clip(..at.saturating_sub(1)).iter().rev().find_map(Chunk::phrase).filter(|it| {
                in_prep
                    && (self.owners.contains(&phrase.key)
                        || is_plain(&phrase.key)
                        || self.spoken.contains(&phrase.key) && !self.spoken.contains(&it.key))
                    && !self.owners.contains(&it.key)
                    && !lexicon().is_property(&it.key)
                    && !is_plain(&it.key)
                    && !lexicon().is_person(&it.key)
            });
            if let Some(new) = super::leads::collected(chunks, at).or(new).cloned() {
                self.parens_of(sentence, &new, chunk);
                continue;
            }
            if governed && passive && self.done_by(sentence, chunks, at, subject) {
                continue;
            }
            match subject {
                Some(subject)
                    if governed
                        && passive
                        && (attached || lexicon().attribute(&phrase.key).is_none())
                        && !self.owners.contains(&subject.key)
                        && !lexicon().is_person(&subject.key) =>
                {
                    let attachment =
                        verb_at.zip(verb).and_then(|(at, verb)| super::places::attached(chunks, at, verb));
                    let owner = attachment.as_ref().map_or(subject, |it| &it.1);
                    self.parens_of(sentence, owner, chunk);
                }
                _ => self.parens(sentence, chunks.clip(at..=at), chunk.from, chunk.to),
            }
        }
    }

    fn paren(&mut self, phrase: &Phrase, tokens: &[super::tokens::Token], span: Span, opens: bool) {
        let first = tokens.first().map_or("", |it| it.word.as_str());
        let words: Vec<&str> = tokens.iter().map(|it| it.word.as_str()).collect();
        // "the reason for the visit (free text)" tells how something is written.
        if matches!(words.as_slice(), ["free" | "rich" | "plain" | "long" | "short", "text"])
            || super::item_values::stated(&phrase.full, &words).is_some()
        {
            return;
        }
        let maintained = lexicon().says_maintained(&words);
        if maintained {
            self.out.all.push(Fact::Lookup { of: phrase.clone() });
            self.see(phrase, Signal::Maintained);
        }
        if words.iter().any(|it| one_of(it, "is are was has have can must")) && !words.contains(&",") {
            return;
        }
        let found = items_of_tokens(tokens);
        let known = found
            .iter()
            .filter(|it| {
                ["_on", "_at", "_id"].iter().any(|end| it.name.ends_with(end))
                    || lexicon().attribute(&it.name).is_some() && !lexicon().states.contains(it.name.as_str())
                    || it.boolean
                    || it.unique
                    || it.who.is_some()
                    || !it.values.is_empty()
            })
            .count();
        // "A title (number, publisher, year) has several authors": who has a list and does something is a thing.
        let is_thing = phrase.many && self.owners.contains(&phrase.key)
            || known >= 3 && phrase.det == Det::One && opens && !phrase.key.ends_with("address")
            || known >= 2
                && known == found.len()
                && phrase.many
                && lexicon().business.contains(phrase.key.as_str());
        let is_attribute = lexicon().attribute(&phrase.key).is_some() && !is_thing;
        if known > 0 && known * 3 >= found.len() && !is_attribute && !one_of(first, "e.g. i.e. like such") {
            // An old thing behind a preposition gives its list to the new subject or object.
            self.owns(phrase, found, Form::Paren);
            return;
        }
        let all = values(tokens);
        let few_words = all.iter().all(|it| it.split(' ').count() <= 3);
        // "markets (fruit, fish)" are examples; "a market (fruit or fish)" is of one kind or another.
        let set = super::value_sets::name_of(&all);
        let is_open = one_of(set, "kind role");
        let examples =
            phrase.many && !is_attribute && is_open && !words.iter().any(|it| one_of(it, "or / |"));
        if all.len() >= 2 && few_words && !examples && !maintained && !one_of(first, "if when not see") {
            let (of, name) = if is_attribute {
                (self.topic.clone(), Some(phrase.key.clone()))
            } else {
                let known = !is_open && set != "status";
                (Some(phrase.clone()), known.then(|| set.to_owned()))
            };
            if let Some(of) = of {
                self.out.all.push(Fact::Values { of, name, values: all, span });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_comes_from_a_catalogue_has_its_list_and_pairs_with_what_names_it() {
        let text = "A prescription lists drugs with dosage and frequency. Drugs come from a catalogue (name, strength).";
        check(text, "drug", &["name", "strength"]);
        check(text, "prescription_drug", &["dosage", "frequency"]);
        check(text, "catalogue", &[]);
    }

    #[test]
    fn ids_of_other_systems_are_kept() {
        let text = "We keep the Stripe payment id, the amount and the currency of each payment.";
        check(text, "payment", &["stripe_payment_id", "amount", "currency"]);
    }
}
