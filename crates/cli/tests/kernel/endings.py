"""How connections end, or are not even begun, between the kernel and us."""

import socket
import struct
import time


def case(name, role, run, **more):
    return {"name": name, "role": role, **more}, run


def answer_of(call):
    """What a call of the kernel's answers: None while it would block."""
    try:
        return call()
    except BlockingIOError:
        return None
    except OSError as error:
        return error


def established(bridge):
    """Opens the connection, from either side."""
    bridge.open()

    def both():
        if bridge.ours is None:
            accepted = bridge.drive.call("accept", fd=bridge.listening)
            bridge.ours = accepted["fd"] if accepted["ok"] else None
        if bridge.kernel is None:
            got = answer_of(bridge.listener.accept)
            bridge.kernel = got[0] if isinstance(got, tuple) else None
            if bridge.kernel:
                bridge.kernel.setblocking(False)
        return bridge.ours is not None and bridge.kernel is not None and state(bridge) == "ESTABLISHED"

    bridge.until(both, "the connection")


def state(bridge):
    return bridge.drive.info(bridge.ours)["state"]


def refused_by_kernel(bridge):
    bridge.ours = bridge.drive.call("socket")["fd"]
    bridge.drive.call("connect", fd=bridge.ours, to=f"10.77.0.1:{bridge.port}")
    bridge.until(lambda: state(bridge) == "CLOSED", "the refusal")
    error = bridge.drive.call("so_error", fd=bridge.ours)["so_error"]
    assert error == "ECONNREFUSED", error


def refused_by_us(bridge):
    bridge.kernel = bridge.kernel_socket()
    answer_of(lambda: bridge.kernel.connect(("10.77.0.2", bridge.port)))
    refused = lambda: bridge.kernel.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    error = bridge.until(refused, "the refusal")
    assert error == 111, error


def reset_by_kernel(bridge):
    established(bridge)
    bridge.kernel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    bridge.kernel.close()
    bridge.until(lambda: state(bridge) == "CLOSED", "the reset")
    told = bridge.drive.call("recv", fd=bridge.ours, max=1)
    assert told.get("error") == "ECONNRESET", told


def reset_seen(bridge):
    told = bridge.until(lambda: answer_of(lambda: bridge.kernel.recv(1_000_000)), "the reset")
    assert isinstance(told, ConnectionResetError), told


def aborted_by_us(bridge):
    established(bridge)
    bridge.drive.call("abort", fd=bridge.ours)
    reset_seen(bridge)


def lingered_by_us(bridge):
    established(bridge)
    bridge.drive.call("setsockopt", fd=bridge.ours, name="SO_LINGER", value=0)
    bridge.drive.call("close", fd=bridge.ours)
    bridge.ours = None
    reset_seen(bridge)


def closed_unread(bridge):
    established(bridge)
    bridge.kernel.send(b"nobody reads this")
    bridge.until(lambda: bridge.drive.call("recv", fd=bridge.ours, max=1, peek=True)["ok"], "text")
    bridge.drive.call("close", fd=bridge.ours)
    bridge.ours = None
    reset_seen(bridge)


def closed_and_spoken_to(bridge):
    """Text that arrives after our application has gone is answered with a reset."""
    established(bridge)
    bridge.drive.call("close", fd=bridge.ours)
    bridge.ours = None
    end = bridge.until(lambda: answer_of(lambda: bridge.kernel.recv(1)) == b"" or None, "our FIN")
    assert end is True
    bridge.kernel.send(b"is anybody there?")
    broken = lambda: bridge.kernel.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    error = bridge.until(broken, "the reset")
    assert error in (32, 104), error


def all_closed(bridge):
    """Both close; what is left is one TIME-WAIT, at whoever closed first."""
    established(bridge)
    bridge.drive.call("close", fd=bridge.ours)
    bridge.until(lambda: answer_of(lambda: bridge.kernel.recv(1)) == b"" or None, "our FIN")
    bridge.kernel.close()
    left = lambda: [one["state"] for one in bridge.drive.ask({"op": "connections"})["connections"]]
    bridge.until(lambda: left() == ["TIME-WAIT"], "TIME-WAIT")


def kept_alive_by_kernel(bridge):
    established(bridge)
    for name, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 2)):
        bridge.kernel.setsockopt(socket.IPPROTO_TCP, name, value)
    bridge.kernel.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    still_there(bridge, 4.5)


def kept_alive_by_us(bridge):
    established(bridge)
    for name, value in (("TCP_KEEPIDLE", 1), ("TCP_KEEPINTVL", 1), ("TCP_KEEPCNT", 2), ("SO_KEEPALIVE", 1)):
        assert bridge.drive.call("setsockopt", fd=bridge.ours, name=name, value=value)["ok"], name
    still_there(bridge, 4.5)
    probes = [event for event in bridge.drive.events if event["rule"] == "keep-alive-probe"]
    assert len(probes) >= 3, f"{len(probes)} probes"


def still_there(bridge, seconds):
    until = time.monotonic() + seconds
    bridge.until(lambda: time.monotonic() > until, "time", seconds + 1)
    assert state(bridge) == "ESTABLISHED", state(bridge)
    error = bridge.kernel.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    assert error == 0, error
    assert answer_of(lambda: bridge.kernel.recv(1)) is None


def crowd(bridge):
    """Many connections at once, each with a word both ways."""
    listening = bridge.drive.call("socket")["fd"]
    bridge.drive.call("bind", fd=listening, port=bridge.port)
    bridge.drive.call("listen", fd=listening, backlog=64)
    sockets = [bridge.kernel_socket() for _ in range(64)]
    for one in sockets:
        answer_of(lambda: one.connect(("10.77.0.2", bridge.port)))
    accepted = []

    def accept():
        told = bridge.drive.call("accept", fd=listening)
        if told["ok"]:
            accepted.append((told["fd"], told["peer"]))
        return len(accepted) == len(sockets)

    bridge.until(accept, "all of them", 10)
    for fd, peer in accepted:
        bridge.drive.call("send", fd=fd, data=peer.encode().hex())
        bridge.drive.call("close", fd=fd)
    for one in sockets:
        word = bridge.until(lambda: answer_of(lambda: one.recv(100)), "a word")
        host, port = one.getsockname()
        assert word == f"{host}:{port}".encode(), word
        one.close()


CASES = [
    case("the kernel refuses", "client", refused_by_kernel),
    case("we refuse", "server", refused_by_us),
    case("the kernel resets", "server", reset_by_kernel),
    case("we abort", "client", aborted_by_us),
    case("we linger for no time", "server", lingered_by_us),
    case("we close with text unread", "client", closed_unread),
    case("we close and are spoken to", "server", closed_and_spoken_to),
    case("both close", "client", all_closed),
    case("the kernel asks whether we are there", "client", kept_alive_by_kernel),
    case("we ask whether the kernel is there", "server", kept_alive_by_us),
    case("a crowd", "server", crowd),
]
