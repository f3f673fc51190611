//! Forms of verbs.

use super::lexicon::lexicon;
use crate::base::Clip;

/// The base form of a verb: `keeps`, `kept`, `keeping` give `keep`.
pub fn base_form(word: &str) -> String {
    let lexicon = lexicon();
    if let Some(base) = lexicon.irregular.get(word) {
        return (*base).to_owned();
    }
    let undouble = |stem: &str| {
        let mut signs = stem.chars().rev();
        match (signs.next(), signs.next()) {
            (Some(last), Some(before)) if last == before && !"lsz".contains(last) => {
                stem.clip(..stem.len() - last.len_utf8()).to_owned()
            }
            _ => stem.to_owned(),
        }
    };
    let revive = |stem: &str| {
        let lost_e = [
            "at", "iz", "is", "iv", "uc", "ur", "ag", "ut", "rg", "dg", "nc", "rs", "as", "os", "id", "ov",
            "ot", "ir", "pl", "bl", "ud", "eas", "us", "iev",
        ]
        .iter()
        .any(|it| stem.ends_with(it));
        let keeps = [
            "visit", "edit", "submit", "limit", "repeat", "treat", "report", "await", "avoid", "pass",
            "assess", "process", "access", "address", "miss", "press", "seat", "float", "cheat", "put",
            "focus", "allot", "admit", "discus",
        ]
        .iter()
        .any(|it| stem.ends_with(it));
        if (lost_e || stem.ends_with('u')) && !keeps { format!("{stem}e") } else { undouble(stem) }
    };
    if let Some(stem) =
        word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")).filter(|it| it.len() > 1)
    {
        return format!("{stem}y");
    }
    if let Some(stem) = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")).filter(|it| it.len() > 2)
    {
        return revive(stem);
    }
    if ["sses", "shes", "ches", "xes", "zzes", "oes"].iter().any(|it| word.ends_with(it)) {
        return word.clip(..word.len() - 2).to_owned();
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_forms_come_back_from_all_forms() {
        for (form, base) in [
            ("assigns", "assign"),
            ("assigned", "assign"),
            ("created", "create"),
            ("managing", "manage"),
            ("stopped", "stop"),
            ("carries", "carry"),
            ("kept", "keep"),
            ("visited", "visit"),
            ("attaches", "attach"),
            ("issued", "issue"),
        ] {
            assert_eq!(base_form(form), base);
        }
    }
}
