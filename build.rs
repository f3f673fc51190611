//! Packs what the reader of briefs is made of, since it is weighed: the word lists go without their remarks, and the tagger's model,
//! its author's file being JSON in no order, as a list of half the weight.
//!
//! `src/brief/lexicon` and `src/brief/tagger.rs` read what is written here. Of the tagger's words those are left out that no text can
//! hold once it is cut into words, addresses, dates with strokes and the like, those by whose form one takes them for what they are, and
//! rare ones.

#[path = "src/brief/upos.rs"]
mod upos;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

use serde_json::Value;
use upos::Upos;

/// How much of the word before is taken over, as a letter from `A`.
const LONGEST_SHARED: usize = 25;

/// Tags of what is no word to the reader, which takes signs for signs.
const SIGNS: [&str; 2] = ["PUNCT", "SYM"];

/// The word lists.
const LEXICON: &str = "src/brief/lexicon";

/// Words that the tagger does without, since hardly a brief has one.
const RARE: &str = include_str!("src/brief/lexicon/rare.txt");

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/brief/upos.rs");
    println!("cargo::rerun-if-changed={LEXICON}");
    let model = serde_json::to_value(&*harper_brill::brill_tagger()).expect("the model came from JSON");
    let folder = env::var_os("OUT_DIR").expect("cargo names a folder");
    let folder = Path::new(&folder);
    fs::write(folder.join("tagger.txt"), packed(&model)).expect("cargo's folder takes files");
    bare_lists(Path::new(LEXICON), &folder.join("lexicon")).expect("lists are read and written");
}

/// Writes each list under a folder to the same place under another, without its empty lines and remarks.
fn bare_lists(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let to = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            bare_lists(&path, &to)?;
        } else if path.extension().is_some_and(|it| it == "txt") {
            let list = fs::read_to_string(&path)?;
            fs::write(to, told(&list).collect::<Vec<_>>().join("\n"))?;
        }
    }
    Ok(())
}

/// The lines of a list without its empty lines and remarks.
fn told(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|it| !it.starts_with('#') && !it.trim().is_empty())
}

/// Whether the word's form tells its tag: names are nouns to the reader, and which numbers the model has met is chance.
fn told_by_form(tag: &str, word: &str) -> bool {
    let tag = if tag == "PROPN" { "NOUN" } else { tag };
    word.starts_with(|it: char| it.is_ascii_digit()) || Upos::from_name(tag) == Upos::by_form(word)
}

/// A line for each tag, with its words; an empty line; then a line for each correction, in their order.
fn packed(model: &Value) -> String {
    let rare: BTreeSet<&str> = told(RARE).flat_map(str::split_whitespace).collect();
    let mut tagged: Vec<(&str, &str)> = model["base"]["mapping"]
        .as_object()
        .expect("words with their tags")
        .iter()
        .map(|(word, tag)| (text(tag), word.as_str()))
        .filter(|(tag, word)| {
            !SIGNS.contains(tag) && is_token(word) && !told_by_form(tag, word) && !rare.contains(word)
        })
        .collect();
    tagged.sort_unstable();
    let mut out = String::new();
    for of_tag in tagged.chunk_by(|it, next| it.0 == next.0) {
        let mut before = "";
        for (at, (tag, word)) in of_tag.iter().enumerate() {
            if at == 0 {
                out.push_str(tag);
                out.push(' ');
            }
            let shared = shared(before, word);
            out.push(char::from(b'A' + u8::try_from(shared).expect("at most LONGEST_SHARED")));
            out.push_str(&word[shared..]);
            before = word;
        }
        out.push('\n');
    }
    for patch in model["patches"].as_array().expect("a list of corrections") {
        write!(out, "\n{} {}", text(&patch["from"]), text(&patch["to"])).expect("strings take all");
        conditions(&patch["criteria"], &mut out);
    }
    out
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// Bytes that both begin with, whole characters.
fn shared(before: &str, word: &str) -> usize {
    let pairs = word.char_indices().zip(before.chars());
    let differs = pairs.clone().find(|((_, it), other)| it != other).map(|it| it.0.0);
    let all = word.len().min(before.len());
    let mut shared = differs.unwrap_or(all).min(LONGEST_SHARED);
    while !word.is_char_boundary(shared) {
        shared -= 1;
    }
    shared
}

/// Whether a text's words may hold it: `tokens` cuts at every sign but those within words and numbers.
fn is_token(word: &str) -> bool {
    if word.chars().count() == 1 || ["e.g.", "i.e.", "y/n", "yes/no"].contains(&word) {
        return true;
    }
    let letters: Vec<char> = word.chars().collect();
    let fits = |at: usize, test: fn(char) -> bool| letters.get(at).is_some_and(|it| test(*it));
    letters.iter().enumerate().all(|(at, letter)| match letter {
        '-' | '_' | '\'' => true,
        '.' | ',' | ':' => at > 0 && fits(at - 1, char::is_numeric) && fits(at + 1, char::is_numeric),
        other => other.is_alphanumeric() && !other.is_uppercase(),
    })
}

/// What must hold: ` =1NOUN` of the tag so many words further, ` ~2VERB` of any tag up to there, ` <DET>NOUN` of both
/// neighbours, ` 0to` of the word itself.
fn conditions(criteria: &Value, out: &mut String) {
    let (kind, of) = criteria.as_object().and_then(|it| it.iter().next()).expect("one kind of condition");
    match kind.as_str() {
        "Combined" => {
            conditions(&of["a"], out);
            conditions(&of["b"], out);
        }
        "WordIsTaggedWith" => {
            write!(out, " ={}{}", of["relative"], text(&of["is_tagged"])).expect("strings take all");
        }
        "AnyWordIsTaggedWith" => {
            write!(out, " ~{}{}", of["max_relative"], text(&of["is_tagged"])).expect("strings take all");
        }
        "SandwichTaggedWith" => {
            let (before, behind) = (text(&of["prev_word_tagged"]), text(&of["post_word_tagged"]));
            write!(out, " <{before}>{behind}").expect("strings take all");
        }
        "WordIs" => write!(out, " {}{}", of["relative"], text(&of["word"])).expect("strings take all"),
        other => panic!("the tagger has no condition `{other}`"),
    }
}
