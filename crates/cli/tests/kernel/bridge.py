#!/usr/bin/env python3
"""tcpscope drive against the kernel's own TCP, over a TUN device.

    bridge.py PATH-OF-TCPSCOPE [--seed N] [--only WORDS] [--repeat N]

The kernel has 10.77.0.1, tcpscope 10.77.0.2; what passes between them may be lost, delayed,
duplicated, overtaken and marked, decided by the seed. Each case transfers octets both ways, in
either role, and compares every octet; a watcher holds each packet of ours to what RFC 9293 and its
companions forbid. All of it happens in a network namespace of its own.

Needs root, /dev/net/tun, unshare and ip; says so and exits with 77 where one is missing. Virtual
time is real time here: this is the one test that cannot be the same every time.
"""

import argparse
import collections
import fcntl
import heapq
import json
import os
import random
import select
import shutil
import socket
import struct
import subprocess
import sys
import time

import endings
from watcher import Watcher

KERNEL, OURS = "10.77.0.1", "10.77.0.2"
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
SKIPPED = 77
INSIDE = "TCPSCOPE_BRIDGE_INSIDE"


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def enter_namespace():
    """Runs this program again in a network of its own, so that nothing else is touched."""
    if os.geteuid() != 0:
        skip("only root can make a TUN device")
    for tool in ("unshare", "ip"):
        if not shutil.which(tool):
            skip(f"there is no `{tool}`")
    if subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode:
        skip("there are no network namespaces")
    os.environ[INSIDE] = "1"
    os.execvp("unshare", ["unshare", "--net", sys.executable, *sys.argv])


def setting(name, value):
    try:
        with open(f"/proc/sys/net/ipv4/{name}", "w") as file:
            file.write(str(value))
    except OSError as error:
        print(f"note: {name} stays as it is: {error}")


