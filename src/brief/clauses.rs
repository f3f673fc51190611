//! Clauses: who has what, what is recorded of what, what is one of which values.

use super::asked::asked_at;
use super::copula;
use super::events;
use super::fact::{Fact, Form, Signal, is_plain};
use super::facts::Reader;
use super::inner_lists;
use super::item_values::telling;
use super::items::items;
use super::leads;
use super::lexicon::lexicon;
use super::list_ends::list_end;
use super::payload;
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase, Verb};
use super::recording::{self, HAVE_PASSIVE, RECORD, named_with};
use super::sentences::Sentence;
use super::subjects::{Found, contents, described, each_of, for_each, is_attribute, news, subject_before};
use crate::base::{Clip, one_of};

/// Verbs by which one thing leaves another behind.
const BECOMES: &str = "become produce yield";

/// Words that open a condition, behind which the main clause brings its own subject.
const CONDITIONS: &str = "if when once because while whenever unless although though";

/// Reads the sentence from word `from` on, clause by clause.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], from: usize) {
    read_to(reader, sentence, chunks, from, sentence.words.len());
}

/// Reads the words `from..to`.
pub fn read_to(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], from: usize, to: usize) {
    let chunks: Vec<Chunk> = chunks.iter().filter(|it| it.from >= from && it.to <= to).cloned().collect();
    reader.places(&chunks, from);
    reader.measured(sentence, &chunks);
    let each = for_each(&chunks);
    let mut subject: Option<Phrase> = each.clone();
    let mut lists: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    let (mut relative, mut told, mut conditional) = (false, false, false);
    let mut antecedent: Option<Phrase> = None;
    let mut about: Option<Phrase> = None;
    let mut of_whom = false;
    let first = chunks.iter().take_while(|it| it.verb().is_none()).find_map(Chunk::phrase).cloned();
    lists.extend(payload::each_with(reader, sentence, &chunks, first.as_ref()));
    lists.extend(payload::ends_each(reader, sentence, &chunks));
    lists.extend(super::of_pairs::read(reader, sentence, &chunks));
    for at in 0..chunks.len() {
        match chunks.kind_at(at) {
            ChunkKind::Sub(word) => {
                (relative, told) = (true, false);
                conditional = one_of(word.as_str(), CONDITIONS);
                // "Keepers, who are known by a number, have a name": the keepers have both.
                let which = one_of(word.as_str(), "which who that");
                if word == "whose"
                    && let Some(list) = inner_lists::whose(reader, sentence, &chunks, at)
                {
                    lists.push(list);
                }
                let whom =
                    one_of(word.as_str(), "whom which") && at > 0 && chunks.kind_at(at - 1).is_prep("of for");
                antecedent = described(&chunks, start, at).filter(|_| which || whom);
                if whom && antecedent.is_some() {
                    start = at + 1;
                    of_whom = true;
                }
                if let (None, Some(described)) = (&subject, &antecedent) {
                    subject = Some(described.clone());
                }
            }
            ChunkKind::And if sentence.says(chunks.start_at(at), ",") => relative = false,
            ChunkKind::Other if sentence.says(chunks.start_at(at), "; - :") => {
                relative = false;
                start = at + 1;
                // "work for one chair; it has a name": the chair has.
                let it = matches!(chunks.get(at + 1).map(|it| &it.kind), Some(ChunkKind::Pron(word)) if word == "it");
                if let Some(told) = chunks.clip(..at).iter().rev().find_map(Chunk::phrase).filter(|told| {
                    it && told.det == super::phrases::Det::One
                        && !told.many
                        && !is_plain(&told.key)
                        && !lexicon().is_property(&told.key)
                        && !lexicon().is_person(&told.key)
                }) {
                    subject = Some(told.clone());
                }
            }
            ChunkKind::Verb(verb) if !verb.bare => {
                if lists.iter().any(|(from, to)| chunks.start_at(at) >= *from && chunks.end_at(at) <= *to) {
                    continue;
                }
                // "the day on which it was laid is registered": behind the relative clause's verb comes the sentence's own.
                let new_clause =
                    matches!(chunks.kind_at(at.saturating_sub(1)), ChunkKind::Verb(_) | ChunkKind::Pron(_));
                // "If a boat sinks the owner reports it": the main clause brings its own subject.
                let main = conditional && chunks.phrase_at(at.saturating_sub(1)).is_some();
                if relative && told && (new_clause || main) {
                    relative = false;
                }
                told = true;
                let here = subject_before(&chunks, start, at);
                // "Tell us how it should sound": who is asked does not have it.
                let asked = at == start
                    && sentence.word(chunks.start_at(at)) == verb.lemma
                    && asked_at(sentence, chunks.end_at(at)).is_some();
                let here = match here {
                    Found::None if reader.speaking && subject.is_none() || asked => Found::Speaker,
                    other => other,
                };
                // "we want to know": the second verb says what is done.
                let wants = one_of(verb.lemma.as_str(), "want need like wish love");
                // "we have to know"
                let has_to = verb.lemma == "have" && sentence.says(chunks.end_at(at), "to");
                if (wants || has_to)
                    && matches!(chunks.get(at + 1).map(|it| &it.kind), Some(ChunkKind::Verb(_)))
                {
                    continue;
                }
                let whom = std::mem::take(&mut of_whom);
                let (own, pronoun) = match here {
                    _ if whom && antecedent.is_some() => (antecedent.clone(), false),
                    // What the software keeps is kept of something else.
                    Found::Phrase(phrase)
                        if is_plain(&phrase.key) && one_of(verb.lemma.as_str(), RECORD) && !verb.passive =>
                    {
                        (None, true)
                    }
                    Found::Phrase(phrase) => (Some(phrase), false),
                    Found::Topic => (subject.clone().or_else(|| reader.topic.clone()), true),
                    Found::Speaker => (None, true),
                    // "has forty horses. Each has a name": the horses have.
                    Found::Each => match leads::each_behind_sign(sentence, &chunks, start) {
                        Some(named) => {
                            subject = Some(named.clone());
                            (Some(named), true)
                        }
                        None => (each_of(reader, subject.as_ref()), true),
                    },
                    Found::None if relative && antecedent.is_some() => (antecedent.clone(), false),
                    Found::None => (subject.clone().or_else(|| reader.topic.clone()), false),
                };
                let own = own.map(|it| reader.of_whole(it, sentence.block));
                if let (Some(own), false, false) = (&own, pronoun, relative) {
                    reader.see(own, Signal::Subject);
                    subject = Some(own.clone());
                    let told = about.is_some()
                        && lexicon().attribute(&own.key).is_some()
                        && !reader.titles.contains(&own.key);
                    if !is_attribute(reader, own) && !told {
                        about = Some(own.clone());
                        if reader.topic.is_none() && !is_plain(&own.key) {
                            reader.topic = Some(own.clone());
                        }
                    }
                }
                let led = super::subjects::each_at(&chunks, start, at);
                let start_here = led.unwrap_or(start);
                let cx = Clause {
                    sentence,
                    chunks: &chunks,
                    verb_at: at,
                    verb,
                    relative,
                    start: start_here,
                    of_whom: whom,
                };
                let here = for_each(chunks.clip(start_here.min(at)..at));
                let each = here.or_else(|| each.clone());
                if let Some(list) = clause(reader, &cx, own.as_ref(), each.as_ref(), pronoun) {
                    lists.push(list);
                }
                if one_of(verb.lemma.as_str(), BECOMES)
                    && let Some(made) = chunks.clip(at + 1..).iter().find_map(Chunk::phrase)
                    && !is_plain(&made.key)
                {
                    // What is said next is said of what came out of it.
                    subject = Some(made.clone());
                }
                let goes_on =
                    relative && matches!(chunks.get(at + 1).map(|it| &it.kind), Some(ChunkKind::Verb(_)));
                if !goes_on {
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    inner_lists::read(reader, sentence, &chunks, &mut lists);
    reader.parens_outside(sentence, &chunks, &lists, subject.as_ref());
    // "For each boat the master notes a length": what is told of the boat goes on with the boat.
    let led = each.filter(|it| {
        !lists.is_empty()
            && reader.owners.contains(&it.key)
            && about.as_ref().is_some_and(|it| lexicon().is_person(&it.key))
    });
    let about = led.or(about);
    // "A trip falls on a day; a unit has two": what is only a property is not what the sentence is about.
    let first_subject = about.or(subject.filter(|it| !is_plain(&it.key) && !is_attribute(reader, it)));
    if let Some(subject) = first_subject.filter(|it| !is_plain(&it.key)) {
        let attribute = is_attribute(reader, &subject);
        let person_speaks = lexicon().is_person(&subject.key)
            && reader.topic.is_some()
            && chunks.iter().any(|it| matches!(&it.kind, ChunkKind::Pron(_)));
        if !attribute && !person_speaks {
            if reader.subjects[sentence.block].is_none() {
                let contents = contents(reader, sentence, &chunks);
                reader.subjects[sentence.block] = contents.or_else(|| Some(subject.clone()));
            }
            let news = news(reader, &chunks, &subject);
            reader.topic = Some(news.unwrap_or(subject));
        }
    } else if let Some(named) = super::subjects::brought_up(sentence, &chunks) {
        reader.topic = Some(named.clone());
    }
}

pub struct Clause<'a> {
    pub sentence: &'a Sentence,
    pub chunks: &'a [Chunk],
    pub verb_at: usize,
    pub verb: &'a Verb,
    pub relative: bool,
    pub start: usize,
    pub of_whom: bool,
}

/// Reads one clause; gives the words that its list covers.
fn clause(
    reader: &mut Reader,
    cx: &Clause,
    own: Option<&Phrase>,
    each: Option<&Phrase>,
    pronoun: bool,
) -> Option<(usize, usize)> {
    let verb = cx.verb;
    let sentence = cx.sentence;
    let after = cx.chunks.end_at(cx.verb_at);
    let lexicon = lexicon();
    if verb.denied {
        return None;
    }
    let next = sentence.word(after);
    let particle = one_of(next, "out on up off over away back down");
    // "With each application come a letter and a date".
    let brought = each.is_some_and(|each| own.is_some_and(|own| own.span == each.span))
        && sentence.says(cx.chunks.start_at(cx.start), "with");
    let comes = verb.lemma == "come" && (next == "with" || brought);
    // "A clerk records an invoice with number and date": who writes down does not have what is written.
    let writes = own.is_some_and(|it| lexicon.is_person(&it.key))
        && one_of(verb.lemma.as_str(), "record note store keep list specify describe enter register set");
    // "Such a report says when it happened and who was hurt", "they tell us in which years"
    let asks = asked_at(sentence, after).filter(|_| !verb.passive);
    let says = asks.is_some()
        && one_of(verb.lemma.as_str(), "say tell show state mention indicate")
        && (asks == Some(after) || !sentence.says(after + 1, "what"));
    let is_have = !verb.passive
        && !particle
        && !writes
        && (lexicon.have.contains(verb.lemma.as_str()) || comes || says);
    let is_recording = one_of(verb.lemma.as_str(), RECORD)
        || asks.is_some() && one_of(verb.lemma.as_str(), "see say tell remember learn look");
    // "A berth is planned, open or closed": the participle is the first of its states.
    if verb.passive
        && let Some(own) = own
        && one_of(next, ", or / |")
        && !super::prose_lists::asked_when(cx)
        && let Some(list) = copula::states(reader, cx, own)
    {
        return Some(list);
    }
    if let Some(list) = own.and_then(|it| copula::or_not(reader, cx, it)) {
        return Some(list);
    }
    // "berths differ in width and depth"
    let differs = one_of(verb.lemma.as_str(), "differ vary") && next == "in";
    if differs || verb.passive && one_of(verb.lemma.as_str(), HAVE_PASSIVE) && one_of(next, "by with of up") {
        let end = list_end(cx, after);
        return owns(reader, cx, own?, after + 1, end, Form::Have);
    }
    if let Some(list) = own.and_then(|it| super::wordings::comes_in(reader, cx, it)) {
        return Some(list);
    }
    if let (true, Some(each), Some((left, right))) = (is_recording, each, reader.pair.clone())
        && (payload::names_pair(each) || payload::is_used(sentence, each, &right))
    {
        let found = payload::recorded(cx.sentence, cx.chunks, cx.start, cx.verb_at, list_end(cx, after));
        if telling(&found) > 0 {
            reader.pays(left, right, found);
            return Some((cx.chunks.get(cx.start).map_or(after, |it| it.from), list_end(cx, after)));
        }
    }
    if let Some(list) = leads::read(reader, cx, own, each)
        .or_else(|| super::wordings::read(reader, cx, own))
        .or_else(|| super::prose_lists::read(reader, cx, own))
    {
        return Some(list);
    }
    // "Name and bank account suffice", "row and position identify it", "for each shift the start and the end are fixed"
    let object = cx.chunks.get(cx.verb_at + 1).map(|it| &it.kind);
    let identifies = one_of(verb.lemma.as_str(), "identify describe define")
        && matches!(object, Some(ChunkKind::Pron(word)) if one_of(word.as_str(), "it them"));
    let fixed =
        verb.passive && each.is_some() && one_of(verb.lemma.as_str(), "fix set define determine agree");
    if !verb.passive && (identifies || verb.lemma == "suffice") || fixed {
        let about = reader.topic.clone();
        return recording::recorded(reader, cx, if fixed { each } else { about.as_ref() }, true);
    }
    if verb.passive && is_recording {
        if let Some(list) = recording::share_of_each(reader, cx) {
            return Some(list);
        }
        let section = recording::section_event(reader, cx);
        return recording::recorded(
            reader,
            cx,
            each.or(section.as_ref()).or(own),
            section.is_some() || cx.of_whom,
        );
    }
    let person = own.is_some_and(|it| lexicon.is_person(&it.key));
    // "The diver inspects. That means a date and a result"
    let means = one_of(verb.lemma.as_str(), "mean involve include comprise") && !verb.passive;
    if let (true, true, Some(event)) = (means, pronoun, reader.event_before.clone()) {
        return owns(reader, cx, &event, after, list_end(cx, after), Form::Have);
    }
    if is_recording
        && (pronoun || person)
        && !cx.relative
        && let Some(list) = recording::kept_as(reader, cx)
    {
        return Some(list);
    }
    if is_recording
        && !verb.passive
        && let Some(list) = payload::per_pair(reader, sentence, cx.chunks, after, list_end(cx, after))
    {
        return Some(list);
    }
    // "For each role we store the name of the character", "the contract records the start of the rental": whose it is, is told.
    let told =
        each.is_some() || own.is_some_and(|it| !pronoun && !lexicon.is_person(&it.key) && !is_plain(&it.key));
    if is_recording
        && !verb.passive
        && !told
        && let Some(list) = recording::name_of_each(reader, cx)
    {
        return Some(list);
    }
    if is_recording && (pronoun || person) && !cx.relative {
        let after = asks.unwrap_or_else(|| recording::list_start(cx));
        let end = list_end(cx, after);
        let found = items(sentence, after, end);
        let known = telling(&found);
        let section = recording::section_event(reader, cx);
        let theirs =
            found.first().and_then(|it| it.whose.as_deref().map(|whose| Phrase::bare(whose, it.span)));
        let told = each.cloned().or_else(|| recording::told_before(cx)).or(section);
        let owner = told
            .or_else(|| reader.event.clone())
            .or_else(|| reader.event_before.clone())
            .or(theirs.filter(|it| lexicon.parties.contains(it.key.as_str())))
            .or_else(|| reader.topic.clone());
        let owner = super::prose_lists::of_people(reader, sentence, after, &found).or(owner);
        // Who writes something down does not have it.
        let owner = owner.filter(|it| pronoun || own.is_none_or(|own| own.key != it.key));
        let enough = known * 2 > found.len() || each.is_some() && known > 0 && known * 3 >= found.len();
        let told = found.len() >= 2 || asks.is_some_and(|it| sentence.says(it, "how whether"));
        if told
            && enough
            && (own.is_none() || pronoun || writes)
            && !named_with(cx)
            && let Some(owner) = owner
        {
            reader.owns(&owner, found, Form::Recorded);
            return Some((after, end));
        }
        if pronoun {
            return None;
        }
    }
    if let Some(of) = copula::maintained_list(reader, cx) {
        reader.out.all.push(Fact::Lookup { of: of.clone() });
        reader.see(&of, Signal::Maintained);
        return None;
    }
    payload::remember_pair(reader, cx, own, is_have);
    super::brought::notice(reader, cx);
    events::read(reader, cx, own);
    if let Some(own) = own.filter(|_| !cx.relative && !super::subjects::pronoun_of_people(pronoun, cx)) {
        events::moments(reader, cx, own);
    }
    if is_have && let Some(own) = own {
        let end = list_end(cx, after);
        let skip = usize::from(one_of(next, "of by with to"));
        let skip = asks.filter(|_| says).map_or(skip, |it| it - after);
        let end = payload::of_each(reader, sentence, own, after + skip, end);
        return owns(reader, cx, own, after + skip, end, Form::Have).map(|(_, to)| (after, to));
    }
    // "Of interest are the name, the day and the price": the sentence lists what its topic has.
    let listed = verb.lemma == "be"
        && cx.verb_at <= cx.start + 2
        && own.is_none_or(|it| {
            is_plain(&it.key)
                || one_of(it.key.as_str(), "interest importance note")
                || reader.topic.as_ref() == Some(it)
        });
    let opens = sentence.says(0, "of important relevant known recorded stored needed required also");
    if let (true, true, Some(topic)) = (listed, opens, reader.topic.clone()) {
        let end = list_end(cx, after);
        let found = items(sentence, after, end);
        if found.len() >= 2 && telling(&found) * 2 >= found.len() {
            reader.owns(&topic, found, Form::Recorded);
            return Some((after, end));
        }
    }
    let there = cx.verb_at > 0 && cx.chunks.kind_at(cx.verb_at - 1).is_pron("there");
    if let (true, Some(each)) = (there && verb.lemma == "be", each.or(own.filter(|_| cx.of_whom)))
        && let Some(list) = recording::there_is(reader, cx, each)
    {
        return Some(list);
    }
    if !there
        && (verb.lemma == "be" || verb.lemma == "mean" && !verb.passive)
        && let Some(own) = own
    {
        return copula::read(reader, cx, own);
    }
    if let Some(list) = copula::decides(reader, cx) {
        return Some(list);
    }
    if one_of(verb.lemma.as_str(), "pay settle")
        && let Some(list) = own.and_then(|it| copula::means(reader, cx, it))
    {
        return Some(list);
    }
    if one_of(verb.lemma.as_str(), "set change mark update put")
        && let Some(list) = copula::set_to(reader, cx)
    {
        return Some(list);
    }
    if one_of(verb.lemma.as_str(), "move go pass change switch run end come")
        && let Some(own) = own
    {
        return copula::transitions(reader, cx, own);
    }
    None
}

fn owns(
    reader: &mut Reader,
    cx: &Clause,
    owner: &Phrase,
    from: usize,
    to: usize,
    form: Form,
) -> Option<(usize, usize)> {
    let mut found = items(cx.sentence, from, to);
    let told = telling(&found);
    // "Its number has six digits" says nothing about a table, unless the noun is used as one: "each level has a fee".
    let says_nothing = if owner.det == super::phrases::Det::Each {
        told == 0
    } else {
        found.len() < 2 || told * 2 < found.len()
    };
    if super::fact::names_property(owner) && !owner.many && says_nothing {
        return None;
    }
    // "may have a driver"
    let perhaps = cx.verb.possible && found.len() == 1;
    // "Members hold a season ticket": each his own.
    let theirs =
        found.len() == 1 && lexicon().is_person(&owner.key) && one_of(&cx.verb.lemma, "hold possess");
    for item in &mut found {
        item.nullable |= perhaps;
        item.many |= theirs;
    }
    // "A copy has a barcode, a shelf mark and a condition": the list tells that the plain noun is a thing here. "A person has a name"
    let of_each =
        owner.det == super::phrases::Det::Each && told > 0 && one_of(&owner.key, "level rank kind type");
    let told = of_each
        || (found.len() >= 2 || lexicon().is_person(&owner.key))
            && told * 2 > found.len()
            && lexicon().business.contains(owner.key.as_str());
    if found.is_empty() || is_plain(&owner.key) && !told {
        return None;
    }
    if let Some(other) = super::prose_lists::joined(cx, owner) {
        reader.owns(&other, found.clone(), form);
    }
    reader.owns(owner, found, form);
    Some((from, to))
}
