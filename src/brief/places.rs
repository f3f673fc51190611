//! Where noun phrases stand in a statement, and what verbs leave behind.

use super::fact::{Fact, Signal};
use super::facts::Reader;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, Verb};
use super::sentences::Sentence;
use crate::base::{Clip, one_of};

impl Reader<'_> {
    /// Notices every noun phrase of a statement, with the weight of its place.
    pub(super) fn places(&mut self, chunks: &[Chunk], from: usize) {
        let mut after_verb = false;
        for (at, chunk) in chunks.iter().enumerate() {
            if chunk.from < from {
                continue;
            }
            let governed = at > 0 && matches!(chunks.kind_at(at - 1), ChunkKind::Prep(_));
            match &chunk.kind {
                ChunkKind::Noun(phrase)
                    if phrase.key == "order" && governed && chunks.kind_at(at - 1).is_prep("in") => {}
                ChunkKind::Noun(phrase) => {
                    let named = self.part_of_before(chunks, at, phrase);
                    let phrase = named.as_ref().unwrap_or(phrase);
                    self.see(phrase, Signal::Mentioned);
                    let counted = phrase.det == Det::Many && phrase.many;
                    if phrase.possessor {
                        self.see(phrase, Signal::Possessor);
                    }
                    let per = at > 0 && chunks.kind_at(at - 1).is_prep("per");
                    if per
                        || phrase.det == Det::Each
                        || phrase.det == Det::One && sentence_says_one(chunks, at)
                    {
                        self.see(phrase, Signal::OneOrPer);
                    } else if counted {
                        self.see(phrase, Signal::Quantified);
                    }
                    if governed && phrase.det != Det::Bare && !per {
                        self.see(phrase, Signal::Governed);
                    }
                    if after_verb && !governed {
                        self.see(phrase, Signal::Object);
                    }
                    if let Some(signal) = framed(chunks, at, phrase) {
                        self.see(phrase, signal);
                    }
                    after_verb &= !governed;
                }
                ChunkKind::Verb(verb) => {
                    after_verb = !verb.bare;
                    self.doing(chunks, at, verb);
                }
                ChunkKind::Sub(_) | ChunkKind::Other => after_verb = false,
                ChunkKind::Prep(_) | ChunkKind::And | ChunkKind::Pron(_) => {}
            }
        }
    }

    /// "a rating (1-5)" is measured, and no thing that is mentioned.
    pub(super) fn measured(&mut self, sentence: &Sentence, chunks: &[Chunk]) {
        for paren in sentence.parens.iter().filter(|it| it.is_range()) {
            let before = chunks.iter().find(|it| it.to == paren.after);
            if let Some(measured) = before.and_then(Chunk::phrase).filter(|it| !it.many) {
                self.overlook(measured);
            }
        }
    }

    /// Takes back that a phrase was mentioned.
    pub(super) fn overlook(&mut self, it: &Phrase) {
        self.out.all.retain(|fact| !matches!(fact, Fact::Seen { phrase, .. } if phrase.span == it.span));
    }

    /// "orders and their lines": the lines are order lines.
    fn part_of_before(&mut self, chunks: &[Chunk], at: usize, phrase: &Phrase) -> Option<Phrase> {
        let parts = super::facts::PARTS.contains(&phrase.key.as_str()) || phrase.key == "item";
        let joined = at >= 2 && matches!(chunks.kind_at(at - 1), ChunkKind::And);
        let whole = chunks.get(at.checked_sub(2)?)?.phrase().filter(|_| joined && parts && phrase.owned)?;
        if whole.key.contains(&phrase.key) || super::fact::is_plain(&whole.key) {
            return None;
        }
        let key = format!("{}_{}", whole.key, phrase.key);
        if self.parts.insert(phrase.key.clone()) {
            self.out.all.push(Fact::Alias { said: phrase.key.clone(), means: key.clone(), is_told: false });
        }
        let inner = Phrase { full: key.clone(), key, ..phrase.clone() };
        self.out.all.push(Fact::Nested { inner: inner.clone(), outer: whole.clone() });
        Some(inner)
    }

    /// What a verb leaves behind: "comment on a berth" leaves a comment, "attach a file" an attachment.
    fn doing(&mut self, chunks: &[Chunk], at: usize, verb: &Verb) {
        let (object, _) = object(chunks, at, verb);
        let made = lexicon().doing.get(verb.lemma.as_str()).copied().filter(|_| !verb.bare && !verb.denied);
        if let Some((file, phrase)) = attached(chunks, at, verb) {
            self.see(&phrase, Signal::Object);
            self.see(&phrase, Signal::StoryObject);
            self.see(&phrase, Signal::Quantified);
            self.out.all.push(Fact::Alias { said: file.key.clone(), means: phrase.key, is_told: false });
        } else if let Some(noun) = made {
            let span = object.map_or_else(
                || chunks.iter().filter_map(Chunk::phrase).map(|it| it.span).next().unwrap_or_default(),
                |it| it.span,
            );
            let phrase = Phrase::bare(noun, span);
            self.see(&phrase, Signal::Object);
            self.see(&phrase, Signal::StoryObject);
        }
    }
}

