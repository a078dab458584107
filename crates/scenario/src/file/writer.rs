//! JSON, written piece by piece on one line.

use alloc::string::String;
use core::fmt::Write;

/// What has been written so far. A comma comes before whatever is not the first in its brackets.
#[derive(Default)]
pub(crate) struct Writer {
    json: String,
}

impl Writer {
    pub(crate) fn into_json(self) -> String {
        self.json
    }

    /// An item of a list; of an object, where the key has been written.
    pub(super) fn open(&mut self, bracket: char) {
        if !self.json.is_empty() && !self.json.ends_with(['{', '[', ':']) {
            self.json.push(',');
        }
        self.json.push(bracket);
    }

    pub(super) fn close(&mut self, bracket: char) {
        self.json.push(bracket);
    }

    pub(super) fn key(&mut self, key: &str) {
        if !self.json.ends_with('{') {
            self.json.push(',');
        }
        self.string(key);
        self.json.push(':');
    }

    /// An object under a key.
    pub(super) fn begin(&mut self, key: &str) {
        self.key(key);
        self.json.push('{');
    }

    /// An item of a list, a word.
    pub(super) fn item(&mut self, word: &str) {
        if !self.json.ends_with('[') {
            self.json.push(',');
        }
        self.string(word);
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.string(text);
    }

    pub(super) fn number(&mut self, key: &str, number: u64) {
        self.key(key);
        // Writing to a string cannot fail.
        let _ = write!(self.json, "{number}");
    }

    /// A number, if it is not the usual one.
    pub(super) fn unusual(&mut self, key: &str, number: u64, usual: u64) {
        if number != usual {
            self.number(key, number);
        }
    }

    /// A number, or that there is none.
    pub(super) fn number_or_null(&mut self, key: &str, number: Option<u64>) {
        match number {
            Some(number) => self.number(key, number),
            None => {
                self.key(key);
                self.raw("null");
            }
        }
    }

    /// A flag, if it is not the usual one.
    pub(super) fn unusual_flag(&mut self, key: &str, flag: bool, usual: bool) {
        if flag != usual {
            self.flag(key, flag);
        }
    }

    /// JSON that was written apart.
    pub(super) fn raw(&mut self, json: &str) {
        self.json.push_str(json);
    }

    pub(super) fn flag(&mut self, key: &str, flag: bool) {
        self.key(key);
        self.json.push_str(if flag { "true" } else { "false" });
    }

    fn string(&mut self, text: &str) {
        // Only a map with keys that are no strings could fail.
        self.json.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}
