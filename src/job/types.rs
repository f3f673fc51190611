//! The types that a column can have, for somebody who writes one.

use crate::design::Design;
use crate::pg::Builtin;
use crate::sql::qualified_name;

/// JSON: `[name, what it is]` of each type, those of the design first.
pub fn listed(design: &Design) -> String {
    let mut all: Vec<(String, String)> = Vec::new();
    for it in design.enums() {
        let values = it.values.join(", ");
        all.push((qualified_name(design, it.namespace, &it.name), format!("enum: {values}")));
    }
    for it in design.domains() {
        let base = crate::sql::type_name(design, &it.data_type);
        all.push((qualified_name(design, it.namespace, &it.name), format!("domain over {base}")));
    }
    for it in design.composites() {
        let attributes: Vec<&str> = it.attributes.iter().map(|it| it.name.as_str()).collect();
        let words = format!("composite: {}", attributes.join(", "));
        all.push((qualified_name(design, it.namespace, &it.name), words));
    }
    for it in design.ranges() {
        let of = crate::sql::type_name(design, &it.subtype);
        all.push((qualified_name(design, it.namespace, &it.name), format!("range of {of}")));
    }
    for it in Builtin::ALL {
        let (short, name) = (it.short_name(), it.name());
        all.push((short.to_owned(), if short == name { String::new() } else { name.to_owned() }));
    }
    // Names and texts are what JSON can always say.
    serde_json::to_string(&all).unwrap_or_default()
}
