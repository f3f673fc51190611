//! Locales of ICU in their two spellings: `de_AT@collation=phonebook` and the language tag `de-AT-u-co-phonebk`.
//!
//! Source: Unicode Technical Standard 35, "BCP 47 Conformance" and "Key And Type Definitions"; PostgreSQL manual, "ICU Locales":
//! since version 16 PostgreSQL keeps the tag of whatever was written.

use std::collections::BTreeMap;

/// Keys of the older spelling, and those of a language tag.
const KEYS: [(&str, &str); 11] = [
    ("colalternate", "ka"),
    ("colbackwards", "kb"),
    ("colcasefirst", "kf"),
    ("colcaselevel", "kc"),
    ("colhiraganaquaternary", "kh"),
    ("collation", "co"),
    ("colnormalization", "kk"),
    ("colnumeric", "kn"),
    ("colreorder", "kr"),
    ("colstrength", "ks"),
    ("variabletop", "vt"),
];

/// Values of the older spelling that a language tag shortens, each with its key.
const VALUES: [(&str, &str, &str); 12] = [
    ("co", "dictionary", "dict"),
    ("co", "gb2312han", "gb2312"),
    ("co", "phonebook", "phonebk"),
    ("co", "traditional", "trad"),
    ("ka", "non-ignorable", "noignore"),
    ("ks", "identical", "identic"),
    ("ks", "primary", "level1"),
    ("ks", "quaternary", "level4"),
    ("ks", "secondary", "level2"),
    ("ks", "tertiary", "level3"),
    ("", "no", "false"),
    ("", "yes", "true"),
];

/// The language tag of a locale in either spelling.
pub fn language_tag(locale: &str) -> String {
    let lower = locale.trim().to_ascii_lowercase();
    let (language, settings) = match lower.split_once('@') {
        Some((language, settings)) => (language.to_owned(), of_pairs(settings)),
        None => match format!("{lower}-").split_once("-u-") {
            Some((language, settings)) => (language.to_owned(), of_subtags(settings.trim_end_matches('-'))),
            None => (lower, BTreeMap::new()),
        },
    };
    let mut tag = String::new();
    for part in language.split(['-', '_']).filter(|it| !it.is_empty()) {
        if !tag.is_empty() {
            tag.push('-');
        }
        tag.push_str(part);
    }
    if tag.is_empty() {
        tag.push_str("und");
    }
    if !settings.is_empty() {
        tag.push_str("-u");
    }
    for (key, value) in settings {
        tag.push_str(&format!("-{key}-{value}"));
    }
    tag
}

/// `colNumeric=yes;colCaseFirst=lower`.
fn of_pairs(settings: &str) -> BTreeMap<String, String> {
    let pairs = settings.split(';').filter_map(|it| it.split_once('='));
    pairs
        .map(|(key, value)| {
            let (key, value) = (key.trim(), value.trim());
            let key = KEYS.iter().find(|it| it.0 == key).map_or(key, |it| it.1);
            let short = VALUES.iter().find(|it| (it.0.is_empty() || it.0 == key) && it.1 == value);
            (key.to_owned(), short.map_or(value, |it| it.2).to_owned())
        })
        .collect()
}

/// `kn-kf-lower`: keys have two letters, and one without a value is on.
fn of_subtags(settings: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut key = None;
    for part in settings.split('-') {
        if part.len() == 2 {
            found.insert(part.to_owned(), String::new());
            key = Some(part);
        } else if let Some(value) = key.and_then(|it| found.get_mut(it)) {
            if !value.is_empty() {
                value.push('-');
            }
            value.push_str(part);
        }
    }
    for value in found.values_mut().filter(|it| it.is_empty()) {
        value.push_str("true");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_have_one_tag() {
        assert_eq!(language_tag("@colCaseFirst=lower;colNumeric=yes"), "und-u-kf-lower-kn-true");
        assert_eq!(language_tag("und-u-kn-kf-lower"), "und-u-kf-lower-kn-true");
        assert_eq!(language_tag("de_AT@collation=phonebook"), "de-at-u-co-phonebk");
        assert_eq!(language_tag("de-AT-u-co-phonebk"), "de-at-u-co-phonebk");
        assert_eq!(language_tag("@colStrength=secondary"), language_tag("und-u-ks-level2"));
        assert_eq!(language_tag(""), "und");
        assert_ne!(language_tag("en_US"), language_tag("en_GB"));
        assert_ne!(language_tag("und-u-kn-true"), language_tag("und-u-kn-false"));
    }
}
