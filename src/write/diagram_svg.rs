//! The diagram as one SVG file that needs nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write as _};

use super::svg::SvgWriter;
use crate::design::{ColumnId, Design, Fate, ForeignKeyId, Note, Record, TableId, TableKind};
use crate::layout::card::{
    Card, HEADER, NAME_LEFT, ROW, ROW_FONT, Row, SIGN_LEFT, Sign, TITLE_FONT, TYPE_RIGHT, fitted,
};
use crate::layout::diagram::{Diagram, FRAME_TITLE, Tag};
use crate::layout::notation::{end_path, line_path, sign_path};
use crate::layout::route::Route;
use crate::layout::{LABEL_FONT, Label, Point, Rect, Scene, Size, label, labels};

/// Around everything.
const MARGIN: f64 = 32.0;
/// Text of notes: font size, height of a line, and what is left free around it.
const NOTE_FONT: f64 = 13.0;
const NOTE_LINE: f64 = 18.0;
const NOTE_PADDING: f64 = 10.0;
/// Advance of proportional text, as a part of the font size: wide enough for most lines of IBM Plex Sans.
const SANS_ADVANCE: f64 = 0.54;
/// From the middle of a line of text down to its baseline, as a part of the font size.
const BASELINE: f64 = 0.35;

/// How a picture is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DrawOptions {
    /// Its colours.
    pub theme: Theme,
    /// Without a ground, so that what is behind it shows.
    pub transparent: bool,
    /// With the columns and actions of relationships on their lines, where there is room.
    pub labelled: bool,
}

/// What a picture of a change says of tables and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub tables: BTreeMap<TableId, Fate>,
    pub columns: BTreeMap<ColumnId, Fate>,
}

impl Marks {
    /// The words and the sign for what becomes of something, and its class.
    fn of(fate: Fate) -> (&'static str, &'static str, &'static str) {
        match fate {
            Fate::Added => ("new", "+", "added"),
            Fate::Removed => ("removed", "−", "removed"),
            Fate::Changed => ("changed", "~", "changed"),
        }
    }
}

/// The design with these tables alone, and the relationships among them: for a picture of a part.
#[must_use]
pub fn only(design: &Design, tables: &BTreeSet<TableId>) -> Design {
    let kept = design.records().filter_map(|record| match record {
        Record::Table(mut it) => {
            it.foreign_keys.retain(|it| tables.contains(&it.references));
            it.inherits.retain(|it| tables.contains(it));
            it.partition_of = it.partition_of.filter(|it| tables.contains(&it.table));
            it.triggers.clear();
            tables.contains(&it.id).then_some(Record::Table(it))
        }
        Record::Placement(it) => tables.contains(&it.table).then_some(Record::Placement(it)),
        Record::Area(mut it) => {
            it.tables.retain(|it| tables.contains(it));
            (!it.tables.is_empty()).then_some(Record::Area(it))
        }
        Record::Title(_)
        | Record::Conventions(_)
        | Record::Namespace(_)
        | Record::EnumType(_)
        | Record::Domain(_)
        | Record::RangeType(_)
        | Record::CompositeType(_) => Some(record),
        _ => None,
    });
    Design::assemble(kept.collect::<Vec<_>>()).unwrap_or_else(|_| design.clone())
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// As the reader's system has it.
    Auto,
}

/// The diagram of a design as a self-contained SVG document with real text.
///
/// Tables stand as they are placed; those that are not are placed by the layout. Every foreign key is there: as a line
/// with its ends, or as a tag at its row when it leads to a hub.
pub fn draw(design: &Design, options: DrawOptions) -> String {
    draw_marked(design, options, &Marks::default())
}

