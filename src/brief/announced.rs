//! Names that a text announces for one thing: "guest and diner are used interchangeably", "a truck mixer, hereafter truck",
//! "overnight guests (guests for short)".

use super::fact::is_plain;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Phrase, chunks, phrase};
use super::sentences::{Paren, Sentence, untagged};
use super::tags::tag;
use super::tokens::Kind;
use crate::base::{Clip, one_of};

/// A name, and the name that the thing goes by.
pub type Named = (String, String);

/// What is said of names that stand for one thing, behind the last of them.
const SAME: &[&str] = &[
    "are used interchangeably",
    "is used interchangeably",
    "are used synonymously",
    "are used as synonyms",
    "are interchangeable",
    "are synonyms",
    "are synonymous",
    "interchangeably",
    "synonymously",
    "for the same",
    "mean the same",
    "means the same",
    "stand for the same",
    "denote the same",
    "are the same thing",
    "are one and the same",
];

/// From where on a name holds: it is a name then, and not what one of the things is called.
const FROM_HERE: &[&str] = &[
    "from now on",
    "from here on",
    "in the following",
    "in what follows",
    "hereafter",
    "hereinafter",
    "henceforth",
    "for short",
    "in short",
];

/// What brings a name that stands beside the first, which stays.
const BESIDE: &[&str] = &["also called", "also known as", "also named", "also referred to as", "aka"];

/// What may stand before a name.
const CALLED: &[&str] = &[
    "is called",
    "are called",
    "called",
    "named",
    "termed",
    "dubbed",
    "referred to as",
    "known as",
    "simply",
];

/// What may stand between a thing and what it is called.
const BETWEEN: &str = ", - which who that is are will be simply just";

/// What a name is told to be: "the terms guest and diner".
const NAMES: &[&str] = &["word", "term", "name", "expression", "notion"];

/// What a sentence says of names.
#[derive(Default)]
pub struct Announced {
    /// The names.
    pub names: Vec<Named>,
    /// The words that tell one between commas, which are no part of what else is told.
    pub aside: Option<(usize, usize)>,
    /// What people are who are named by what they are to something: "a tutor, who is a teacher".
    pub roles: Vec<Named>,
    /// Whether the sentence says nothing else.
    pub is_all: bool,
}

/// A name, whether it only stands beside the other, and where the words end that tell it.
struct Told<'a> {
    /// Where the thing ends, and what it is.
    thing: (usize, &'a Phrase),
    name: Phrase,
    is_beside: bool,
    end: usize,
}

/// The names that a sentence announces.
pub fn names(sentence: &Sentence) -> Announced {
    let mut out = Announced::default();
    let mut told: Vec<Told> = called_here(sentence).into_iter().collect();
    for at in 0..sentence.words.len() {
        if let Some(to) = said_at(sentence, at, SAME) {
            let names = same(sentence, at);
            let verbs = chunks(sentence).iter().filter(|it| it.verb().is_some()).count();
            out.is_all |= !names.is_empty() && verbs <= 1 && to + 6 > sentence.words.len();
            out.names.extend(names);
        } else if let Some(to) = said_at(sentence, at, FROM_HERE) {
            told.extend(renamed(sentence, at, to));
        } else if let Some(to) = said_at(sentence, at, BESIDE) {
            told.extend(beside(sentence, at, to));
        } else if sentence.says(at, "who") {
            out.roles.extend(role(sentence, at));
        }
    }
    for it in told {
        let (from, thing) = it.thing;
        let Some(name) = named(thing, &it.name, it.is_beside) else { continue };
        out.names.push(name);
        if sentence.says(from, ",") && sentence.says(it.end, ",") {
            out.aside = Some((from, it.end + 1));
        }
    }
    for paren in &sentence.parens {
        out.names.extend(in_paren(sentence, paren));
    }
    out
}

