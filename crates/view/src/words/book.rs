//! All words in a language, and where they come from: they are compiled in, or they are fetched.

use super::explain::Texts;
use super::table::{Hand, Table, words};
use super::{Locale, Messages};

words! {
/// All words in a language.
pub(super) struct Book {
    pub(super) messages: Messages,
    pub(super) texts: Texts,
}
}

/// How much of a language: what the first picture of a quiet connection says, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Without the sentences of rules that are rarely met.
    First,
    /// All.
    All,
}

/// Where the words of a language lie beside the page, from its folder. The name changes with what
/// words there are, so that a page never reads those of another version.
#[must_use]
pub fn words_file(locale: Locale, words: Words) -> String {
    let first = match words {
        Words::First => "first-",
        Words::All => "",
    };
    format!("words/{}-{first}{}.txt", locale.tag(), Book::SHAPE)
}

/// Words of a language, a line each: what [`words_file`] holds. Words that are not among the
/// first have no line there.
#[cfg(feature = "built-in-words")]
#[must_use]
pub fn words_text(locale: Locale, words: Words) -> String {
    let mut text = String::new();
    let mut book = *book(locale);
    book.each(&mut Hand::of(words == Words::All, &mut |word| {
        text.push_str(word);
        text.push('\n');
    }));
    text
}

/// Whether a language can be spoken, so far.
#[must_use]
pub fn has_words(locale: Locale, words: Words) -> bool {
    #[cfg(feature = "built-in-words")]
    let has = matches!((locale, words), (Locale::En | Locale::ZhCn, Words::First | Words::All));
    #[cfg(not(feature = "built-in-words"))]
    let has = fetched::has(locale, words);
    has
}

/// The words in a language.
#[cfg(feature = "built-in-words")]
pub(super) const fn book(locale: Locale) -> &'static Book {
    static EN: Book = Book { messages: super::messages::EN, texts: super::explain::EN };
    static ZH_CN: Book = Book { messages: super::messages::ZH_CN, texts: super::explain::ZH_CN };
    match locale {
        Locale::En => &EN,
        Locale::ZhCn => &ZH_CN,
    }
}

#[cfg(not(feature = "built-in-words"))]
pub(super) use fetched::book;

/// Learns a language from what was fetched from its [`words_file`]; says whether these were its
/// words.
pub fn learn_words(locale: Locale, words: Words, text: String) -> bool {
    let Some(book) = read(words, text) else { return false };
    #[cfg(not(feature = "built-in-words"))]
    fetched::keep(locale, words, book);
    #[cfg(feature = "built-in-words")]
    let _ = (locale, words, book);
    true
}

/// Reads a file of words; `None` where there are more or fewer than there should be.
fn read(words: Words, text: String) -> Option<Box<Book>> {
    // Words are there for as long as the page is.
    let mut lines = Box::leak(text.into_boxed_str()).lines();
    let mut book = Box::new(Book::EMPTY);
    let mut missed = false;
    book.each(&mut Hand::of(words == Words::All, &mut |word| match lines.next() {
        Some(line) => *word = line,
        None => missed = true,
    }));
    (!missed && lines.next().is_none()).then_some(book)
}

#[cfg(not(feature = "built-in-words"))]
mod fetched {
    use std::sync::OnceLock;

    use super::{Book, Locale, Table, Words};

    /// For each language its first words, and all of them.
    static BOOKS: [[OnceLock<Box<Book>>; 2]; 2] = [const { [const { OnceLock::new() }; 2] }; 2];
    static EMPTY: Book = Book::EMPTY;

