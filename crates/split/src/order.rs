//! The order of functions in which they compress best: what is alike stands together.

use std::cmp::Reverse;
use std::collections::HashMap;

/// Octets in a row that tell whether functions are alike.
const ROW: usize = 4;

/// What so many functions have in common says nothing about any of them.
const COMMON: usize = 120;

/// So many functions before a place tell what goes there.
const LAST: usize = 3;

/// Short functions have little in common with anything: as if each were longer by so much.
const LEAST: usize = 20;

/// Puts each function behind those that it is most like, the first one first.
pub(crate) fn by_likeness(bodies: &[Vec<u8>]) -> Vec<usize> {
    let rows: Vec<Vec<&[u8]>> = bodies.iter().map(|body| rows(body)).collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, rows) in rows.iter().enumerate() {
        for row in rows {
            having.entry(row).or_default().push(function);
        }
    }
    having.retain(|_, functions| (2..COMMON).contains(&functions.len()));

    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    let mut placed = vec![false; bodies.len()];
    let mut first = 0..bodies.len();
    let mut shared = vec![0_usize; bodies.len()];
    while order.len() < bodies.len() {
        let mut alike = Vec::new();
        for before in order.iter().rev().take(LAST) {
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
        let likeness = |one: &usize| 1000 * shared[*one] / (rows[*one].len() + LEAST);
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
fn rows(body: &[u8]) -> Vec<&[u8]> {
    let mut rows: Vec<&[u8]> = body.windows(ROW).collect();
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
        assert_eq!(by_likeness(&bodies), [0, 1, 3, 2, 4]);
    }

    #[test]
    fn each_function_has_a_place() {
        let bodies: Vec<Vec<u8>> =
            (0..50).map(|one| vec![one % 7; 20 - one as usize % 20]).collect();
        let mut order = by_likeness(&bodies);
        assert_eq!(order.len(), bodies.len());
        order.sort_unstable();
        assert!(order.into_iter().eq(0..bodies.len()));
        assert!(by_likeness(&[]).is_empty());
    }
}
