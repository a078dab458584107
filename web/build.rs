//! How the page is linked.

/// Set where the page is packed: the linker has to write down where everything lies in memory, so that
/// data which the first picture does without can follow. Else that would only be more to carry.
const KEEP_PLACES: &str = "TCPSCOPE_KEEP_PLACES";

/// The stack's octets. What is in memory from the beginning lies behind it: so below 2^20, where the
/// number of a place takes three octets in code and not four, and away from 0x110000, which is in code
/// wherever there may be no `char`, and would keep in the first part what lies there.
const STACK: u32 = 768 << 10;

fn main() {
    println!("cargo::rustc-link-arg-bins=-zstack-size={STACK}");
    println!("cargo::rerun-if-env-changed={KEEP_PLACES}");
    if std::env::var_os(KEEP_PLACES).is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
