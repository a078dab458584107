//! Where things are, and which versions the project asks for.

use crate::trouble::Trouble;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The working tree that the command was called in.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Where tools are kept, from one clone to the next: `TCPSCOPE_TOOLS`, or in the user's cache.
    pub(crate) tools: PathBuf,
    /// Cargo's build folder.
    pub(crate) target: PathBuf,
}

impl Project {
    /// Finds the project: from what cargo says when it runs this program, or from where we are.
    pub(crate) fn find() -> Result<Self, Trouble> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => env::current_dir()
                .map_err(|error| Trouble::new(format!("there is no current folder: {error}")))?,
        };
        let root = start
            .ancestors()
            .find(|dir| dir.join("Trunk.toml").is_file() && dir.join("crates/xtask").is_dir())
            .ok_or_else(|| {
                Trouble::new(format!("{} is not inside tcpscope's sources", start.display()))
                    .cure("Call `cargo xtask` inside a clone of the repository.")
            })?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self {
            tools: tools_folder(&|name| env::var_os(name).map(PathBuf::from))?,
            root,
            target,
        })
    }

    /// Where everything for WASM and for bare metal is built: apart from native builds, so that two
    /// toolchains neither wait for each other nor throw away each other's work.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// The optimized page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The book.
    pub(crate) fn book(&self) -> PathBuf {
        self.target.join("book")
    }

    /// Where the example sites are made.
    pub(crate) fn sites(&self) -> PathBuf {
        self.target.join("sites")
    }

    /// The node package with the browser tests.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("web/tests")
    }

    /// The version of `wasm-bindgen` that the page is built with.
    pub(crate) fn wasm_bindgen_version(&self) -> Result<String, Trouble> {
        let path = self.root.join("Cargo.lock");
        let lock = read(&path)?;
        locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
            Trouble::new(format!("{} names no wasm-bindgen", path.display()))
                .cure("Restore it: git checkout Cargo.lock")
        })
    }
}

/// The whole of a text file.
pub(crate) fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(|error| Trouble::io("read", path, &error))
}

/// A folder, and those above it.
pub(crate) fn create_dir(path: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(path).map_err(|error| Trouble::io("create the folder", path, &error))
}

fn tools_folder(var: &dyn Fn(&str) -> Option<PathBuf>) -> Result<PathBuf, Trouble> {
    let set = |name| var(name).filter(|path| path.is_absolute());
    set("TCPSCOPE_TOOLS")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("tcpscope/tools")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/tcpscope/tools")))
        .ok_or_else(|| {
            Trouble::new("there is no place to keep tools: HOME is not set")
                .cure("Set TCPSCOPE_TOOLS to the full path of a folder.")
        })
}

/// The version of a package in a `Cargo.lock`. Of several, the first.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| line.trim() != name).skip(1);
    let version = lines.next()?.trim().strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.80\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130".to_owned()));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn tools_go_where_the_environment_says() {
        let folder = |set: &'static [(&str, &str)]| {
            tools_folder(&|name| {
                set.iter().find(|(key, _)| *key == name).map(|(_, value)| PathBuf::from(value))
            })
        };
        let all = &[("TCPSCOPE_TOOLS", "/t"), ("XDG_CACHE_HOME", "/x"), ("HOME", "/h")];
        assert_eq!(folder(all), Ok(PathBuf::from("/t")));
        assert_eq!(folder(&all[1..]), Ok(PathBuf::from("/x/tcpscope/tools")));
        assert_eq!(folder(&all[2..]), Ok(PathBuf::from("/h/.cache/tcpscope/tools")));
        assert!(folder(&[("XDG_CACHE_HOME", "relative")]).is_err());
    }
}
