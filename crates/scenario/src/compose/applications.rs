//! Applications to begin with.

use alloc::vec;
use alloc::vec::Vec;

use bytes::Bytes;
use tcpscope_sim::{AppCall, Connect, HostId, Step, Wait, Want};
use tcpscope_tcp::Duration;

/// An application to begin with; each is a script of a few lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Application {
    /// It does nothing.
    Nothing,
    /// It asks, and reads the answer.
    Request,
    /// It answers once.
    AnswerOnce,
    /// It answers whoever asks, each connection beside the others.
    Answer,
    /// It sends much.
    Bulk,
    /// It reads all that comes.
    Sink,
    /// It sends as a person types.
    Typing,
    /// It reads a little, and then nothing for long.
    StopsReading,
    /// It reads all that comes, and never closes.
    NeverCloses,
    /// It sends datagrams.
    Datagrams,
}

impl Application {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Nothing,
        Self::Request,
        Self::AnswerOnce,
        Self::Answer,
        Self::Bulk,
        Self::Sink,
        Self::Typing,
        Self::StopsReading,
        Self::NeverCloses,
        Self::Datagrams,
    ];

    /// Its script, with this host at the other end.
    #[must_use]
    pub fn script(self, peer: HostId) -> Vec<Step> {
        let connect = line(AppCall::Connect(Connect { to: Some(peer), port: None, early: None }));
        let listen = line(AppCall::Open { active: false });
        let read_all = line(AppCall::Receive(Want::All));
        let close = line(AppCall::Close);
        let connected = |call| Step { wait: Wait::Connected, call };
        match self {
            Self::Nothing => vec![],
            Self::Request => vec![
                connect,
                connected(AppCall::Send(Bytes::from_static(b"GET /\n"))),
                read_all,
                close,
            ],
            Self::AnswerOnce => vec![
                listen,
                line(AppCall::Receive(Want::Octets(6))),
                line(AppCall::Send(Bytes::from_static(b"hello\n"))),
                close,
                read_all,
            ],
            Self::Answer => vec![
                line(AppCall::Listen { backlog: 8 }),
                line(AppCall::Serve { lines: 4 }),
                line(AppCall::Receive(Want::Octets(6))),
                line(AppCall::Send(Bytes::from_static(b"hello\n"))),
                close,
                read_all,
            ],
            Self::Bulk => {
                vec![connect, connected(AppCall::Generate { octets: 20_000 }), close, read_all]
            }
            Self::Sink => vec![listen, read_all, close],
            Self::Typing => {
                let every = Duration::from_millis(150);
                vec![connect, connected(AppCall::Type { octets: 8, every }), close, read_all]
            }
            Self::StopsReading => vec![
                listen,
                line(AppCall::Receive(Want::Octets(2_000))),
                Step { wait: Wait::For(Duration::from_secs(3)), call: AppCall::Receive(Want::All) },
                close,
            ],
            Self::NeverCloses => vec![listen, read_all],
            Self::Datagrams => (0..5_u64)
                .map(|number| Step {
                    wait: Wait::For(Duration::from_millis(if number == 0 { 0 } else { 20 })),
                    call: AppCall::SendTo { to: Some(peer), port: None, octets: 100 },
                })
                .collect(),
        }
    }
}

const fn line(call: AppCall) -> Step {
    Step { wait: Wait::Nothing, call }
}
