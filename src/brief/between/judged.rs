//! What somebody says of each of several things: "jurors score films from 1 to 10 and may add a comment".

use super::{Found, Told};
use crate::base::one_of;
use crate::brief::items::Item;
use crate::brief::judged_verbs::judgement;
use crate::brief::phrases::Chunked;
use crate::brief::tags::Tag;

/// What is written beside a judgement. Source: own knowledge of English.
const REMARKS: &str = "comment remark note review feedback reason";

/// Verbs of writing it. Source: own knowledge of English.
const WRITING: &str = "add leave write give enter";

impl Told<'_> {
    /// "Jurors score films from 1 to 10", "every taster rates each wine with one to five stars and may write a note".
    pub(super) fn judged(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [one, other] = pair else { return None };
            let at = one.at + 1;
            let verb = self.chunks.verb_at(at).filter(|it| !it.denied && !it.passive)?;
            let name = judgement(&verb.lemma)?;
            // Where ratings are kept, they keep it themselves.
            let apart = self.concepts.event(&verb.lemma).is_some();
            if other.at != at + 1 || apart || !self.pairs(one, other) {
                return None;
            }
            let start = self.chunks.start_at(at);
            if !self.is_scale(self.chunks.end_at(other.at)) {
                return None;
            }
            let span = self.sentence.span_of(start, start + 1);
            let mut found = vec![Item::named(name, span)];
            found.extend(self.remark(other.at + 1));
            Found::surely(one, other, found, (start, self.sentence.words.len()))
        })
    }

    /// "From 1 to 10", "on a scale of ten", "with one to five stars": whether the words say how a judgement is counted.
    fn is_scale(&self, at: usize) -> bool {
        let number = |at: usize| self.sentence.tag(at) == Tag::Num || self.sentence.says(at, "one");
        let to = |at: usize| self.sentence.says(at, "to and - –") && number(at + 1);
        self.sentence.says(at, "from between") && number(at + 1) && to(at + 2)
            || self.sentence.says(at, "on by") && self.sentence.says(at + 2, "scale")
            || self.sentence.says(at, "with by at") && number(at + 1)
    }

    /// "And may leave a remark", behind a chunk.
    fn remark(&self, from: usize) -> Option<Item> {
        let at = (from..self.chunks.len()).find(|at| {
            self.chunks.verb_at(*at).is_some_and(|it| !it.denied && one_of(it.lemma.as_str(), WRITING))
        })?;
        let phrase = self.chunks.phrase_at(at + 1).filter(|it| one_of(it.key.as_str(), REMARKS))?;
        Some(Item { nullable: true, determined: true, ..Item::named(&phrase.key, phrase.span) })
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::between::tests::check;

    const PAIR: (&str, &str) = ("operator", "machine");

    #[test]
    fn a_judgement_on_a_scale_is_kept_of_the_pair() {
        check(
            "Operators rate machines from 1 to 10 and may add a comment.",
            PAIR,
            Some(&["rating", "comment"]),
        );
        check("Every operator grades each machine on a scale of ten.", PAIR, Some(&["grade"]));
    }

    #[test]
    fn a_mark_that_is_no_judgement_is_not() {
        check("Operators mark machines with paint.", PAIR, None);
    }
}