/// What the verb at `at` is done to, and where in `chunks` that which stands behind it begins.
fn object<'a>(chunks: &'a [Chunk], at: usize, verb: &Verb) -> (Option<&'a Phrase>, usize) {
    let passive = verb.passive.then(|| chunks.clip(..at).iter().rev().find_map(Chunk::phrase)).flatten();
    match passive {
        Some(phrase) => (Some(phrase), at + 1),
        None => (chunks.get(at + 1).and_then(Chunk::phrase), at + 2),
    }
}

/// A file that is attached by the verb at `at`, and the attachment that it is then. A photo is called a photo wherever it hangs.
pub fn attached<'a>(chunks: &'a [Chunk], at: usize, verb: &Verb) -> Option<(&'a Phrase, Phrase)> {
    let (object, behind) = object(chunks, at, verb);
    let to_something = chunks.get(behind).is_some_and(|it| it.kind.is_prep("to"));
    let attaches = verb.lemma == "attach" || one_of(verb.lemma.as_str(), "upload add") && to_something;
    let file = object.filter(|it| attaches && one_of(it.key.as_str(), "file document image screenshot"))?;
    let phrase = Phrase { key: "attachment".to_owned(), full: "attachment".to_owned(), ..file.clone() };
    Some((file, phrase))
}

/// Verbs with the preposition behind which stands what others hang on. Source: English verbs of belonging.
const BELONGING: &str = "belong-to be-of work-for work-at work-in refer-to relate-to assign-to attach-to link-to connect-to \
    associate-with allocate-to consist-of compose-of make-of make-by divide-into split-into group-into \
    organise-into organize-into locate-in locate-at situate-in install-in install-at store-in own-by sell-by \
    supply-by produce-by publish-by manufacture-by issue-by operate-by run-by offer-by perform-by";

/// Verbs of being somewhere. Source: English verbs of position.
const BEING: &str = "be stand lie live sit hang grow stay reside moor keep display house park exhibit plant place bury anchor mount work serve";

/// "Flats are in buildings": whether a phrase is a place where all of several are.
fn is_place_of_all(chunks: &[Chunk], at: usize) -> bool {
    let all = |at: usize| {
        chunks.phrase_at(at).is_some_and(|it| {
            it.many
                && it.det == Det::Bare
                && !super::fact::names_property(it)
                && !super::fact::is_plain(&it.key)
        })
    };
    let Some([verb, place]) = at.checked_sub(2).and_then(|it| chunks.get(it..at)) else { return false };
    let stands = verb.verb().is_some_and(|it| !it.denied && one_of(&it.lemma, BEING));
    let within = matches!(&place.kind, ChunkKind::Prep(word) if one_of(word, "in on at"));
    stands && within && all(at) && at.checked_sub(3).is_some_and(all)
}

/// Verbs of those who keep rows of something. Source: English verbs of administration.
const KEEPING: &str = "create manage maintain track register administer add define publish schedule organise organize \
                      operate own hire archive catalogue monitor edit upload submit issue sell rent";

