//! The document: records, edits, proposals, changes and what must always hold.
