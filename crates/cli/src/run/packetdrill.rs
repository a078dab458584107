//! A run as a packetdrill script: what one host of it did and saw.

use std::io::Write;

use tcpscope_packetdrill::tell;
use tcpscope_sim::{HostId, Setup, Trace};
use tcpscope_tcp::Instant;

use super::RunError;

/// Prints the script of a host's part.
pub(super) fn print(
    setup: &Setup,
    trace: &Trace,
    host: HostId,
    id: &str,
    out: &mut impl Write,
) -> Result<(), RunError> {
    let name = &trace.host(host).name;
    let (script, remarks) = tell(setup, trace, host)
        .map_err(|error| RunError::Packetdrill { host: name.clone(), why: error.to_string() })?;
    let ends = seconds(trace.duration());
    let mut head = vec![
        format!("{id}, as {name} sees it: < is what reaches {name}, > what its TCP sends, and the"),
        "calls are its application's. Numbers count from the initial ones. Run it with".to_owned(),
        "`tcpscope packetdrill FILE`; --tcp is tcpscope's own option, all else is packetdrill's."
            .to_owned(),
        format!("The run is over at {ends} s; what happens after the last line sends nothing."),
    ];
    head.extend(remarks);
    for line in head {
        writeln!(out, "// {line}").map_err(RunError::Output)?;
    }
    write!(out, "\n{script}").map_err(RunError::Output)
}

fn seconds(at: Instant) -> String {
    let micros = at.as_micros();
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}