/// The same, with what becomes of tables and columns.
pub(super) fn draw_marked(design: &Design, options: DrawOptions, marks: &Marks) -> String {
    let diagram = Diagram::of(design);
    let routes = diagram.routes();
    let scene = Scene::new(diagram, routes);
    let (diagram, routes) = (&scene.diagram, &scene.routes);
    let page = page(diagram, routes);
    let (title, description) = spoken(design, diagram);

    let mut w = SvgWriter::default();
    let view = format!("{} {} {} {}", page.left, page.top, page.width(), page.height());
    let root: [(&str, &dyn Display); 7] = [
        ("xmlns", &"http://www.w3.org/2000/svg"),
        ("viewBox", &view),
        ("width", &page.width()),
        ("height", &page.height()),
        ("role", &"img"),
        ("aria-labelledby", &"diagram-title diagram-description"),
        ("font-family", &"'IBM Plex Mono', ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace"),
    ];
    w.group("svg", &root, |w| {
        w.text("title", &[("id", &"diagram-title")], &title);
        w.text("desc", &[("id", &"diagram-description")], &description);
        w.text("style", &[], &(stylesheet(options.theme) + &fates(options.theme, marks)));
        let corner = page.corner();
        if !options.transparent {
            rect(w, "ground", corner, page.size(), 0.0);
        }
        for frame in &diagram.frames {
            rect(w, &with_color("frame", frame.color), frame.rect.corner(), frame.rect.size(), 12.0);
            let at = frame.rect.corner().moved(12.0, FRAME_TITLE);
            let room = frame.rect.width() - 24.0;
            text(w, "frame-title", at, &fitted(&frame.title, 12.0, room));
        }
        let names: BTreeMap<ForeignKeyId, &str> =
            design.foreign_keys().map(|it| (it.1.id, it.1.name.as_str())).collect();
        // Tags after lines, so that they can be read where a table stands in the way of both.
        for is_tag in [false, true] {
            let drawn = routes.iter().enumerate().filter(|it| diagram.edges[it.0].is_tag == is_tag);
            drawn.for_each(|(index, route)| edge(w, diagram, index, route, &names));
        }
        for (card, at) in diagram.cards.iter().zip(&diagram.boxes) {
            let comment = design.table(card.table).and_then(|it| it.comment.as_deref());
            table_card(w, card, at.corner(), comment, marks);
        }
        if options.labelled {
            let texts: Vec<(ForeignKeyId, String)> =
                design.foreign_keys().map(|(table, fk)| (fk.id, label(table, fk))).collect();
            for it in &labels(&scene, &texts, LABEL_FONT, false) {
                edge_label(w, it);
            }
        }
        for (it, (_, at)) in design.notes().zip(&diagram.notes) {
            note(w, it, at);
        }
        if diagram.cards.is_empty() && diagram.notes.is_empty() {
            text(w, "more", Point::new(0.0, 0.0), "This design has no tables yet.");
        }
    });
    w.finish()
}

/// What the picture covers, margins included, in whole units.
fn page(diagram: &Diagram, routes: &[Route]) -> Rect {
    let mut page = diagram.bounds();
    let pieces = routes.iter().flat_map(|it| it.points.windows(2)).map(|it| Rect::spanned(it[0], it[1]));
    let tags = (0..diagram.edges.len()).filter_map(|it| diagram.tag(it)).map(|it| it.rect);
    for it in pieces.chain(tags) {
        page = Some(page.map_or(it, |page| page.union(&it)));
    }
    let empty = Rect { left: 0.0, top: -20.0, right: 260.0, bottom: 20.0 };
    let page = page.unwrap_or(empty).grown(MARGIN);
    Rect {
        left: page.left.floor(),
        top: page.top.floor(),
        right: page.right.ceil(),
        bottom: page.bottom.ceil(),
    }
}

/// Title and description for those who do not see the picture.
fn spoken(design: &Design, diagram: &Diagram) -> (String, String) {
    let title = if design.title().is_empty() { "Entity-relationship diagram" } else { design.title() };
    let number = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (tables, references) = (diagram.cards.len(), diagram.edges.len());
    let mut description = format!("{} and {}.", number(tables, "table"), number(references, "reference"));
    for it in &diagram.edges {
        let name = |node: usize| diagram.cards.get(node).map_or("", |it| it.title.as_str());
        let _ = write!(description, " {} references {}.", name(it.ends.from.node), name(it.ends.to.node));
    }
    (title.to_owned(), description)
}