/// Nouns whose "of" or "about" says what is kept. Source: English nouns of record keeping.
const RECORDS: &str = "track information data record detail register overview list";

/// Whether a verb says that something stands for itself: what others belong to, what somebody keeps.
fn framed(chunks: &[Chunk], at: usize, phrase: &Phrase) -> Option<Signal> {
    if super::fact::names_property(phrase) || super::fact::is_plain(&phrase.key) || phrase.possessor {
        return None;
    }
    if is_place_of_all(chunks, at + 3) {
        return Some(Signal::SingleOwner);
    }
    let counted = phrase.many || matches!(phrase.det, Det::One | Det::Each | Det::Many);
    // "A dog belongs to an owner": both are things.
    if counted
        && let [verb, prep, whole, ..] = chunks.clip(at + 1..)
        && let (Some(verb), ChunkKind::Prep(word), Some(whole)) = (verb.verb(), &prep.kind, whole.phrase())
        && (whole.many || matches!(whole.det, Det::One | Det::Each))
        && !verb.denied
        && one_of(&format!("{}-{word}", verb.lemma), BELONGING)
    {
        return Some(Signal::Kept);
    }
    match chunks.get(at.checked_sub(1)?).map(|it| &it.kind)? {
        ChunkKind::Prep(word) => {
            let before = chunks.get(at.checked_sub(2)?)?;
            let verb = before.verb().filter(|it| !it.denied);
            let belongs = verb.is_some_and(|it| one_of(&format!("{}-{word}", it.lemma), BELONGING));
            let kept = one_of(word.as_str(), "of about on")
                && before.phrase().is_some_and(|it| one_of(it.key.as_str(), RECORDS));
            let holds = belongs && counted || is_place_of_all(chunks, at);
            let holds = holds || phrase.many && is_done_to(chunks, at, word);
            match (holds, kept && phrase.many) {
                (true, _) => Some(Signal::Holds),
                (false, true) => Some(Signal::Kept),
                (false, false) => None,
            }
        }
        ChunkKind::Verb(verb) => {
            let keeps = !verb.passive && !verb.denied && one_of(verb.lemma.as_str(), KEEPING);
            (keeps && counted).then_some(Signal::Kept)
        }
        ChunkKind::Noun(_) | ChunkKind::And | ChunkKind::Sub(_) | ChunkKind::Pron(_) | ChunkKind::Other => {
            None
        }
    }
}

/// "Customers write reviews of products": whether what people make is of what stands at `at` behind the preposition.
fn is_done_to(chunks: &[Chunk], at: usize, word: &str) -> bool {
    let Some([who, verb, made, ..]) = at.checked_sub(4).and_then(|it| chunks.get(it..at)) else {
        return false;
    };
    let person = who.phrase().is_some_and(|it| lexicon().is_person(&it.key));
    let does = verb.verb().is_some_and(|it| !it.passive && !it.denied && !it.bare);
    person
        && does
        && made.phrase().is_some_and(|it| lexicon().happens(&it.key))
        && one_of(word, "of for about on")
}

fn sentence_says_one(chunks: &[Chunk], at: usize) -> bool {
    chunks.phrase_at(at).is_some_and(|it| it.number == Some(1))
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_is_measured_is_no_thing() {
        let text = "A customer can leave one review with a rating (1-5) and a comment.";
        check(text, "review", &["rating", "comment"]);
        check(text, "rating", &[]);
        check("A room has a theme and a difficulty between 1 and 5.", "room", &["theme", "difficulty"]);
    }

    #[test]
    fn how_long_it_is_names_no_other_thing() {
        check("Owners pick a 20 minute slot. A slot has a start.", "slot", &["start"]);
        check("Game masters have a name and a phone number.", "game_master", &["name", "phone_number"]);
    }

    #[test]
    fn where_all_of_several_are_is_a_thing_as_they_are() {
        use crate::brief::stage_tests::check_things as has;
        has("Flats are in buildings. Each flat has a floor and a size.", &["flat", "building"], "be");
        has("Desks are on floors. Floors have a name and an area.", &["desk", "floor"], "be");
        has("Prices are in euros. Each lot has a number and a price.", &["lot"], "euro");
    }
}
