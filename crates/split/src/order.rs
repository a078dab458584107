//! The order of functions in which they compress best: what is alike stands together.

use std::cmp::Reverse;
use std::collections::HashMap;

/// What makes functions alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Likeness {
    /// Octets in a row that tell whether functions are alike.
    row: usize,
    /// What so many functions have in common says nothing about any of them.
    common: usize,
    /// So many functions before a place tell what goes there.
    last: usize,
    /// Short functions have little in common with anything: as if each were longer by so much.
    least: usize,
}

impl Likeness {
    const fn new(row: usize, common: usize, last: usize, least: usize) -> Self {
        Self { row, common, last, least }
    }

    /// What has served best, each for some version of the page: which does for the next, nobody knows
    /// before. Between the best and the worst of them lie 300 octets.
    pub(crate) const ALL: [Self; 8] = [
        Self::new(4, 120, 3, 20),
        Self::new(4, 120, 2, 25),
        Self::new(4, 294, 3, 24),
        Self::new(4, 150, 2, 15),
        Self::new(4, 100, 3, 15),
        Self::new(4, 202, 3, 31),
        Self::new(4, 236, 4, 33),
        Self::new(3, 179, 2, 10),
    ];
}

/// Puts each function behind those that it is most like, the first one first.
pub(crate) fn by_likeness(bodies: &[Vec<u8>], likeness: Likeness) -> Vec<usize> {
    let Likeness { row, common, last, least } = likeness;
    let rows: Vec<Vec<&[u8]>> = bodies.iter().map(|body| rows(body, row)).collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, rows) in rows.iter().enumerate() {
        for row in rows {
            having.entry(row).or_default().push(function);
        }
    }
    having.retain(|_, functions| (2..common).contains(&functions.len()));

    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    let mut placed = vec![false; bodies.len()];
    let mut first = 0..bodies.len();
    let mut shared = vec![0_usize; bodies.len()];
    while order.len() < bodies.len() {
        let mut alike = Vec::new();
        for before in order.iter().rev().take(last) {
            for function in rows[*before].iter().filter_map(|row| having.get(row)).flatten() {
                if !placed[*function] {
                    if shared[*function] == 0 {
                        alike.push(*function);
                    }
                    shared[*function] += 1;
                }
            }
        }
        // In thousandths of what it has: all that a function shares with those before it.
        let likeness = |one: &usize| 1000 * shared[*one] / (rows[*one].len() + least);
        let next = alike.iter().copied().max_by_key(|one| (likeness(one), Reverse(*one)));
        for function in alike {
            shared[function] = 0;
        }
        let Some(next) = next.or_else(|| first.find(|one| !placed[*one])) else { break };
        placed[next] = true;
        order.push(next);
    }
    order
}

/// All octets in a row that a function has, each once.
fn rows(body: &[u8], row: usize) -> Vec<&[u8]> {
    let mut rows: Vec<&[u8]> = body.windows(row).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together() {
        let bodies = ["first of all", "abcdefghijkl", "0123456789", "bcdefghijklm", "123456789a"];
        let bodies = bodies.map(|body| body.as_bytes().to_vec());
        for likeness in Likeness::ALL {
            assert_eq!(by_likeness(&bodies, likeness), [0, 1, 3, 2, 4], "{likeness:?}");
        }
    }

    #[test]
    fn each_function_has_a_place() {
        let bodies: Vec<Vec<u8>> =
            (0..50).map(|one| vec![one % 7; 20 - one as usize % 20]).collect();
        let mut order = by_likeness(&bodies, Likeness::ALL[0]);
        assert_eq!(order.len(), bodies.len());
        order.sort_unstable();
        assert!(order.into_iter().eq(0..bodies.len()));
        assert!(by_likeness(&[], Likeness::ALL[0]).is_empty());
    }
}
