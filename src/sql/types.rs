//! The types that a column can have, for somebody who writes one.

use super::{qualified_name, type_name};
use crate::design::Design;
use crate::pg::Builtin;

/// Each type with what it is, those of the design first.
pub fn types(design: &Design) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for it in design.enums() {
        let values = it.values.join(", ");
        all.push((qualified_name(design, it.namespace, &it.name), format!("enum: {values}")));
    }
    for it in design.domains() {
        let base = type_name(design, &it.data_type);
        all.push((qualified_name(design, it.namespace, &it.name), format!("domain over {base}")));
    }
    for it in design.composites() {
        let attributes: Vec<&str> = it.attributes.iter().map(|it| it.name.as_str()).collect();
        let words = format!("composite: {}", attributes.join(", "));
        all.push((qualified_name(design, it.namespace, &it.name), words));
    }
    for it in design.ranges() {
        let of = type_name(design, &it.subtype);
        all.push((qualified_name(design, it.namespace, &it.name), format!("range of {of}")));
    }
    for it in Builtin::ALL {
        let (short, name) = (it.short_name(), it.name());
        all.push((short.to_owned(), if short == name { String::new() } else { name.to_owned() }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Edit, EnumType};

    #[test]
    fn types_of_the_design_come_before_those_of_postgresql() {
        let mut design = Design::new();
        let it = EnumType {
            id: design.ids().take(),
            name: "Mood".into(),
            values: vec!["sad".into(), "glad".into()],
            ..EnumType::default()
        };
        design.apply(&Edit::adding([it])).expect("valid");
        let all = types(&design);
        assert_eq!(all.first(), Some(&("\"Mood\"".to_owned(), "enum: sad, glad".to_owned())));
        assert!(all.contains(&("timestamptz".to_owned(), "timestamp with time zone".to_owned())));
    }
}
