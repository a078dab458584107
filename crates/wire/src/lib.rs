//! Segments to octets and back: IPv4 and TCP headers, options, checksums.
