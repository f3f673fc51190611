//! What the acts on the canvas are called.

use relata::gesture::{Act, Pattern, Selected};
use relata::layout::{Axis, Side};

/// What an act is called in a menu, beginning with a verb; a colour by its name.
pub fn title(act: Act) -> String {
    match act {
        Act::Rename => say!("act-rename"),
        Act::Duplicate => say!("act-duplicate"),
        Act::Copy => say!("act-copy"),
        Act::Paste => say!("act-paste"),
        Act::Remove => say!("act-remove"),
        Act::Align(Side::Left) => say!("act-align-left"),
        Act::Align(Side::Centre) => say!("act-align-centre"),
        Act::Align(Side::Right) => say!("act-align-right"),
        Act::Align(Side::Top) => say!("act-align-top"),
        Act::Align(Side::Middle) => say!("act-align-middle"),
        Act::Align(Side::Bottom) => say!("act-align-bottom"),
        Act::Distribute(Axis::Across) => say!("act-distribute-across"),
        Act::Distribute(Axis::Down) => say!("act-distribute-down"),
        Act::Color(None) => say!("act-color-usual"),
        Act::Color(Some(1)) => say!("act-color-blue"),
        Act::Color(Some(2)) => say!("act-color-teal"),
        Act::Color(Some(3)) => say!("act-color-green"),
        Act::Color(Some(4)) => say!("act-color-ochre"),
        Act::Color(Some(5)) => say!("act-color-orange"),
        Act::Color(Some(6)) => say!("act-color-red"),
        Act::Color(Some(7)) => say!("act-color-pink"),
        Act::Color(Some(_)) => say!("act-color-violet"),
        Act::Collapse(true) => say!("act-collapse"),
        Act::Collapse(false) => say!("act-expand"),
        Act::Pin(true) => say!("act-pin"),
        Act::Pin(false) => say!("act-unpin"),
        Act::Hide => say!("act-hide"),
        Act::ShowHidden => say!("act-show-hidden"),
        Act::Focus(1) => say!("act-focus"),
        Act::Focus(steps) => say!("act-focus-steps", count = steps),
        Act::Unfocus => say!("act-unfocus"),
        Act::MakeArea => say!("act-make-area"),
        Act::JoinArea => say!("act-join-area"),
        Act::LeaveArea => say!("act-leave-area"),
        Act::SelectArea => say!("act-select-area"),
        Act::AddTable => say!("act-add-table"),
        Act::AddNote => say!("act-add-note"),
        Act::SelectAll => say!("act-select-all"),
        Act::Label(true) => say!("act-label"),
        Act::Label(false) => say!("act-unlabel"),
        Act::Find => say!("act-find"),
        Act::Fit => say!("act-fit"),
        Act::FitSelected => say!("act-fit-selected"),
        Act::LifeSize => say!("act-life-size"),
        Act::Arrange(Pattern::Related) => say!("act-arrange-related"),
        Act::Arrange(Pattern::Areas) => say!("act-arrange-areas"),
        Act::Arrange(Pattern::Columns) => say!("act-arrange-columns"),
        Act::Arrange(Pattern::Grid) => say!("act-arrange-grid"),
        Act::Arrange(Pattern::Star) => say!("act-arrange-star"),
    }
}

/// What an act has done to how things are drawn, as it stands after "Undo".
pub fn done(act: Act, selected: &Selected) -> String {
    match act {
        Act::Align(_) => say!("done-align"),
        Act::Distribute(_) => say!("done-distribute"),
        Act::Color(_) => say!("done-color"),
        Act::Collapse(true) => say!("done-collapse"),
        Act::Collapse(false) => say!("done-expand"),
        Act::Pin(true) => say!("done-pin"),
        Act::Pin(false) => say!("done-unpin"),
        Act::Hide => say!("done-hide"),
        Act::ShowHidden => say!("done-show-hidden"),
        Act::MakeArea => say!("done-make-area"),
        Act::JoinArea => say!("done-join-area"),
        Act::LeaveArea => say!("done-leave-area"),
        Act::Remove if selected.area.is_some() => say!("done-remove-area"),
        Act::Remove => say!("done-remove-note"),
        _ => title(act),
    }
}
