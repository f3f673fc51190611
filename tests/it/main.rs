//! The one native integration binary: what the rooms do together, against real servers and real files.

mod house;
mod postgres;
