//! `tcpscope run`: a scenario from its first call to its end, as text or as a capture.

mod json;
mod packetdrill;
mod table;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tcpscope_capture::{Capture, LinkType, PcapError, Vantage};
use tcpscope_scenario::{LinkEdit, LinkError, Scenario, ScenarioError};
use tcpscope_sim::{Edit, EditError, Ended, HostId, SetupError, Timeline, Trace};
use tcpscope_view::Locale;

/// What is asked of `run`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The scenario's file.
    pub scenario: PathBuf,
    /// How the run is printed.
    pub format: Format,
    /// Where it is captured: hosts' names, or `link`. None: at the first host. All but a pcapng
    /// file is of the first place.
    pub at: Vec<String>,
    /// The file for the capture, if one is wanted.
    pub pcap: Option<PathBuf>,
    /// The same as pcapng, if it is wanted.
    pub pcapng: Option<Pcapng>,
    /// Another seed than the scenario's.
    pub seed: Option<u64>,
    /// What is done to the run, in order.
    pub edits: Vec<LinkEdit>,
    /// The language of what is told.
    pub locale: Locale,
}

/// A pcapng file that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pcapng {
    /// Where it goes.
    pub file: PathBuf,
    /// How packets lie in it.
    pub link_type: LinkType,
    /// Whether the reasons stand in it, as comments of packets.
    pub comments: bool,
}

/// How a run is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// A line a packet, as tcpdump prints it.
    #[default]
    Tcpdump,
    /// A JSON object a record, as the page's `trace()` has it.
    Json,
    /// A row a record, with its reason.
    Table,
    /// What one host did and saw, as a packetdrill script.
    Packetdrill,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tcpdump, Self::Json, Self::Table, Self::Packetdrill];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcpdump => "tcpdump",
            Self::Json => "json",
            Self::Table => "table",
            Self::Packetdrill => "packetdrill",
        }
    }
}

