//! A table on the canvas.

use leptos::prelude::*;
use relata::design::{Fate, Table, TableId, TableKind};
use relata::layout::Point;
use relata::layout::card::{ADVANCE, Card, Detail, HEADER, NAME_LEFT, ROW, Row, SIGN_LEFT, Sign, TYPE_RIGHT};
use relata::lint::Severity;

use super::selection::Selection;
use super::stage::Stage;
use crate::app::check::Critic;
use crate::app::shell::Marked;
use crate::app::store::Records;

/// One table. Redrawn when this table, its place or whether it is selected changes, and only then.
#[component]
pub fn TableCard(table: TableId, detail: Detail) -> impl IntoView {
    let Some(standing) = Stage::from_context().standing(table) else { return ().into_any() };
    let selection = Selection::from_context();
    let (marked, critic) = (Marked::from_context(), Critic::from_context());
    let found = Memo::new(move |_| critic.table(table));
    let card = Memo::new({
        let standing = standing.clone();
        move |_| standing.with(|it| it.card.clone())
    });
    // What is moved by a transform of its own is a group of its own for the browser, which at a thousand tables costs more than painting
    // them: a card that is a rectangle alone stands at its place itself.
    let is_far = detail == Detail::Boxes;
    let corner = move |stands_itself: bool| {
        if is_far == stands_itself { standing.with(|it| it.corner) } else { Point::default() }
    };
    let [left, top, beside] = [corner.clone(), corner.clone(), corner.clone()];
    let place = move || {
        let Point { x, y } = corner(false);
        format!("translate({x} {y})")
    };
    let is_selected = Memo::new(move |_| selection.holds(table));
    let record = Records::from_context().tables.get(table);
    let is_given = Memo::new(move |_| record.as_ref().is_some_and(|it| it.with(Table::is_given)));
    let class = move || {
        let (kind, color) = card.with(|it| (kind_class(it.kind), it.color.unwrap_or(0)));
        let selected = if is_selected.get() { " table-card--selected" } else { "" };
        let fate = marked.fate(table).map_or("", fate_class);
        let far = if is_far { " table-card--far" } else { "" };
        let given = if is_given.get() { " table-card--given" } else { "" };
        format!("table-card {kind} c{color}{selected}{fate}{far}{given}")
    };
    view! {
        <g
            class=class
            transform=place
            data-testid="table"
            data-name=move || card.with(|it| it.full_name.clone())
            data-table=table.0
            role="group"
            aria-label=move || {
                let told = spoken_with(card.with(spoken), found.get());
                if is_given.get() { format!("{told}, {}", say!("inspector-given")) } else { told }
            }
        >
            <rect
                class="table-card__box"
                x=move || left(true).x
                y=move || top(true).y
                width=move || card.with(|it| it.size().width)
                height=move || card.with(|it| it.size().height)
                rx="6"
            />
            {move || card.with(|card| contents(card, detail))}
            {move || found.get().filter(|_| detail == Detail::Full).map(|it| finding_mark(it, card.with(|it| it.size().width)))}
            {move || {
                let Point { x, y } = beside(true);
                marked.fate(table).map(|it| view! { <text class="table-card__fate" x=x + SIGN_LEFT y=y - 8.0>{fate_word(it)}</text> })
            }}
        </g>
    }
    .into_any()
}

fn contents(card: &Card, detail: Detail) -> AnyView {
    let band = || view! { <path class="table-card__band" d=band(card) /> };
    match detail {
        Detail::Boxes => ().into_any(),
        Detail::Titles => {
            let title = card.title.clone();
            view! {
                {band()}
                <path class="table-card__rows" d=row_bars(card) />
                <text class="table-card__title" x=SIGN_LEFT y=HEADER / 2.0 style=far_font(card)>{title}</text>
            }
            .into_any()
        }
        Detail::Full => {
            let size = card.size();
            view! {
                {band()}
                <line class="table-card__rule" x1="0" x2=size.width y1=HEADER y2=HEADER />
                {card.pinned.then(|| view! {
                    <path class="table-card__pin" transform=format!("translate({} 9)", size.width - 20.0) d="M3 0h4v5l2 2H1l2-2zM5 7v5" />
                })}
                <foreignObject width=size.width height=size.height>
                    {rows(card)}
                </foreignObject>
            }
            .into_any()
        }
    }
}

