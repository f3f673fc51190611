//! Numbers that look random and are the same on every machine.

/// A seeded generator (xorshift64*, Vigna 2016). The same seed gives the same numbers everywhere.
pub(super) struct Generator(u64);

impl Generator {
    pub(super) fn new(seed: u64) -> Self {
        // An odd factor spreads small seeds over all bits; the state must not be zero.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// A whole number below `end`, which must not be zero.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // In 64 bits, also where `usize` has 32.
        (self.next() % end as u64) as usize
    }

    /// A number from 0 up to, not including, 1.
    pub(super) fn fraction(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 53) as f64
    }
}
