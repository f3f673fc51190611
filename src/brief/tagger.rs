//! A general tagger of Eric Brill's kind: the usual tag of each word, then corrections by its neighbours.
//!
//! The model is that of `harper-brill`; `build.rs` packs it, and says how.

use std::sync::LazyLock;

use super::tokens::initial;
use super::upos::Upos;
use crate::base::WordMap;

impl Upos {
    /// One bit for each; it stands here since `build.rs`, which has the rest as well, does not want it.
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The model.
pub struct Tagger {
    words: WordMap<Upos>,
    patches: Vec<Patch>,
}

/// Where all holds, the one tag is the other.
struct Patch {
    from: Upos,
    to: Upos,
    conditions: Vec<Condition>,
    /// The tags that a sentence needs for that, a bit each.
    tags: u32,
    /// What its words need to begin with, a bit each.
    initials: u32,
}

/// What must hold at a word. Places count from it.
enum Condition {
    /// The tag there.
    Tag(isize, Upos),
    /// One of the tags from here to there, the later of the two ends left out.
    AnyTag(isize, Upos),
    /// The tags of both neighbours.
    Between(Upos, Upos),
    /// The word there; that one begins with the other will do, as it did when the model was learnt.
    Word(isize, &'static str),
}

/// The tagger, read on first use.
pub fn tagger() -> &'static Tagger {
    static TAGGER: LazyLock<Tagger> =
        LazyLock::new(|| Tagger::read(include_str!(concat!(env!("OUT_DIR"), "/tagger.txt"))));
    &TAGGER
}

impl Tagger {
    fn read(packed: &'static str) -> Self {
        let (words, patches) = packed.split_once("\n\n").unwrap_or((packed, ""));
        Self { words: unpacked(words), patches: patches.lines().filter_map(Patch::read).collect() }
    }

    /// A word's tag in most places.
    fn usual(&self, word: &str) -> Option<Upos> {
        self.words.get(word).copied().or_else(|| Upos::by_form(word))
    }

    /// The tags of a sentence's words, which are in lower case; none for signs that the model does not know.
    pub fn tag(&self, words: &[&str]) -> Vec<Option<Upos>> {
        let mut tags: Vec<Option<Upos>> = words.iter().map(|it| self.usual(it)).collect();
        let mut present = tags.iter().flatten().fold(0, |all, it| all | it.bit());
        let initials = words.iter().fold(0, |all, it| all | initial(it));
        for patch in &self.patches {
            if patch.tags & !present != 0 || patch.initials & !initials != 0 {
                continue;
            }
            for at in 0..tags.len() {
                if tags[at] == Some(patch.from)
                    && patch.conditions.iter().all(|it| it.holds(words, &tags, at))
                {
                    tags[at] = Some(patch.to);
                    present |= patch.to.bit();
                }
            }
        }
        tags
    }
}

/// The words of each line's tag: each begins with so many letters of the one before as its capital tells.
fn unpacked(lines: &'static str) -> WordMap<Upos> {
    // In one string for good, since the model is read once; the places of words come first, as it grows.
    let (mut all, mut places) = (String::with_capacity(lines.len() * 2), Vec::new());
    for line in lines.lines() {
        let Some((tag, list)) = line.split_once(' ') else { continue };
        let Some(tag) = Upos::from_name(tag) else { continue };
        let mut before = 0..0;
        let mut rest = list;
        while let Some(shared) = rest.bytes().next().and_then(|it| it.checked_sub(b'A')) {
            let tail = rest.get(1..).unwrap_or("");
            let end = tail.find(|it: char| it.is_ascii_uppercase()).unwrap_or(tail.len());
            let (own, next) = tail.split_at(end);
            let start = all.len();
            all.extend_from_within(before.start..before.start + usize::from(shared));
            all.push_str(own);
            before = start..all.len();
            places.push((before.clone(), tag));
            rest = next;
        }
    }
    let all: &'static str = all.leak();
    places.into_iter().filter_map(|(place, tag)| Some((all.get(place)?, tag))).collect()
}

impl Patch {
    fn read(line: &'static str) -> Option<Self> {
        let mut pieces = line.split(' ');
        let mut tag = || Upos::from_name(pieces.next()?);
        let (from, to) = (tag()?, tag()?);
        let conditions: Vec<Condition> = pieces.map(Condition::read).collect::<Option<_>>()?;
        let tags = conditions.iter().fold(from.bit(), |all, it| all | it.tags());
        let initials = conditions.iter().fold(0, |all, it| all | it.initial());
        Some(Self { from, to, conditions, tags, initials })
    }
}

impl Condition {
    fn read(text: &'static str) -> Option<Self> {
        if let Some((before, behind)) = text.strip_prefix('<').and_then(|it| it.split_once('>')) {
            return Some(Self::Between(Upos::from_name(before)?, Upos::from_name(behind)?));
        }
        let bare = text.trim_start_matches(['=', '~']);
        let name = bare.trim_start_matches(|it: char| it == '-' || it.is_ascii_digit());
        let place = bare.strip_suffix(name)?.parse().ok()?;
        Some(match text.bytes().next()? {
            b'=' => Self::Tag(place, Upos::from_name(name)?),
            b'~' => Self::AnyTag(place, Upos::from_name(name)?),
            _ => Self::Word(place, name),
        })
    }

