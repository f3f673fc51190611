//! Forms of verbs.

use super::lexicon::lexicon;
use crate::base::{Clip, one_of};

/// Words that only look like participles. Source: English words in -eed and their like.
const NO_PARTICIPLES: &str = "need seed speed breed bleed weed deed exceed proceed succeed bed shed embed hundred indeed red reed \
                      greed breed";

/// Whether the participle of a verb is its base form: "a price is set". Source: any grammar of English.
pub fn done_by_base(word: &str) -> bool {
    one_of(word, "set put cut let split shut cast spread read hit hurt")
}

/// Whether a word is the past of a verb whose participle is another: "gave" says what was done, "given" may stand before a noun.
/// Source: any grammar of English.
pub fn is_preterite(word: &str) -> bool {
    one_of(
        word,
        "went took gave came became began ran saw drew drove rode rose fell flew grew knew spoke stole wore broke ate chose \
         wrote withdrew",
    )
}

/// Whether a participle may stand behind it.
pub fn is_be(word: &str) -> bool {
    one_of(word, "is are was were be been being")
}

/// Whether a word has the ending of a participle.
pub fn looks_done(word: &str) -> bool {
    word.ends_with("ed") && !one_of(word, NO_PARTICIPLES)
}

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
        let ends = |all: &str| {
            (2..=7).any(|it| {
                stem.len().checked_sub(it).and_then(|it| stem.get(it..)).is_some_and(|it| one_of(it, all))
            })
        };
        let lost_e = ends(
            "at iz is iv uc ur ag ut rg dg nc rs as os id ov ot ir pl bl ud eas us iev ib rv lv av ang eng ic ac rc \
            ens ys dl tl gl dul sum vok stor scor ignor plor rmin amin fin mbin clin elet plet mpil epar mpar clar \
            shar",
        );
        let keeps = ends(
            "visit edit submit limit repeat treat report await avoid pass assess process access address miss press \
            seat float cheat put focus allot admit discus air aid void oot pivot",
        );
        // A verb of the word lists is known by its base form; the endings decide for all others.
        let known = |it: &str| {
            lexicon.actions.contains(it)
                || lexicon.events.contains_key(it)
                || lexicon.have.contains(it)
                || lexicon.associations.contains(it)
        };
        let full = format!("{stem}e");
        if known(&full) || (lost_e || stem.ends_with('u')) && !keeps && !known(stem) {
            full
        } else if known(stem) {
            stem.to_owned()
        } else {
            undouble(stem)
        }
    };
    if let Some(stem) =
        word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")).filter(|it| it.len() > 1)
    {
        return format!("{stem}y");
    }
    if let Some(stem) = word
        .strip_suffix("ing")
        .or_else(|| word.strip_suffix("ed"))
        .filter(|it| it.len() > 2 && !one_of(word, NO_PARTICIPLES))
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
            ("stored", "store"),
            ("described", "describe"),
            ("arranged", "arrange"),
            ("replaced", "replace"),
            ("reserved", "reserve"),
            ("monitored", "monitor"),
            ("repaired", "repair"),
            ("saved", "save"),
            ("invoiced", "invoice"),
        ] {
            assert_eq!(base_form(form), base);
        }
    }

    #[test]
    fn what_is_set_is_done_to_it() {
        let text = "Parts have a number and a colour. Machines have a maker and a weight. A price is set per part and machine.";
        let reading = crate::brief::read(text);
        let pair = reading.relationships.iter().find(|it| it.is_between("part", "machine"));
        assert!(pair.is_some_and(|it| it.via.is_some()), "{:?}", reading.relationships);
    }
}