/// Why there was nothing to run or to print.
#[derive(Debug)]
pub enum RunError {
    /// The scenario's file cannot be read.
    Read(PathBuf, io::Error),
    /// A capture's file cannot be written.
    Write(PathBuf, io::Error),
    /// A capture would be written over the scenario.
    OverScenario(PathBuf),
    /// The scenario is not one.
    Scenario(PathBuf, ScenarioError),
    /// Its hosts and links do not fit together.
    Setup(PathBuf, SetupError),
    /// An edit names what the scenario has not.
    Edit(String, Box<LinkError>),
    /// An edit cannot be made.
    Refused(String, Box<EditError>),
    /// An edit is of a packet that is never sent.
    Unmet(String),
    /// There is no host of that name.
    NoSuchHost {
        /// What was asked for.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// What a host did is more than a packetdrill script can say.
    Packetdrill {
        /// The host.
        host: String,
        /// Why.
        why: String,
    },
    /// The capture cannot be written.
    Pcap(PathBuf, PcapError),
    /// What is printed cannot be.
    Output(io::Error),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => {
                write!(f, "the scenario {} cannot be read: {error}", path.display())
            }
            Self::Write(path, error) => {
                write!(f, "the capture {} cannot be written: {error}", path.display())?;
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                match folder {
                    _ if path.is_dir() => f.write_str("; it needs a file's name"),
                    Some(folder) if !folder.exists() => {
                        write!(f, "; there is no folder {}", folder.display())
                    }
                    _ => Ok(()),
                }
            }
            Self::OverScenario(path) => {
                write!(f, "{} is the scenario: the capture needs another file", path.display())
            }
            Self::Scenario(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Setup(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Edit(edit, error) => write!(f, "--edit {edit}: {error}"),
            Self::Refused(edit, error) => write!(f, "--edit {edit}: {error}"),
            Self::Unmet(edit) => write!(
                f,
                "--edit {edit}: this run never sends that packet; --format json has the packets' \
                 names"
            ),
            Self::NoSuchHost { name, known } => {
                write!(f, "there is no host `{name}`; there are {} and `link`", known.join(", "))
            }
            Self::Packetdrill { host, why } => {
                write!(f, "there is no packetdrill script of what {host} did: {why}")
            }
            Self::Pcap(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl std::error::Error for RunError {}

/// Runs the scenario and prints it to `out`; says why the run ended.
///
/// # Errors
/// What is wrong with the scenario, or with a file.
pub fn run(request: &Request, mut out: impl Write) -> Result<Ended, RunError> {
    let scenario = scenario(&request.scenario)?;
    let timeline = made(&scenario, &request.scenario, request.seed, &request.edits)?;
    let trace = timeline.trace();
    let vantages = vantages(trace, &request.at)?;
    let captures = [request.pcap.as_ref(), request.pcapng.as_ref().map(|pcapng| &pcapng.file)];
    for path in captures.into_iter().flatten() {
        if is_same(path, &request.scenario) {
            return Err(RunError::OverScenario(path.clone()));
        }
    }
    let vantage = vantages[0];
    if let Some(path) = &request.pcap {
        write_file(path, |file| Capture::of(trace, vantage).to_pcap(file))?;
    }
    if let Some(Pcapng { file, link_type, comments }) = &request.pcapng {
        let comments = comments.then_some(request.locale);
        let (vantages, link_type) = (&vantages[..], *link_type);
        let pcapng = tcpscope_capture::Pcapng { trace, vantages, link_type, comments };
        write_file(file, |file| pcapng.write(file))?;
    }
    match request.format {
        Format::Tcpdump => {
            for line in Capture::of(trace, vantage).lines() {
                writeln!(out, "{line}").map_err(RunError::Output)?;
            }
        }
        Format::Json => json::print(trace, request.locale, &mut out).map_err(RunError::Output)?,
        Format::Table => table::print(trace, request.locale, &mut out).map_err(RunError::Output)?,
        Format::Packetdrill => {
            let host = endpoint(trace, vantage)?;
            packetdrill::print(timeline.setup(), trace, host, scenario.id(), &mut out)?;
        }
    }
    out.flush().map_err(RunError::Output)?;
    Ok(trace.ended())
}

/// The host at a place; a script is about an endpoint.
fn endpoint(trace: &Trace, vantage: Vantage) -> Result<HostId, RunError> {
    match vantage {
        Vantage::Host(host) => Ok(host),
        Vantage::Router(_) | Vantage::Link => Err(RunError::Packetdrill {
            host: "a link or a router".to_owned(),
            why: format!(
                "it has no TCP; --at says which host: {}",
                trace.hosts().iter().map(|host| &*host.name).collect::<Vec<_>>().join(", ")
            ),
        }),
    }
}

/// Whether two paths lead to one file that is there.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}

/// The run of a scenario's file, with another seed where one is wanted, and with edits.
pub(crate) fn timeline(
    path: &Path,
    seed: Option<u64>,
    edits: &[LinkEdit],
) -> Result<Timeline, RunError> {
    made(&scenario(path)?, path, seed, edits)
}

/// The scenario of a file.
pub(crate) fn scenario(path: &Path) -> Result<Scenario, RunError> {
    let path = path.to_path_buf();
    let text = fs::read_to_string(&path).map_err(|error| RunError::Read(path.clone(), error))?;
    Scenario::from_json(&text).map_err(|error| RunError::Scenario(path, error))
}

/// The run of a scenario, whatever it came from: `path` is what it is called in errors.
pub(crate) fn made(
    scenario: &Scenario,
    path: &Path,
    seed: Option<u64>,
    edits: &[LinkEdit],
) -> Result<Timeline, RunError> {
    let mut setup = scenario.setup();
    setup.seed = seed.unwrap_or(setup.seed);
    let mut timeline =
        Timeline::new(setup).map_err(|error| RunError::Setup(path.to_path_buf(), error))?;
    let mut made: Vec<(&LinkEdit, Edit)> = Vec::with_capacity(edits.len());
    for said in edits {
        let failed = |error| RunError::Edit(said.to_text(), Box::new(error));
        let edit = said.resolve(timeline.setup()).map_err(failed)?;
        let refused = |error| RunError::Refused(said.to_text(), Box::new(error));
        timeline.edit(edit.clone()).map_err(refused)?;
        made.push((said, edit));
    }
    // One edit may make another meet its packet: all of them are asked at the end.
    match made.into_iter().find(|(_, edit)| !timeline.is_met(edit)) {
        Some((said, _)) => Err(RunError::Unmet(said.to_text())),
        None => Ok(timeline),
    }
}

/// Writes a capture to a file.
fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), PcapError>,
) -> Result<(), RunError> {
    let failed = |error| RunError::Write(path.to_path_buf(), error);
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    write(&mut file).map_err(|error| RunError::Pcap(path.to_path_buf(), error))?;
    file.flush().map_err(failed)
}

/// The places of these names; the first host, where there are none.
fn vantages(trace: &Trace, at: &[String]) -> Result<Vec<Vantage>, RunError> {
    if at.is_empty() {
        return Ok(vec![Vantage::Host(HostId(0))]);
    }
    at.iter().map(|name| vantage(trace, name)).collect()
}

fn vantage(trace: &Trace, name: &str) -> Result<Vantage, RunError> {
    if name == "link" {
        return Ok(Vantage::Link);
    }
    let names = trace.hosts().iter().map(|host| &host.name).chain(trace.routers());
    let places = trace.hosts().len() + trace.routers().len();
    (0_u8..)
        .map(HostId)
        .take(places)
        .find(|place| trace.place_name(*place) == Some(name))
        .map(|place| match trace.hosts().get(place.index()) {
            Some(_) => Vantage::Host(place),
            None => Vantage::Router(place),
        })
        .ok_or_else(|| RunError::NoSuchHost {
            name: name.to_owned(),
            known: names.map(|name| format!("`{name}`")).collect(),
        })
}
