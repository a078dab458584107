//! Short names where the module and its glue meet.

use crate::project::{Project, read};
use crate::run;
use crate::tools;
use crate::trouble::Trouble;
use std::path::Path;

/// Gives everything that passes between the module and its glue a name of one or two letters, in
/// both. (Binaryen chooses the names, and says which they are.)
pub(super) fn shorten(project: &Project, glue: &Path, module: &Path) -> Result<(), Trouble> {
    let mut wasm_opt = run::command(tools::wasm_opt().bring(project)?.join("wasm-opt"));
    // The functions keep their names until the module has been cut.
    wasm_opt
        .arg(module)
        .arg("-o")
        .arg(module)
        .args(["-g", "--minify-imports-and-exports-and-modules"]);
    let names = Names::read(&run::result(&mut wasm_opt)?);
    let script = names.shorten(&read(glue)?).map_err(Trouble::new)?;
    super::write(glue, &script)
}

/// Long names and the short ones that take their place.
#[derive(Debug, Default, PartialEq, Eq)]
struct Names {
    /// The glue's part of the module's world, under its long name.
    modules: Vec<String>,
    imports: Vec<(String, String)>,
    exports: Vec<(String, String)>,
}

impl Names {
    /// Reads what wasm-opt prints: a line for each import (module, name, short name) and for each
    /// export (name, short name), in quotes.
    fn read(said: &str) -> Self {
        let mut names = Self::default();
        for line in said.lines().filter(|line| line.trim_start().starts_with("[\"")) {
            let words: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            match words[..] {
                [module, long, short] => {
                    if !names.modules.iter().any(|known| known == module) {
                        names.modules.push(module.to_owned());
                    }
                    names.imports.push((long.to_owned(), short.to_owned()));
                }
                [long, short] => names.exports.push((long.to_owned(), short.to_owned())),
                _ => {}
            }
        }
        names
    }

    /// The glue with the short names, if it is as it is expected to be.
    fn shorten(&self, script: &str) -> Result<String, String> {
        let [module] = &self.modules[..] else {
            return Err(format!("the module imports from {:?}", self.modules));
        };
        let mut script = once(script, &format!("\"{module}\":"), "a:")?;
        for (long, short) in &self.imports {
            script = once(&script, &format!("{long}:"), &format!("{short}:"))?;
        }
        for (long, short) in &self.exports {
            script = everywhere(&script, &format!("wasm.{long}"), &format!("wasm.{short}"));
        }
        Ok(script)
    }
}

/// Replaces what must be there exactly once.
pub(super) fn once(text: &str, long: &str, short: &str) -> Result<String, String> {
    match text.matches(long).count() {
        1 => Ok(text.replacen(long, short, 1)),
        times => Err(format!("`{long}` stands {times} times in the module's glue")),
    }
}

/// Replaces a name wherever it is not the beginning of a longer one.
fn everywhere(text: &str, long: &str, short: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut parts = text.split(long);
    replaced.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let goes_on = part.starts_with(|next: char| next.is_alphanumeric() || "_$".contains(next));
        replaced.push_str(if goes_on { long } else { short });
        replaced.push_str(part);
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = r#"{
 "imports": [
  ["./x_bg.js", "__wbg_text_52", "a"],
  ["./x_bg.js", "__wbg_text", "b"]
 ],
"exports": [
  ["memory", "c"],
  ["main", "d"]
 ]
}"#;

    #[test]
    fn names_are_short_on_both_sides() {
        let script = r#"{"./x_bg.js":{__wbg_text_52:f,__wbg_text:g}};wasm.memory.buffer;wasm.main(wasm.mainly)"#;
        let short = Names::read(SAID).shorten(script);
        assert_eq!(short.as_deref(), Ok("{a:{a:f,b:g}};wasm.c.buffer;wasm.d(wasm.mainly)"));
    }

    #[test]
    fn glue_that_is_not_as_expected_is_left_alone() {
        let missing = Names::read(SAID).shorten(r#"{"./x_bg.js":{__wbg_text:g}}"#);
        assert_eq!(missing, Err("`__wbg_text_52:` stands 0 times in the module's glue".into()));
        assert!(Names::read("").shorten("").is_err());
    }
}
