//! How large a table is drawn, what it shows, and where its rows are: for the page and for pictures alike.

use std::sync::Arc;

use super::Size;
use crate::design::{BaseType, ColumnId, DataType, Design, Placement, Table, TableId, TableKind};
use serde::{Deserialize, Serialize};

/// Height of the title.
pub const HEADER: f64 = 28.0;
/// Height of a row.
pub const ROW: f64 = 22.0;
/// Below the last row.
pub const FOOT: f64 = 4.0;
/// A card is at least this wide, and wider only where its text needs it.
pub const MIN_WIDTH: f64 = 220.0;
/// Beyond this, text ends in an ellipsis.
pub const MAX_WIDTH: f64 = 320.0;
/// Where the sign of a row (key, reference) begins.
pub const SIGN_LEFT: f64 = 14.0;
/// Where a column's name begins.
pub const NAME_LEFT: f64 = 38.0;
/// Where its type ends, from the right.
pub const TYPE_RIGHT: f64 = 10.0;
/// Between name and type, at least.
const BETWEEN: f64 = 12.0;
/// More rows than this are not drawn: the last then says how many more there are.
pub const MOST_ROWS: usize = 24;
/// Advance of a sign of IBM Plex Mono, as a part of the font size: all have the same.
pub const ADVANCE: f64 = 0.6;
/// Font sizes of title and rows.
pub const TITLE_FONT: f64 = 13.0;
/// Font size of rows.
pub const ROW_FONT: f64 = 12.0;

/// A table as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The table.
    pub table: TableId,
    /// Its name with its namespace, `public` too.
    pub full_name: String,
    /// Its name, with the namespace before it where that is not `public`.
    pub title: String,
    /// `title` as far as it fits.
    pub shown_title: String,
    /// Its part in the model.
    pub kind: TableKind,
    /// What is drawn below the title; empty when collapsed. Shared by all copies of the card.
    pub rows: Arc<[Row]>,
    /// A colour of the palette, 1 to 8.
    pub color: Option<u8>,
    /// Whether layouts leave it where it is.
    pub pinned: bool,
    /// How many columns are not drawn because there are too many. They share the row after the last.
    pub left_out: usize,
    /// Width in whole units.
    width: u32,
}

/// A column as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The column.
    pub column: ColumnId,
    /// Its name as far as it fits.
    pub name: String,
    /// Its type as far as it fits, with `?` when it may be null.
    pub type_text: String,
    /// What stands before the name.
    pub sign: Sign,
    /// Whether it belongs to the primary key, whatever the sign says.
    pub is_key: bool,
}

/// What a column is, in one sign. The first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Part of the primary key.
    Key,
    /// Part of a foreign key.
    Reference,
    /// Unique by itself.
    Unique,
    /// None of these.
    Plain,
}

/// How much is drawn at a zoom. Text that cannot be read costs most of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Detail {
    /// Boxes and edges.
    Boxes,
    /// Titles too.
    Titles,
    /// Everything.
    Full,
}

impl Detail {
    /// What is worth drawing at `zoom`. Source: measured, columns off below 0.4 and titles off below 0.3 keep a drag
    /// of 2,000 tables under 20 ms a frame; a title below 0.3 would be under 7 pixels high, and far names are written instead.
    pub fn at(zoom: f64) -> Self {
        if zoom < 0.3 {
            Self::Boxes
        } else if zoom < 0.4 {
            Self::Titles
        } else {
            Self::Full
        }
    }
}

