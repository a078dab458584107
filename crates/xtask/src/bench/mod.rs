//! The figures that the project promises: each has a name, a bound, and a way to measure it.

mod carried;
mod engine;
mod figure;
mod first_load;
mod stage;
mod timeline;

use crate::project::Project;
use crate::target::{self, Target};
use crate::trouble::Trouble;
use crate::{build, say};
use figure::{Bound, Figure, Measured};
use std::process::ExitCode;

/// All figures. A new one is a row here and a function that measures it.
const FIGURES: [Figure; 20] = [
    Figure {
        name: FIRST_LOAD,
        what: "all that travels until the optimized page can be used, compressed with brotli 11",
        unit: "B",
        bound: Bound::AtMost(180_000.0),
        of_the_page: true,
        measure: first_load::brotli_bytes,
    },
    Figure {
        name: "engine.ratio.trace",
        what: "segments a second through two of our hosts with the trace recorded, against smoltcp",
        unit: "x",
        bound: Bound::AtLeast(1.0),
        of_the_page: false,
        measure: engine::ratio_trace,
    },
    Figure {
        name: "engine.ratio.bare",
        what: "the same with reasons switched off",
        unit: "x",
        bound: Bound::AtLeast(1.5),
        of_the_page: false,
        measure: engine::ratio_bare,
    },
    Figure {
        name: "timeline.seek_p99_us.native",
        what: "any moment of a run of a million records, 99th percentile",
        unit: "us",
        bound: Bound::AtMost(4_000.0),
        of_the_page: false,
        measure: timeline::seek_native,
    },
    Figure {
        name: "timeline.seek_p99_us.wasm",
        what: "the same in Chromium",
        unit: "us",
        bound: Bound::AtMost(16_000.0),
        of_the_page: false,
        measure: timeline::seek_wasm,
    },
    Figure {
        name: "timeline.replay_us.wasm",
        what: "a segment in the middle of 100,000 records dropped and all replayed, in Chromium",
        unit: "us",
        bound: Bound::AtMost(100_000.0),
        of_the_page: false,
        measure: timeline::replay_wasm,
    },
    Figure {
        name: "timeline.octets_per_record",
        what: "what a run of a million records takes of memory, snapshots included",
        unit: "B",
        bound: Bound::AtMost(200.0),
        of_the_page: false,
        measure: timeline::octets_per_record,
    },
    Figure {
        name: "stage.frame_ratio.1000",
        what: "from frame to frame with 1,000 segments in flight, out of 100,000 records, scrolling: \
               95th percentile, against a bare canvas that draws as many labelled rectangles",
        unit: "x",
        bound: Bound::AtMost(1.5),
        of_the_page: true,
        measure: stage::frame_ratio_1000,
    },
    Figure {
        name: "stage.frame_ratio.200",
        what: "the same with 200, as in an ordinary lesson",
        unit: "x",
        bound: Bound::AtMost(1.2),
        of_the_page: true,
        measure: stage::frame_ratio_200,
    },
    Figure {
        name: "stage.step_us",
        what: "a step in an ordinary lesson until it shows, 95th percentile",
        unit: "us",
        bound: Bound::AtMost(16_000.0),
        of_the_page: true,
        measure: stage::step,
    },
    Figure {
        name: "stage.edit_us",
        what: "the same of an edit",
        unit: "us",
        bound: Bound::AtMost(16_000.0),
        of_the_page: true,
        measure: stage::edit,
    },
    Figure {
        name: "stage.seek_us",
        what: "a seek in a run of 100,000 records until it shows, 95th percentile",
        unit: "us",
        bound: Bound::AtMost(33_000.0),
        of_the_page: true,
        measure: stage::seek,
    },
    Figure {
        name: "page.interactive_us",
        what: "until the first step shows, on a 4 times slower processor and slow 4G",
        unit: "us",
        bound: Bound::AtMost(2_000_000.0),
        of_the_page: true,
        measure: stage::interactive,
    },
    Figure {
        name: "embed.interactive_us",
        what: "the same of a figure in a frame",
        unit: "us",
        bound: Bound::AtMost(1_500_000.0),
        of_the_page: true,
        measure: stage::embed_interactive,
    },
    Figure {
        name: "offline.curriculum_brotli_bytes",
        what: "all that is fetched once to work without a network, compressed with brotli 11",
        unit: "B",
        bound: Bound::AtMost(1_000_000.0),
        of_the_page: true,
        measure: first_load::offline_brotli_bytes,
    },
    Figure {
        name: "link.refused_us",
        what: "a link that was made to do harm, until it is refused: the slowest of nineteen",
        unit: "us",
        bound: Bound::AtMost(50_000.0),
        of_the_page: false,
        measure: carried::link_time,
    },
    Figure {
        name: "link.refused_octets",
        what: "what reading one takes of memory at most",
        unit: "B",
        bound: Bound::AtMost(10_000_000.0),
        of_the_page: false,
        measure: carried::link_memory,
    },
    Figure {
        name: "capture.list_s",
        what: "the conversations of a capture of 100 MB, until all are listed",
        unit: "s",
        bound: Bound::AtMost(3.0),
        of_the_page: false,
        measure: carried::capture_time,
    },
    Figure {
        name: "capture.peak_mb",
        what: "the most memory that the program has meanwhile",
        unit: "MB",
        bound: Bound::AtMost(200.0),
        of_the_page: false,
        measure: carried::capture_memory,
    },
    Figure {
        name: "capture.open_s",
        what: "a conversation of 262,144 segments with losses, until its ladder is laid out",
        unit: "s",
        bound: Bound::AtMost(2.0),
        of_the_page: false,
        measure: carried::open_time,
    },
];

