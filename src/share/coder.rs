//! Bytes whose meaning is known, in as few bits as a model of them allows: a binary arithmetic coder.
//!
//! The records describe themselves once, to a [`Wire`], which writes, reads or only learns. Each byte comes with
//! the [`Place`] it has in its record, so the model knows a type from a letter without guessing. Integers only:
//! the same bits on every machine.

mod model;

pub use model::{Kind, Model, Place};

/// How far a reader may look past the end: the arithmetic coder holds four bytes and writes one at the end.
const LOOKAHEAD: usize = 4;

/// Why a stream could not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The input ended before what it describes did.
    CutShort,
    /// More bytes than the caller allows. Each costs the same time, so that bounds the work.
    TooLong,
}

/// One direction of a stream. Records are described once, to a wire, for both directions.
pub trait Wire {
    /// Passes one byte. A writing wire stores `byte` and gives it back; a reading wire ignores it and gives
    /// the byte that stands in the stream.
    fn byte(&mut self, place: Place, byte: u8) -> Result<u8, Stop>;
}

/// A model is a wire that stores nothing and learns.
impl Wire for Model {
    fn byte(&mut self, place: Place, byte: u8) -> Result<u8, Stop> {
        self.begin(place);
        for shift in (0..8).rev() {
            self.update(u32::from(byte >> shift) & 1);
        }
        self.end(byte);
        Ok(byte)
    }
}

/// Writes: bytes in, fewer bytes out.
pub struct Writer {
    model: Model,
    low: u32,
    high: u32,
    out: Vec<u8>,
    left: usize,
    most: usize,
}

impl Writer {
    /// A writer of at most `most` bytes that starts with what `model` has learnt; the reader must start with
    /// the same.
    pub fn new(model: Model, most: usize) -> Writer {
        Writer { model, low: 0, high: u32::MAX, out: Vec::new(), left: most, most }
    }

    /// How many bytes were written.
    pub fn count(&self) -> usize {
        self.most - self.left
    }

    /// The stream. One more byte is enough: `high` with its lower bytes cleared lies within the last interval.
    pub fn finish(mut self) -> Vec<u8> {
        self.out.push((self.high >> 24) as u8);
        self.out
    }
}

impl Wire for Writer {
    fn byte(&mut self, place: Place, byte: u8) -> Result<u8, Stop> {
        self.left = self.left.checked_sub(1).ok_or(Stop::TooLong)?;
        self.model.begin(place);
        for shift in (0..8).rev() {
            let bit = u32::from(byte >> shift) & 1;
            let middle = split(self.low, self.high, self.model.probability());
            if bit == 1 {
                self.high = middle;
            } else {
                self.low = middle + 1;
            }
            self.model.update(bit);
            while (self.low ^ self.high) >> 24 == 0 {
                self.out.push((self.high >> 24) as u8);
                self.low <<= 8;
                self.high = self.high << 8 | 255;
            }
        }
        self.model.end(byte);
        Ok(byte)
    }
}

/// Reads what a [`Writer`] with the same model wrote. Any input gives bytes or a [`Stop`].
pub struct Reader<'a> {
    model: Model,
    low: u32,
    high: u32,
    value: u32,
    input: &'a [u8],
    at: usize,
    left: usize,
}

impl<'a> Reader<'a> {
    /// A reader of `input` that starts with what `model` has learnt and gives at most `most` bytes.
    pub fn new(model: Model, input: &'a [u8], most: usize) -> Reader<'a> {
        let mut reader = Reader { model, low: 0, high: u32::MAX, value: 0, input, at: 0, left: most };
        for _ in 0..4 {
            reader.shift();
        }
        reader
    }

    /// Whether all of the input was needed: nothing follows what was read.
    pub fn is_at_end(&self) -> bool {
        // The last byte written is the first of the four that are held.
        self.at >= self.input.len() && self.at < self.input.len() + LOOKAHEAD
    }

    fn shift(&mut self) {
        let next = self.input.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        self.value = self.value << 8 | u32::from(next);
    }
}

impl Wire for Reader<'_> {
    fn byte(&mut self, place: Place, _: u8) -> Result<u8, Stop> {
        self.left = self.left.checked_sub(1).ok_or(Stop::TooLong)?;
        self.model.begin(place);
        let mut byte = 0;
        for _ in 0..8 {
            let middle = split(self.low, self.high, self.model.probability());
            let bit = u32::from(self.value <= middle);
            if bit == 1 {
                self.high = middle;
            } else {
                self.low = middle + 1;
            }
            self.model.update(bit);
            byte = byte << 1 | bit;
            while (self.low ^ self.high) >> 24 == 0 {
                self.low <<= 8;
                self.high = self.high << 8 | 255;
                self.shift();
            }
        }
        if self.at >= self.input.len() + LOOKAHEAD {
            return Err(Stop::CutShort);
        }
        let byte = byte as u8;
        self.model.end(byte);
        Ok(byte)
    }
}