fn edge(
    w: &mut SvgWriter,
    diagram: &Diagram,
    index: usize,
    route: &Route,
    names: &BTreeMap<ForeignKeyId, &str>,
) {
    let Some(edge) = diagram.edges.get(index) else { return };
    let name = names.get(&edge.foreign_key).copied().unwrap_or_default();
    w.group("g", &[("class", &"edge"), ("data-name", &name)], |w| {
        match (&route.points[..], diagram.tag(index)) {
            ([first, second, ..], _) => {
                let last = route.points.len() - 1;
                w.leaf("path", &[("class", &"line"), ("d", &line_path(&route.points))]);
                let ends = end_path(*first, *second, edge.referencing)
                    + &end_path(route.points[last], route.points[last - 1], edge.referenced);
                w.leaf("path", &[("class", &"ends"), ("d", &ends)]);
            }
            (_, Some(Tag { rect: it, text: label })) => {
                let stub = format!("M{} {}h6", it.left - 6.0, it.centre().y);
                w.leaf("path", &[("class", &"line"), ("d", &stub)]);
                rect(w, "tag", it.corner(), it.size(), it.height() / 2.0);
                text(
                    w,
                    "tag-text",
                    Point::new(it.left + Tag::PADDING, it.centre().y + Tag::FONT * BASELINE),
                    &label,
                );
            }
            _ => {}
        }
    });
}

/// The text of a relationship on its line, on a ground of its own.
fn edge_label(w: &mut SvgWriter, label: &Label) {
    let Point { x, y } = label.at;
    let turn = if label.is_upright { format!("rotate(-90 {x} {y})") } else { String::new() };
    let turned: [(&str, &dyn Display); 2] = [("class", &"label"), ("transform", &turn)];
    w.group("g", if label.is_upright { &turned } else { &turned[..1] }, |w| {
        let size = label.ground(LABEL_FONT);
        rect(w, "ground", Point::new(x - size.width / 2.0, y - size.height / 2.0), size, 0.0);
        text(w, "label-text", Point::new(x, baseline(y, LABEL_FONT)), &label.text);
    });
}

fn table_card(w: &mut SvgWriter, card: &Card, at: Point, comment: Option<&str>, marks: &Marks) {
    let kind = match card.kind {
        TableKind::Core => "core",
        TableKind::Lookup => "lookup",
        TableKind::Junction => "junction",
        TableKind::Infrastructure => "infrastructure",
    };
    let fate = marks.tables.get(&card.table).map(|it| Marks::of(*it));
    let marked = fate.map_or_else(String::new, |it| format!(" {}", it.2));
    let class = with_color(&format!("table {kind}{marked}"), card.color);
    let place = format!("translate({} {})", at.x, at.y);
    w.group("g", &[("class", &class), ("data-name", &card.title), ("transform", &place)], |w| {
        let hint = comment.map_or_else(|| card.title.clone(), |it| format!("{}: {it}", card.title));
        w.text("title", &[], &hint);
        if let Some((words, ..)) = fate {
            text(w, "fate", Point::new(2.0, -6.0), words);
        }
        let size = card.size();
        rect(w, "card", Point::default(), size, 6.0);
        let band_foot =
            if size.height > HEADER { format!("V{HEADER}H4V") } else { "V22A6 6 0 0 0 4 27.4V".into() };
        w.leaf("path", &[("class", &"band"), ("d", &format!("M4 .6A6 6 0 0 0 .5 6{band_foot}.6Z"))]);
        text(w, "name", Point::new(SIGN_LEFT, baseline(HEADER / 2.0, TITLE_FONT)), &card.shown_title);
        if size.height > HEADER {
            w.leaf("path", &[("class", &"rule"), ("d", &format!("M0 {HEADER}H{}", size.width))]);
        }
        for (index, row) in card.rows.iter().enumerate() {
            let middle = HEADER + ROW * (index as f64 + 0.5);
            if let Some(fate) = marks.columns.get(&row.column) {
                let (_, sign, _) = Marks::of(*fate);
                text(w, "fate", Point::new(-11.0, baseline(middle, ROW_FONT)), sign);
            }
            row_of(w, row, middle, size.width);
        }
        if card.left_out > 0 {
            let middle = HEADER + ROW * (card.rows.len() as f64 + 0.5);
            let more = format!("{} more columns", card.left_out);
            text(w, "more", Point::new(NAME_LEFT, baseline(middle, ROW_FONT)), &more);
        }
    });
}

