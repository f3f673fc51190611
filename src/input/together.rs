//! Several files of one schema, read as one: those of Drizzle that import each other, those of a Prisma schema.

use super::{File, Format, NotText, Opened, Unreadable, UnreadableKind, notes_of, text_of, titled};
use crate::base::Span;
use crate::read;

/// The format of files that are parts of one schema: the one that some of their names tell.
pub fn format_of(files: &[File]) -> Option<Format> {
    let of =
        |format: Format| files.iter().any(|it| Format::of_name(&it.name) == Some(format)).then_some(format);
    [Format::Prisma, Format::Dbml, Format::Drizzle].into_iter().find_map(of)
}

/// Reads the files of this format in the order of their names; others beside them say nothing.
///
/// # Errors
/// When one of them is no text.
pub fn open(files: &[File], format: Format) -> Result<Opened, Unreadable> {
    let mut files: Vec<&File> = files.iter().filter(|it| Format::of_name(&it.name) == Some(format)).collect();
    files.sort_by(|one, two| one.name.cmp(&two.name));
    let (mut text, mut parts, mut notes) = (String::new(), Vec::<Span>::new(), Vec::new());
    for file in &files {
        let fail = |it: NotText| Unreadable { file: file.name.clone(), kind: UnreadableKind::NotText(it) };
        let part = text_of(&file.bytes).map_err(fail)?;
        notes.extend(part.note(&file.name));
        let start = text.len();
        text.push_str(&part.text);
        parts.push(Span::new(start, text.len()));
        text.push('\n');
    }
    let options = read::Options::default();
    let parsed = match format {
        Format::Prisma => read::prisma(&text, &options),
        Format::Dbml => read::dbml(&text, &options),
        _ => read::drizzle_files(&text, &parts, &options),
    };
    for (file, part) in files.iter().zip(&parts) {
        let own = part.of(&text);
        let inside = |it: &&read::Diagnostic| part.contains(it.span.start);
        let shifted = |it: &read::Diagnostic| {
            let at = |it: u32| it.saturating_sub(part.start);
            read::Diagnostic {
                span: Span { start: at(it.span.start), end: at(it.span.end) },
                kind: it.kind.clone(),
            }
        };
        let found: Vec<read::Diagnostic> = parsed.errors.iter().filter(inside).map(shifted).collect();
        notes.extend(notes_of(&file.name, own, &found));
    }
    let read::Reading { design, report, live, .. } = parsed.tree;
    let name = files.first().map_or("", |it| it.name.as_str());
    let folder = name.rsplit_once(['/', '\\']).map_or(name, |it| it.0);
    Ok(Opened { design: titled(design, folder), format, report: Some(report), live, notes })
}
