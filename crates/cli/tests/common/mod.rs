//! What several tests of the command line have in common.

use std::process::Output;

/// Arguments, how it ends, and what is said of them.
pub(crate) type Refused<'a> = (&'a [&'a str], i32, &'a [&'a str]);

/// Sees that a command that cannot do what it is asked says so in one line, and prints nothing.
pub(crate) fn refuses(tcpscope: impl Fn(&[&str]) -> Output, (arguments, code, said): &Refused<'_>) {
    let Output { status, stdout, stderr } = tcpscope(arguments);
    let stderr = String::from_utf8(stderr).expect("what is said is text");
    assert_eq!(status.code(), Some(*code), "{arguments:?}: {stderr}");
    assert!(stdout.is_empty(), "{arguments:?} prints");
    assert!(stderr.starts_with("tcpscope: ") && stderr.lines().count() == 1, "{stderr}");
    for words in *said {
        assert!(stderr.contains(words), "{arguments:?}: no {words:?} in {stderr:?}");
    }
}
