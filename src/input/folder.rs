//! Several files that are one input: the migrations of a folder.

use crate::base::LineIndex;
use crate::read::{self, Dialect, Migration};

use super::{File, Format, Note, Opened, Unreadable, UnreadableKind, excerpt, text_of};

/// Reads the files of a folder of migrations.
///
/// # Errors
/// When there is no SQL among them, or a file of it is no text.
pub fn open(files: &[File]) -> Result<Opened, Unreadable> {
    let fail = |file: &File, kind| Unreadable { file: file.name.clone(), kind };
    let is_part = |it: &&File| {
        let name = it.name.to_ascii_lowercase();
        [".sql", "_journal.json", "migration_lock.toml", "sqitch.plan"].iter().any(|it| name.ends_with(it))
    };
    let files: Vec<&File> = files.iter().filter(is_part).collect();
    let mut texts = Vec::with_capacity(files.len());
    for file in &files {
        texts.push(text_of(&file.bytes).map_err(|it| fail(file, UnreadableKind::NotText(it)))?);
    }
    let migrations: Vec<Migration> = files
        .iter()
        .zip(&texts)
        .map(|(file, text)| Migration { path: &file.name, text: &text.text })
        .collect();
    let read = read::folder(&migrations, &read::Options::default());
    let indexes: Vec<LineIndex> = texts.iter().map(|it| LineIndex::new(&it.text)).collect();
    let mut notes: Vec<Note> =
        files.iter().zip(&texts).filter_map(|(file, text)| text.note(&file.name)).collect();
    for it in &read.errors {
        let (Some(migration), Some(index)) = (migrations.get(it.file), indexes.get(it.file)) else {
            continue;
        };
        let place = index.place(it.diagnostic.span.start);
        notes.push(Note {
            file: migration.path.to_owned(),
            line: place.line,
            column: place.column,
            message: it.diagnostic.to_string(),
            excerpt: excerpt(it.diagnostic.span.of(migration.text)),
        });
    }
    let read::FolderReading { reading, dialect, .. } = read.tree;
    Ok(Opened {
        design: reading.design,
        format: match dialect {
            Some(Dialect::MySql) => Format::MySql,
            Some(Dialect::Sqlite) => Format::Sqlite,
            None => Format::Sql,
        },
        report: Some(reading.report),
        live: reading.live,
        notes,
    })
}
