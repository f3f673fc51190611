//! Help: what each step is for, the keys, the signs.

use leptos::prelude::*;

use super::Dialog;
use super::language::LanguageChoice;
use crate::app::commands::commands;
use crate::app::navigation::Step;

/// What a step is for.
fn about(step: Step) -> String {
    match step {
        Step::Describe => say!("help-describe"),
        Step::Model => say!("help-model"),
        Step::Diagram => say!("help-diagram"),
        Step::Sql => say!("help-sql"),
        Step::Check => say!("help-check"),
        Step::Ship => say!("help-ship"),
    }
}

/// Help as a dialog.
#[component]
pub fn HelpDialog() -> impl IntoView {
    let step = |it: Step| view! { <div><dt>{it.name()}</dt><dd>{about(it)}</dd></div> };
    let keys = commands().into_iter().filter_map(|it| Some((it.title, it.keys.first()?.words())));
    let key = |(title, keys): (String, String)| {
        let pressed = keys.split(' ').map(|it| view! { <kbd>{it.to_owned()}</kbd> " " }).collect_view();
        view! { <div><dt>{pressed}</dt><dd>{title}</dd></div> }
    };
    view! {
        <Dialog title=say!("command-help")>
            <p class="prose">
                {say!("help-lead")}
            </p>
            <p><a href="guide.html" target="_blank" rel="noopener" data-testid="guide-page">{say!("help-guide")}</a>" "{say!("help-guide-about")}</p>
            <LanguageChoice />
            <dl class="pairs">{Step::ALL.map(step).collect_view()}</dl>
            <h3>{say!("help-marks")}</h3>
            <ul class="help__marks">
                <li><mark class="mark mark--entity">{say!("help-mark-entity")}</mark>" "{say!("help-mark-entity-about")}</li>
                <li><mark class="mark mark--attribute">{say!("help-mark-attribute")}</mark>" "{say!("help-mark-attribute-about")}</li>
                <li><mark class="mark mark--relationship">{say!("help-mark-relationship")}</mark>" "{say!("help-mark-relationship-about")}</li>
                <li><mark class="mark mark--values">{say!("help-mark-values")}</mark>" "{say!("help-mark-values-about")}</li>
                <li><span class="chip chip--assumed">{say!("page-assumed")}</span>" "{say!("help-assumed")}</li>
            </ul>
            <h3>{say!("help-keys")}</h3>
            <dl class="pairs">{keys.map(key).collect_view()}</dl>
        </Dialog>
    }
}
