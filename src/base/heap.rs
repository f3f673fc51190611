//! Memory asked for ahead. In a browser a module's memory grows by 64 KB at a time, and each step waits until no other
//! thread of the page has its own memory looked after: a hundred steps while a browser compiles take longer than reading does.

use std::hint::black_box;

/// What a design of some 1,000 tables takes where it is read, in bytes.
pub const ROOM: usize = 48 << 20;

/// The most that is asked for ahead, in bytes.
const MOST: usize = 512 << 20;

/// Makes room for this many bytes at once. What is not used costs nothing: pages are only taken when they are first written.
pub fn reserve(bytes: usize) {
    let mut room: Vec<u8> = Vec::new();
    // Without room ahead memory grows as it is needed.
    let _ = room.try_reserve_exact(bytes.min(MOST));
    black_box(&mut room);
}