/// "A tutor, who is a teacher", "a captain, who is one of its players", "a manager who is also an employee".
fn role(sentence: &Sentence, who: usize) -> Option<Named> {
    let role = before(sentence, who)?.1;
    let behind = chunks(sentence).iter().find(|it| it.from > who && it.phrase().is_some())?;
    let person = behind.phrase()?;
    // "A customer, who is a guest or a firm", "advisers, who are students" are of several kinds.
    if role.many || sentence.says(behind.to, "or") {
        return None;
    }
    // "Verifiers, who are volunteers, check photos" are a kind of those.
    let opens = chunks(sentence).iter().take_while(|it| it.verb().is_none()).filter_map(Chunk::phrase).last();
    if opens.is_some_and(|it| it.span == role.span) {
        return None;
    }
    let between =
        sentence.words.clip(who + 1..).iter().take_while(|it| it.token.span.start < person.span.start);
    let (mut is, mut also) = (false, sentence.says(who - 1, ","));
    for word in between.map(|it| it.token.word.as_str()) {
        // "A lender and a borrower, who are both members": of more than one.
        is |= one_of(word, "is be");
        also |= word == "also";
        if !one_of(word, "is be must also always usually themselves a an another one of its their the our") {
            return None;
        }
    }
    let both = is
        && also
        && [role, person]
            .iter()
            .all(|it| lexicon().is_person(&it.key) || lexicon().role_nouns.contains(it.key.as_str()));
    (both && role.key != person.key).then(|| (role.key.clone(), person.key.clone()))
}

/// Where one of some wordings ends that begins at a word.
fn said_at(sentence: &Sentence, at: usize, wordings: &[&str]) -> Option<usize> {
    let count = |it: &str| it.split(' ').count();
    // Most words begin otherwise, and are asked of every wording.
    let first = sentence.word(at).bytes().next();
    let is_said = |it: &&&str| {
        it.bytes().next() == first
            && it.split(' ').enumerate().all(|(nth, word)| sentence.word(at + nth) == word)
    };
    wordings.iter().filter(is_said).map(|it| at + count(it)).max()
}

/// Where one of some wordings begins that ends before a word.
fn said_before(sentence: &Sentence, to: usize, wordings: &[&str]) -> Option<usize> {
    (to.saturating_sub(3)..to).find(|at| said_at(sentence, *at, wordings) == Some(to))
}

fn noun(sentence: &Sentence, is_meant: impl Fn(&Chunk) -> bool) -> Option<&Phrase> {
    chunks(sentence).iter().filter(|it| is_meant(it)).find_map(Chunk::phrase)
}

/// The thing that stands before a word, with nothing but a comma or "which is" between, and where it ends.
fn before(sentence: &Sentence, mut at: usize) -> Option<(usize, &Phrase)> {
    while at > 0 && one_of(sentence.word(at - 1), BETWEEN) {
        at -= 1;
    }
    noun(sentence, |it| it.to == at).map(|it| (at, it))
}

/// The name that begins at a word, and where it ends; what stands before it may be read as a part of it.
fn name_from(sentence: &Sentence, at: usize) -> Option<(Phrase, usize)> {
    let chunk = chunks(sentence).iter().find(|it| it.from <= at && at < it.to && it.phrase().is_some())?;
    Some((phrase(sentence, at, chunk.to, false)?, chunk.to))
}

/// "A, B and C" up to a word: all of them go by the first; before "for the same …" only if they are told to be words.
fn same(sentence: &Sentence, to: usize) -> Vec<Named> {
    let chunks = chunks(sentence);
    let Some(mut at) = chunks.iter().position(|it| it.to == to && it.phrase().is_some()) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    while let Some(name) = chunks.get(at).and_then(Chunk::phrase) {
        names.push(bare(&name.key).to_owned());
        let Some(next) = at.checked_sub(2) else { break };
        let Some(and) = chunks.get(at - 1).filter(|it| it.kind == ChunkKind::And) else { break };
        // "Guest, diner and visitor": behind a comma only what begins the list.
        let comma = sentence.says(and.from, ",");
        let begins = next == 0 || chunks.get(next - 1).is_some_and(|it| it.kind == ChunkKind::And);
        if comma && !begins {
            break;
        }
        at = next;
    }
    let is_told = !sentence.says(to, "for")
        || chunks.get(at).and_then(Chunk::phrase).is_some_and(|it| bare(&it.key) != it.key);
    let Some(means) = names.pop().filter(|it| is_told && !is_plain(it)) else { return Vec::new() };
    names.retain(|it| *it != means && !is_plain(it));
    names.into_iter().map(|said| (said, means.clone())).collect()
}

