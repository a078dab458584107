//! The module's glue, written so that it compresses well; what it does stays the same.

use super::names::once;
use std::collections::{BTreeMap, BTreeSet};

/// Where in the glue the module's imports stand.
const IMPORTS: &str = "a:{__proto__:null,";

/// The glue without what the page never calls, with short names for what is its own, and with what
/// the module imports sorted by what it looks like.
pub(super) fn tidy(script: &str) -> Result<String, String> {
    let script = short_names(&short_closures(&without_sync(script)?))?;
    let (before, rest) = script
        .split_once(IMPORTS)
        .ok_or_else(|| format!("`{IMPORTS}` is not in the module's glue"))?;
    let (mut imports, after) = entries(rest);
    imports.sort_by_key(|import| import.split_once(':').map(|(name, does)| (does, name)));
    Ok(format!("{before}{IMPORTS}{}{after}", imports.join(",")))
}

/// The glue without its second way to begin, which waits while the module is compiled.
fn without_sync(script: &str) -> Result<String, String> {
    let begin = "function initSync(";
    let end = "async function __wbg_init(";
    let (Some(from), Some(to)) = (script.find(begin), script.find(end)) else {
        return Err(format!("`{begin}` or `{end}` is not in the module's glue"));
    };
    if to < from || script[from + 1..to].contains("}function ") {
        return Err("the module's glue has its functions in another order".to_owned());
    }
    once(&format!("{}{}", &script[..from], &script[to..]), "initSync,", "")
}

/// The glue with short names for the functions that wasm-bindgen names after the types of closures.
fn short_closures(script: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut short = String::with_capacity(script.len());
    let mut parts = script.split(CLOSURE);
    short.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .unwrap_or(part.len());
        let (name, after) = part.split_at(end);
        let number = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        short.push('$');
        short.push_str(&number.to_string());
        short.push_str(after);
    }
    short
}

/// What the glue declares at its outermost, and says often.
const DECLARED: [&str; 20] = [
    "WASM_VECTOR_LEN",
    "__wbg_finalize_init",
    "__wbg_get_imports",
    "__wbg_init",
    "__wbg_init_once",
    "__wbg_init_promise",
    "__wbg_load",
    "addToExternrefTable0",
    "cachedDataViewMemory0",
    "cachedTextDecoder",
    "cachedTextEncoder",
    "cachedUint8ArrayMemory0",
    "decodeText",
    "getDataViewMemory0",
    "getStringFromWasm0",
    "getUint8ArrayMemory0",
    "handleError",
    "isLikeNone",
    "passStringToWasm0",
    "takeFromExternrefTable0",
];

/// The glue with names of two letters for these: `$a`, `$b` …, as far as nothing else is named so.
fn short_names(script: &str) -> Result<String, String> {
    let letter = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '$';
    let mut words = Vec::new();
    let mut rest = script;
    while let Some(begin) = rest.find(letter) {
        let (before, from) = rest.split_at(begin);
        let (word, after) = from.split_at(from.find(|it| !letter(it)).unwrap_or(from.len()));
        words.push((before, word));
        rest = after;
    }
    let taken: BTreeSet<&str> = words.iter().map(|(_, word)| *word).collect();
    let free = ('a'..='z').chain('A'..='Z').map(|letter| format!("${letter}"));
    let free = free.filter(|name| !taken.contains(name.as_str()));
    let names: BTreeMap<&str, String> = DECLARED.into_iter().zip(free).collect();
    let mut short = String::with_capacity(script.len());
    for (before, word) in words {
        short.push_str(before);
        match names.get(word) {
            // Of somebody else's, perhaps, by the same name.
            Some(_) if before.ends_with('.') => return Err(format!("`.{word}` is in the glue")),
            Some(name) => short.push_str(name),
            None => short.push_str(word),
        }
    }
    short.push_str(rest);
    Ok(short)
}

/// Begins such a name. Nothing else in the glue begins so.
const CLOSURE: &str = "wasm_bindgen_";

/// The entries of an object that begins here, and what follows the last.
fn entries(script: &str) -> (Vec<&str>, &str) {
    let (mut found, mut begin, mut depth) = (Vec::new(), 0, 0_u32);
    for (at, letter) in script.bytes().enumerate() {
        match letter {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' if depth > 0 => depth -= 1,
            b',' | b'}' if depth == 0 => {
                found.extend(Some(&script[begin..at]).filter(|entry| !entry.is_empty()));
                begin = at + 1;
                if letter == b'}' {
                    return (found, &script[at..]);
                }
            }
            _ => {}
        }
    }
    (found, &script[begin..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_does_stays_and_what_is_never_called_goes() {
        let script = "return{__proto__:null,a:{__proto__:null,b:function(e){return[e,1];},\
                      c:function(){wasm_bindgen_x__y_(1);},a:function(e){return e;}}};}\
                      function wasm_bindgen_x__y_(e){wasm.z(e);}function wasm_bindgen_x(){}\
                      function initSync(e){if(e){e();}}async function __wbg_init(e){}\
                      export{initSync,__wbg_init as default};";
        let tidied = "return{__proto__:null,a:{__proto__:null,c:function(){$0(1);},\
                      a:function(e){return e;},b:function(e){return[e,1];}}};}\
                      function $0(e){wasm.z(e);}function $1(){}async function $d(e){}\
                      export{$d as default};";
        assert_eq!(tidy(script).as_deref(), Ok(tidied));
    }

    #[test]
    fn glue_that_is_not_as_expected_is_refused() {
        assert!(tidy("").is_err());
        assert!(tidy("function initSync(){}async function __wbg_init(){}").is_err());
        assert!(short_names("e.isLikeNone(1)").is_err());
        assert_eq!(short_names("let $a=isLikeNone(1)").as_deref(), Ok("let $a=$s(1)"));
    }
}
