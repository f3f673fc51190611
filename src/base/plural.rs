//! English plurals and singulars of single words and of names made of several.
//!
//! The rules are those of any English grammar; the exceptions are the common ones that name tables.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{WordMap, lower, pairs};

/// Words with a form of their own, singular first.
const IRREGULAR: &str = "person people child children man men woman women foot feet tooth teeth goose geese mouse mice ox oxen datum \
    data medium media criterion criteria phenomenon phenomena index indexes appendix appendices matrix matrices \
    vertex vertices quiz quizzes bus buses gas gases lens lenses alias aliases status statuses virus viruses campus \
    campuses bonus bonuses census censuses corpus corpora genus genera syllabus syllabi alumnus alumni stimulus \
    stimuli address addresses analysis analyses basis bases thesis theses hypothesis hypotheses diagnosis diagnoses \
    prognosis prognoses crisis crises synopsis synopses axis axes movie movies cookie cookies calorie calories tie \
    ties pie pies lie lies die dice zombie zombies selfie selfies cache caches shoe shoes toe toes canoe canoes \
    horse horses house houses warehouse warehouses greenhouse greenhouses course courses nurse nurses purse purses \
    base bases database databases case cases phase phases phrase phrases lease leases release releases purchase \
    purchases disease diseases expense expenses license licenses response responses warehouse warehouses exercise \
    exercises franchise franchises premise premises size sizes prize prizes vase vases nose noses dose doses use \
    uses clause clauses cause causes pause pauses axe axes half halves shelf shelves leaf leaves life lives wife \
    wives knife knives wolf wolves calf calves loaf loaves thief thieves potato potatoes tomato tomatoes hero \
    heroes echo echoes veto vetoes cargo cargoes menu menus guru gurus emu emus bureau bureaus plateau plateaus \
    tableau tableaus taxi taxis ski skis kiwi kiwis wiki wikis emoji emojis bikini bikinis safari safaris alibi \
    alibis sku skus cpu cpus gpu gpus api apis kpi kpis poi pois bias biases canvas canvases atlas atlases iris \
    irises trellis trellises mantis mantises metropolis metropolises lotus lotuses chorus choruses circus circuses \
    crocus crocuses walrus walruses octopus octopuses prospectus prospectuses apparatus apparatuses surplus \
    surpluses focus focuses terminus terminuses minibus minibuses trolleybus trolleybuses cactus cacti radius radii \
    nucleus nuclei fungus fungi bacterium bacteria stratum strata curriculum curricula memorandum memoranda oasis \
    oases emphasis emphases parenthesis parentheses synthesis syntheses ellipsis ellipses hoof hooves scarf scarves \
    wharf wharves elf elves dwarf dwarves sheaf sheaves mango mangoes volcano volcanoes torpedo torpedoes mosquito \
    mosquitoes buffalo buffaloes embargo embargoes brownie brownies smoothie smoothies hoodie hoodies rookie \
    rookies prairie prairies sortie sorties brasserie brasseries patisserie patisseries caddie caddies budgie \
    budgies birdie birdies genie genies eyrie eyries louse lice summons summonses";

/// Words that are their own plural.
const UNCOUNTED: &str = "access advice aircraft barracks bytes chassis chess content corps crossroads data deer equipment feedback fish \
    furniture gear goods hardware headquarters history information inventory knowledge luggage mail media metadata \
    money music news offspring payroll politics produce rice series sheep software species staff stock traffic weather";

/// The plural of a name's last word: `order_line` gives `order_lines`; a plural stays as it is.
pub fn plural(name: &str) -> String {
    on_last_word(name, plural_word)
}

/// The singular of a name's last word: `order_lines` gives `order_line`; a singular stays as it is.
pub fn singular(name: &str) -> String {
    on_last_word(name, singular_word)
}

fn on_last_word(name: &str, turn: fn(&str) -> String) -> String {
    match name.rfind(['_', ' ', '-']) {
        None => turn(name),
        Some(at) => {
            let (head, word) = name.split_at(at + 1);
            [head, &turn(word)].concat()
        }
    }
}

/// The words whose forms follow no rule.
struct Exceptions {
    plurals: WordMap<&'static str>,
    singulars: WordMap<&'static str>,
}