    const fn places(locale: Locale) -> &'static [OnceLock<Box<Book>>; 2] {
        match locale {
            Locale::En => &BOOKS[0],
            Locale::ZhCn => &BOOKS[1],
        }
    }

    pub(super) fn keep(locale: Locale, words: Words, book: Box<Book>) {
        let [first, all] = places(locale);
        let place = match words {
            Words::First => first,
            Words::All => all,
        };
        // Words that are there already are the same.
        let _ = place.set(book);
    }

    pub(super) fn has(locale: Locale, words: Words) -> bool {
        let [first, all] = places(locale);
        all.get().is_some() || words == Words::First && first.get().is_some()
    }

    /// The words in a language; until they arrive, those of another, if any have.
    pub(in crate::words) fn book(locale: Locale) -> &'static Book {
        let most = |[first, all]: &'static [OnceLock<Box<Book>>; 2]| all.get().or(first.get());
        let any = || BOOKS.iter().find_map(most);
        most(places(locale)).or_else(any).map_or(&EMPTY, |book| &**book)
    }
}

#[cfg(all(test, feature = "built-in-words"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for locale in Locale::ALL {
            let text = words_text(locale, Words::All);
            let mut read = *read(Words::All, text.clone()).expect("all words");
            let mut again = String::new();
            read.each(&mut Hand::new(&mut |word| {
                again.push_str(word);
                again.push('\n');
            }));
            assert_eq!(again, text);
            assert_eq!(read.messages.app.name, "tcpscope");
        }
    }

    #[test]
    fn the_first_words_are_read_without_those_that_follow() {
        for locale in Locale::ALL {
            let (first, all) = (words_text(locale, Words::First), words_text(locale, Words::All));
            assert!(first.lines().count() < all.lines().count());
            let read = *read(Words::First, first).expect("first words");
            assert_eq!(read.messages.app.name, "tcpscope");
            assert_eq!(read.messages.inspect.ethernet, "");
        }
    }

    #[test]
    fn words_of_another_page_are_none() {
        let text = words_text(Locale::En, Words::All);
        assert!(!learn_words(Locale::En, Words::All, format!("{text}one more\n")));
        assert!(!learn_words(
            Locale::En,
            Words::All,
            text.lines().skip(1).collect::<Vec<_>>().join("\n")
        ));
        assert!(!learn_words(Locale::En, Words::All, String::new()));
        assert!(learn_words(Locale::En, Words::All, text));
    }

    #[test]
    fn what_is_counted_is_told_of_one_as_well() {
        // There is never one of these: figures of the page's own, or one has a sentence of its own.
        const NEVER_ONE: [&str; 11] = [
            "{0} minutes",
            "{0} segments",
            "{0} octets",
            "{0} times",
            "{0} flows together",
            "Comes back in {0} days.",
            "words of 4 octets: {0} octets",
            "{0} octets are the most",
            "its {0} octets travel in",
            "sends it further: {0} days",
            "The link has {0} characters: too long",
        ];
        const SEVERAL: [&str; 14] = [
            "changes",
            "characters",
            "codes",
            "days",
            "fields",
            "flows",
            "minutes",
            "octets",
            "questions",
            "records",
            "segments",
            "steps",
            "stops",
            "times",
        ];
        let mut wrong = Vec::new();
        for sentence in words_text(Locale::En, Words::All).lines() {
            let known = |all: &str| sentence == all || all.len() > 12 && sentence.contains(all);
            if NEVER_ONE.into_iter().any(known) {
                continue;
            }
            for (at, _) in sentence.match_indices("} ") {
                let (before, after) = (sentence[..at].rsplit('{').nth(1), &sentence[at + 2..]);
                let noun = after.split(|it: char| !it.is_ascii_lowercase()).next();
                // A part of a whole, or the most that there may be.
                let is_number = sentence[..at].ends_with(|it: char| it.is_ascii_digit());
                let whole = before.is_some_and(|it| {
                    ["of ", "than ", "up to "].iter().any(|word| it.ends_with(word))
                });
                if is_number && !whole && noun.is_some_and(|noun| SEVERAL.contains(&noun)) {
                    wrong.push(sentence.to_owned());
                }
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn each_language_has_a_file() {
        let [en, zh] = Locale::ALL.map(|locale| words_file(locale, Words::All));
        assert!(en.starts_with("words/en-") && zh.starts_with("words/zh-CN-"), "{en} {zh}");
    }
}
