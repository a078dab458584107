//! Getting the files that the page reads at run time.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, XmlHttpRequest};

use super::window;

/// Why a file did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// There is no such file.
    Missing,
    /// It could not be had: no network, or a server in trouble.
    Unreachable,
}

/// The text of the file at a URL, relative to the page.
pub(crate) async fn get_text(url: &str) -> Result<String, Failed> {
    let answer = JsFuture::from(window().fetch_with_str(url)).await;
    let response: Response =
        answer.and_then(|answer: JsValue| answer.dyn_into()).map_err(|_| Failed::Unreachable)?;
    if response.status() == 404 {
        return Err(Failed::Missing);
    }
    if !response.ok() {
        return Err(Failed::Unreachable);
    }
    let text = response.text().map_err(|_| Failed::Unreachable)?;
    let text = JsFuture::from(text).await.map_err(|_| Failed::Unreachable)?;
    text.as_string().ok_or(Failed::Unreachable)
}

/// The same, while the page waits: for a caller of the page API who expects what was asked for to be
/// done when the call returns.
pub(crate) fn get_text_now(url: &str) -> Result<String, Failed> {
    let answer = || -> Result<Option<String>, JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open_with_async("GET", url, false)?;
        request.send()?;
        if request.status()? >= 400 { Ok(None) } else { request.response_text() }
    };
    answer().map_err(|_| Failed::Unreachable)?.ok_or(Failed::Missing)
}
