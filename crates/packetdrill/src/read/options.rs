//! The options of a segment: `<mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7>`.

use tcpscope_tcp::{FastOpenCookie, SackBlocks};

use super::cursor::{Cursor, Fail, Read};
use crate::{HeaderOption, Listed};

/// A header has room for 40 octets of options.
const MOST: usize = 40;

/// What stands after `<`, and the `>`.
pub(super) fn list(cursor: &mut Cursor<'_>) -> Read<Listed> {
    if cursor.then_takes("...")? {
        cursor.expect(">", "after `...`")?;
        return Ok(Listed::Any);
    }
    let start = cursor.at();
    let mut options: Vec<HeaderOption> = Vec::new();
    while !cursor.then_takes(">")? {
        if !options.is_empty() {
            cursor.expect(",", "or `>` after an option")?;
        }
        let at = {
            cursor.skip_blanks()?;
            cursor.at()
        };
        let option = option(cursor)?;
        let alike =
            |one: &HeaderOption| std::mem::discriminant(one) == std::mem::discriminant(&option);
        if !is_padding(&option) && options.iter().any(alike) {
            return Err(Fail::wrong(at, "the option is there twice"));
        }
        options.push(option);
        if options.iter().map(octets).sum::<usize>() > MOST {
            return Err(Fail::wrong(start, "a header has room for 40 octets of options"));
        }
    }
    Ok(Listed::These(options))
}

const fn is_padding(option: &HeaderOption) -> bool {
    matches!(option, HeaderOption::NoOperation | HeaderOption::EndOfList)
}

/// How long an option is in a header.
fn octets(option: &HeaderOption) -> usize {
    match option {
        HeaderOption::Mss(_) => 4,
        HeaderOption::WindowScale(_) => 3,
        HeaderOption::SackPermitted => 2,
        HeaderOption::Sack(blocks) => 2 + 8 * blocks.len(),
        HeaderOption::Timestamps { .. } => 10,
        HeaderOption::FastOpen(cookie) => 2 + cookie.len(),
        HeaderOption::NoOperation | HeaderOption::EndOfList => 1,
    }
}

fn option(cursor: &mut Cursor<'_>) -> Read<HeaderOption> {
    let at = cursor.at();
    Ok(match cursor.word()? {
        "mss" => HeaderOption::Mss(cursor.number("an MSS, which has 16 bits")?),
        "wscale" => HeaderOption::WindowScale(cursor.number("a shift, as in `wscale 7`")?),
        "sackOK" => HeaderOption::SackPermitted,
        "sack" => HeaderOption::Sack(sack(cursor, at)?),
        "TS" => {
            let [value, echo] = [("val", "TSval"), ("ecr", "TSecr")].map(|(word, what)| {
                cursor.expect(word, "of the timestamps, as in `TS val 100 ecr 0`")?;
                cursor.number::<u32>(what)
            });
            HeaderOption::Timestamps { value: value?, echo: echo? }
        }
        "nop" => HeaderOption::NoOperation,
        "eol" => HeaderOption::EndOfList,
        "FO" => HeaderOption::FastOpen(cookie(cursor, at)?),
        word @ ("FOEXP" | "md5" | "exp" | "gre" | "mp_capable" | "dss" | "ACCECN") => {
            let what = format!("the option `{word}`");
            return Err(Fail::outside(at, &what, "the engine knows no such option"));
        }
        _ => {
            let known = "mss N, sackOK, sack N:N, TS val N ecr N, nop, wscale N, FO COOKIE, eol";
            return Err(Fail::wrong(at, format!("this is no option; there are {known}")));
        }
    })
}

fn sack(cursor: &mut Cursor<'_>, at: usize) -> Read<Vec<(u32, u32)>> {
    let mut blocks = Vec::new();
    loop {
        let left = cursor.number("the first number of a block, as in `sack 1001:2001`")?;
        cursor.expect(":", "and the number after the block")?;
        blocks.push((left, cursor.number("the number after the block")?));
        cursor.skip_blanks()?;
        if !cursor.peek().is_some_and(|letter| letter.is_ascii_digit()) {
            return Ok(blocks);
        }
        if blocks.len() == SackBlocks::MOST {
            return Err(Fail::wrong(at, "a header has room for four blocks (RFC 2018 §3)"));
        }
    }
}

/// A cookie in hexadecimal digits; none asks for one.
fn cookie(cursor: &mut Cursor<'_>, at: usize) -> Read<Vec<u8>> {
    let digits = cursor.word()?.as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    let octets: Option<Vec<u8>> = pairs.iter().map(octet).collect();
    let known = octets.filter(|octets| rest.is_empty() && FastOpenCookie::new(octets).is_some());
    known.ok_or_else(|| {
        Fail::wrong(at, "a cookie is 4 to 16 octets, an even number of them, in hexadecimal digits")
    })
}

fn octet(pair: &[u8; 2]) -> Option<u8> {
    let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? << 4 | low?).ok()
}
