//! Collations, compared by what they are made of.

use super::words::Words;
use crate::pg::language_tag;

/// Whether a statement makes a collation.
pub fn is_one(sql: &str) -> bool {
    sql.split_whitespace().nth(1).is_some_and(|it| it.eq_ignore_ascii_case("collation"))
}

/// What a collation is made of, without what goes without saying: `libc` provides it, it is deterministic, and one locale is that
/// of its order and of its letters (manual, `CREATE COLLATION`).
pub fn plain(options: &[(String, String)]) -> Vec<(String, String)> {
    let bare = |it: &str| it.trim_matches(['\'', '"']).to_owned();
    let value = |it: &str| bare(it).to_lowercase();
    let quoted = |it: &str| format!("'{it}'");
    let provider = options.iter().find(|it| it.0 == "provider").map(|it| value(&it.1));
    let is_icu = provider.as_deref() == Some("icu");
    let mut plain = Vec::new();
    for (name, said) in options {
        match name.as_str() {
            "provider" if value(said) == "libc" => {}
            "provider" => plain.push((name.clone(), quoted(&value(said)))),
            "deterministic" if matches!(value(said).as_str(), "true" | "on" | "yes" | "1") => {}
            "deterministic" => plain.push((name.clone(), "false".to_owned())),
            "locale" if is_icu => {
                plain.push((name.clone(), quoted(&language_tag(&bare(said)))));
            }
            "locale" if provider.as_deref().is_none_or(|it| it == "libc") => {
                plain.extend(["lc_collate", "lc_ctype"].map(|it| (it.to_owned(), quoted(&bare(said)))));
            }
            "lc_collate" | "lc_ctype" => plain.push((name.clone(), quoted(&bare(said)))),
            _ => plain.push((name.clone(), said.clone())),
        }
    }
    plain
}

/// A copy of a collation that every server has, written out: those of ICU are called after their language tags (manual,
/// "Predefined Collations").
pub fn copied(sql: &str) -> Option<String> {
    let mut words = Words::of(sql);
    words.take_all(&["create", "collation"]).then_some(())?;
    let start = words.rest()?;
    words.path()?;
    let name = start.get(..start.len() - words.rest()?.len())?.trim_end();
    words.take("from").then_some(())?;
    let known = words.path()?.pop().filter(|_| words.is_at_end())?;
    let (provider, locale) = match known.strip_suffix("-x-icu") {
        Some(tag) => ("icu", tag),
        None => ("libc", Some(known.as_str()).filter(|it| matches!(*it, "C" | "POSIX"))?),
    };
    Some(format!("CREATE COLLATION {name} (provider = {provider}, locale = '{locale}')"))
}
