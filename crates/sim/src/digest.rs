//! One number for a whole run.

use core::hash::{Hash, Hasher};

use siphasher::sip::SipHasher13;

use crate::Trace;

impl Trace {
    /// A digest of everything in the trace: the same run gives the same digest on every machine,
    /// whatever its word size and byte order.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let mut hasher = Canonical(SipHasher13::new());
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// A hasher to which every number has one form: little-endian, and `usize` as 64 bits.
struct Canonical(SipHasher13);

macro_rules! little_endian {
    ($($write:ident: $number:ty),*) => {
        // A trace has a hundred fields: what is done for each has to be short.
        $(#[inline(never)]
        fn $write(&mut self, number: $number) {
            self.0.write(&number.to_le_bytes());
        })*
    };
}

impl Hasher for Canonical {
    fn finish(&self) -> u64 {
        self.0.finish()
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    little_endian!(
        write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64, write_u128: u128,
        write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64, write_i128: i128
    );

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_i64(number as i64);
    }
}
