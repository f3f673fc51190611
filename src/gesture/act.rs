//! What can be done on the canvas: one list for menu, palette and keys.

use super::Selected;
use crate::design::{Design, Placement};
use crate::layout::{Axis, Side};

/// Something that can be done to what is selected, or to the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Another name for a table, column or area; another text for a note.
    Rename,
    /// A second one of each selected table.
    Duplicate,
    /// The SQL of the selected tables on the clipboard.
    Copy,
    /// The tables of the SQL on the clipboard.
    Paste,
    /// Takes what is selected out of the design.
    Remove,
    /// Puts tables in line.
    Align(Side),
    /// Makes the gaps between tables equal.
    Distribute(Axis),
    /// Another colour, or the usual one.
    Color(Option<u8>),
    /// Draws titles only, or rows again.
    Collapse(bool),
    /// Layouts leave tables where they are, or not.
    Pin(bool),
    /// Does not draw tables.
    Hide,
    /// Draws all tables again.
    ShowHidden,
    /// Draws only the selected tables and what is at most so many references further away than now.
    Focus(u8),
    /// Draws everything again.
    Unfocus,
    /// Makes an area of tables.
    MakeArea,
    /// Takes the other selected tables into the one area that some of them are in.
    JoinArea,
    /// Takes tables out of their area.
    LeaveArea,
    /// Selects the tables of an area.
    SelectArea,
    /// A new table.
    AddTable,
    /// A new note.
    AddNote,
    /// Selects all tables.
    SelectAll,
    /// Writes on each relationship which columns refer and what happens to their rows, or no longer.
    Label(bool),
    /// Looks for a table or column.
    Find,
    /// Shows everything.
    Fit,
    /// Shows what is selected.
    FitSelected,
    /// Natural size.
    LifeSize,
    /// Lays out anew.
    Arrange(Pattern),
}

/// A way of laying out, as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// What is related close to each other.
    Related,
    /// In areas.
    Areas,
    /// In columns.
    Columns,
    /// In rows by name.
    Grid,
    /// Around the selected table.
    Star,
}

/// What of the design is drawn, as far as acts change it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Showing {
    /// Only some tables.
    pub is_focused: bool,
    /// Relationships with their labels.
    pub is_labelled: bool,
}

impl Act {
    /// The group of a menu that it stands in; groups follow each other as they are offered.
    pub fn group(self) -> u8 {
        match self {
            Self::Rename | Self::Duplicate | Self::Copy | Self::Remove => 0,
            Self::Align(_) | Self::Distribute(_) => 1,
            Self::Color(_) => 2,
            Self::Collapse(_) | Self::Pin(_) | Self::Hide | Self::Focus(_) | Self::FitSelected => 3,
            Self::MakeArea | Self::JoinArea | Self::LeaveArea | Self::SelectArea => 4,
            Self::AddTable | Self::AddNote | Self::Paste => 5,
            Self::SelectAll
            | Self::Label(_)
            | Self::Find
            | Self::ShowHidden
            | Self::Unfocus
            | Self::Fit
            | Self::LifeSize => 6,
            Self::Arrange(_) => 7,
        }
    }

    /// The keys for it on the canvas, as people read them; empty for none.
    pub fn keys(self) -> &'static str {
        match self {
            Self::Rename => "F2",
            Self::Duplicate => "Ctrl D",
            Self::Copy => "Ctrl C",
            Self::Paste => "Ctrl V",
            Self::Remove => "Delete",
            Self::Focus(1) => "Shift F",
            Self::MakeArea => "Ctrl G",
            Self::AddTable => "N",
            Self::AddNote => "M",
            Self::SelectAll => "Ctrl A",
            Self::Label(_) => "L",
            Self::Find => "Ctrl F",
            Self::Fit => "F",
            Self::FitSelected => "S",
            Self::LifeSize => "0",
            Self::Hide => "H",
            Self::Collapse(_) => "C",
            Self::Pin(_) => "P",
            Self::Focus(_)
            | Self::Align(_)
            | Self::Distribute(_)
            | Self::Color(_)
            | Self::ShowHidden
            | Self::Unfocus
            | Self::JoinArea
            | Self::LeaveArea
            | Self::SelectArea
            | Self::Arrange(_) => "",
        }
    }

    /// The act of a key on the canvas among those that are offered; `key` as the browser names it.
    pub fn of_key(offered: &[Self], ctrl: bool, shift: bool, key: &str) -> Option<Self> {
        let key = if key.len() == 1 { key.to_uppercase() } else { key.to_owned() };
        let pressed = match (ctrl, shift) {
            (true, _) => format!("Ctrl {key}"),
            (_, true) if key != "F2" => format!("Shift {key}"),
            _ => key,
        };
        let pressed = if pressed == "Backspace" { "Delete" } else { &pressed };
        offered.iter().copied().find(|it| it.keys() == pressed)
    }

    /// What can be done now, as a menu lists it: what is about the selection before what is about the canvas.
    pub fn offered(design: &Design, selected: &Selected, showing: Showing) -> Vec<Self> {
        let mut acts = Vec::new();
        if !selected.tables.is_empty() {
            of_tables(design, selected, &mut acts);
        } else if selected.area.is_some() {
            acts.extend([Self::Rename, Self::SelectArea, Self::Remove]);
            colors(&mut acts);
        } else if selected.note.is_some() {
            acts.extend([Self::Rename, Self::Remove]);
            colors(&mut acts);
        } else if selected.foreign_key.is_some() {
            acts.push(Self::Remove);
        }
        if showing.is_focused {
            acts.push(Self::Unfocus);
        }
        acts.extend([Self::AddTable, Self::AddNote, Self::Paste]);
        if design.tables().len() > 0 {
            acts.extend([Self::SelectAll, Self::Find]);
            if design.placements().any(|it| it.hidden) {
                acts.push(Self::ShowHidden);
            }
            if design.foreign_keys().next().is_some() {
                acts.push(Self::Label(!showing.is_labelled));
            }
            acts.extend([Self::Fit, Self::LifeSize]);
            acts.extend(
                [Pattern::Related, Pattern::Areas, Pattern::Columns, Pattern::Grid].map(Self::Arrange),
            );
        }
        acts
    }
}

