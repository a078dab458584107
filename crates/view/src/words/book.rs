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

/// Where the words of a language lie beside the page, from its folder. The name changes with what
/// words there are, so that a page never reads those of another version.
#[must_use]
pub fn words_file(locale: Locale) -> String {
    format!("words/{}-{}.txt", locale.tag(), Book::SHAPE)
}

/// All words of a language, a line each: what [`words_file`] holds.
#[cfg(feature = "built-in-words")]
#[must_use]
pub fn words_text(locale: Locale) -> String {
    let mut text = String::new();
    let mut book = *book(locale);
    book.each(&mut Hand::new(&mut |word| {
        text.push_str(word);
        text.push('\n');
    }));
    text
}

/// Whether a language can be spoken.
#[must_use]
pub fn has_words(locale: Locale) -> bool {
    #[cfg(feature = "built-in-words")]
    let has = matches!(locale, Locale::En | Locale::ZhCn);
    #[cfg(not(feature = "built-in-words"))]
    let has = fetched::has(locale);
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
pub fn learn_words(locale: Locale, text: String) -> bool {
    let Some(book) = read(text) else { return false };
    #[cfg(not(feature = "built-in-words"))]
    fetched::keep(locale, book);
    #[cfg(feature = "built-in-words")]
    let _ = (locale, book);
    true
}

/// Reads a file of words; `None` where there are more or fewer than there should be.
fn read(text: String) -> Option<Box<Book>> {
    // Words are there for as long as the page is.
    let mut lines = Box::leak(text.into_boxed_str()).lines();
    let mut book = Box::new(Book::EMPTY);
    let mut missed = false;
    book.each(&mut Hand::new(&mut |word| match lines.next() {
        Some(line) => *word = line,
        None => missed = true,
    }));
    (!missed && lines.next().is_none()).then_some(book)
}

#[cfg(not(feature = "built-in-words"))]
mod fetched {
    use std::sync::OnceLock;

    use super::{Book, Locale, Table};

    static BOOKS: [OnceLock<Box<Book>>; 2] = [const { OnceLock::new() }; 2];
    static EMPTY: Book = Book::EMPTY;

    const fn place(locale: Locale) -> &'static OnceLock<Box<Book>> {
        match locale {
            Locale::En => &BOOKS[0],
            Locale::ZhCn => &BOOKS[1],
        }
    }

    pub(super) fn keep(locale: Locale, book: Box<Book>) {
        // Words that are there already are the same.
        let _ = place(locale).set(book);
    }

    pub(super) fn has(locale: Locale) -> bool {
        place(locale).get().is_some()
    }

    /// The words in a language; until they arrive, those of another, if any have.
    pub(in crate::words) fn book(locale: Locale) -> &'static Book {
        let any = || BOOKS.iter().find_map(OnceLock::get);
        place(locale).get().or_else(any).map_or(&EMPTY, |book| &**book)
    }
}

#[cfg(all(test, feature = "built-in-words"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for locale in Locale::ALL {
            let text = words_text(locale);
            let mut read = *read(text.clone()).expect("all words");
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
    fn words_of_another_page_are_none() {
        let text = words_text(Locale::En);
        assert!(!learn_words(Locale::En, format!("{text}one more\n")));
        assert!(!learn_words(Locale::En, text.lines().skip(1).collect::<Vec<_>>().join("\n")));
        assert!(!learn_words(Locale::En, String::new()));
        assert!(learn_words(Locale::En, text));
    }

    #[test]
    fn each_language_has_a_file() {
        let [en, zh] = Locale::ALL.map(words_file);
        assert!(en.starts_with("words/en-") && zh.starts_with("words/zh-CN-"), "{en} {zh}");
    }
}
