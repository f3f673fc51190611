//! Patterns of requests: words, alternatives `(a|b)`, what may be missing `[a]`, slots `{table}`, and names `<of>` for what is said
//! often.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::words::Word;

/// The patterns, a kind and its words on each line.
const TEXT: &str = include_str!("patterns.txt");

/// So many steps are taken for one request; no sensible one needs a tenth of them.
const MOST_STEPS: usize = 200_000;

/// What stands in one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound<'a> {
    /// The slot: `table`.
    pub slot: &'static str,
    /// Its words.
    pub words: &'a [Word],
}

/// A kind of request and one way to say it.
#[derive(Debug)]
pub struct Pattern {
    /// The kind: `add_column`.
    pub kind: &'static str,
    nodes: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Word(&'static str),
    Any(Vec<Vec<Node>>),
    Slot(&'static str),
}

/// All of them, in the order in which they are tried.
pub fn patterns() -> &'static [Pattern] {
    static PATTERNS: OnceLock<Vec<Pattern>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let lines = TEXT.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
        let (mut patterns, mut named) = (Vec::new(), BTreeMap::new());
        for (kind, text) in lines.filter_map(|it| it.split_once(": ")) {
            let signs = written_out(signs(text), &named);
            if kind.starts_with('<') {
                named.insert(kind, signs);
            } else {
                patterns.push(Pattern { kind, nodes: sequence(&mut signs.into_iter().peekable()) });
            }
        }
        patterns
    })
}

/// Every word that a pattern has.
pub fn literals() -> impl Iterator<Item = &'static str> {
    let lines = TEXT.lines().filter(|it| !it.starts_with('#')).filter_map(|it| it.split_once(": "));
    lines
        .flat_map(|it| {
            it.1.split(|sign: char| !(sign.is_ascii_lowercase() || matches!(sign, '{' | '<' | '_')))
        })
        .filter(|it| !it.is_empty() && !it.contains(['{', '<', '_']))
}

/// The signs with those in the place of names that stand for several.
fn written_out(
    signs: Vec<&'static str>,
    named: &BTreeMap<&'static str, Vec<&'static str>>,
) -> Vec<&'static str> {
    signs.into_iter().flat_map(|it| named.get(it).cloned().unwrap_or_else(|| vec![it])).collect()
}

/// The signs and words of a pattern.
fn signs(text: &'static str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for part in text.split_whitespace() {
        let mut rest = part;
        while !rest.is_empty() {
            let is_sign = |it: char| matches!(it, '(' | ')' | '[' | ']' | '|');
            let end = match rest.find(is_sign) {
                Some(0) => 1,
                Some(at) => at,
                None => rest.len(),
            };
            let (sign, after) = rest.split_at(end);
            found.push(sign);
            rest = after;
        }
    }
    found
}

type Signs = std::iter::Peekable<std::vec::IntoIter<&'static str>>;

fn sequence(signs: &mut Signs) -> Vec<Node> {
    let mut nodes = Vec::new();
    while let Some(sign) = signs.peek().copied() {
        match sign {
            ")" | "]" | "|" => break,
            "(" | "[" => {
                signs.next();
                let mut ways = alternatives(signs);
                if sign == "[" {
                    ways.push(Vec::new());
                }
                signs.next();
                nodes.push(Node::Any(ways));
            }
            word => {
                signs.next();
                let slot = word.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
                nodes.push(slot.map_or(Node::Word(word), Node::Slot));
            }
        }
    }
    nodes
}

fn alternatives(signs: &mut Signs) -> Vec<Vec<Node>> {
    let mut ways = vec![sequence(signs)];
    while signs.next_if_eq(&"|").is_some() {
        ways.push(sequence(signs));
    }
    ways
}

impl Pattern {
    /// Goes through the ways in which the words are of this pattern, until `takes` is content with one. `fits` says
    /// whether words may stand in a slot.
    pub fn matches<'a>(
        &self,
        words: &'a [Word],
        fits: &dyn Fn(&str, &[Word]) -> bool,
        takes: &mut dyn FnMut(&[Bound<'a>]) -> bool,
    ) -> bool {
        // Most patterns have a word that the request has not.
        if !can_be(&self.nodes, words) {
            return false;
        }
        let rest: Vec<&Node> = self.nodes.iter().rev().collect();
        let mut matching = Matching { fits, takes, bound: Vec::new(), steps: 0 };
        matching.go(&rest, words)
    }
}

/// Whether the words hold those that every way through the nodes needs.
fn can_be(nodes: &[Node], words: &[Word]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Word(word) => words.iter().any(|it| it.is(word)),
        Node::Any(ways) => ways.iter().any(|it| can_be(it, words)),
        Node::Slot(_) => true,
    })
}

struct Matching<'a, 'f> {
    fits: &'f dyn Fn(&str, &[Word]) -> bool,
    takes: &'f mut dyn FnMut(&[Bound<'a>]) -> bool,
    bound: Vec<Bound<'a>>,
    steps: usize,
}

impl<'a> Matching<'a, '_> {
    /// Whether the words are of the nodes that are left, the next of which stands last.
    fn go(&mut self, rest: &[&Node], words: &'a [Word]) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        let Some((next, rest)) = rest.split_last() else {
            return words.is_empty() && (self.takes)(&self.bound);
        };
        match next {
            Node::Word(word) => {
                words.first().is_some_and(|it| it.is(word))
                    && self.go(rest, words.get(1..).unwrap_or_default())
            }
            Node::Any(ways) => ways.iter().any(|way| {
                let rest: Vec<&Node> = rest.iter().copied().chain(way.iter().rev()).collect();
                self.go(&rest, words)
            }),
            Node::Slot(slot) => (1..=words.len()).any(|end| {
                let (inside, after) = words.split_at(end);
                if !(self.fits)(slot, inside) {
                    return false;
                }
                self.bound.push(Bound { slot, words: inside });
                let fits = self.go(rest, after);
                self.bound.pop();
                fits
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::requests;
    use super::*;

    #[test]
    fn every_pattern_is_written_as_it_is_read() {
        for line in TEXT.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
            let count = |sign: char| line.matches(sign).count();
            assert_eq!((count('('), count('[')), (count(')'), count(']')), "{line}");
            let (kind, text) = line.split_once(": ").expect("a kind and a pattern");
            let kind = kind.trim_start_matches('<').trim_end_matches('>');
            assert!(
                kind.bytes().all(|it| it.is_ascii_lowercase() || it == b'_') && !text.is_empty(),
                "{line}"
            );
        }
        assert!(patterns().len() > 60);
    }

    #[test]
    fn slots_take_what_fits_them() {
        let pattern = Pattern {
            kind: "rename",
            nodes: sequence(
                &mut signs("rename [the] {column} (of|in) {table} to {name}").into_iter().peekable(),
            ),
        };
        let request = requests("rename the due date of tasks to deadline");
        let words = request.first().expect("a request");
        let mut found = Vec::new();
        let is_table =
            |slot: &str, words: &[Word]| slot != "table" || words.first().is_some_and(|it| it.is("tasks"));
        assert!(pattern.matches(words, &is_table, &mut |bound| {
            found = bound.iter().map(|it| (it.slot, it.words.len())).collect();
            true
        }));
        assert_eq!(found, [("column", 2), ("table", 1), ("name", 1)]);
    }
}