impl Card {
    /// How `table` of `design` is drawn, as its placement says where it has one.
    pub fn of(design: &Design, table: &Table, placement: Option<&Placement>) -> Self {
        let collapsed = placement.is_some_and(|it| it.collapsed);
        let title = design.relation_name(table.namespace, &table.name);
        let shown = if table.columns.len() > MOST_ROWS { MOST_ROWS - 1 } else { table.columns.len() };
        let columns = if collapsed { &[] } else { &table.columns[..shown] };
        let mut rows: Vec<Row> = columns
            .iter()
            .map(|column| {
                let nullable = if table.is_nullable(column.id) { "?" } else { "" };
                Row {
                    column: column.id,
                    name: column.name.clone(),
                    type_text: type_text(design, &column.data_type) + nullable,
                    sign: sign(table, column.id),
                    is_key: table.is_key(column.id),
                }
            })
            .collect();

        let longest = rows
            .iter()
            .map(|it| NAME_LEFT + row_width(&it.name) + BETWEEN + row_width(&it.type_text) + TYPE_RIGHT);
        let title_width = SIGN_LEFT + text_width(&title, TITLE_FONT) + TYPE_RIGHT;
        let width = longest.fold(title_width, f64::max).clamp(MIN_WIDTH, MAX_WIDTH).ceil();
        for it in &mut rows {
            let room = width - NAME_LEFT - BETWEEN - TYPE_RIGHT;
            // A long name leaves the type a third, a short one what is left.
            let for_type = (room - row_width(&it.name)).max(room / 3.0);
            it.type_text = fitted(&it.type_text, ROW_FONT, for_type);
            it.name = fitted(&it.name, ROW_FONT, room - row_width(&it.type_text));
        }
        Self {
            table: table.id,
            shown_title: fitted(&title, TITLE_FONT, width - SIGN_LEFT - TYPE_RIGHT),
            title,
            full_name: format!("{}.{}", design.namespace_name(table.namespace), table.name),
            kind: table.kind,
            rows: rows.into(),
            color: placement.and_then(|it| it.color),
            pinned: placement.is_some_and(|it| it.pinned),
            left_out: if collapsed { 0 } else { table.columns.len() - shown },
            width: width as u32,
        }
    }

    /// How much room it takes.
    pub fn size(&self) -> Size {
        let rows = self.rows.len() + usize::from(self.left_out > 0);
        let below = if rows == 0 { 0.0 } else { rows as f64 * ROW + FOOT };
        Size::new(f64::from(self.width), HEADER + below)
    }

    /// The middle of a column's row, from the top of the card: where its edges meet it. Columns that are not drawn
    /// share the last row, or the title.
    pub fn row_middle(&self, column: ColumnId) -> f64 {
        match self.rows.iter().position(|it| it.column == column) {
            Some(at) => HEADER + ROW * (at as f64 + 0.5),
            None if self.left_out > 0 => HEADER + ROW * (self.rows.len() as f64 + 0.5),
            None => HEADER / 2.0,
        }
    }

    /// The column whose row is at `y` from the top of the card.
    pub fn column_at(&self, y: f64) -> Option<ColumnId> {
        if y < HEADER {
            return None;
        }
        self.rows.get(((y - HEADER) / ROW) as usize).map(|it| it.column)
    }
}

/// A type as people write it, short: `varchar(120)`, `timestamptz`, `text[]`.
pub fn type_text(design: &Design, data_type: &DataType) -> String {
    let mut text = match &data_type.base {
        BaseType::Builtin(it) => Some(it.short_name().to_owned()),
        BaseType::Enum(id) => design.enum_type(*id).map(|it| it.name.clone()),
        BaseType::Domain(id) => design.domain(*id).map(|it| it.name.clone()),
        BaseType::Composite(id) => design.composite(*id).map(|it| it.name.clone()),
        BaseType::Range(id) => design.range(*id).map(|it| it.name.clone()),
        BaseType::Row(id) => design.table(*id).map(|it| it.name.clone()),
        BaseType::Other { name, .. } => Some(name.to_string()),
    }
    .unwrap_or_default();
    if !data_type.modifiers.is_empty() {
        text.push_str(&format!("({})", data_type.modifiers.join(",")));
    }
    for _ in 0..data_type.dimensions {
        text.push_str("[]");
    }
    text
}

fn sign(table: &Table, column: ColumnId) -> Sign {
    if table.is_key(column) {
        Sign::Key
    } else if table.foreign_keys.iter().any(|it| it.columns.contains(&column)) {
        Sign::Reference
    } else if table.is_unique_over(&[column]) {
        Sign::Unique
    } else {
        Sign::Plain
    }
}