/// "The terms guest": a guest.
fn bare(key: &str) -> &str {
    key.split_once('_').filter(|(first, _)| NAMES.contains(first)).map_or(key, |it| it.1)
}

/// What goes by another name from the words `from..to` on.
fn renamed(sentence: &Sentence, from: usize, to: usize) -> Option<Told<'_>> {
    // "A field, called plot from now on": what is called may be read as a word of the name.
    if let Some(chunk) = chunks(sentence).iter().find(|it| it.to == from && it.phrase().is_some()) {
        let inside = (chunk.from..from).find_map(|at| Some((at, said_at(sentence, at, CALLED)?)));
        let outside = || said_before(sentence, chunk.from, CALLED).map(|at| (at, chunk.from));
        if let Some((called, start)) = inside.or_else(outside) {
            let (thing, name) = (before(sentence, called)?, phrase(sentence, start, from, false)?);
            return Some(Told { thing, name, is_beside: false, end: to });
        }
    }
    // "A field, in the following simply called plot".
    let mut at = to;
    while let Some(behind) = said_at(sentence, at, CALLED) {
        at = behind;
    }
    let (name, end) = name_from(sentence, at)?;
    let thing = before(sentence, from).filter(|_| at > to || ends(sentence, end))?;
    Some(Told { thing, name, is_beside: false, end })
}

/// "A home, also called nest".
fn beside(sentence: &Sentence, from: usize, to: usize) -> Option<Told<'_>> {
    let (name, end) = name_from(sentence, to)?;
    Some(Told { thing: before(sentence, from)?, name, is_beside: true, end })
}

/// "Storage locations, which the rest of this text calls bays".
fn called_here(sentence: &Sentence) -> Option<Told<'_>> {
    let which = (1..sentence.words.len()).find(|at| sentence.says(*at, "which"))?;
    let call = (which + 1..which + 8).find(|at| sentence.says(*at, "call calls"))?;
    let is_here = (which..call).any(|at| sentence.says(at, "we i text"));
    let (name, end) = name_from(sentence, call + 1)?;
    let thing = before(sentence, which).filter(|_| is_here && ends(sentence, end))?;
    Some(Told { thing, name, is_beside: false, end })
}

/// Whether nothing goes on at a word.
fn ends(sentence: &Sentence, at: usize) -> bool {
    sentence.words.get(at).is_none_or(|it| it.token.kind == Kind::Sign)
}

/// "Small boats (boats for short)", "a home (also called nest)", "a client (as the buyer is called from now on)".
fn in_paren(sentence: &Sentence, paren: &Paren) -> Vec<Named> {
    let mut inside = untagged(&paren.tokens);
    let says = |wordings| (0..inside.words.len()).find_map(|at| Some((at, said_at(&inside, at, wordings)?)));
    if let Some((at, _)) = says(SAME) {
        tag(std::slice::from_mut(&mut inside));
        return same(&inside, at);
    }
    let here = says(FROM_HERE);
    let Some((from, to)) = here.or_else(|| says(BESIDE)) else { return Vec::new() };
    let end = inside.words.len();
    let (mut first, mut last) = if from == 0 { (to, end) } else { (0, from) };
    // "As the buyer is called from now on": that is how others call it.
    let turned = inside.word(first) == "as" && from > 0;
    first += usize::from(turned);
    while let Some(behind) = said_at(&inside, first, CALLED) {
        first = behind;
    }
    if let Some(called) = said_before(&inside, last, &["is called", "are called"]) {
        last = called;
    }
    let is_name = inside.words.clip(first..last).iter().all(|it| it.token.kind == Kind::Word);
    if first >= last || last - first > 4 || !is_name || from > 0 && to < end {
        return Vec::new();
    }
    tag(std::slice::from_mut(&mut inside));
    let name = phrase(&inside, first, last, false);
    let thing = noun(sentence, |it| it.to == paren.after);
    let (Some(thing), Some(name)) = (thing, &name) else { return Vec::new() };
    let (thing, name) = if turned { (name, thing) } else { (thing, name) };
    named(thing, name, here.is_none()).into_iter().collect()
}