/// Title and rows, a block for each column of the card: texts of an SVG are laid out anew, one by one, whenever the scale
/// changes, which at a hundred tables took 12 ms a step of a zoom.
fn rows(card: &Card) -> impl IntoView + use<> {
    let lines = |of: fn(&Row) -> &str| {
        let mut text = String::new();
        for row in card.rows.iter() {
            text += of(row);
            text.push('\n');
        }
        text
    };
    let names = card.rows.iter().map(|row| {
        let class = if row.is_key { "table-card__name table-card__name--key" } else { "table-card__name" };
        view! { <span class=class>{row.name.clone()}</span>"\n" }
    });
    let more = (card.left_out > 0)
        .then(|| view! { <span class="table-card__type">{say!("diagram-more-columns", count = card.left_out)}</span> });
    view! {
        <div class="table-card__title" style=format!("height:{HEADER}px;line-height:{HEADER}px;padding-left:{SIGN_LEFT}px")>
            {card.shown_title.clone()}
        </div>
        <div class="table-card__cells" style=format!("line-height:{ROW}px;padding:0 {TYPE_RIGHT}px 0 {SIGN_LEFT}px")>
            <pre class="table-card__sign" style=format!("width:{}px", NAME_LEFT - SIGN_LEFT)>{lines(|it| sign(it.sign))}</pre>
            <pre class="table-card__names">{names.collect_view()}{more}</pre>
            <pre class="table-card__type">{lines(|it| &it.type_text)}</pre>
        </div>
    }
}

/// From afar a title is as large as its card lets it be, so that it can still be read.
fn far_font(card: &Card) -> String {
    let room = card.size().width - SIGN_LEFT - TYPE_RIGHT;
    let size = room / (ADVANCE * card.title.chars().count().max(1) as f64);
    format!("font-size:{:.1}px", size.clamp(9.0, 24.0))
}

/// From afar a row is a bar as long as its name.
fn row_bars(card: &Card) -> String {
    let bar = |(at, row): (usize, &Row)| {
        let middle = HEADER + ROW * (at as f64 + 0.5);
        format!("M{NAME_LEFT} {middle}h{:.0}", row.name.chars().count() as f64 * 7.2)
    };
    card.rows.iter().enumerate().map(bar).collect()
}

/// The coloured edge at the title's left, rounded as the box is.
fn band(card: &Card) -> String {
    let bottom = if card.rows.is_empty() { "V22a6 6 0 0 0 4 6" } else { "V28H4" };
    format!("M4 0.4A6 6 0 0 0 0 6{bottom}Z")
}

fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Key => "⚷",
        Sign::Reference => "→",
        Sign::Unique => "u",
        Sign::Plain => "",
    }
}

fn kind_class(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Core => "table-card--core",
        TableKind::Lookup => "table-card--lookup",
        TableKind::Junction => "table-card--junction",
        TableKind::Infrastructure => "table-card--infrastructure",
    }
}

/// How many errors and warnings there are, at the corner.
fn finding_mark((gravest, count): (Severity, u32), width: f64) -> impl IntoView {
    let class = match gravest {
        Severity::Error => "table-card__found table-card__found--error",
        Severity::Warning | Severity::Info => "table-card__found",
    };
    view! {
        <g class=class transform=format!("translate({} 0)", width - 10.0) data-testid="card-findings">
            <rect x="-9" y="-8" width="18" height="16" rx="8" />
            <text>{if count > 99 { "99".to_owned() } else { count.to_string() }}</text>
            <title>{findings_words(count)}</title>
        </g>
    }
}

fn findings_words(count: u32) -> String {
    say!("check-findings", count = count)
}

fn spoken_with(card: String, found: Option<(Severity, u32)>) -> String {
    found.map_or(card.clone(), |(_, count)| format!("{card}, {}", findings_words(count)))
}

fn fate_class(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => " table-card--added",
        Fate::Removed | Fate::Changed => " table-card--changed",
    }
}

fn fate_word(fate: Fate) -> String {
    match fate {
        Fate::Added => say!("diagram-added"),
        Fate::Removed => say!("diagram-removed"),
        Fate::Changed => say!("diagram-changed"),
    }
}

fn spoken(card: &Card) -> String {
    let kind = match card.kind {
        TableKind::Core => say!("diagram-table-core"),
        TableKind::Lookup => say!("diagram-table-lookup"),
        TableKind::Junction => say!("diagram-table-junction"),
        TableKind::Infrastructure => say!("diagram-table-infrastructure"),
    };
    let columns = card.rows.len() + card.left_out;
    let words = say!("diagram-card", kind = kind, name = card.title.as_str(), count = columns);
    if card.pinned { format!("{words}, {}", say!("diagram-pinned")) } else { words }
}