fn row_of(w: &mut SvgWriter, row: &Row, middle: f64, width: f64) {
    let y = baseline(middle, ROW_FONT);
    if row.sign != Sign::Plain {
        let place = format!("translate({SIGN_LEFT} {middle})");
        w.leaf("path", &[("class", &"sign"), ("transform", &place), ("d", &sign_path(row.sign))]);
    }
    text(w, if row.is_key { "column key" } else { "column" }, Point::new(NAME_LEFT, y), &row.name);
    text(w, "type", Point::new(width - TYPE_RIGHT, y), &row.type_text);
}

fn note(w: &mut SvgWriter, note: &Note, at: &Rect) {
    w.group("g", &[("class", &with_color("note", note.color))], |w| {
        rect(w, "paper", at.corner(), at.size(), 4.0);
        let fits = ((at.height() - 2.0 * NOTE_PADDING) / NOTE_LINE).max(1.0) as usize;
        let signs = ((at.width() - 2.0 * NOTE_PADDING) / NOTE_FONT / SANS_ADVANCE) as usize;
        let mut lines = wrapped(&note.text, signs.max(4));
        if lines.len() > fits {
            lines.truncate(fits);
            if let Some(last) = lines.last_mut() {
                last.push('…');
            }
        }
        for (index, line) in lines.iter().enumerate() {
            let middle = at.top + NOTE_PADDING + NOTE_LINE * (index as f64 + 0.5);
            text(w, "note-text", Point::new(at.left + NOTE_PADDING, baseline(middle, NOTE_FONT)), line);
        }
    });
}

/// Lines of at most `signs` signs, broken at blanks where there are any.
fn wrapped(text: &str, signs: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let length = line.chars().count();
            if length > 0 && length + 1 + word.chars().count() > signs {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            for it in word.chars() {
                if line.chars().count() >= signs {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(it);
            }
        }
        lines.push(line);
    }
    lines
}

fn rect(w: &mut SvgWriter, class: &str, at: Point, size: Size, radius: f64) {
    let (width, height) = (size.width, size.height);
    let place: [(&str, &dyn Display); 6] = [
        ("class", &class),
        ("x", &at.x),
        ("y", &at.y),
        ("width", &width),
        ("height", &height),
        ("rx", &radius),
    ];
    w.leaf("rect", if radius > 0.0 { &place } else { &place[..5] });
}

fn text(w: &mut SvgWriter, class: &str, at: Point, content: &str) {
    w.text("text", &[("class", &class), ("x", &at.x), ("y", &at.y)], content);
}

/// The baseline of a line of text whose middle is at `middle`, to a tenth.
fn baseline(middle: f64, font: f64) -> f64 {
    ((middle + font * BASELINE) * 10.0).round() / 10.0
}

fn with_color(class: &str, color: Option<u8>) -> String {
    color.filter(|it| (1..=8).contains(it)).map_or_else(|| class.to_owned(), |it| format!("{class} c{it}"))
}

