//! The tables of names, senses and value sets, read once.

use std::sync::OnceLock;

use super::{IndexMethod, Sense};
use crate::base::SortedMap;
use crate::design::DataType;
use crate::pg::Builtin;

const SENSES: &str = include_str!("senses.tsv");
const NAMES: &str = include_str!("names.tsv");
const VALUES: &str = include_str!("values.tsv");

/// How a sense is stored.
#[derive(Clone, Debug)]
pub struct Treatment {
    pub storage: Storage,
    pub data_type: DataType,
    pub nullable: bool,
    /// With `{}` in the place of the column.
    pub check: Option<&'static str>,
    pub default: Option<&'static str>,
    pub unique: UniqueWhen,
    pub index: Option<IndexMethod>,
}

/// What kind of type a sense has; a stated type must get along with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    Uuid,
    Reference,
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    DateTime,
    Time,
    Interval,
    Json,
    Array,
    /// Types that only a name brings about: `inet`, `point`, `bytea`, `tsvector`.
    Special,
}

/// On which entities a column of this sense is unique.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UniqueWhen {
    pub on: UniqueOn,
    pub ignoring_case: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UniqueOn {
    #[default]
    Nothing,
    Everything,
    /// People and accounts, who log in or are told apart by it.
    Accounts,
    /// Where the column is the entity's own: `order.order_number`, `invoice.number`.
    Own,
    /// All but lines and movements, which name the item of another table.
    Items,
}

/// A closed set of values and the one that new rows have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueSet {
    pub values: Vec<&'static str>,
    pub default: Option<&'static str>,
}

pub struct Lexicon {
    treatments: SortedMap<Sense, Treatment>,
    whole: SortedMap<(Option<&'static str>, &'static str), Sense>,
    beginnings: SortedMap<&'static str, Sense>,
    endings: SortedMap<&'static str, Sense>,
    sets: Vec<ValueSet>,
    set_of: SortedMap<(&'static str, &'static str), usize>,
}

/// How a name led to its sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub sense: Sense,
    /// How many words at the end of the name told it.
    pub words: usize,
    /// Whether the table of names has it for this very entity.
    pub for_entity: bool,
}

impl Lexicon {
    pub fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut lexicon = Self {
            treatments: SortedMap::new(),
            whole: SortedMap::new(),
            beginnings: SortedMap::new(),
            endings: SortedMap::new(),
            sets: Vec::new(),
            set_of: SortedMap::new(),
        };
        for row in rows(SENSES) {
            let sense = Sense::from_name(row[0]).expect("senses.tsv names a sense");
            lexicon.treatments.insert(sense, treatment(&row));
        }
        for row in rows(NAMES) {
            let sense = Sense::from_name(row[0]).expect("names.tsv names a sense");
            for pattern in row[1].split(' ') {
                let (entity, name) =
                    pattern.split_once('.').map_or((None, pattern), |(entity, name)| (Some(entity), name));
                match (entity, name.strip_prefix('='), name.strip_prefix('^')) {
                    (_, Some(name), _) => lexicon.whole.insert((entity, name), sense),
                    (Some(_), None, _) => lexicon.whole.insert((entity, name), sense),
                    (None, None, Some(name)) => lexicon.beginnings.insert(name, sense),
                    (None, None, None) => lexicon.endings.insert(name, sense),
                };
            }
        }
        for row in rows(VALUES) {
            let values = row[2].split(' ').map(|it| it.trim_start_matches('*')).collect();
            let default = row[2].split(' ').find_map(|it| it.strip_prefix('*'));
            let index = lexicon.sets.len();
            lexicon.sets.push(ValueSet { values, default });
            for column in row[0].split(' ') {
                for entity in row[1].split(' ') {
                    lexicon.set_of.insert((column, entity), index);
                }
            }
        }
        lexicon
    }

    pub fn treatment(&self, sense: Sense) -> &Treatment {
        self.treatments.get(&sense).expect("senses.tsv has a row for every sense")
    }

    /// The sense of a column's words. What is said for the entity comes first, then the whole name, then its
    /// first word, then its longest known ending.
    pub fn sense(&self, words: &[String], entity: &[String]) -> Option<Found> {
        let name = words.join("_");
        let scoped =
            endings(entity).find_map(|it| self.whole.get(&(Some(it.as_str()), name.as_str())).copied());
        if let Some(sense) = scoped {
            return Some(Found { sense, words: words.len(), for_entity: true });
        }
        let all = |sense: &Sense| Found { sense: *sense, words: words.len(), for_entity: false };
        let whole = || self.whole.get(&(None, name.as_str())).map(all);
        let beginning = || {
            let first = words.first().filter(|_| words.len() > 1)?;
            self.beginnings.get(first.as_str()).map(all)
        };
        let ending = || {
            let sense = |(at, ending): (usize, String)| {
                let sense = *self.endings.get(ending.as_str())?;
                Some(Found { sense, words: words.len() - at, for_entity: false })
            };
            endings(words).enumerate().find_map(sense)
        };
        whole().or_else(beginning).or_else(ending)
    }

    /// The value set that a column's words call for, with the number of words at the end that called for it:
    /// `payment_status` is looked up as it stands, then as the `status` of a payment, then as that of the entity.
    pub fn values(&self, words: &[String], entity: &[String]) -> Option<(&ValueSet, usize)> {
        let set =
            |column: &str, entity: &str| self.set_of.get(&(column, entity)).and_then(|it| self.sets.get(*it));
        let mut anywhere = None;
        for start in 0..words.len() {
            let (before, column) = words.split_at(start);
            let (column, length) = (column.join("_"), words.len() - start);
            if let Some(set) = endings(before).chain(endings(entity)).find_map(|it| set(&column, &it)) {
                return Some((set, length));
            }
            anywhere = anywhere.or_else(|| Some((set(&column, "any")?, length)));
            if start == 0 && anywhere.is_some() {
                break;
            }
        }
        anywhere
    }
}

