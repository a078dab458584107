//! Data that only what goes reads: it goes too.
//!
//! What a part reads is known from the linker, which writes down where each thing lies in memory, and
//! every number in code and data that is the place of one. A thing stays if a number in what stays may
//! be its place, or if a thing that stays points to it. What a number means is never guessed: one that
//! the linker has not written, and that might be the place of something, keeps all that is near.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{
    BinaryReader, Data, DataKind, KnownCustom, Linking, Operator, Parser, Payload, RelocationType,
    SymbolInfo,
};

use crate::error::Error;

/// What the linker tells of the memory of a module, before that was made smaller.
#[derive(Default)]
pub struct Linked {
    /// Its data.
    octets: Octets,
    /// Everything in it that has a name, by its place.
    things: Vec<Thing>,
    /// Which things the code may mean by a number.
    meant: BTreeMap<u32, BTreeSet<usize>>,
    /// Which thing is pointed to from a place.
    pointers: BTreeMap<u32, usize>,
    /// The entries of the first table that code may mean by a number.
    entries: BTreeSet<u32>,
    /// Where in memory one of these numbers stands.
    entries_at: BTreeSet<u32>,
}

/// A thing in memory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Thing {
    begin: u32,
    end: u32,
}

/// What is in memory from the beginning, by its place.
#[derive(Default)]
struct Octets(BTreeMap<u32, Vec<u8>>);

/// Octets that go, and their place.
pub(crate) type Run = (u32, Vec<u8>);

/// How near to a number of which nothing is known things stay.
const NEAR: u32 = 256;

/// Fewer octets than this stay where they are.
const LEAST: usize = 8;

