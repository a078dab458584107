//! A capture as a file.

use std::fmt;
use std::io::Write;
use std::time::Duration;

use pcap_file::pcap::{PcapHeader, PcapPacket, PcapWriter};
use pcap_file::{DataLink, TsResolution};

use crate::Capture;

/// Why a capture could not be written.
#[derive(Debug)]
pub struct PcapError(pub(crate) pcap_file::PcapError);

impl fmt::Display for PcapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the capture cannot be written: {}", self.0)
    }
}

impl std::error::Error for PcapError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl Capture {
    /// Writes a pcap file: raw IPv4, microsecond stamps since the beginning of the run.
    ///
    /// # Errors
    /// Where `into` cannot be written to.
    pub fn to_pcap(&self, into: impl Write) -> Result<(), PcapError> {
        let header = PcapHeader {
            datalink: DataLink::RAW,
            ts_resolution: TsResolution::MicroSecond,
            ..PcapHeader::default()
        };
        let mut writer = PcapWriter::with_header(into, header).map_err(PcapError)?;
        for captured in self.packets() {
            let at = Duration::from_micros(captured.at.as_micros());
            let length = u32::try_from(captured.octets.len()).unwrap_or(u32::MAX);
            writer
                .write_packet(&PcapPacket::new(at, length, &captured.octets))
                .map_err(PcapError)?;
        }
        Ok(())
    }
}