/// `purchase`, `order` → `purchase_order`, `order`.
fn endings(words: &[String]) -> impl Iterator<Item = String> {
    (0..words.len()).filter_map(|start| words.get(start..)).map(|it| it.join("_"))
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|it| !it.starts_with('#')).map(|it| it.split('\t').collect())
}

fn treatment(row: &[&'static str]) -> Treatment {
    let said = |cell: &'static str| (cell != "-").then_some(cell);
    Treatment {
        storage: storage(row[1]),
        data_type: data_type(row[2]),
        nullable: row[3] == "y",
        check: said(row[4]),
        default: said(row[5]),
        unique: unique(row[6]),
        index: said(row[7]).map(|it| if it == "gin" { IndexMethod::Gin } else { IndexMethod::Btree }),
    }
}

fn storage(word: &str) -> Storage {
    match word {
        "uuid" => Storage::Uuid,
        "reference" => Storage::Reference,
        "text" => Storage::Text,
        "integer" => Storage::Integer,
        "decimal" => Storage::Decimal,
        "boolean" => Storage::Boolean,
        "date" => Storage::Date,
        "datetime" => Storage::DateTime,
        "time" => Storage::Time,
        "interval" => Storage::Interval,
        "json" => Storage::Json,
        "array" => Storage::Array,
        _ => Storage::Special,
    }
}

fn unique(word: &str) -> UniqueWhen {
    let (on, ignoring_case) = word.strip_suffix("_ignoring_case").map_or((word, false), |it| (it, true));
    let on = match on {
        "always" => UniqueOn::Everything,
        "account" => UniqueOn::Accounts,
        "own" => UniqueOn::Own,
        "item" => UniqueOn::Items,
        _ => UniqueOn::Nothing,
    };
    UniqueWhen { on, ignoring_case }
}

/// `numeric(12,2)`, `text[]`
fn data_type(text: &str) -> DataType {
    let (text, dimensions) = text.strip_suffix("[]").map_or((text, 0), |it| (it, 1));
    let (name, modifiers) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches(')').split(',').collect()),
        None => (text, Vec::new()),
    };
    let builtin = Builtin::from_name(name).expect("senses.tsv names a built-in type");
    DataType::builtin(builtin).with_modifiers(modifiers).array(dimensions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        let lexicon = Lexicon::get();
        assert_eq!(lexicon.treatments.len(), Sense::ALL.len());
        for row in rows(SENSES) {
            assert_eq!(row.len(), 8, "{row:?}");
            assert!(storage(row[1]) != Storage::Special || row[1] == row[2] || row[1] == "binary", "{row:?}");
            assert!(row[6] == "-" || unique(row[6]) != UniqueWhen::default(), "{row:?}");
        }
        for row in rows(VALUES) {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(row[2].matches('*').count() <= 1, "{row:?}");
        }
        for sense in Sense::ALL {
            assert!(rows(NAMES).any(|it| it[0] == sense.name()), "no name leads to `{}`", sense.name());
        }
    }

    #[test]
    fn no_name_or_value_set_stands_twice() {
        let patterns: Vec<&str> = rows(NAMES).flat_map(|it| it[1].split(' ').collect::<Vec<_>>()).collect();
        let mut distinct = patterns.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), patterns.len());
        let pairs: usize = rows(VALUES).map(|it| it[0].split(' ').count() * it[1].split(' ').count()).sum();
        assert_eq!(pairs, Lexicon::get().set_of.len());
    }
}
