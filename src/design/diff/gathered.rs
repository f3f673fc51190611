//! What several statements that are kept as written come to together: `CREATE TEXT SEARCH CONFIGURATION c (COPY = simple)` and a
//! change of it are known in the twenty statements, one a mapping, that PostgreSQL shows; so are the tables of a publication.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{Words, is_same_path};
use crate::design::{Id, Record, TableId, Verbatim};
use crate::pg::alike;

/// Gives `new` the statements of `old` about what is the same in both.
pub fn adopt(old: &[&Verbatim], new: &mut BTreeMap<Id, Record>) {
    let olds = gathered(old);
    if olds.is_empty() {
        return;
    }
    let mut verbatims: Vec<Verbatim> = new
        .values()
        .filter_map(|it| match it {
            Record::Verbatim(it) => Some(it.clone()),
            _ => None,
        })
        .collect();
    verbatims.sort_by_key(|it| (it.stage, it.position, it.id));
    let news = gathered(&verbatims.iter().collect::<Vec<_>>());
    // Without `ONLY` a table comes with those that inherit from it.
    let above: BTreeSet<TableId> = new
        .values()
        .filter_map(|it| match it {
            Record::Table(it) => Some(&it.inherits),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    let above: BTreeSet<&str> = new
        .values()
        .filter_map(|it| match it {
            Record::Table(it) if above.contains(&it.id) => Some(it.name.as_str()),
            _ => None,
        })
        .collect();
    let pairs: Vec<(Gathered, &Gathered)> = news
        .into_iter()
        .filter_map(|found| Some((olds.iter().find(|it| it.is_like(&found, &above))?, found)))
        .map(|(known, found)| (found, known))
        .collect();
    for (found, known) in pairs {
        for id in &found.statements {
            new.remove(id);
        }
        for it in old.iter().filter(|it| known.statements.contains(&it.id.into())) {
            new.insert(it.id.into(), Record::from((*it).clone()));
        }
    }
}

/// One thing, and the statements that make it.
struct Gathered {
    path: Vec<String>,
    /// None where one of the statements is not understood.
    thing: Option<Thing>,
    statements: BTreeSet<Id>,
}

#[derive(Clone)]
enum Thing {
    Search(Search),
    Publication(Publication),
}

/// A text search configuration: what becomes of each kind of token.
#[derive(Clone, Default)]
struct Search {
    parser: Vec<String>,
    mappings: BTreeMap<String, Vec<Vec<String>>>,
}

/// A publication.
#[derive(Clone, Default)]
struct Publication {
    all_tables: bool,
    /// Those that are not as they are anyway.
    options: BTreeMap<String, String>,
    tables: Vec<Published>,
    namespaces: BTreeSet<String>,
}

#[derive(Clone, PartialEq)]
struct Published {
    path: Vec<String>,
    /// Without it the tables that inherit from it come along.
    only: bool,
    columns: BTreeSet<String>,
    condition: String,
}

/// Statements in their order, by what they make.
fn gathered(verbatims: &[&Verbatim]) -> Vec<Gathered> {
    let mut found: Vec<Gathered> = Vec::new();
    for it in verbatims {
        let mut words = Words::of(&it.sql);
        words.search_path();
        let creates = words.take("create");
        if !creates && !words.take("alter") {
            continue;
        }
        let is_search = words.take_all(&["text", "search", "configuration"]);
        if !is_search && !words.take("publication") {
            continue;
        }
        let Some(path) = words.path() else { continue };
        if creates {
            let thing = if is_search { Search::read(words, &found) } else { Publication::read(words) };
            found.push(Gathered { path, thing, statements: BTreeSet::from([it.id.into()]) });
            continue;
        }
        // Who owns it is compared apart.
        if words.is("owner") {
            continue;
        }
        let same_kind = |it: &&mut Gathered| match it.thing {
            Some(Thing::Search(_)) => is_search,
            Some(Thing::Publication(_)) => !is_search,
            None => true,
        };
        if let Some(known) = found.iter_mut().filter(same_kind).find(|it| is_same_path(&it.path, &path)) {
            known.statements.insert(it.id.into());
            known.thing = known.thing.take().and_then(|thing| match thing {
                Thing::Search(it) => it.changed(words),
                Thing::Publication(it) => it.changed(words),
            });
        }
    }
    found
}

impl Gathered {
    /// `above` are the tables that others inherit from.
    fn is_like(&self, other: &Self, above: &BTreeSet<&str>) -> bool {
        is_same_path(&self.path, &other.path)
            && match (&self.thing, &other.thing) {
                (Some(Thing::Search(one)), Some(Thing::Search(two))) => one.is_like(two),
                (Some(Thing::Publication(one)), Some(Thing::Publication(two))) => one.is_like(two, above),
                _ => false,
            }
    }
}

/// The kinds of tokens that the built-in configurations map.
const TOKENS: [&str; 19] = [
    "asciihword",
    "asciiword",
    "email",
    "file",
    "float",
    "host",
    "hword",
    "hword_asciipart",
    "hword_numpart",
    "hword_part",
    "int",
    "numhword",
    "numword",
    "sfloat",
    "uint",
    "url",
    "url_path",
    "version",
    "word",
];

/// The languages that PostgreSQL has a configuration for, with that of the words in ASCII letters where it is another.
///
/// Source: PostgreSQL 18, `src/backend/snowball/snowball_create.pl`.
const LANGUAGES: [(&str, &str); 30] = [
    ("arabic", "arabic"),
    ("armenian", "armenian"),
    ("basque", "basque"),
    ("catalan", "catalan"),
    ("danish", "danish"),
    ("dutch", "dutch"),
    ("english", "english"),
    ("estonian", "estonian"),
    ("finnish", "finnish"),
    ("french", "french"),
    ("german", "german"),
    ("greek", "greek"),
    ("hindi", "english"),
    ("hungarian", "hungarian"),
    ("indonesian", "indonesian"),
    ("irish", "irish"),
    ("italian", "italian"),
    ("lithuanian", "lithuanian"),
    ("nepali", "nepali"),
    ("norwegian", "norwegian"),
    ("portuguese", "portuguese"),
    ("romanian", "romanian"),
    ("russian", "english"),
    ("serbian", "serbian"),
    ("spanish", "spanish"),
    ("swedish", "swedish"),
    ("tamil", "tamil"),
    ("turkish", "turkish"),
    ("yiddish", "yiddish"),
    ("simple", "simple"),
];

impl Search {
    fn read(mut words: Words<'_>, known: &[Gathered]) -> Option<Thing> {
        words.sign("(").then_some(())?;
        let is_copy = words.take("copy");
        (is_copy || words.take("parser")).then_some(())?;
        words.sign("=").then_some(())?;
        let path = words.path()?;
        (words.sign(")") && words.is_at_end()).then_some(())?;
        if !is_copy {
            return Some(Thing::Search(Self { parser: path, ..Self::default() }));
        }
        if let Some(it) = Self::built_in(&path) {
            return Some(Thing::Search(it));
        }
        known.iter().rev().find(|it| is_same_path(&it.path, &path))?.thing.clone()
    }

    fn built_in(path: &[String]) -> Option<Self> {
        let name = match path {
            [name] => name,
            [place, name] if place == "pg_catalog" => name,
            _ => return None,
        };
        let (language, in_ascii) = LANGUAGES.iter().find(|it| it.0 == name)?;
        let dictionary =
            |it: &str| vec![vec![if it == "simple" { it.to_owned() } else { format!("{it}_stem") }]];
        let of_token = |token: &&str| match *token {
            "asciiword" | "asciihword" | "hword_asciipart" => dictionary(in_ascii),
            "word" | "hword" | "hword_part" => dictionary(language),
            _ => dictionary("simple"),
        };
        let mappings = TOKENS.iter().map(|it| ((*it).to_owned(), of_token(it))).collect();
        Some(Self { parser: vec!["default".to_owned()], mappings })
    }

    /// `ADD MAPPING FOR … WITH …` and its kind.
    fn changed(mut self, mut words: Words<'_>) -> Option<Thing> {
        let drops = words.take("drop");
        let sets = !drops && (words.take("add") || words.take("alter"));
        ((drops || sets) && words.take("mapping")).then_some(())?;
        let lenient = drops && words.take_all(&["if", "exists"]);
        let mut tokens: Vec<String> = Vec::new();
        if words.take("for") {
            loop {
                tokens.push(words.name()?);
                if !words.sign(",") {
                    break;
                }
            }
        }
        if drops {
            for token in &tokens {
                (self.mappings.remove(token).is_some() || lenient).then_some(())?;
            }
        } else if words.take("replace") {
            let old = words.path()?;
            words.take("with").then_some(())?;
            let new = words.path()?;
            let of = |token: &String| tokens.is_empty() || tokens.contains(token);
            for (_, list) in self.mappings.iter_mut().filter(|it| of(it.0)) {
                list.iter_mut().filter(|it| is_same_path(it, &old)).for_each(|it| it.clone_from(&new));
            }
        } else {
            words.take("with").then_some(())?;
            let mut dictionaries = Vec::new();
            loop {
                dictionaries.push(words.path()?);
                if !words.sign(",") {
                    break;
                }
            }
            for token in tokens {
                self.mappings.insert(token, dictionaries.clone());
            }
        }
        words.is_at_end().then_some(Thing::Search(self))
    }

    fn is_like(&self, other: &Self) -> bool {
        let same_list = |one: &[Vec<String>], two: &[Vec<String>]| {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_same_path(one, two))
        };
        is_same_path(&self.parser, &other.parser)
            && self.mappings.len() == other.mappings.len()
            && self.mappings.iter().zip(&other.mappings).all(|(a, b)| a.0 == b.0 && same_list(a.1, b.1))
    }
}

impl Publication {
    fn read(mut words: Words<'_>) -> Option<Thing> {
        let mut it = Self::default();
        if words.take("for") {
            if words.take_all(&["all", "tables"]) {
                it.all_tables = true;
            } else {
                it.listed(&mut words)?;
            }
        }
        if words.take("with") {
            it.set(&mut words)?;
        }
        words.is_at_end().then_some(Thing::Publication(it))
    }

    /// `ADD TABLE …` or `SET (…)`.
    fn changed(mut self, mut words: Words<'_>) -> Option<Thing> {
        if words.take("add") {
            self.listed(&mut words)?;
        } else {
            words.take("set").then_some(())?;
            self.set(&mut words)?;
        }
        words.is_at_end().then_some(Thing::Publication(self))
    }

    /// `TABLE a, b (x) WHERE (…), TABLES IN SCHEMA s`.
    fn listed(&mut self, words: &mut Words<'_>) -> Option<()> {
        let mut in_namespaces = false;
        loop {
            if words.take_all(&["tables", "in", "schema"]) {
                in_namespaces = true;
            } else if words.take("table") {
                in_namespaces = false;
            }
            if in_namespaces {
                self.namespaces.insert(words.name()?);
            } else {
                let only = words.take("only");
                let path = words.path()?;
                let mut columns = BTreeSet::new();
                if words.sign("(") {
                    loop {
                        columns.insert(words.name()?);
                        if !words.sign(",") {
                            break;
                        }
                    }
                    words.sign(")").then_some(())?;
                }
                let condition = if words.take("where") { words.bracketed()? } else { String::new() };
                self.tables.push(Published { path, only, columns, condition });
            }
            if !words.sign(",") {
                return Some(());
            }
        }
    }

    /// `(publish = 'insert, update', …)`.
    fn set(&mut self, words: &mut Words<'_>) -> Option<()> {
        words.sign("(").then_some(())?;
        loop {
            let name = words.name()?;
            let value = if words.sign("=") { words.value()? } else { "true".to_owned() };
            let value = match name.as_str() {
                "publish" => {
                    let mut list: Vec<&str> = value.split(',').map(str::trim).collect();
                    list.sort_unstable();
                    list.join(",")
                }
                _ => value.to_lowercase(),
            };
            let is_usual = match name.as_str() {
                "publish" => value == "delete,insert,truncate,update",
                "publish_via_partition_root" => matches!(value.as_str(), "false" | "off" | "0"),
                _ => false,
            };
            if is_usual {
                self.options.remove(&name);
            } else {
                self.options.insert(name, value);
            }
            if !words.sign(",") {
                return words.sign(")").then_some(());
            }
        }
    }

    fn is_like(&self, other: &Self, above: &BTreeSet<&str>) -> bool {
        let is_above = |it: &Published| it.path.last().is_some_and(|it| above.contains(it.as_str()));
        let same_table = |one: &Published, two: &Published| {
            is_same_path(&one.path, &two.path)
                && (one.only == two.only || !is_above(one))
                && one.columns == two.columns
                && alike(&one.condition, &two.condition)
        };
        let in_other = |it: &Published| other.tables.iter().any(|two| same_table(it, two));
        let in_self = |it: &Published| self.tables.iter().any(|one| same_table(one, it));
        self.all_tables == other.all_tables
            && self.options == other.options
            && self.namespaces == other.namespaces
            && self.tables.len() == other.tables.len()
            && self.tables.iter().all(in_other)
            && other.tables.iter().all(in_self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Stage, VerbatimId};

    fn same(one: &[&str], two: &[&str]) -> bool {
        same_under(one, two, &BTreeSet::new())
    }

    fn same_under(one: &[&str], two: &[&str], above: &BTreeSet<&str>) -> bool {
        let made = |list: &[&str]| -> Vec<Verbatim> {
            let verbatim = |(at, sql): (usize, &&str)| Verbatim {
                id: VerbatimId(at as u32 + 10),
                sql: (*sql).to_owned(),
                stage: Stage::Types,
                position: at as u32,
                needs: Vec::new(),
                origin: crate::design::Origin::default(),
            };
            list.iter().enumerate().map(verbatim).collect()
        };
        let (one, two) = (made(one), made(two));
        let one = gathered(&one.iter().collect::<Vec<_>>());
        let two = gathered(&two.iter().collect::<Vec<_>>());
        one.len() == two.len() && one.iter().all(|it| two.iter().any(|other| it.is_like(other, above)))
    }

    #[test]
    fn a_copied_configuration_is_its_mappings() {
        let mapping = |token: &str, list: &str| {
            format!("ALTER TEXT SEARCH CONFIGURATION s.plain\\n    ADD MAPPING FOR {token} WITH {list}")
                .replace("\\n", "\n")
        };
        let mut shown = vec![
            "CREATE TEXT SEARCH CONFIGURATION s.plain (\n    PARSER = pg_catalog.\"default\" )".to_owned(),
        ];
        for token in TOKENS {
            let list = if token == "word" { "public.unaccent, simple" } else { "simple" };
            shown.push(mapping(&format!("\"{token}\""), list));
        }
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        let copy = "create text search configuration plain (copy = pg_catalog.simple)";
        let alter = "alter text search configuration plain alter mapping for word with unaccent, simple";
        assert!(same(&[copy, alter], &shown));
        assert!(same(&[copy, alter, "alter text search configuration plain owner to me"], &shown));
        let replaced =
            "alter text search configuration plain alter mapping for word replace simple with unaccent";
        assert!(same(
            &[copy, replaced],
            &[copy, "alter text search configuration s.plain alter mapping for word with unaccent"]
        ));
        assert!(!same(&[copy], &shown));
        assert!(!same(&[copy, replaced], &shown));
        assert!(!same(&[copy, alter, "alter text search configuration plain drop mapping for url"], &shown));
        assert!(!same(&["create text search configuration plain (copy = english)", alter], &shown));
        let other = "alter text search configuration plain alter mapping for word with simple, unaccent";
        assert!(!same(&[copy, other], &shown));
    }

    #[test]
    fn a_publication_is_what_it_publishes() {
        let shown = [
            "CREATE PUBLICATION p WITH (publish = 'insert, update, delete, truncate')",
            "ALTER PUBLICATION p ADD TABLE ONLY s.b (id, name) WHERE ((id > 0))",
            "ALTER PUBLICATION p ADD TABLE ONLY s.a",
        ];
        assert!(same(&["create publication p for table only a, only s.b (name, id) where (id > 0)"], &shown));
        assert!(!same(&["create publication p for table only a, only s.b (name) where (id > 0)"], &shown));
        assert!(!same(
            &["create publication p for table only a, only s.b (name, id) where (id > 1)"],
            &shown
        ));
        assert!(!same(&["create publication p for table only a"], &shown));
        assert!(!same(&["create publication p for all tables"], &["create publication p"]));
        assert!(same(
            &["create publication p with (publish = 'update,insert')"],
            &["CREATE PUBLICATION p WITH (publish = 'insert, update')"]
        ));
        assert!(!same(
            &["create publication p with (publish = 'insert')"],
            &["CREATE PUBLICATION p WITH (publish = 'insert, update')"]
        ));
        let family = ["create publication p for table a"];
        let alone = ["create publication p for table only a"];
        assert!(same(&family, &alone));
        assert!(!same_under(&family, &alone, &BTreeSet::from(["a"])));
        assert!(!same(&["create publication p for tables in schema s"], &["create publication p"]));
        assert!(!same(
            &["create publication p", "alter publication p rename to q"],
            &["create publication p"]
        ));
    }
}