class Tun:
    """A TUN device, up, with the kernel at its one end and us at the other."""

    def __init__(self):
        try:
            self.fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(self.fd, TUNSETIFF, struct.pack("16sH", b"bridge", IFF_TUN | IFF_NO_PI))
        except OSError as error:
            skip(f"there is no TUN device: {error}")
        try:
            for command in (
                "ip link set lo up",
                f"ip addr add {KERNEL}/24 dev bridge",
                "ip link set bridge up",
            ):
                subprocess.run(command.split(), check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            skip(f"the TUN device cannot be set up: {error}")
        # The kernel drops the first packets after the device has come up.
        time.sleep(0.3)


class Drive:
    """The process under test, in virtual time that follows the real clock."""

    def __init__(self, program, config):
        self.process = subprocess.Popen(
            [program, "drive"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.begun = time.monotonic()
        self.sent = []
        self.events = []
        self.next_timer = None
        self.ask({"op": "init", "config": {"address": OURS, "seed": 1, **config}})

    def now(self):
        return int((time.monotonic() - self.begun) * 1e6)

    def ask(self, request):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"tcpscope ended at {request}")
        reply = json.loads(line)
        if request["op"] == "advance" and reply["tx"]:
            first = reply["tx"][0]["t_us"]
            assert self.next_timer is not None and first >= self.next_timer, (
                f"sent at {first}, before the timer at {self.next_timer}"
            )
        self.sent.extend(bytes.fromhex(one["packet"]) for one in reply["tx"])
        self.events.extend(reply["events"])
        self.next_timer = reply["next_timer_us"]
        if reply.get("error") == "bad-request":
            raise AssertionError(f"{request}: {reply}")
        return reply

    def advance(self):
        self.ask({"op": "advance", "to_us": self.now()})

    def call(self, function, **arguments):
        self.advance()
        return self.ask({"op": "call", "fn": function, **arguments})

    def info(self, fd):
        info = self.ask({"op": "info", "fd": fd})
        return {key: value for key, value in info.items() if key not in ("events", "tx", "ok")}

    def close(self):
        self.process.stdin.close()
        status = self.process.wait(5)
        assert status == 0, f"tcpscope ended with {status}"


class Weather:
    """What happens between the two, in both directions."""

    def __init__(self, rng, port, case):
        self.rng, self.port = rng, port
        self.loss, self.reordering = case.get("loss", 0), case.get("reordering", 0)
        self.duplication, self.marking = case.get("duplication", 0), case.get("marking", 0)
        self.delay = case.get("delay", 0.001)
        # The packets of each direction, by number, that are lost whatever is drawn.
        self.drop = {True: set(case.get("drop_to_kernel", ())), False: set(case.get("drop_to_us", ()))}
        self.passed = {True: 0, False: 0}
        self.waiting, self.count = [], 0

    def carry(self, packet, to_kernel):
        if self.port in struct.unpack(">HH", packet[20:24]):
            number = self.passed[to_kernel]
            self.passed[to_kernel] += 1
            if number in self.drop[to_kernel] or self.rng.random() < self.loss:
                return
        if packet[1] & 3 in (1, 2) and self.rng.random() < self.marking:
            packet = marked(packet)
        for _ in range(2 if self.rng.random() < self.duplication else 1):
            late = 0.0
            if self.rng.random() < self.reordering:
                late = self.delay * (1 + 2 * self.rng.random())
            self.count += 1
            due = time.monotonic() + self.delay + late
            heapq.heappush(self.waiting, (due, self.count, packet, to_kernel))


def marked(packet):
    """The packet with CE, its header's checksum made right (RFC 1624)."""
    header = bytearray(packet[:20])
    header[1] |= 3
    header[10:12] = b"\0\0"
    total = sum(struct.unpack(">10H", header))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    header[10:12] = struct.pack(">H", ~total & 0xFFFF)
    return bytes(header) + packet[20:]


class Case:
    """One connection between the two, from its opening to its end."""

    # Each has a port of its own: the kernel may still repeat the FIN of the one before.
    port = 7000

    def __init__(self, program, tun, case, seed):
        Case.port += 1
        self.tun, self.case = tun, case
        self.rng = random.Random(f"{case['name']}{seed}")
        self.weather = Weather(self.rng, self.port, case)
        self.drive = Drive(program, case.get("config", {}))
        self.up = self.rng.randbytes(case.get("up", 1_000_000))
        self.down = self.rng.randbytes(case.get("down", 1_000_000))
        self.watcher = Watcher(self.port, case.get("config", {}))
        self.kernel = self.listener = self.listening = self.ours = None
        self.kernel_read, self.ours_read = bytearray(), bytearray()
        self.kernel_sent = self.ours_sent = 0
        self.kernel_shut = self.ours_shut = self.kernel_end = self.ours_end = False
        self.begun = time.monotonic()

    def open(self):
        ours = self.drive.call("socket")["fd"]
        if self.case["role"] == "server":
            self.drive.call("bind", fd=ours, port=self.port)
            self.drive.call("listen", fd=ours, backlog=4)
            self.listening = ours
            self.kernel = self.kernel_socket()
            try:
                self.kernel.connect((OURS, self.port))
            except BlockingIOError:
                pass
        else:
            self.listener = self.kernel_socket()
            self.listener.bind((KERNEL, self.port))
            self.listener.listen(1)
            self.ours = ours
            self.drive.call("connect", fd=ours, to=f"{KERNEL}:{self.port}")

    def kernel_socket(self):
        made = socket.socket()
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for level, name, value in self.case.get("kernel_options", ()):
            made.setsockopt(level, name, value)
        return made

    def run(self):
        self.open()
        patience = self.begun + self.case.get("patience", 60.0)
        while not (self.kernel_end and self.ours_end and self.kernel_shut and self.ours_shut):
            if time.monotonic() > patience:
                raise AssertionError(self.hangs())
            self.pass_time()
            self.our_application()
            self.kernel_application()
        return self.judge()

    def pass_time(self):
        """Until something happens, at both ends and between them."""
        for packet in self.drive.sent:
            self.watcher.we_send(packet)
            self.weather.carry(packet, True)
        self.drive.sent.clear()
        self.wait()
        self.deliver()
        self.drive.advance()

    def until(self, condition, what, seconds=5.0):
        """Lets time pass until the condition holds, and hands back what it is then."""
        patience = time.monotonic() + seconds
        while True:
            held = condition()
            if held:
                return held
            if time.monotonic() > patience:
                raise AssertionError(f"waited for nothing: {what}; {self.hangs()}")
            self.pass_time()

    def wait(self):
        """Until a packet comes from the kernel or is due, or a timer runs out."""
        waits = [0.01]
        if self.drive.next_timer is not None:
            waits.append(max(0.0, (self.drive.next_timer - self.drive.now()) / 1e6))
        if self.weather.waiting:
            waits.append(max(0.0, self.weather.waiting[0][0] - time.monotonic()))
        if select.select([self.tun.fd], [], [], min(waits))[0]:
            try:
                while True:
                    packet = os.read(self.tun.fd, 65536)
                    if packet[0] >> 4 == 4 and packet[9] in (1, 6):
                        self.weather.carry(packet, False)
            except BlockingIOError:
                pass

    def deliver(self):
        while self.weather.waiting and self.weather.waiting[0][0] <= time.monotonic():
            _, _, packet, to_kernel = heapq.heappop(self.weather.waiting)
            if to_kernel:
                self.watcher.kernel_receives(packet)
                os.write(self.tun.fd, packet)
            else:
                self.watcher.we_receive(packet)
                self.drive.advance()
                self.drive.ask({"op": "rx", "packet": packet.hex()})

    def our_application(self):
        drive = self.drive
        if self.ours is None:
            accepted = drive.call("accept", fd=self.listening)
            if not accepted["ok"]:
                return
            self.ours = accepted["fd"]
        if self.ours_sent < len(self.down):
            part = self.down[self.ours_sent : self.ours_sent + 16384]
            sent = drive.call("send", fd=self.ours, data=part.hex())
            if sent["ok"]:
                self.ours_sent += sent["n"]
            else:
                assert sent["error"] == "EAGAIN", f"send: {sent['error']}"
        elif not self.ours_shut:
            self.ours_shut = drive.call("shutdown", fd=self.ours, how="write")["ok"]
        if not self.ours_end and time.monotonic() - self.begun >= self.case.get("we_read_after", 0):
            read = drive.call("recv", fd=self.ours, max=65536)
            if read["ok"]:
                self.ours_read.extend(bytes.fromhex(read["data"]))
                self.ours_end = read["data"] == ""
            else:
                assert read["error"] == "EAGAIN", f"recv: {read['error']}"

    def kernel_application(self):
        if self.kernel is None:
            try:
                self.kernel, _ = self.listener.accept()
                self.kernel.setblocking(False)
            except BlockingIOError:
                return
        try:
            if self.kernel_sent < len(self.up):
                part = self.up[self.kernel_sent : self.kernel_sent + 65536]
                self.kernel_sent += self.kernel.send(part)
            elif not self.kernel_shut:
                self.kernel.shutdown(socket.SHUT_WR)
                self.kernel_shut = True
        except BlockingIOError:
            pass
        if time.monotonic() - self.begun < self.case.get("kernel_reads_after", 0):
            return
        try:
            if not self.kernel_end:
                octets = self.kernel.recv(65536)
                self.kernel_read.extend(octets)
                self.kernel_end = not octets
        except BlockingIOError:
            pass

    def hangs(self):
        info = self.drive.info(self.ours) if self.ours is not None else None
        rules = [event["rule"] for event in self.drive.events[-20:]]
        return (
            f"hangs: the kernel read {len(self.kernel_read)} of {len(self.down)} "
            f"({self.kernel_end}), we read {len(self.ours_read)} of {len(self.up)} "
            f"({self.ours_end}); {info}; last rules {rules}; {self.watcher.told()}"
        )

    def judge(self):
        assert self.kernel_read == self.down, "the kernel read other octets than we sent"
        assert self.ours_read == self.up, "we read other octets than the kernel sent"
        wrong = self.watcher.told()
        assert not wrong, f"{wrong}"
        self.kernel.close()
        if self.listener:
            self.listener.close()
        info = self.drive.info(self.ours)
        self.drive.close()
        counts = collections.Counter(event["rule"] for event in self.drive.events)
        words = ("retransmi", "lost-by", "probe", "spurious", "rto-expires", "paws", "heard")
        shown = {rule: n for rule, n in counts.items() if any(word in rule for word in words)}
        return f"{time.monotonic() - self.begun:.1f} s, {info['state']}, {self.watcher.summary()} {shown}"


def case(name, role, **more):
    return {"name": name, "role": role, **more}


BAD = {"loss": 0.05, "reordering": 0.05, "duplication": 0.05}
OLD = {"sack": False, "timestamps": False, "window_scale": None, "congestion": "newreno"}
SMALL = {"receive_buffer": 4000, "send_buffer": 4000}
LARGE = {"receive_buffer": 1_000_000, "send_buffer": 1_000_000}
KERNEL_SMALL = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]

CASES = [
    case("we connect", "client"),
    case("the kernel connects", "server"),
    case("we connect, large buffers", "client", config=LARGE, delay=0.01),
    case("we connect, 1 % lost", "client", loss=0.01),
    case("the kernel connects, 1 % lost", "server", loss=0.01),
    case("we connect, large buffers, 2 % lost", "client", config=LARGE, loss=0.02),
    case("we connect, all at 5 %", "client", up=300_000, down=300_000, **BAD),
    case("the kernel connects, all at 5 %", "server", up=300_000, down=300_000, **BAD),
    case("only late", "client", reordering=0.1, delay=0.005),
    case("no options, 3 % lost", "client", loss=0.03, up=300_000, down=300_000, config=OLD),
    case("no RACK, 3 % lost", "server", loss=0.03, config={"rack_tlp": False}),
    case("no SACK, 3 % lost", "server", loss=0.03, up=300_000, down=300_000, config={"sack": False}),
    case("no timestamps, 3 % lost", "client", loss=0.03, config={"timestamps": False}),
    case("ECN, marked", "client", marking=0.05, config={"ecn": True}),
    case("ECN, marked and lost", "server", marking=0.02, loss=0.01, config={"ecn": True, "congestion": "newreno"}),
    case("small buffers", "server", up=100_000, down=100_000, loss=0.01, config=SMALL),
    case("the kernel's buffer is small", "client", up=10, down=200_000, kernel_options=KERNEL_SMALL, loss=0.01),
    case("the kernel reads late: zero window", "client", up=10, down=500_000, kernel_reads_after=4),
    case("we read late: zero window", "server", up=500_000, down=10, we_read_after=4, config={"receive_buffer": 30_000}),
    case("the SYN is lost", "client", up=1000, down=1000, drop_to_kernel=[0]),
    case("the SYN,ACK is lost", "client", up=1000, down=1000, drop_to_us=[0]),
    case("our SYN,ACK is lost", "server", up=1000, down=1000, drop_to_kernel=[0]),
    case("the last segments are lost", "client", up=10, down=14_000, drop_to_kernel=[10, 11, 12]),
]


def main():
    parser = argparse.ArgumentParser(description="tcpscope drive against the kernel's TCP")
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--repeat", type=int, default=1)
    arguments = parser.parse_args()
    if INSIDE not in os.environ:
        enter_namespace()
    tun = Tun()
    setting("tcp_congestion_control", "reno")
    setting("tcp_ecn", 1)
    failed = 0
    transfers = [(one, Case.run) for one in CASES]
    for seed in range(arguments.seed, arguments.seed + arguments.repeat):
        for one, run in transfers + endings.CASES:
            if arguments.only not in one["name"]:
                continue
            try:
                told = run(Case(arguments.program, tun, one, seed))
                print(f"ok      {one['name']} [{seed}]: {told or 'as it should'}", flush=True)
            except (AssertionError, OSError) as error:
                failed += 1
                print(f"FAILED  {one['name']} [{seed}]: {error}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