/// The last value of the part of `low..=high` that stands for a one. `probability` is in 1/65536.
fn split(low: u32, high: u32, probability: u32) -> u32 {
    let range = high - low;
    low + (range >> 16) * probability + (((range & 0xffff) * probability) >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PROSE: Place = Place { field: 3, kind: Kind::Text };

    /// Each byte of a stream, with a place that follows from the bytes before it, as records have it.
    fn places(bytes: &[u8]) -> impl Iterator<Item = (Place, u8)> + '_ {
        let kinds = [Kind::Name, Kind::Text, Kind::Choice, Kind::Number];
        let mut last = 0;
        bytes.iter().map(move |&byte| {
            let place = Place { field: last % 23, kind: kinds[usize::from(last % 4)] };
            last = byte;
            (place, byte)
        })
    }

    fn written(bytes: &[u8]) -> Vec<u8> {
        let mut writer = Writer::new(Model::new(), 5_000);
        for (place, byte) in places(bytes) {
            writer.byte(place, byte).unwrap();
        }
        writer.finish()
    }

    fn read(stream: &[u8], count: usize) -> (Result<Vec<u8>, Stop>, bool) {
        let kinds = [Kind::Name, Kind::Text, Kind::Choice, Kind::Number];
        let mut reader = Reader::new(Model::new(), stream, 5_000);
        let mut last = 0;
        let bytes = (0..count)
            .map(|_| {
                let place = Place { field: last % 23, kind: kinds[usize::from(last % 4)] };
                last = reader.byte(place, 0)?;
                Ok(last)
            })
            .collect();
        (bytes, reader.is_at_end())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn what_was_written_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let stream = written(&bytes);
            let (read, at_end) = read(&stream, bytes.len());
            prop_assert_eq!(read, Ok(bytes));
            prop_assert!(at_end);
        }

        #[test]
        fn repetitive_bytes_are_read(seed in proptest::collection::vec(0u8..4, 1..9), times in 1usize..200) {
            let bytes = seed.repeat(times);
            prop_assert_eq!(read(&written(&bytes), bytes.len()).0, Ok(bytes));
        }

        #[test]
        fn any_stream_ends(stream in proptest::collection::vec(any::<u8>(), 0..200)) {
            // Random bytes describe about as many; what lies far past the end is refused.
            if let (Ok(bytes), _) = read(&stream, 4_000) {
                prop_assert_eq!(bytes.len(), 4_000);
            }
        }
    }

    #[test]
    fn a_stream_cut_short_is_noticed() {
        let bytes: Vec<u8> = (0..2_000u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let stream = written(&bytes);
        assert_eq!(read(&stream[..stream.len() / 2], bytes.len()).0, Err(Stop::CutShort));
    }

    #[test]
    fn more_than_the_cap_is_refused_by_both_sides() {
        let mut writer = Writer::new(Model::new(), 5_000);
        for _ in 0..5_000 {
            writer.byte(PROSE, b'a').unwrap();
        }
        assert_eq!(writer.byte(PROSE, b'a'), Err(Stop::TooLong));
        let stream = writer.finish();
        let mut reader = Reader::new(Model::new(), &stream, 5_000);
        for _ in 0..5_000 {
            assert_eq!(reader.byte(PROSE, 0), Ok(b'a'));
        }
        assert_eq!(reader.byte(PROSE, 0), Err(Stop::TooLong));
    }

    #[test]
    fn text_that_repeats_costs_little() {
        let text = b"created_at\0updated_at\0".repeat(40);
        assert!(written(&text).len() < 100, "{}", written(&text).len());
    }
}