/// How wide `text` is in IBM Plex Mono at `font` pixels. Wide East Asian signs count twice.
pub fn text_width(text: &str, font: f64) -> f64 {
    let signs: u32 = text.chars().map(sign_width).sum();
    f64::from(signs) * ADVANCE * font
}

fn row_width(text: &str) -> f64 {
    text_width(text, ROW_FONT)
}

fn sign_width(it: char) -> u32 {
    if matches!(it, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{FFEF}' | '\u{1F300}'..='\u{3FFFD}') {
        2
    } else {
        1
    }
}

/// `text`, or as much of it as fits in `room` with an ellipsis.
pub fn fitted(text: &str, font: f64, room: f64) -> String {
    if text_width(text, font) <= room + 0.01 {
        return text.to_owned();
    }
    let mut left = ((room + 0.01) / (ADVANCE * font)) as u32;
    left = left.saturating_sub(1);
    let fits = text.chars().take_while(|&it| {
        let fits = sign_width(it) <= left;
        left = left.saturating_sub(sign_width(it));
        fits
    });
    fits.chain(['…']).collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::design::{Column, PrimaryKey};

    fn table(columns: &[&str]) -> Table {
        let timestamptz = || BaseType::Other { namespace: None, name: "timestamptz".into() };
        let column = |(at, name): (usize, &&str)| Column {
            nullable: at > 0,
            ..Column::new(ColumnId(at as u32 + 10), *name, DataType::new(timestamptz()))
        };
        let primary_key = Some(PrimaryKey { columns: vec![ColumnId(10)], ..PrimaryKey::default() });
        let columns = columns.iter().enumerate().map(column).collect();
        Table { id: TableId(4), name: "task".into(), columns, primary_key, ..Table::default() }
    }

    #[test]
    fn rows_stand_below_the_title() {
        let card = Card::of(&Design::new(), &table(&["id", "due_at"]), None);
        assert_eq!(card.size(), Size::new(220.0, 76.0));
        assert_eq!(card.row_middle(ColumnId(11)), 61.0);
        assert_eq!(card.column_at(61.0), Some(ColumnId(11)));
        assert_eq!(card.column_at(20.0), None);
        assert_eq!((card.rows[0].sign, card.rows[1].type_text.as_str()), (Sign::Key, "timestamptz?"));
    }

    #[test]
    fn collapsed_card_is_its_title() {
        let card = Card::of(
            &Design::new(),
            &table(&["id"]),
            Some(&Placement { collapsed: true, ..Placement::default() }),
        );
        assert_eq!((card.size().height, card.row_middle(ColumnId(10))), (28.0, 14.0));
    }

    #[test]
    fn columns_beyond_the_most_share_the_last_row() {
        let names: Vec<String> = (0..560).map(|it| format!("c{it}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let card = Card::of(&Design::new(), &table(&names), None);
        assert_eq!((card.rows.len(), card.left_out), (23, 537));
        assert_eq!(card.size().height, HEADER + 24.0 * ROW + FOOT);
        assert_eq!(card.row_middle(ColumnId(500)), HEADER + 23.5 * ROW);
    }

    #[test]
    fn long_names_widen_the_card_and_then_end_in_an_ellipsis() {
        let card = Card::of(&Design::new(), &table(&["id", "a_name_of_20_signs_x"]), None);
        assert!(card.size().width > MIN_WIDTH && card.rows[1].name.ends_with("_x"));
        let card = Card::of(&Design::new(), &table(&["id", &"very_long_name_".repeat(4)]), None);
        assert_eq!(card.size().width, MAX_WIDTH);
        let row = &card.rows[1];
        assert!(row.name.ends_with('…') && row.type_text == "timestamptz?", "{row:?}");
        assert!(
            NAME_LEFT + row_width(&row.name) + BETWEEN + row_width(&row.type_text) + TYPE_RIGHT <= MAX_WIDTH
        );
    }

    #[test]
    fn wide_signs_count_twice() {
        assert_eq!(text_width("表", 10.0), 12.0);
        assert_eq!(fitted("表表表", 10.0, 30.0), "表表…");
    }
}
