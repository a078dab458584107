//! JSON, written by hand: the page's few shapes are less code so than any serializer would be.

/// A text of JSON that is being written.
#[derive(Default)]
pub(super) struct Json {
    text: String,
    /// Whether something stands before what is written next.
    follows: bool,
}

impl Json {
    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Begins an object or an array: `{` or `[`.
    pub(super) fn open(&mut self, bracket: char) {
        self.separate();
        self.text.push(bracket);
        self.follows = false;
    }

    /// Ends it.
    pub(super) fn close(&mut self, bracket: char) {
        self.text.push(bracket);
        self.follows = true;
    }

    /// The name of the member that is written next.
    pub(super) fn name(&mut self, name: &str) {
        self.string(name);
        self.text.push(':');
        self.follows = false;
    }

    /// A text.
    pub(super) fn string(&mut self, value: &str) {
        self.separate();
        self.text.push('"');
        for character in value.chars() {
            match character {
                '"' | '\\' => {
                    self.text.push('\\');
                    self.text.push(character);
                }
                control if control < ' ' => {
                    let code = u32::from(control);
                    self.text.push_str(&format!("\\u{code:04x}"));
                }
                plain => self.text.push(plain),
            }
        }
        self.text.push('"');
    }

    /// A member that is a text, or null.
    pub(super) fn member(&mut self, name: &str, value: Option<&str>) {
        self.name(name);
        match value {
            Some(value) => self.string(value),
            None => self.null(),
        }
    }

    /// A member that is a number, or null.
    pub(super) fn number(&mut self, name: &str, value: Option<u64>) {
        self.name(name);
        match value {
            Some(value) => self.word(&value.to_string()),
            None => self.null(),
        }
    }

    /// A member that is `true` or `false`.
    pub(super) fn flag(&mut self, name: &str, value: bool) {
        self.name(name);
        self.word(if value { "true" } else { "false" });
    }

    /// Nothing.
    pub(super) fn null(&mut self) {
        self.word("null");
    }

    fn word(&mut self, word: &str) {
        self.separate();
        self.text.push_str(word);
    }

    fn separate(&mut self) {
        if self.follows {
            self.text.push(',');
        }
        self.follows = true;
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn what_is_written_is_json() {
        let mut json = Json::default();
        json.open('{');
        json.member("a", Some("x\"\\\n"));
        json.number("b", None);
        json.name("c");
        json.open('[');
        json.open('{');
        json.close('}');
        json.string("y");
        json.close(']');
        json.flag("d", true);
        json.number("e", Some(7));
        json.close('}');
        let text = json.finish();
        assert_eq!(
            text,
            "{\"a\":\"x\\\"\\\\\\u000a\",\"b\":null,\"c\":[{},\"y\"],\"d\":true,\"e\":7}"
        );
    }
}
