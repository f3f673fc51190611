//! Where one table departs from the conventions of the design.

use leptos::prelude::*;
use relata::design::convention::overridden;
use relata::design::{ConventionOverrides, Conventions, Table};

use crate::app::store::{Dispatch, Document, Records};

/// A convention that a table can follow or not.
#[derive(Clone, Copy)]
struct Switch {
    name: fn() -> String,
    usual: fn(&Conventions) -> bool,
    own: fn(&ConventionOverrides) -> Option<bool>,
    set: fn(&mut ConventionOverrides, Option<bool>),
}

const SWITCHES: [Switch; 5] = [
    Switch {
        name: || say!("model-timestamps"),
        usual: |it| it.timestamps,
        own: |it| it.timestamps,
        set: |it, on| it.timestamps = on,
    },
    Switch {
        name: || say!("model-authorship"),
        usual: |it| it.authorship,
        own: |it| it.authorship,
        set: |it, on| it.authorship = on,
    },
    Switch {
        name: || say!("model-soft-delete"),
        usual: |it| it.soft_delete,
        own: |it| it.soft_delete,
        set: |it, on| it.soft_delete = on,
    },
    Switch {
        name: || say!("model-version"),
        usual: |it| it.version,
        own: |it| it.version,
        set: |it, on| it.version = on,
    },
    Switch {
        name: || say!("model-tenancy"),
        usual: |it| it.tenancy.is_some(),
        own: |it| it.tenancy,
        set: |it, on| it.tenancy = on,
    },
];

/// The switches of one table, folded until they are asked for.
#[component]
pub fn Overrides(table: Table) -> impl IntoView {
    let departs = SWITCHES.iter().filter(|it| (it.own)(&table.overrides).is_some()).count();
    let words = if departs == 0 { say!("model-follows") } else { say!("model-departs") };
    let rows = SWITCHES.map(|switch| view! { <Row table=table.clone() switch /> });
    view! {
        <details class="overrides">
            <summary>{words}</summary>
            <div class="overrides__rows">{rows.into_iter().collect_view()}</div>
        </details>
    }
}

#[component]
fn Row(table: Table, switch: Switch) -> impl IntoView {
    let (document, dispatch) = (Document::from_context(), Dispatch::from_context());
    let conventions = Records::from_context().conventions();
    let own = (switch.own)(&table.overrides);
    let is_on = move || own.unwrap_or_else(|| conventions.with(switch.usual));
    let on_change = move |event: leptos::ev::Event| {
        let wanted = event_target_checked(&event);
        let usual = conventions.with_untracked(switch.usual);
        let mut overrides = table.overrides.clone();
        (switch.set)(&mut overrides, (wanted != usual).then_some(wanted));
        let edit = document.peek(|design| overridden(design, table.id, &overrides));
        dispatch.send(say!("done-conventions-of", name = table.name.as_str()), edit);
    };
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=is_on on:change=on_change />
            {(switch.name)()}
        </label>
    }
}
