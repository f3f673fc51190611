//! A design in a URL fragment, and back.

pub mod coder;