fn of_tables(design: &Design, selected: &Selected, acts: &mut Vec<Act>) {
    let tables = &selected.tables;
    let placed = || tables.iter().filter_map(|it| design.placement_of(*it));
    let all = |is: fn(&Placement) -> bool| placed().filter(|it| is(it)).count() == tables.len();
    if tables.len() == 1 {
        acts.push(Act::Rename);
    }
    if selected.column.is_some() {
        acts.push(Act::Remove);
    } else {
        acts.extend([Act::Duplicate, Act::Copy, Act::Remove]);
    }
    if tables.len() > 1 {
        use Side::{Bottom, Centre, Left, Middle, Right, Top};
        acts.extend([Left, Centre, Right, Top, Middle, Bottom].map(Act::Align));
    }
    if tables.len() > 2 {
        acts.extend([Axis::Across, Axis::Down].map(Act::Distribute));
    }
    colors(acts);
    acts.push(Act::Collapse(!all(|it| it.collapsed)));
    acts.push(Act::Pin(!all(|it| it.pinned)));
    acts.push(Act::Hide);
    acts.extend((1..=3).map(Act::Focus));
    acts.extend([Act::FitSelected, Act::MakeArea]);
    if super::edits::joined(design, selected).is_some() {
        acts.push(Act::JoinArea);
    }
    if design.areas().any(|it| it.tables.iter().any(|it| tables.contains(it))) {
        acts.push(Act::LeaveArea);
    }
    if tables.len() == 1 {
        acts.push(Act::Arrange(Pattern::Star));
    }
}

fn colors(acts: &mut Vec<Act>) {
    acts.push(Act::Color(None));
    acts.extend((1..=8).map(|it| Act::Color(Some(it))));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{ColumnId, TableId, operation};

    fn design() -> Design {
        let mut design = Design::new();
        for name in ["author", "book"] {
            let (_, edit) = operation::add_table(&design, None, name);
            design.apply(&edit).expect("a new table is valid");
        }
        design
    }

    fn of(tables: impl IntoIterator<Item = TableId>) -> Selected {
        Selected { tables: tables.into_iter().collect(), ..Selected::default() }
    }

    #[test]
    fn what_is_offered_fits_what_is_selected() {
        let design = design();
        let ids: Vec<TableId> = design.tables().map(|it| it.id).collect();
        let offered = |it: &Selected| Act::offered(&design, it, Showing::default());
        let none = offered(&Selected::default());
        assert!(
            none.contains(&Act::AddTable) && !none.contains(&Act::Remove) && !none.contains(&Act::Unfocus)
        );
        let one = offered(&of([ids[0]]));
        assert!(one.contains(&Act::Rename) && one.contains(&Act::Duplicate));
        assert!(!one.contains(&Act::Align(Side::Left)) && one.contains(&Act::Arrange(Pattern::Star)));
        let two = offered(&of(ids.iter().copied()));
        assert!(two.contains(&Act::Align(Side::Left)) && !two.contains(&Act::Rename));
        assert!(!two.contains(&Act::Distribute(Axis::Down)), "two have one gap");
        let column = offered(&Selected { column: Some(ColumnId(1)), ..of([ids[0]]) });
        assert!(column.contains(&Act::Rename) && !column.contains(&Act::Duplicate));
        assert!(!Act::offered(&Design::new(), &Selected::default(), Showing::default()).contains(&Act::Find));
    }

    #[test]
    fn keys_find_their_acts() {
        let design = design();
        let table = design.tables().next().map(|it| it.id);
        let offered = Act::offered(&design, &of(table), Showing::default());
        let key = |ctrl, shift, key| Act::of_key(&offered, ctrl, shift, key);
        assert_eq!(key(true, false, "d"), Some(Act::Duplicate));
        assert_eq!(key(false, false, "Backspace"), Some(Act::Remove));
        assert_eq!(key(false, true, "F"), Some(Act::Focus(1)));
        assert_eq!(key(false, false, "f"), Some(Act::Fit));
        assert_eq!(key(false, false, "c"), Some(Act::Collapse(true)));
        assert_eq!(key(false, false, "x"), None);
    }
}
