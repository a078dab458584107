//! Two hosts that talk with each other.

use std::net::SocketAddrV4;

use bytes::Bytes;
use tcpscope_tcp::{Config, Errno, Fd, Host, State};

use crate::world::{PORT, Pair, SERVER};

const TO: SocketAddrV4 = SocketAddrV4::new(SERVER, PORT);

fn listening(pair: &mut Pair) -> Fd {
    pair.at(1, |host, _, _| {
        let fd = host.socket();
        host.bind(fd, PORT).expect("the port is free");
        host.listen(fd, 128).expect("nobody listens");
        fd
    })
}

fn connecting(pair: &mut Pair) -> Fd {
    pair.at(0, |host, now, out| {
        let fd = host.socket();
        assert_eq!(host.connect(now, fd, TO, out), Err(Errno::InProgress));
        fd
    })
}

/// Sends `octets` from the client to the server, which closes when it has them; how many packets
/// that took.
fn transfer(config: &Config, octets: usize, loses: fn(u64) -> bool) -> u64 {
    let mut pair = Pair::new(config);
    pair.loses = loses;
    let listener = listening(&mut pair);
    let client = connecting(&mut pair);
    let data: Bytes = (0..octets).map(|at| u8::try_from(at % 251).expect("small")).collect();
    let (mut given, mut got, mut server) = (0, Vec::new(), None);
    let (mut sends, mut reads) = (true, true);
    let done = pair.until(|pair| {
        if sends {
            let rest = data.slice(given..);
            let sent = pair.at(0, |host, now, out| host.send(now, client, rest, true, out));
            given += sent.map_or(0, |octets| octets as usize);
            sends = sent.is_err() || given < data.len();
            if !sends {
                pair.at(0, |host, now, out| host.close(now, client, out)).expect("it is open");
            }
        }
        if server.is_none() {
            server = pair.at(1, |host, _, _| host.accept(listener)).ok().map(|(fd, _)| fd);
        }
        if let Some(fd) = server.filter(|_| reads) {
            while let Ok(octets) =
                pair.at(1, |host, now, out| host.recv(now, fd, 10_000, false, out))
            {
                got.extend_from_slice(&octets);
                if octets.is_empty() {
                    pair.at(1, |host, now, out| host.close(now, fd, out)).expect("it is open");
                    reads = false;
                    break;
                }
            }
        }
        let listing = pair.hosts.iter().flat_map(Host::connections);
        !reads && listing.into_iter().all(|one| one.state == State::Listen)
    });
    assert!(done, "both sides are through");
    assert_eq!(got, data);
    assert_eq!(pair.hosts.each_mut().map(Host::next_timeout), [None, None]);
    pair.sent
}

#[test]
fn everything_arrives_with_and_without_loss() {
    for config in [Config::plain(), Config::default()] {
        transfer(&config, 0, |_| false);
        transfer(&config, 1, |_| false);
        transfer(&config, 300_000, |_| false);
        transfer(&config, 300_000, |sent| sent % 50 == 0);
        transfer(&config, 50_000, |sent| sent % 7 == 3);
    }
}

#[test]
fn the_same_calls_send_the_same_packets() {
    let run = || transfer(&Config::default(), 100_000, |sent| sent % 11 == 0);
    assert_eq!(run(), run());
}

#[test]
fn many_connections_at_once() {
    let mut pair = Pair::new(&Config::default());
    let listener = listening(&mut pair);
    let clients: Vec<_> = (0..100).map(|_| connecting(&mut pair)).collect();
    let mut accepted = Vec::new();
    pair.until(|pair| {
        while let Ok((fd, _)) = pair.at(1, |host, _, _| host.accept(listener)) {
            accepted.push(fd);
        }
        accepted.len() == clients.len()
    });
    for (index, fd) in clients.iter().enumerate() {
        let word = Bytes::from(format!("{index}"));
        pair.at(0, |host, now, out| host.send(now, *fd, word, true, out)).expect("it is open");
    }
    pair.until(|_| false);
    for (index, fd) in accepted.iter().enumerate() {
        let got = pair.at(1, |host, now, out| host.recv(now, *fd, 100, false, out));
        assert_eq!(got, Ok(Bytes::from(format!("{index}"))));
    }
    for fd in clients {
        pair.at(0, |host, now, out| host.close(now, fd, out)).expect("it is open");
    }
    for fd in accepted {
        pair.at(1, |host, now, out| host.close(now, fd, out)).expect("it is open");
    }
    pair.until(|_| false);
    assert_eq!(pair.hosts[0].connections(), []);
    assert_eq!(pair.hosts[1].connections().len(), 1);
}

#[test]
fn nobody_at_the_other_end_refuses() {
    let mut pair = Pair::new(&Config::default());
    let fd = connecting(&mut pair);
    pair.until(|_| false);
    assert_eq!(pair.hosts[0].so_error(fd), Ok(Some(Errno::ConnectionRefused)));
}
