//! What a line asks for.

use serde::Deserialize;

use super::config::Keys;
use super::value::{Object, Octets, OptionValue, Remote};

/// One request. It is read as a whole before anything is done.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Request {
    /// A fresh host at time 0.
    Init {
        #[serde(default)]
        config: Object<Keys>,
    },
    /// A socket call.
    Call(Call),
    /// A packet arrives.
    Rx { packet: Octets },
    /// Time passes.
    Advance {
        to_us: u64,
        #[serde(default)]
        until_tx: bool,
    },
    /// What is behind a descriptor?
    Info { fd: i64 },
    /// What connections are there?
    Connections {},
}

/// One socket call.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "fn", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Call {
    Socket {},
    Bind {
        fd: i64,
        port: u16,
    },
    Listen {
        fd: i64,
        backlog: i64,
    },
    Accept {
        fd: i64,
    },
    Connect {
        fd: i64,
        to: Remote,
    },
    Send {
        fd: i64,
        data: Octets,
        #[serde(default = "yes")]
        push: bool,
    },
    Recv {
        fd: i64,
        max: u64,
        #[serde(default)]
        peek: bool,
    },
    Shutdown {
        fd: i64,
        how: How,
    },
    Close {
        fd: i64,
    },
    Abort {
        fd: i64,
    },
    SoError {
        fd: i64,
    },
    Setsockopt {
        fd: i64,
        name: String,
        value: OptionValue,
    },
}

/// Which side is shut down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum How {
    Read,
    Write,
    Both,
}

const fn yes() -> bool {
    true
}

impl Request {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn read(line: &[u8]) -> Result<Self, String> {
        let Object(request): Object<Self> =
            serde_json::from_slice(line).map_err(|error| told(&error))?;
        if let Self::Init { config: Object(keys) } = &request {
            keys.check()?;
        }
        Ok(request)
    }
}

/// What is wrong, and where in the line if it is no JSON. What is told does not grow with the
/// line that it tells of.
fn told(error: &serde_json::Error) -> String {
    const MOST: usize = 300;
    let text = error.to_string();
    let (what, _) = text.rsplit_once(" at line ").unwrap_or((&text, ""));
    let mut told: String = what.chars().take(MOST).collect();
    if told.len() < what.len() {
        told.push('…');
    }
    if error.is_data() { told } else { format!("not JSON: {told} at octet {}", error.column()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, String> {
        Request::read(line.as_bytes())
    }

    #[test]
    fn what_may_be_left_out_has_its_default() {
        let init = |line| match read(line) {
            Ok(Request::Init { config: Object(keys) }) => keys,
            other => panic!("{other:?}"),
        };
        assert_eq!(init(r#"{"op":"init"}"#), Keys::default());
        assert_eq!(init(r#"{"op":"init","config":{}}"#), Keys::default());
        assert_eq!(
            read(r#"{"op":"advance","to_us":5}"#),
            Ok(Request::Advance { to_us: 5, until_tx: false })
        );
        let (fd, data) = (3, || Octets(bytes::Bytes::from_static(b"\x01")));
        assert_eq!(
            read(r#"{"op":"call","fn":"send","fd":3,"data":"01"}"#),
            Ok(Request::Call(Call::Send { fd, data: data(), push: true }))
        );
        // The order of the keys is nobody's business.
        assert_eq!(
            read(r#" { "push" : false, "data":"01", "fd":3, "fn":"send", "op":"call" } "#),
            Ok(Request::Call(Call::Send { fd, data: data(), push: false }))
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            ("", "not JSON: EOF while parsing a value at octet 0"),
            ("{", "not JSON: EOF while parsing an object at octet 1"),
            (r#"{"op":"init"} x"#, "not JSON: trailing characters at octet 15"),
            ("[\"connections\"]", "invalid type: sequence, expected an object"),
            ("7", "invalid type: integer `7`, expected an object"),
            ("{}", "missing field `op`"),
            (
                r#"{"op":"fly"}"#,
                "unknown variant `fly`, expected one of `init`, `call`, `rx`, `advance`, `info`, `connections`",
            ),
            (r#"{"op":"info"}"#, "missing field `fd`"),
            (r#"{"op":"info","fd":1,"fd":2}"#, "duplicate field `fd`"),
            (r#"{"op":"connections","of":"all"}"#, "unknown field `of`, there are no fields"),
            (r#"{"op":"advance","to_us":1.5}"#, "invalid type: floating point `1.5`, expected u64"),
            (r#"{"op":"advance","to_us":-1}"#, "invalid value: integer `-1`, expected u64"),
            (r#"{"op":"advance","to_us":"1"}"#, "invalid type: string \"1\", expected u64"),
            (
                r#"{"op":"advance","to_us":1,"until_tx":1}"#,
                "invalid type: integer `1`, expected a boolean",
            ),
            (r#"{"op":"rx","packet":"4"}"#, "1 digits are no whole octets"),
            (r#"{"op":"rx","packet":"4x"}"#, "digit 1 is not hexadecimal"),
            (
                r#"{"op":"rx","packet":45}"#,
                "invalid type: integer `45`, expected octets as hexadecimal digits",
            ),
            (r#"{"op":"call"}"#, "missing field `fn`"),
            (
                r#"{"op":"call","fn":"dup","fd":1}"#,
                "unknown variant `dup`, expected one of `socket`, `bind`, `listen`, `accept`, `connect`, `send`, `recv`, `shutdown`, `close`, `abort`, `so_error`, `setsockopt`",
            ),
            (r#"{"op":"call","fn":"socket","fd":1}"#, "unknown field `fd`, there are no fields"),
            (
                r#"{"op":"call","fn":"bind","fd":1,"port":65536}"#,
                "invalid value: integer `65536`, expected u16",
            ),
            (
                r#"{"op":"call","fn":"connect","fd":1,"to":"here"}"#,
                "invalid value: string \"here\", expected an IPv4 address and a port, as in \"192.0.2.1:8080\"",
            ),
            (
                r#"{"op":"call","fn":"shutdown","fd":1,"how":"up"}"#,
                "unknown variant `up`, expected one of `read`, `write`, `both`",
            ),
            (r#"{"op":"init","config":[]}"#, "invalid type: sequence, expected an object"),
            (r#"{"op":"init","config":null}"#, "invalid type: null, expected an object"),
            (r#"{"op":"init","config":{"mtu":67}}"#, "config: `mtu` is 68 to 65535"),
            (
                r#"{"op":"init","config":{"window_scale":15}}"#,
                "config: `window_scale` is 0 to 14, or null",
            ),
            (
                r#"{"op":"init","config":{"sack":1}}"#,
                "invalid type: integer `1`, expected a boolean",
            ),
            (
                r#"{"op":"init","config":{"congestion":"bbr"}}"#,
                "unknown variant `bbr`, expected one of `newreno`, `cubic`, `none`",
            ),
            (
                r#"{"op":"init","config":{"address":"224.0.0.1"}}"#,
                "config: `address` is the address of one host",
            ),
        ];
        for (line, detail) in cases {
            assert_eq!(read(line), Err(detail.to_owned()), "{line}");
        }
        let unknown = read(r#"{"op":"init","config":{"mut":1500}}"#).unwrap_err();
        assert!(unknown.starts_with("unknown field `mut`, expected one of `address`"), "{unknown}");
        assert!(Request::read(b"{\"op\":\"\xff\"}").is_err());
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_err());
        let long = format!(r#"{{"op":"{}"}}"#, "x".repeat(100_000));
        assert!(read(&long).unwrap_err().len() < 1000);
    }
}
