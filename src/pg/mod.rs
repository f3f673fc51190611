//! Facts of PostgreSQL, each with its source: types, keywords, versions.