impl Linked {
    /// Reads a module as the linker has left it, told to `--emit-relocs`.
    ///
    /// # Errors
    ///
    /// Where this is no module, or one whose places are not all known.
    pub fn read(octets: &[u8]) -> Result<Self, Error> {
        let mut linked = Self::default();
        let mut data = Vec::new();
        // Where the octets of each segment begin in the section.
        let mut begins = Vec::new();
        let mut symbols = Vec::new();
        let mut places = Vec::new();
        let mut code: &[u8] = &[];
        for payload in Parser::new(0).parse_all(octets) {
            match payload? {
                Payload::DataSection(section) => {
                    let first = section.range().start;
                    data = section.into_iter().collect::<wasmparser::Result<Vec<_>>>()?;
                    begins.extend(
                        data.iter().map(|one| one.range.end - one.data.len() as u64 - first),
                    );
                }
                Payload::CodeSectionStart { unchecked_range: range, .. } => {
                    code = usize::try_from(range.start)
                        .ok()
                        .and_then(|start| octets.get(start..))
                        .unwrap_or_default();
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(reader) => {
                        for part in reader.subsections() {
                            if let Linking::SymbolTable(table) = part? {
                                symbols = table.into_iter().collect::<wasmparser::Result<_>>()?;
                            }
                        }
                    }
                    KnownCustom::Reloc(reader) => {
                        let of_data = section.name().ends_with(".DATA");
                        for entry in reader.entries() {
                            places.push((of_data, entry?));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        linked.octets = Octets::of(&data);
        let bases: Vec<Option<u32>> = data.iter().map(base).collect();
        let find = |symbol: u32| match symbols.get(symbol as usize) {
            Some(SymbolInfo::Data { symbol: Some(place), .. }) => {
                let begin = (*bases.get(place.index as usize)?)?.checked_add(place.offset)?;
                Some(Thing { begin, end: begin.checked_add(place.size)? })
            }
            _ => None,
        };
        linked.things = (0..).take(symbols.len()).filter_map(find).collect();
        linked.things.sort_unstable();
        linked.things.dedup();
        let place_in_memory = |offset: u32| {
            let offset = u64::from(offset);
            let segment = begins.partition_point(|begin| *begin <= offset).checked_sub(1)?;
            bases[segment]?.checked_add(u32::try_from(offset - begins[segment]).ok()?)
        };
        for (of_data, entry) in places {
            match (means(entry.ty)?, of_data) {
                (Meaning::Place, _) => {
                    let Some(thing) = find(entry.index) else { continue };
                    let Ok(number) = linked.things.binary_search(&thing) else { continue };
                    if of_data {
                        let at = place_in_memory(entry.offset);
                        linked.pointers.extend(at.map(|at| (at, number)));
                    } else if let Ok(place) = u32::try_from(i64::from(thing.begin) + entry.addend) {
                        linked.meant.entry(place).or_default().insert(number);
                    }
                }
                (Meaning::Entry, true) => linked.entries_at.extend(place_in_memory(entry.offset)),
                (Meaning::Entry, false) => {
                    let number = code.get(entry.offset as usize..).unwrap_or_default();
                    let number = BinaryReader::new(number, 0).read_var_i32()?;
                    linked.entries.insert(number.cast_unsigned());
                }
                (Meaning::Other, _) => {}
            }
        }
        Ok(linked)
    }

    /// Which data goes, where these are the numbers in what stays.
    pub(crate) fn going(&self, data: &[Data<'_>], numbers: &BTreeSet<u32>) -> Vec<Run> {
        // What is not put into memory from the beginning might be put anywhere.
        if data.iter().any(|segment| base(segment).is_none()) {
            return Vec::new();
        }
        let octets = Octets::of(data);
        let stay = self.staying(&octets, numbers);
        let mut going = BTreeSet::new();
        let places = |thing: &Thing| thing.begin..thing.end;
        for (thing, stays) in self.things.iter().zip(&stay) {
            if !stays {
                going.extend(places(thing));
            }
        }
        for (thing, stays) in self.things.iter().zip(&stay) {
            if *stays {
                for place in places(thing) {
                    going.remove(&place);
                }
            }
        }
        let mut runs: Vec<Run> = Vec::new();
        for place in going {
            let Some(octet) = octets.at(place) else { continue };
            match runs.last_mut() {
                Some((begin, run)) if *begin as usize + run.len() == place as usize => {
                    run.push(octet);
                }
                _ => runs.push((place, vec![octet])),
            }
        }
        runs.retain(|(_, run)| run.len() >= LEAST);
        runs
    }

    /// The entries of the first table that nothing means when this data is not there.
    pub(crate) fn unmeant(&self, data: &[Data<'_>], gone: &[Run]) -> BTreeSet<u32> {
        let octets = Octets::of(data);
        let goes = |at: u32| {
            let before = gone.partition_point(|(begin, _)| *begin <= at);
            let run = before.checked_sub(1).and_then(|run| gone.get(run));
            run.is_some_and(|(begin, run)| (at - begin) as usize + 4 <= run.len())
        };
        let (mut unmeant, mut meant) = (BTreeSet::new(), self.entries.clone());
        for at in &self.entries_at {
            let number = self.octets.number(*at);
            if octets.number(*at) != number {
                // Somebody has given entries other numbers.
                return BTreeSet::new();
            }
            if goes(*at) { &mut unmeant } else { &mut meant }.insert(number);
        }
        unmeant.retain(|number| !meant.contains(number));
        unmeant
    }

    /// Whether each thing stays.
    fn staying(&self, octets: &Octets, numbers: &BTreeSet<u32>) -> Vec<bool> {
        let mut stay = vec![false; self.things.len()];
        let mut new: Vec<usize> = Vec::new();
        for number in numbers {
            match self.meant.get(number) {
                Some(things) => {
                    new.extend(things);
                    new.extend(self.near(*number, number.saturating_add(1)));
                }
                // wasm-opt may have summed up what is known of a place.
                None => {
                    let (begin, end) = (number.saturating_sub(NEAR), number.saturating_add(NEAR));
                    new.extend(self.near(begin, end));
                }
            }
        }
        for (number, thing) in self.things.iter().enumerate() {
            // One that is no longer as it was linked.
            if (thing.begin..thing.end).any(|at| self.octets.there(at) != octets.there(at)) {
                new.push(number);
            }
        }
        // What points from between things is read by somebody unknown.
        let inside = |at: u32| self.near(at, at + 1).next().is_some();
        new.extend(self.pointers.iter().filter(|(at, _)| !inside(**at)).map(|(_, to)| *to));
        while let Some(number) = new.pop() {
            if !stay[number] {
                stay[number] = true;
                let Thing { begin, end } = self.things[number];
                // A pointer may stand across the border of two things that were put into one.
                let from = begin.saturating_sub(3)..end;
                new.extend(self.pointers.range(from).map(|(_, to)| *to));
            }
        }
        stay
    }

    /// The things that have to do with a stretch of memory, from its begin to its end.
    fn near(&self, begin: u32, end: u32) -> impl Iterator<Item = usize> + '_ {
        let things = self.things.iter().enumerate();
        things
            .filter(move |(_, thing)| thing.begin < end && begin < thing.end)
            .map(|(number, _)| number)
    }
}

impl Octets {
    fn of(data: &[Data<'_>]) -> Self {
        let placed =
            data.iter().filter_map(|segment| Some((base(segment)?, segment.data.to_vec())));
        Self(placed.collect())
    }

    fn at(&self, place: u32) -> Option<u8> {
        let (begin, octets) = self.0.range(..=place).next_back()?;
        octets.get((place - begin) as usize).copied()
    }

    /// What stands at a place. Where no segment is there are zeros: wasm-opt leaves some out.
    fn there(&self, place: u32) -> u8 {
        self.at(place).unwrap_or(0)
    }

    /// The number of four octets at a place.
    fn number(&self, place: u32) -> u32 {
        u32::from_le_bytes([0, 1, 2, 3].map(|more| self.there(place.saturating_add(more))))
    }
}

/// Where a segment lies in the one memory.
pub(crate) fn base(segment: &Data<'_>) -> Option<u32> {
    let DataKind::Active { memory_index: 0, offset_expr } = &segment.kind else { return None };
    let mut ops = offset_expr.get_operators_reader();
    match (ops.read(), ops.read()) {
        (Ok(Operator::I32Const { value }), Ok(Operator::End)) => Some(value.cast_unsigned()),
        _ => None,
    }
}

/// The octets of a segment without those that go.
pub(crate) fn without(base: u32, segment: &[u8], runs: &[Run]) -> Vec<u8> {
    let mut left = segment.to_vec();
    for (begin, run) in runs {
        for place in (*begin..).take(run.len()) {
            let at = place.checked_sub(base).and_then(|at| left.get_mut(at as usize));
            if let Some(octet) = at {
                *octet = 0;
            }
        }
    }
    left
}

/// What a number means that a relocation writes.
enum Meaning {
    /// A place in memory.
    Place,
    /// An entry of the first table.
    Entry,
    Other,
}

fn means(kind: RelocationType) -> Result<Meaning, Error> {
    match kind {
        RelocationType::MemoryAddrLeb
        | RelocationType::MemoryAddrSleb
        | RelocationType::MemoryAddrI32 => Ok(Meaning::Place),
        RelocationType::TableIndexSleb | RelocationType::TableIndexI32 => Ok(Meaning::Entry),
        RelocationType::FunctionIndexLeb
        | RelocationType::FunctionIndexI32
        | RelocationType::FunctionOffsetI32
        | RelocationType::TableNumberLeb
        | RelocationType::TypeIndexLeb
        | RelocationType::GlobalIndexLeb
        | RelocationType::GlobalIndexI32
        | RelocationType::SectionOffsetI32
        | RelocationType::EventIndexLeb => Ok(Meaning::Other),
        other => Err(Error::Relocation(format!("{other:?}"))),
    }
}
