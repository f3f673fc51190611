//! Help: what each step is for, the keys, the signs.

use leptos::prelude::*;

use super::Dialog;
use super::language::LanguageChoice;
use crate::app::commands::commands;

const STEPS: [(&str, &str); 6] = [
    (
        "Describe",
        "Write or paste what the product does. What was found stands beside the words that it came from.",
    ),
    ("Model", "Read the tables with their reasons, and switch conventions on and off."),
    ("Diagram", "See how tables reference each other; move, add and change them."),
    ("SQL", "The design as PostgreSQL, for the version you choose."),
    ("Check", "Run the SQL in a real PostgreSQL inside this page."),
    ("Ship", "Copy a link that holds the whole design, or save files."),
];

/// Help as a dialog.
#[component]
pub fn HelpDialog() -> impl IntoView {
    let step = |(name, words): (&'static str, &'static str)| {
        view! { <div><dt>{name}</dt><dd>{words}</dd></div> }
    };
    let keys = commands().into_iter().filter_map(|it| Some((it.title, it.keys.first()?.words())));
    let key = |(title, keys): (String, String)| {
        let pressed = keys.split(' ').map(|it| view! { <kbd>{it.to_owned()}</kbd> " " }).collect_view();
        view! { <div><dt>{pressed}</dt><dd>{title}</dd></div> }
    };
    view! {
        <Dialog title="Help">
            <p class="prose">
                "Relata turns a description into a PostgreSQL schema. Everything happens in this page: nothing you write leaves this device, except in links that you send yourself."
            </p>
            <p><a href="guide.html" target="_blank" rel="noopener" data-testid="guide-page">"Read the guide"</a>" with pictures of each step."</p>
            <LanguageChoice />
            <dl class="pairs">{STEPS.map(step).collect_view()}</dl>
            <h3>"Marks"</h3>
            <ul class="help__marks">
                <li><mark class="mark mark--entity">"entity"</mark>" a thing that becomes a table"</li>
                <li><mark class="mark mark--attribute">"attribute"</mark>" becomes a column"</li>
                <li><mark class="mark mark--relationship">"relationship"</mark>" becomes a foreign key"</li>
                <li><mark class="mark mark--values">"values"</mark>" a closed set that a column takes"</li>
                <li><span class="chip chip--assumed">"assumed"</span>" not said in the text, but usual; leave it out when it is wrong"</li>
            </ul>
            <h3>"Keys"</h3>
            <dl class="pairs">{keys.map(key).collect_view()}</dl>
        </Dialog>
    }
}
