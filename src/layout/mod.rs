//! Where tables stand and how edges run; no drawing.