impl Exceptions {
    /// In maps, since every word of a text is asked for several times.
    fn all() -> &'static Self {
        static ALL: OnceLock<Exceptions> = OnceLock::new();
        ALL.get_or_init(|| {
            let same = || UNCOUNTED.split_ascii_whitespace().map(|it| (it, it));
            let irregular = pairs(IRREGULAR);
            // Of several singulars the first in the list is meant, and the last in a map stays.
            let singulars = irregular.iter().rev().map(|(one, many)| (*many, *one));
            Self {
                plurals: irregular.iter().copied().chain(same()).collect(),
                singulars: singulars.chain(same()).collect(),
            }
        })
    }
}

/// Words that end like "craftsmen" and are no plurals, and like "craftsman" without its plural.
const NO_MEN: &[&str] = &["specimen", "regimen", "abdomen", "cyclamen", "ottoman", "talisman"];

/// How long a word is that ends in "man" or "men" and means people: "foreman", but neither "human" nor "women".
const OF_MEN: usize = 7;

/// "craftsmen" for "craftsman", or the other way round: a word with one end, given the other.
fn with_men(lower: &str, word: &str, end: &str, other: &str) -> Option<String> {
    let is_of_men = lower.len() >= OF_MEN && lower.ends_with(end) && !NO_MEN.contains(&lower);
    let stem = word.get(..word.len().checked_sub(end.len())?)?;
    is_of_men.then(|| [stem, other].concat())
}

fn plural_word(word: &str) -> String {
    let lower = lower(word);
    let exceptions = Exceptions::all();
    match exceptions.plurals.get(lower.as_str()) {
        _ if exceptions.singulars.contains_key(lower.as_str()) => return word.to_owned(),
        Some(many) => return (*many).to_owned(),
        None => {}
    }
    if singular_word(word) != word {
        return word.to_owned();
    }
    if let Some(many) = with_men(&lower, word, "man", "men") {
        return many;
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) {
        return format!("{word}es");
    }
    match lower.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty() => {
            format!("{}ies", &word[..word.len() - 1])
        }
        _ => format!("{word}s"),
    }
}

fn singular_word(word: &str) -> String {
    // Most words are in lower case already, and asked for more often than anything else here.
    let is_lower = !word.bytes().any(|it| it.is_ascii_uppercase() || !it.is_ascii());
    let lower = if is_lower { Cow::Borrowed(word) } else { Cow::Owned(lower(word)) };
    let exceptions = Exceptions::all();
    match exceptions.singulars.get(&lower) {
        None if !lower.ends_with('s') => {
            return with_men(&lower, word, "men", "man").unwrap_or_else(|| word.to_owned());
        }
        _ if exceptions.plurals.contains_key(&lower) => return word.to_owned(),
        Some(one) => return (*one).to_owned(),
        None => {}
    }
    let cut = |by: usize, add: &str| [word.get(..word.len() - by).unwrap_or(word), add].concat();
    if lower.len() > 4 && lower.ends_with("ies") {
        return cut(3, "y");
    }
    if ["sses", "shes", "ches", "xes", "zzes"].iter().any(|end| lower.ends_with(end)) {
        return cut(2, "");
    }
    let stays = ["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) || lower.len() < 4;
    if lower.ends_with('s') && !stays { cut(1, "") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_singulars_are_inverse_on_common_names() {
        for (one, many) in [
            ("order", "orders"),
            ("category", "categories"),
            ("order_line", "order_lines"),
            ("day", "days"),
            ("box", "boxes"),
            ("person", "people"),
            ("address", "addresses"),
            ("status", "statuses"),
            ("menu", "menus"),
            ("craftsman", "craftsmen"),
            ("specimen", "specimens"),
            ("taxi", "taxis"),
            ("canvas", "canvases"),
            ("branch", "branches"),
            ("analysis", "analyses"),
            ("staff", "staff"),
            ("class", "classes"),
            ("warehouse", "warehouses"),
            ("expense", "expenses"),
            ("fee", "fees"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one);
            assert_eq!(plural(many), many);
            assert_eq!(singular(one), one);
        }
    }
}
