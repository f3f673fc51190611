//! New columns as a request tells of them: `a due date, a required price (numeric) and an owner`.

use super::names::{bare, is_role, listed, name, table};
use super::words::Word;
use crate::base;
use crate::design::Design;
use crate::design::convention::user_table;
use crate::design::meaning::LooseType;

/// One new column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// In snake case.
    pub name: String,
    /// A type as `relata table` takes it.
    pub stated: Option<String>,
    /// Whether it may be missing, where that was said.
    pub nullable: Option<bool>,
    /// Whether it must be unique.
    pub is_unique: bool,
}

impl Field {
    /// As a field of an aggregate: `due_date:date?`.
    pub fn written(&self) -> String {
        let optional = if self.nullable == Some(true) { "?" } else { "" };
        match &self.stated {
            Some(stated) => format!("{}:{stated}{optional}", self.name),
            None => format!("{}{optional}", self.name),
        }
    }
}

/// The columns that words tell of; nothing where one has no name or a type that is none.
pub fn fields(design: &Design, words: &[Word]) -> Option<Vec<Field>> {
    // What stands between parentheses is a type, commas and all.
    let mut parts: Vec<Vec<Word>> = Vec::new();
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate() {
        depth = match word.text.as_str() {
            "(" => depth + 1,
            ")" => depth.saturating_sub(1),
            _ => depth,
        };
        let separates = depth == 0 && listed(std::slice::from_ref(word)).is_empty();
        if at == 0 || separates {
            parts.push(Vec::new());
        }
        if let Some(last) = parts.last_mut().filter(|_| !separates) {
            last.push(word.clone());
        }
    }
    let parts = parts.iter().filter(|it| !it.is_empty());
    let found: Option<Vec<Field>> = parts.map(|it| field(design, it)).collect();
    found.filter(|it| !it.is_empty())
}

/// One column.
pub fn field(design: &Design, words: &[Word]) -> Option<Field> {
    let mut field = Field { name: String::new(), stated: None, nullable: None, is_unique: false };
    let mut left = bare(words);
    while let Some(first) = left.first() {
        match first.text.as_str() {
            "optional" | "nullable" => field.nullable = Some(true),
            "required" | "mandatory" => field.nullable = Some(false),
            "unique" => field.is_unique = true,
            _ => break,
        }
        left = bare(left.get(1..).unwrap_or_default());
    }
    if let Some(at) = left.iter().position(|it| it.is_any(&["called", "named"])) {
        // `a date called due_on`
        let before = bare(left.get(..at).unwrap_or_default());
        field.stated = stated(before);
        left = left.get(at + 1..).unwrap_or_default();
    } else if let Some(at) = left.iter().position(|it| it.is_any(&["(", ":", "as"])) {
        let inside = left.get(at + 1..).unwrap_or_default();
        let inside = inside.strip_suffix(&[Word { text: ")".into(), is_quoted: false }]).unwrap_or(inside);
        field.stated = Some(stated(bare(inside))?);
        left = left.get(..at).unwrap_or_default();
    } else if let Some(at) = left.windows(2).position(|it| it[0].is("of") && it[1].is("type")) {
        field.stated = Some(stated(left.get(at + 2..).unwrap_or_default())?);
        left = left.get(..at).unwrap_or_default();
    }
    let left = bare(left);
    if left.is_empty()
        || left.len() > 4
        || left.iter().any(|it| !it.is_quoted && STOPS.contains(&it.text.as_str()))
    {
        return None;
    }
    field.name = name(left);
    if field.stated.is_none() {
        let own = table(design, left)
            .filter(|it| base::singular(&base::snake_case(&it.name)) == base::singular(&field.name));
        let person = is_role(left).then(|| user_table(design.tables())).flatten();
        if let Some(to) = own.or(person) {
            let entity = base::singular(&base::snake_case(&to.name));
            field.name = if own.is_some() { entity.clone() } else { field.name };
            field.stated = Some(format!("ref({entity})"));
        }
    }
    (!field.name.is_empty()).then_some(field)
}

/// Words that a name does not have: what has them was read in a wrong way.
const STOPS: &[&str] = &[
    "to", "from", "in", "into", "with", "for", "on", "which", "that", "who", "be", "is", "are", "should",
    "must", "can", "may", "when", "not", "have", "has", "(", ")", ":", ".", "'s", "them", "it", "every",
    "people", "make",
];

/// Whether a new name may be made of the words.
pub fn is_name(words: &[Word]) -> bool {
    let words = bare(words);
    (1..=4).contains(&words.len())
        && words.iter().all(|it| it.is_quoted || !STOPS.contains(&it.text.as_str()))
        && !words.iter().any(|it| it.is_any(&[",", "and", "of", "&"]))
}

/// Whether a new name may be made of words of which `of` may be one: `field of work`.
pub fn is_fresh(words: &[Word]) -> bool {
    let plain: Vec<Word> = words.iter().filter(|it| !it.is("of")).cloned().collect();
    is_name(&plain) && !words.first().is_some_and(|it| it.is("of"))
}

/// A type as `relata table` takes it; nothing where the words are none.
pub fn stated(words: &[Word]) -> Option<String> {
    let text: String = words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
    let text = text.replace("( ", "(").replace(" (", "(").replace(" )", ")").replace(" ,", ",");
    let text = match text.as_str() {
        "number" => "int".to_owned(),
        "flag" | "yes or no" => "bool".to_owned(),
        "amount of money" => "money".to_owned(),
        _ => text,
    };
    LooseType::parse(&text).ok().map(|_| text)
}
