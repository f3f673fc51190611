//! PostgreSQL as text: the DDL writer, and the only place that quotes.