    /// The tags that must be in the sentence.
    fn tags(&self) -> u32 {
        match self {
            Self::Tag(_, it) | Self::AnyTag(_, it) => it.bit(),
            Self::Between(before, behind) => before.bit() | behind.bit(),
            Self::Word(..) => 0,
        }
    }

    /// What a word of the sentence must begin with.
    fn initial(&self) -> u32 {
        match self {
            Self::Word(_, it) => initial(it),
            Self::Tag(..) | Self::AnyTag(..) | Self::Between(..) => 0,
        }
    }

    fn holds(&self, words: &[&str], tags: &[Option<Upos>], at: usize) -> bool {
        let tag = |at: Option<usize>| at.and_then(|it| tags.get(it).copied().flatten());
        match *self {
            Self::Tag(place, wanted) => tag(at.checked_add_signed(place)) == Some(wanted),
            Self::AnyTag(place, wanted) => {
                let Some(there) = at.checked_add_signed(place) else { return false };
                (there.min(at)..there.max(at)).any(|it| tag(Some(it)) == Some(wanted))
            }
            Self::Between(before, behind) => {
                tag(at.checked_sub(1)) == Some(before) && tag(at.checked_add(1)) == Some(behind)
            }
            Self::Word(place, wanted) => at
                .checked_add_signed(place)
                .and_then(|it| words.get(it))
                .is_some_and(|it| it.starts_with(wanted) || wanted.starts_with(it)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_whole() {
        let (words, patches) = (tagger().words.iter().count(), tagger().patches.len());
        assert!(words > 1_500 && patches == 201, "{words} words, {patches} corrections");
    }

    #[test]
    fn words_have_their_usual_tags_and_neighbours_correct_them() {
        let tags = tagger().tag(&["the", "guests", "who", "visit", "us", "pay", "zzyzxable", "37", "::"]);
        assert_eq!(tags.first(), Some(&Some(Upos::Det)));
        assert_eq!(tags.get(5), Some(&Some(Upos::Verb)));
        assert_eq!(tags.get(6..), Some([Some(Upos::Adj), Some(Upos::Num), None].as_slice()));
        let packed = "NOUN AcallCmps\nADP Ain\nVERB Aask\n\nNOUN VERB -1in ~-1ADP";
        let small = Tagger::read(packed);
        assert_eq!(
            small.tag(&["camps", "in", "call"]),
            [Some(Upos::Noun), Some(Upos::Adp), Some(Upos::Verb)]
        );
    }
}
