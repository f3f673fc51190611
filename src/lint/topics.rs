//! What the words of names mean to the rules: every name is looked up once, and rules ask for bits.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A set of topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Topics(u128);

impl Topics {
    /// Whether a topic is among them.
    pub fn has(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u8) != 0
    }

    /// Whether any of several is.
    pub fn any(self, topics: &[Topic]) -> bool {
        topics.iter().any(|it| self.has(*it))
    }
}

macro_rules! topics {
    ($($(#[doc = $doc:literal])+ $topic:ident: $words:literal;)+) => {
        /// What a word of a name can mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Topic {
            $($(#[doc = $doc])+ $topic,)+
        }

        const TOPICS: &[(Topic, &str)] = &[$((Topic::$topic, $words)),+];
    };
}

topics! {
    /// An exact amount of money.
    Money: "price amount total subtotal cost fee tax discount salary revenue wage payout refund balance";
    /// Of these, what may be negative.
    Signed: "balance delta adjustment offset temperature refund change diff difference variance net gain loss latitude longitude lat lng lon altitude elevation depth timezone score";
    /// A number of things.
    Quantity: "quantity qty stock count";
    /// A measure that is not negative.
    Measure: "size length weight duration age attempt width height distance";
    /// A closed set of values.
    Closed: "status state stage phase kind type role level severity priority visibility method channel gender locale currency";
    /// A share of a whole.
    Share: "percent percentage ratio probability";
    /// A judgement on a scale.
    Rating: "rating stars";
    /// A coordinate.
    Latitude: "latitude lat";
    /// A coordinate.
    Longitude: "longitude lng lon";
    /// A part of a date.
    DatePart: "month weekday hour minute";
    /// When a row was made.
    Created: "created inserted";
    /// When a row was changed.
    Updated: "updated modified";
    /// When a row was deleted by mark.
    Deleted: "deleted archived removed";
    /// A currency.
    Currency: "currency";
    /// Personal or changing values that make poor keys.
    Changing: "email phone username handle slug name title address ssn passport plate sku";
    /// A name that identifies a person or host whatever its case.
    CaseFree: "email username login handle domain hostname";
    /// What tells one thing from another for people.
    Natural: "email username slug code sku isbn iban number";
    /// A label.
    Name: "name title label";
    /// A universal identifier.
    Uuid: "uuid guid";
    /// A secret.
    Secret: "password passwd secret cvv pin token";
    /// What makes a secret harmless, or no secret.
    Harmless: "hash hashed digest encrypted ref crypt cipher type count expires expiry expired at sent id kind name length min max policy reset changed updated required enabled hint";
    /// A binary file.
    File: "file image photo avatar pdf document video attachment";
    /// An address of the network.
    Network: "ip ipv4 ipv6 cidr subnet mac";
    /// A place in an order.
    Position: "position ordinal seq rank sequence order";
    /// Something that grows without bound.
    Accumulator: "bytes views micros cents byte view micro";
    /// Records of account that must stay.
    Evidence: "invoice payment refund ledger transaction audit history activity log contract consent tax";
    /// What is written once and read in order of time.
    Log: "log audit event history activity journal ledger trace metric";
    /// A person who acted.
    Actor: "author creator owner uploader approver assignee reviewer editor reporter requester submitter sender commenter actor";
    /// A table of persons.
    Person: "user person account client contact company member employee customer profile staff";
    /// Words for what others are inside.
    Tenant: "tenant";
    /// Words for what tenants are often called.
    TenantLike: "tenant organization organisation org workspace company team account";
    /// A document of trade, or a line of one.
    Document: "order invoice quote receipt payslip contract purchase sale line item shipment";
    /// A line of a document.
    Line: "line item";
    /// A price.
    Price: "price cost rate";
    /// Beginning of a range.
    Begin: "start begin from starts begins opens started since";
    /// End of a range.
    End: "end until to ends finish closes ended thru";
    /// What can be booked.
    Booking: "booking reservation appointment shift allocation";
    /// Marks one of several.
    Single: "default primary current main";
    /// Personal identifiers.
    Sensitive: "ssn passport iban dob";
    /// Content of users.
    Content: "post comment task document project message note article page";
    /// A list that a person orders by hand.
    Ordered: "playlist card step slide menu checklist section chapter lesson question task todo stage";
    /// Ids of systems outside.
    Foreign: "external legacy stripe provider trace request session correlation remote facebook google twitter github apple ext uid oauth transaction tracking";
    /// What says nothing.
    Empty: "data info misc temp tmp foo stuff";
    /// Words that name a set whose members grow or have data of their own.
    Open: "category tag country city department skill plan feature";
    /// What usually becomes plural.
    Plural: "assignee category tag label reviewer approver";
    /// A measure that wants its unit.
    Unit: "duration size weight distance timeout interval length width height";
    /// A unit.
    UnitWord: "ms millis milliseconds sec secs second seconds min mins minute minutes hour hours day days week weeks month months year years byte bytes kb mb gb kib mib gib px m cm mm km kg g lb lbs oz mi meter meters metre metres gram grams inch inches pixels percent pct chars characters lines rows pages";
    /// A yes or a no.
    Flag: "is has can flag active enabled";
    /// A moment.
    Moment: "at on date time dob birthday birthdate epoch expires";
    /// A code of the outside world, which does not change.
    Iso: "iso country currency language locale zone";
    /// A subject that may be of several kinds.
    Kindred: "type";
    /// A soft measure of exactness: quantities with units inside text.
    Hash: "hash digest checksum sha md5 fingerprint";
    /// Names for the attribute of an entity–attribute–value table.
    Attribute: "attribute attr key name property field meta param parameter option setting";
    /// Names for its value.
    Value: "value val";
    /// Suffixes of a table that has one row for each row of another.
    OneToOne: "profile setting preference detail credential stat config configuration metadata";
    /// A list held in text.
    List: "csv list ids tags labels emails roles scopes";
    /// Time zones.
    Zone: "zone timezone tz";
}

/// The topics of a word in lower case, its plural considered.
pub fn of_word(word: &str) -> Topics {
    static WORDS: OnceLock<BTreeMap<&'static str, u128>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words = BTreeMap::new();
        for (topic, list) in TOPICS {
            for word in list.split(' ') {
                *words.entry(word).or_insert(0) |= 1_u128 << *topic as u8;
            }
        }
        words
    });
    let exact = words.get(word).copied();
    let stem = || {
        let found = |it: &str| words.get(it).copied();
        let without = word.strip_suffix('s').and_then(found);
        without
            .or_else(|| word.strip_suffix("es").and_then(found))
            .or_else(|| found(&format!("{}y", word.strip_suffix("ies")?)))
    };
    Topics(exact.unwrap_or(0) | stem().unwrap_or(0))
}

/// The topics of a name: of all its words, of the first and of the last.
pub fn of_name(name: &str) -> [Topics; 3] {
    let mut found = [Topics::default(); 3];
    let mut is_first = true;
    each_word(name, |word| {
        let topics = of_word(word);
        found[0].0 |= topics.0;
        if is_first {
            found[1] = topics;
        }
        found[2] = topics;
        is_first = false;
    });
    found
}

/// The words of a name in lower case: parted at signs, before a capital, and around digits.
pub fn each_word(name: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut before = ' ';
    for sign in name.chars() {
        let parts = !sign.is_alphanumeric()
            || sign.is_uppercase() && before.is_lowercase()
            || sign.is_ascii_digit() != before.is_ascii_digit() && before.is_alphanumeric();
        if parts && !word.is_empty() {
            each(&word);
            word.clear();
        }
        if sign.is_ascii_alphanumeric() {
            word.push(sign.to_ascii_lowercase());
        } else if sign.is_alphanumeric() {
            word.extend(sign.to_lowercase());
        }
        before = sign;
    }
    if !word.is_empty() {
        each(&word);
    }
}

/// The words of a name in lower case.
pub fn words(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_word(name, |it| found.push(it.to_owned()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_and_known_in_the_plural() {
        assert_eq!(words("unitPrice2_USD"), ["unit", "price", "2", "usd"]);
        assert_eq!(words("ÉtatCivil"), ["état", "civil"]);
        assert!(of_word("prices").has(Topic::Money) && of_word("taxes").has(Topic::Money));
        assert!(of_word("categories").has(Topic::Open));
        assert!(!of_name("discount")[0].has(Topic::Quantity), "a word, never a part of one");
        assert!(TOPICS.len() <= 128, "a topic is a bit of 128");
    }
}
