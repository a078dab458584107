//! What can be asked of `open`.

use lexopt::prelude::*;
use tcpscope_dissect::CapturedView;
use tcpscope_view::Theme;

use super::{Format, Request};
use crate::args::{Command, language, one_of};

/// What `tcpscope open --help` says.
pub(crate) const HELP: &str = "\
tcpscope open: the TCP conversations in a capture that somebody took

  tcpscope open CAPTURE [options]

CAPTURE is a pcap or pcapng file, as tcpdump and Wireshark write it, of any length. A damaged one is
read up to the damage, which is named; then the exit code is 1.

  --conversation N   this one alone, as the list counts: what shows of each segment, the states that
                     each end can have been in, and what cannot be known from where it was captured
  --scenario FILE    what its applications did, as a scenario: `tcpscope run FILE` shows what our TCP
                     does with it
  --format table     a row a conversation, or a segment (the default)
  --format json      a JSON object a conversation and one of the whole capture, or one a segment
  --format svg       one conversation as a figure, with what cannot be known from where it was captured
  --view ladder      which figure: the ladder (the default)
  --view sequence:client|sequence:server
                     the numbers of what that end sends, with time
  --view windows:client|windows:server
                     what that end has in flight, and the window that it may use
  --theme light|dark how the figure is coloured
  --lang en|zh-CN    the language
";

/// Reads the rest of the command line.
pub(crate) fn from_args(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut request = Request::default();
    let mut capture = None;
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Say(HELP)),
            Long("format") => {
                let name = args.value()?.string()?;
                request.format = one_of(&name, Format::ALL, Format::name, "format")?;
            }
            Long("conversation") => request.conversation = Some(args.value()?.parse()?),
            Long("scenario") => request.scenario = Some(args.value()?.into()),
            Long("view") => {
                let name = args.value()?.string()?;
                let views = CapturedView::ALL;
                request.view = one_of(&name, views, CapturedView::name, "view")?;
            }
            Long("theme") => {
                let name = args.value()?.string()?;
                request.theme = one_of(&name, Theme::ALL, Theme::name, "theme")?;
            }
            Long("lang") => request.locale = language(&mut args)?,
            Value(path) if capture.is_none() => capture = Some(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    if request.scenario.is_some() && request.conversation.is_none() {
        let error = "--scenario is about one conversation: add --conversation N";
        return Err(error.to_owned().into());
    }
    if request.format == Format::Svg && request.conversation.is_none() {
        let error = "--format svg draws one conversation: add --conversation N";
        return Err(error.to_owned().into());
    }
    request.capture =
        capture.ok_or_else(|| lexopt::Error::from("open needs a capture's file".to_owned()))?;
    Ok(Command::Open(request))
}
