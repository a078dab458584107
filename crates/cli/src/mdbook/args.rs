//! What can be asked of `mdbook`.

use lexopt::prelude::*;

use crate::args::Command;

/// What `tcpscope mdbook --help` says.
pub(crate) const HELP: &str = "\
tcpscope mdbook: a preprocessor of mdBook

A fenced `tcpscope` block of a book becomes a running figure, and a still one in print. mdBook calls
this itself, where book.toml says:

  [preprocessor.tcpscope]
  command = \"tcpscope mdbook\"
  page = \"tcpscope/\"          where the page's files lie: in the book, or a whole address
  scenarios = \"scenarios\"     the folders of what stills are drawn of, from the book's root on
  lessons = \"lessons\"
  unlink = false              whether of links that lead out of the book only the words are left

The block is TOML: scenario = \"…\", lesson = \"…\" with stop = \"…\", or link = \"…\"; then caption, at (the
moment of the still), and whatever the element <tcp-scope> takes.
";

/// Reads the rest of the command line.
pub(crate) fn from_args(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    match args.next()? {
        None => Ok(Command::Mdbook),
        Some(Short('h') | Long("help")) => Ok(Command::Say(HELP)),
        // `supports RENDERER`: for any renderer a figure is at least a still.
        Some(Value(word)) if word == "supports" => {
            let _renderer = args.next()?;
            Ok(Command::Say(""))
        }
        Some(other) => Err(other.unexpected()),
    }
}
