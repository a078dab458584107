//! A figure: what its block says, and what becomes of it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use tcpscope_view::Locale;

use super::Book;
use crate::render::{Request, render};

/// What a block says, in TOML. What is left out is as the element has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Figure {
    scenario: Option<String>,
    lesson: Option<String>,
    stop: Option<String>,
    link: Option<String>,
    t: Option<u64>,
    seed: Option<u64>,
    steps: Option<String>,
    speed: Option<f64>,
    autoplay: Option<bool>,
    controls: Option<bool>,
    details: Option<bool>,
    lang: Option<String>,
    theme: Option<String>,
    loading: Option<String>,
    title: Option<String>,
    height: Option<u32>,
    /// What stands below it.
    caption: Option<String>,
    /// The moment of the still; `t`, or the whole run, if it is not said.
    at: Option<String>,
}

impl Figure {
    /// What a block says.
    pub(super) fn of(body: &str) -> Result<Self, String> {
        let figure: Self = toml::from_str(body).map_err(|error| error.to_string())?;
        let sources = [&figure.scenario, &figure.lesson, &figure.link];
        match sources.into_iter().flatten().count() {
            1 => Ok(figure),
            0 => Err("a figure needs scenario = \"…\", lesson = \"…\" or link = \"…\"".to_owned()),
            _ => Err("a figure has one of scenario, lesson and link".to_owned()),
        }
    }

    /// What stands in its place.
    pub(super) fn drawn(&self, book: &Book) -> Result<String, String> {
        let still = format!("data:image/svg+xml;base64,{}", STANDARD.encode(self.still(book)?));
        let alt = self.title.as_ref().or(self.caption.as_ref());
        let alt = alt.map_or_else(|| self.source().to_owned(), Clone::clone);
        let image = format!("<img src=\"{still}\" alt=\"{}\">", escaped(&alt));
        let caption = self.caption.as_ref();
        let caption = caption
            .map_or_else(String::new, |text| format!("<figcaption>{}</figcaption>", escaped(text)));
        let shown = if book.is_html { self.element(&image) } else { image };
        // On a line, so that Markdown takes it as it is; as wide as the text, which browsers' own style
        // sheets leave to few.
        Ok(format!(
            "<figure class=\"tcpscope\" style=\"margin-inline:0\">{shown}{caption}</figure>\n"
        ))
    }

    fn element(&self, inside: &str) -> String {
        let mut element = String::from("<tcp-scope");
        let mut say = |name: &str, value: &str| {
            let _ = write!(element, " {name}=\"{}\"", escaped(value));
        };
        let texts = [
            ("scenario", &self.scenario),
            ("lesson", &self.lesson),
            ("stop", &self.stop),
            ("link", &self.link),
            ("steps", &self.steps),
            ("lang", &self.lang),
            ("theme", &self.theme),
            ("loading", &self.loading),
            ("title", &self.title),
        ];
        for (name, value) in texts {
            value.iter().for_each(|value| say(name, value));
        }
        for (name, value) in
            [("t", self.t), ("seed", self.seed), ("height", self.height.map(u64::from))]
        {
            value.iter().for_each(|value| say(name, &value.to_string()));
        }
        self.speed.iter().for_each(|speed| say("speed", &speed.to_string()));
        let switches =
            [("autoplay", self.autoplay), ("controls", self.controls), ("details", self.details)];
        for (name, value) in switches {
            value.iter().for_each(|value| say(name, &value.to_string()));
        }
        format!("{element}>{inside}</tcp-scope>")
    }

    /// The figure when it does not move, as SVG.
    fn still(&self, book: &Book) -> Result<Vec<u8>, String> {
        let locale = match &self.lang {
            None => book.locale,
            Some(tag) => Locale::from_tag(tag).ok_or("lang is en or zh-CN")?,
        };
        let request = Request {
            source: self.source().to_owned(),
            stop: self.stop.clone(),
            at: self.at.clone().or(self.t.map(|t| format!("{t}us"))),
            locale: Some(locale),
            seed: self.seed,
            // The caption says it.
            title: Some(String::new()),
            scenarios: book.root.join(&book.settings.scenarios),
            lessons: book.root.join(&book.settings.lessons),
            ..Request::default()
        };
        let mut svg = Vec::new();
        render(&request, &mut svg).map_err(|error| error.to_string())?;
        Ok(svg)
    }

    /// What is shown, as [`Request::source`] has it.
    fn source(&self) -> &str {
        [&self.scenario, &self.lesson, &self.link].into_iter().flatten().next().map_or("", |it| it)
    }
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_block_says_wrong_is_said_with_what_would_be_right() {
        for (body, said) in [
            ("", "needs scenario"),
            ("scenario = \"a\"\nlesson = \"b\"", "one of"),
            ("scenario = \"a\"\nspede = 2", "unknown field `spede`"),
            ("scenario = 3", "expected a string"),
            ("scenario = ", "TOML parse error"),
        ] {
            let error = Figure::of(body).err().unwrap_or_default();
            assert!(error.contains(said), "{body:?}: {error}");
        }
    }
}
