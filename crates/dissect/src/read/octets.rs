//! Numbers in a file whose order of octets its beginning tells.

/// In which order the octets of a number stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// Octets of a file, and their order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Octets<'a> {
    octets: &'a [u8],
    order: Order,
}

impl<'a> Octets<'a> {
    pub(super) const fn new(octets: &'a [u8], order: Order) -> Self {
        Self { octets, order }
    }

    pub(super) const fn order(self) -> Order {
        self.order
    }

    pub(super) const fn len(self) -> usize {
        self.octets.len()
    }

    pub(super) fn get(self, at: usize, length: usize) -> Option<&'a [u8]> {
        self.octets.get(at..at.checked_add(length)?)
    }

    fn chunk<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.octets.get(at..)?.first_chunk().copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let octets = self.chunk(at)?;
        Some(match self.order {
            Order::Little => u16::from_le_bytes(octets),
            Order::Big => u16::from_be_bytes(octets),
        })
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let octets = self.chunk(at)?;
        Some(match self.order {
            Order::Little => u32::from_le_bytes(octets),
            Order::Big => u32::from_be_bytes(octets),
        })
    }

    pub(super) fn i64(self, at: usize) -> Option<i64> {
        let octets = self.chunk(at)?;
        Some(match self.order {
            Order::Little => i64::from_le_bytes(octets),
            Order::Big => i64::from_be_bytes(octets),
        })
    }
}
