//! How the page is linked.

/// Set where the page is packed: the linker has to write down where everything lies in memory, so that
/// data which the first picture does without can follow. Else that would only be more to carry.
const KEEP_PLACES: &str = "TCPSCOPE_KEEP_PLACES";

fn main() {
    println!("cargo::rerun-if-env-changed={KEEP_PLACES}");
    if std::env::var_os(KEEP_PLACES).is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
