//! The one native integration binary: what the rooms do together, against real servers and real files.

mod design;
mod house;
mod postgres;
mod read;
mod sql;
mod table;
