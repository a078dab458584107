//! What goes wrong, said so that a person can act on it.

use std::fmt;

/// Something that ends a command: what happened and where, and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    what: String,
    cure: Option<String>,
}

impl Trouble {
    /// What happened, as a sentence.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), cure: None }
    }

    /// What would help, as a sentence or two.
    pub(crate) fn cure(self, cure: impl Into<String>) -> Self {
        Self { cure: Some(cure.into()), ..self }
    }

    /// A file operation that failed: the deed ("read", "create the folder") and the path.
    pub(crate) fn io(deed: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(format!("could not {deed} {}: {error}", path.display()))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        match &self.cure {
            Some(cure) => write!(f, "\n cure: {}", cure.replace('\n', "\n       ")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_and_cure() {
        let trouble = Trouble::new("port 8080 is taken").cure("free it\nor take another");
        assert_eq!(
            trouble.to_string(),
            "error: port 8080 is taken\n cure: free it\n       or take another"
        );
        assert_eq!(Trouble::new("no").to_string(), "error: no");
    }
}