/// Measures the figures that are named, or all, and says whether they hold.
pub(crate) fn bench(project: &Project, names: &[String], json: bool) -> Result<ExitCode, Trouble> {
    let figures = chosen(names)?;
    if figures.iter().any(|figure| figure.of_the_page) {
        build::build(project)?;
    }
    let measured = measure(project, &figures)?;
    if json {
        for figure in &measured {
            println!("{}", figure.json());
        }
    } else {
        print!("{}", figure::table(&measured));
    }
    Ok(if measured.iter().all(Measured::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The figure of the first load.
const FIRST_LOAD: &str = "page.first_load_brotli_bytes";

/// What the first load may weigh, in octets, wherever the page is built: its promise (decision 8), and
/// what a build under another path may differ by.
const MOST_ANYWHERE: f64 = 180_500.0;

/// Measures the sizes of the page as it was built last; fails if one does not hold, and the first load is
/// more than a build elsewhere may have. What takes time is for `cargo xtask bench` alone: a machine that
/// does something else besides breaks no test.
pub(crate) fn hold(project: &Project) -> Result<(), Trouble> {
    let of_the_page = |figure: &&Figure| figure.of_the_page && figure.unit == "B";
    let measured = measure(project, &FIGURES.iter().filter(of_the_page).collect::<Vec<_>>())?;
    print!("{}", figure::table(&measured));
    let is_near = |one: &Measured<'_>| one.figure.name == FIRST_LOAD && one.value <= MOST_ANYWHERE;
    if measured.iter().any(|one| !one.holds() && is_near(one)) {
        say::note(&format!("This build is over a promise; {MOST_ANYWHERE} B is the most."));
    }
    let broken = measured.iter().filter(|one| !one.holds() && !is_near(one));
    let broken: Vec<&str> = broken.map(|one| one.figure.name).collect();
    if broken.is_empty() {
        return Ok(());
    }
    let trouble = Trouble::new(format!("these figures do not hold: {}", broken.join(", ")));
    if target::bring(project, Target::Page)?.has_small_library() {
        return Err(trouble);
    }
    Err(trouble.cure(
        "They are promised of a page with a standard library that is built for size. The compiler in \
         use has no source to build one from, which makes some 15 KB more. With rustup, `rustup \
         component add rust-src` brings it; where there is apt, TCPSCOPE_WASM_TOOLCHAIN=debian takes \
         Debian's compiler, which has it.",
    ))
}

fn measure<'a>(project: &Project, figures: &[&'a Figure]) -> Result<Vec<Measured<'a>>, Trouble> {
    figures
        .iter()
        .map(|figure| {
            say::headline(&format!("Measuring {}: {}", figure.name, figure.what));
            Ok(Measured { figure, value: (figure.measure)(project)? })
        })
        .collect()
}

/// The figures of these names; without names, all.
fn chosen(names: &[String]) -> Result<Vec<&'static Figure>, Trouble> {
    if names.is_empty() {
        return Ok(FIGURES.iter().collect());
    }
    names
        .iter()
        .map(|name| {
            FIGURES.iter().find(|figure| figure.name == name).ok_or_else(|| {
                let known: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
                Trouble::new(format!("there is no figure `{name}`"))
                    .cure(format!("Those there are: {}", known.join(", ")))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_choose_and_unknown_ones_are_told() {
        assert_eq!(chosen(&[]).map(|all| all.len()), Ok(FIGURES.len()));
        let one = chosen(&["page.first_load_brotli_bytes".to_owned()]).expect("known");
        assert_eq!(one[0].unit, "B");
        let trouble = chosen(&["page.speed".to_owned()]).expect_err("unknown").to_string();
        assert!(trouble.contains("no figure `page.speed`"), "{trouble}");
        assert!(trouble.contains("page.first_load_brotli_bytes"), "{trouble}");
    }

    #[test]
    fn names_are_unique_and_need_no_escaping() {
        for (number, figure) in FIGURES.iter().enumerate() {
            assert!(FIGURES[..number].iter().all(|other| other.name != figure.name));
            let plain =
                |text: &str| text.chars().all(|c| c.is_ascii_graphic() && c != '"' && c != '\\');
            assert!(plain(figure.name) && plain(figure.unit), "{}", figure.name);
        }
    }
}
