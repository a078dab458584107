//! Tables of words: one struct for each part of the page, one field for each sentence, so that a
//! language that misses one does not compile; and each table can be written into a file and read
//! back, so that the page fetches the language that its reader wants and no other.

/// Whoever is handed the words of a table.
pub(crate) struct Hand<'a> {
    with: &'a mut dyn FnMut(&mut &'static str),
    all: bool,
}

impl<'a> Hand<'a> {
    /// Does this with each word.
    #[cfg(test)]
    pub(crate) fn new(with: &'a mut dyn FnMut(&mut &'static str)) -> Self {
        Self { with, all: true }
    }

    /// Does this with each word; unless `all` are wanted, not with those of tables marked `@later`.
    pub(crate) fn of(all: bool, with: &'a mut dyn FnMut(&mut &'static str)) -> Self {
        Self { with, all }
    }

    /// Whether it wants the words of tables marked `@later`, too.
    pub(crate) const fn wants_all(&self) -> bool {
        self.all
    }

    // There are hundreds of words: what is done for each has to be short.
    #[inline(never)]
    fn take(&mut self, word: &mut &'static str) {
        (self.with)(word);
    }
}

/// A table of words, or one word of it.
pub(crate) trait Table: Copy + 'static {
    /// The table before its words have arrived.
    const EMPTY: Self;

    /// What tells this table from one with other fields.
    const SHAPE: u64;

    /// Whether the first picture says nothing of it: then it is not among a language's first words,
    /// and what reads it can follow with the rest of the module.
    const LATER: bool = false;

    /// Hands out the place of each word, in their order.
    fn each(&mut self, hand: &mut Hand<'_>);
}

impl Table for &'static str {
    const EMPTY: Self = "";
    const SHAPE: u64 = 1;

    fn each(&mut self, hand: &mut Hand<'_>) {
        hand.take(self);
    }
}

impl<T: Table, const N: usize> Table for [T; N] {
    const EMPTY: Self = [T::EMPTY; N];
    const SHAPE: u64 = T::SHAPE.wrapping_mul(0x0100_0000_01b3) ^ N as u64;

    fn each(&mut self, hand: &mut Hand<'_>) {
        for part in self {
            part.each(hand);
        }
    }
}

/// Words around `N` gaps, as in `{0} of {1}`. `{1:s}` is an *s* unless gap 1 is filled with `1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase<const N: usize>(&'static str);

impl<const N: usize> Phrase<N> {
    /// A phrase. Where it misses one of its gaps, or has one too many, it does not compile.
    #[cfg(any(test, feature = "built-in-words"))]
    pub(crate) const fn new(words: &'static str) -> Self {
        let octets = words.as_bytes();
        let mut named = [false; N];
        let mut at = 0;
        while at < octets.len() {
            if octets[at] == b'{' {
                named[(octets[at + 1] - b'0') as usize] = true;
            }
            at += 1;
        }
        let mut gap = 0;
        while gap < N {
            assert!(named[gap], "a gap of the phrase is not in its words");
            gap += 1;
        }
        Self(words)
    }

    /// The phrase with its gaps filled.
    #[must_use]
    pub fn fill(&self, gaps: [&str; N]) -> String {
        fill(self.0, &gaps)
    }
}

impl<const N: usize> Table for Phrase<N> {
    const EMPTY: Self = Self("");
    const SHAPE: u64 = 2 + N as u64;

    fn each(&mut self, hand: &mut Hand<'_>) {
        hand.take(&mut self.0);
    }
}

#[inline(never)]
fn fill(words: &str, gaps: &[&str]) -> String {
    let mut filled = String::with_capacity(words.len() + 16);
    let mut rest = words;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, gap)| Some((before, gap.split_once('}')?)))
    {
        filled.push_str(before);
        let number = name.bytes().next().unwrap_or_default().wrapping_sub(b'0');
        let gap = gaps.get(usize::from(number)).copied().unwrap_or_default();
        filled.push_str(match name.split_once(':') {
            None => gap,
            Some(_) if gap == "1" => "",
            Some((_, several)) => several,
        });
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Declares tables of words: `@later` before one of which the first picture says nothing; `@opened`
/// before one of which it says only what is marked `@first`, for it stands on what opens the others.
macro_rules! words {
    ($(
        $(#[$about:meta])*
        $(@$later:ident)? $visible:vis struct $name:ident {
            $( $(#[$field_about:meta])* $(@$first:ident)? $field_visible:vis $field:ident: $kind:ty, )*
        }
    )*) => { $(
        $(#[$about])*
        #[derive(Clone, Copy)]
        $visible struct $name {
            $( $(#[$field_about])* $field_visible $field: $kind, )*
        }

        impl crate::words::table::Table for $name {
            const EMPTY: Self = Self {
                $( $field: <$kind as crate::words::table::Table>::EMPTY, )*
            };
            const SHAPE: u64 = {
                let shape =
                    crate::words::table::shape(0, concat!(stringify!($name) $(, " ", stringify!($later))?));
                $(
                    let shape = crate::words::table::shape(
                        shape ^ <$kind as crate::words::table::Table>::SHAPE,
                        concat!($(stringify!($first), " ",)? stringify!($field)),
                    );
                )*
                shape
            };
            $( const LATER: bool = matches!(stringify!($later).as_bytes(), b"later"); )?

            fn each(&mut self, hand: &mut crate::words::table::Hand<'_>) {
                const OPENED: bool = false
                    $( || matches!(stringify!($later).as_bytes(), b"opened") )?;
                $(
                    const { assert!(true $( && matches!(stringify!($first).as_bytes(), b"first") && OPENED )?) };
                    if !OPENED $( || !stringify!($first).is_empty() )? {
                        if !<$kind as crate::words::table::Table>::LATER || hand.wants_all() {
                            crate::words::table::Table::each(&mut self.$field, hand);
                        }
                    }
                )*
                if OPENED && hand.wants_all() {
                    $(
                        if true $( && stringify!($first).is_empty() )? {
                            crate::words::table::Table::each(&mut self.$field, hand);
                        }
                    )*
                }
            }
        }
    )* };
}
pub(crate) use words;

/// The shape of a table that goes on with a field of this name (FNV-1a).
pub(crate) const fn shape(before: u64, name: &str) -> u64 {
    let octets = name.as_bytes();
    let mut shape = before ^ 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < octets.len() {
        shape = (shape ^ octets[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_by_number() {
        assert_eq!(Phrase::<2>::new("{0} of {1}").fill(["2", "3"]), "2 of 3");
        assert_eq!(Phrase::<2>::new("第 {1} 行{0}").fill(["a", "b"]), "第 b 行a");
        assert_eq!(Phrase::<1>::new("{0} octet{0:s}").fill(["1"]), "1 octet");
        assert_eq!(Phrase::<1>::new("{0} octet{0:s}").fill(["21"]), "21 octets");
        assert_eq!(Phrase::<0>::new("none").fill([]), "none");
    }

    words! {
        #[derive(Debug, PartialEq)]
        struct Outer {
            first: &'static str,
            inner: Inner,
        }
        #[derive(Debug, PartialEq)]
        struct Inner {
            second: Phrase<1>,
        }
    }

    #[test]
    fn words_are_handed_out_in_their_order() {
        let mut table = Outer::EMPTY;
        let mut words = ["one", "{0}"].into_iter();
        table.each(&mut Hand::new(&mut |word| *word = words.next().unwrap()));
        assert_eq!(table, Outer { first: "one", inner: Inner { second: Phrase::new("{0}") } });
        assert_ne!(Outer::SHAPE, Inner::SHAPE);
    }
}