/// A thing and its new name. A fuller name is the better one; else the new one, unless it only stands beside.
fn named(thing: &Phrase, name: &Phrase, is_beside: bool) -> Option<Named> {
    let (thing, name) = (bare(&thing.key), bare(&name.key));
    if thing == name || is_plain(thing) || is_plain(name) {
        return None;
    }
    let is_part = name.split('_').all(|it| thing.split('_').any(|word| word == it));
    let (said, means) = if is_part || is_beside { (name, thing) } else { (thing, name) };
    Some((said.to_owned(), means.to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::base::Span;
    use crate::brief::markup::Markup;
    use crate::brief::tokens::tokens;

    use super::*;

    fn found(text: &str) -> String {
        let mut sentence = untagged(&tokens(text, Span::new(0, text.len()), &Markup::default()));
        tag(std::slice::from_mut(&mut sentence));
        let told = names(&sentence);
        let names: Vec<_> = told.names.iter().map(|(said, means)| format!("{said} = {means}")).collect();
        format!("{}{}", names.join(", "), if told.is_all { "." } else { "" })
    }

    fn all_hold(said: &[(&str, &str)]) {
        let found: Vec<(&str, String)> = said.iter().map(|(text, _)| (*text, found(text))).collect();
        let expected: Vec<(&str, String)> = said.iter().map(|(text, it)| (*text, (*it).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_that_are_used_for_one_another_are_one() {
        all_hold(&[
            ("For the remainder of this text, guest and diner are used interchangeably.", "diner = guest."),
            (
                "The words association, club and society are used interchangeably.",
                "society = association, club = association.",
            ),
            (
                "\"Hull\" and \"newbuilding\" are used interchangeably, and each has a number.",
                "newbuilding = hull",
            ),
            ("A supporter (supporter and member mean the same here) has a number.", "member = supporter"),
            ("We use the terms space and bay interchangeably.", "bay = space."),
            ("The words customer and client stand for the same party.", "client = customer."),
            ("We use the words customer and client for the same party.", "client = customer."),
        ]);
    }

    #[test]
    fn what_somebody_is_to_something_is_a_role_of_who_he_is() {
        let roles = |text: &str| {
            let mut sentence = untagged(&tokens(text, Span::new(0, text.len()), &Markup::default()));
            tag(std::slice::from_mut(&mut sentence));
            names(&sentence)
                .roles
                .into_iter()
                .map(|(role, person)| format!("{role} = {person}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(roles("Each student has a name and a tutor, who is a teacher."), ["tutor = teacher"]);
        assert_eq!(roles("Every team has a captain, who is one of its players."), ["captain = player"]);
        assert_eq!(roles("She reports to a manager who is also an employee."), ["manager = employee"]);
        // A kind of those, or of several kinds.
        assert_eq!(roles("A verifier, who is a volunteer, checks photos."), [""; 0]);
        assert_eq!(roles("It is ordered by a customer, who is a guest or a member."), [""; 0]);
    }

    #[test]
    fn what_a_thing_is_called_from_here_on_is_its_name() {
        all_hold(&[
            ("A supply point, called meter from now on, has a number.", "supply_point = meter"),
            ("A consignment (hereinafter \"lot\") has a number.", "consignment = lot"),
            (
                "There are safe deposit boxes, hereinafter boxes, of different sizes.",
                "box = safe_deposit_box",
            ),
            ("A vending machine (machine for short) is put up.", "machine = vending_machine"),
            ("It is agreed with the client (as the resident is called from now on).", "resident = client"),
            ("A home, also called nest, has an address.", "nest = home"),
            ("Storage locations, which this text calls \"bays\", have a shelf.", "storage_location = bay"),
            ("An area, which we will call zone, has a colour.", "area = zone"),
            ("A truck mixer, in the following simply called truck, has a plate.", "truck = truck_mixer"),
        ]);
    }

    #[test]
    fn what_only_sounds_like_a_name_is_none() {
        all_hold(&[
            ("It was on paper, from now on orders are entered.", ""),
            ("From now on each measurement stays.", ""),
            ("A plan called Basic has a price.", ""),
            ("In the following the system is described.", ""),
            ("Two reports show the same thing.", ""),
            ("Tools and machines for the same job are kept together.", ""),
            ("A callout, which we call the police for, has a time.", ""),
        ]);
    }
}
