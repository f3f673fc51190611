//! Names as the text spells them: "organisation" and "max." are read as the words that the lists have, and shown as they were written.

use super::reading::{Attribute, Condition, Entity, QuestionSubject, Reading, Relationship};
use crate::base::{SortedMap, lower};

/// How a word is read, and how it may be written.
const SPELLINGS: &[(&str, &str)] =
    &[("organization", "organisation"), ("maximum", "max"), ("minimum", "min")];

/// Gives names the spelling of the text where it has no other. Linear.
pub fn keep(reading: &mut Reading, text: &str) {
    let lower = lower(text);
    let words = || lower.split(|it: char| !it.is_alphanumeric());
    for (read, written) in SPELLINGS {
        let has = |word: &str| words().any(|it| it.strip_suffix('s').unwrap_or(it) == word);
        if has(written) && !has(read) {
            Spelling { read, written }.of_reading(reading);
        }
    }
}

struct Spelling {
    read: &'static str,
    written: &'static str,
}

impl Spelling {
    /// A name: its words one by one.
    fn name(&self, name: &mut String) {
        if name.contains(self.read) {
            let words: Vec<&str> =
                name.split('_').map(|it| if it == self.read { self.written } else { it }).collect();
            *name = words.join("_");
        }
    }

    fn of_reading(&self, reading: &mut Reading) {
        reading.entities.iter_mut().for_each(|it| self.entity(it));
        reading.relationships.iter_mut().for_each(|it| self.relationship(it));
        reading.left_out.iter_mut().for_each(|it| self.name(&mut it.name));
        reading.rules.iter_mut().for_each(|it| self.name(&mut it.entity));
        for it in &mut reading.access {
            it.role.iter_mut().for_each(|it| self.name(it));
            self.name(&mut it.entity);
            it.only.iter_mut().chain(&mut it.becomes).for_each(|it| self.condition(it));
        }
        reading.isolated.iter_mut().chain(&mut reading.tenant).for_each(|it| self.name(&mut it.0));
        let mut load = SortedMap::new();
        for (mut entity, mut size) in std::mem::take(&mut reading.load) {
            self.name(&mut entity);
            size.per.iter_mut().for_each(|it| self.name(it));
            load.insert(entity, size);
        }
        reading.load = load;
        for it in &mut reading.questions {
            match &mut it.subject {
                QuestionSubject::ValueSet { entity, attribute } => {
                    self.name(entity);
                    self.name(attribute);
                }
                QuestionSubject::Further(further) => {
                    further.entities.iter_mut().for_each(|it| self.entity(it));
                    for (entity, attribute) in &mut further.attributes {
                        self.name(entity);
                        self.attribute(attribute);
                    }
                    further.relationships.iter_mut().for_each(|it| self.relationship(it));
                }
                QuestionSubject::Tie(all) => all.iter_mut().for_each(|it| self.relationship(it)),
                QuestionSubject::Open
                | QuestionSubject::Existing(_)
                | QuestionSubject::HiddenManyToMany { .. }
                | QuestionSubject::Identity => {}
            }
        }
    }

    fn entity(&self, it: &mut Entity) {
        self.name(&mut it.name);
        it.attributes.iter_mut().for_each(|it| self.attribute(it));
    }

    fn attribute(&self, it: &mut Attribute) {
        self.name(&mut it.name);
        it.unique_in.iter_mut().for_each(|it| self.name(it));
    }

    fn relationship(&self, it: &mut Relationship) {
        self.name(&mut it.from);
        self.name(&mut it.to);
        it.role.iter_mut().chain(&mut it.via).for_each(|it| self.name(it));
    }

    fn condition(&self, it: &mut Condition) {
        match it {
            Condition::Own(role) => role.iter_mut().for_each(|it| self.name(it)),
            Condition::Is { attribute, .. } => self.name(attribute),
            Condition::Under { entity, only } => {
                self.name(entity);
                for it in only {
                    self.condition(it);
                }
            }
            Condition::SignedIn => {}
            Condition::Not(it) => self.condition(it),
            Condition::All(all) => all.iter_mut().for_each(|it| self.condition(it)),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_keep_the_spelling_of_the_text() {
        let text =
            "An organisation has a name. A hall belongs to an organisation and has a name and a max. load.";
        let reading = crate::brief::read(text);
        let hall = reading.entities.iter().find(|it| it.name == "hall").expect("a hall");
        assert!(hall.attributes.iter().any(|it| it.name == "max_load"), "{:?}", hall.attributes);
        assert!(reading.entities.iter().any(|it| it.name == "organisation"));
        assert!(reading.relationships.iter().any(|it| it.from == "hall" && it.to == "organisation"));
        let other = crate::brief::read(&text.replace("isation", "ization").replace("max.", "maximum"));
        assert!(other.entities.iter().any(|it| it.name == "organization"));
    }
}