/// Colours by meaning, as the page has them.
struct Colors {
    ground: &'static str,
    surface: &'static str,
    line: &'static str,
    line_strong: &'static str,
    edge: &'static str,
    ink: &'static str,
    ink_2: &'static str,
    ink_3: &'static str,
    core: &'static str,
    lookup: &'static str,
    junction: &'static str,
    note: &'static str,
    /// The palette from which tables, areas and notes are coloured.
    palette: [&'static str; 8],
}

const LIGHT: Colors = Colors {
    ground: "#f6f5f2",
    surface: "#ffffff",
    line: "#dedbd3",
    line_strong: "#c4c0b5",
    edge: "#858178",
    ink: "#1d1f23",
    ink_2: "#565b64",
    ink_3: "#676c75",
    core: "#2f5fd0",
    lookup: "#8a5f00",
    junction: "#7a3fb5",
    note: "#faedcf",
    palette: ["#2f5fd0", "#0f7a74", "#126a3c", "#8a5f00", "#b3501e", "#b3261e", "#a3358a", "#7a3fb5"],
};

const DARK: Colors = Colors {
    ground: "#14161a",
    surface: "#1c1f25",
    line: "#2d323a",
    line_strong: "#454c57",
    edge: "#7d848f",
    ink: "#e9eaec",
    ink_2: "#b3b8c1",
    ink_3: "#949aa5",
    core: "#8fb0ff",
    lookup: "#e0b354",
    junction: "#c79bf2",
    note: "#3a2f16",
    palette: ["#8fb0ff", "#5cc9c2", "#66cf9b", "#e0b354", "#f0a070", "#ff8f86", "#ec93d8", "#c79bf2"],
};

fn stylesheet(theme: Theme) -> String {
    let shapes = "text{font-size:12px;white-space:pre}\
        .frame,.card,.tag{stroke-width:1}.frame{fill-opacity:.45}\
        .line,.ends,.sign{fill:none;stroke-width:1.3;stroke-linecap:round;stroke-linejoin:round}\
        .name{font-size:13px;font-weight:600}.key{font-weight:600}.type{text-anchor:end}.more{font-style:italic}\
        .tag-text,.label-text{font-size:11px}.label-text{text-anchor:middle}\
        .frame-title,.note-text{font-family:'IBM Plex Sans',system-ui,sans-serif}.frame-title{font-weight:600}\
        .note-text{font-size:13px}.rule{fill:none}";
    match theme {
        Theme::Light => format!("{shapes}{}", colors(&LIGHT)),
        Theme::Dark => format!("{shapes}{}", colors(&DARK)),
        Theme::Auto => {
            format!("{shapes}{}@media (prefers-color-scheme:dark){{{}}}", colors(&LIGHT), colors(&DARK))
        }
    }
}

/// What marks look like, where there are any.
fn fates(theme: Theme, marks: &Marks) -> String {
    if marks.tables.is_empty() {
        return String::new();
    }
    let of = |it: &Colors| {
        let [_, _, added, changed, _, removed, ..] = it.palette;
        let colored = [("added", added), ("changed", changed), ("removed", removed)].map(|(class, color)| {
            format!(".{class}>.card{{stroke:{color};stroke-width:2}}.{class}>.fate{{fill:{color}}}")
        });
        colored.concat()
    };
    let shapes = ".fate{font-weight:600}.removed>.card,.removed>.name{stroke-dasharray:4 3;text-decoration:line-through}";
    match theme {
        Theme::Light => format!("{shapes}{}", of(&LIGHT)),
        Theme::Dark => format!("{shapes}{}", of(&DARK)),
        Theme::Auto => {
            format!("{shapes}{}@media (prefers-color-scheme:dark){{{}}}", of(&LIGHT), of(&DARK))
        }
    }
}

fn colors(it: &Colors) -> String {
    let mut css = format!(
        ".ground{{fill:{}}}.frame{{fill:{};stroke:{}}}.card,.tag{{fill:{};stroke:{}}}.rule{{stroke:{}}}\
         .line,.ends{{stroke:{}}}.ends{{fill:{}}}.sign{{stroke:{}}}.name,.column,.note-text,.label-text{{fill:{}}}\
         .frame-title,.tag-text{{fill:{}}}.type,.more{{fill:{}}}\
         .core .band{{fill:{}}}.lookup .band{{fill:{}}}.junction .band{{fill:{}}}.infrastructure .band{{fill:{}}}\
         .paper{{fill:{}}}",
        it.ground,
        it.surface,
        it.line_strong,
        it.surface,
        it.line_strong,
        it.line,
        it.edge,
        it.ground,
        it.ink_3,
        it.ink,
        it.ink_2,
        it.ink_3,
        it.core,
        it.lookup,
        it.junction,
        it.ink_3,
        it.note,
    );
    for (index, color) in it.palette.iter().enumerate() {
        let class = index + 1;
        let _ = write!(
            css,
            ".table.c{class} .band{{fill:{color}}}.frame.c{class}{{stroke:{color}}}\
             .c{class} .paper{{fill:{color};fill-opacity:.18}}"
        );
    }
    css
}

#[cfg(test)]
mod tests;
