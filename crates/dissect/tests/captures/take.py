#!/usr/bin/env python3
"""Takes the captures beside this file anew, with tcpdump, from the kernel's TCP. Needs root, tcpdump and dumpcap.

Two network namespaces are hosts; between them a bridge in this program passes frames on, late, and loses
those that it is told to: not every kernel has netem. All else is the kernel's own doing.
"""

import ctypes, fcntl, os, select, signal, socket, struct, subprocess, sys, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT, SERVER = "10.1.0.1", "10.1.0.2"
SPACES = ("tcpscope-c", "tcpscope-s")
LIBC = ctypes.CDLL(None, use_errno=True)


def sh(*words):
    subprocess.run(words, check=True)


def enter(space):
    """This thread goes to live in a namespace."""
    with open(f"/run/netns/{space}") as file:
        if LIBC.setns(file.fileno(), 0x40000000) != 0:
            raise OSError(ctypes.get_errno(), "setns")


def plain(interface):
    """The host makes checksums and cuts segments itself: so frames are those that a cable would carry."""
    for command in (0x17, 0x1F, 0x24, 0x2C):  # STXCSUM, STSO, SGSO, SGRO
        with socket.socket() as one:
            value = ctypes.create_string_buffer(struct.pack("II", command, 0))
            request = struct.pack("16sP", interface.encode(), ctypes.addressof(value))
            try:
                fcntl.ioctl(one, 0x8946, request)
            except OSError:
                pass


def build():
    for place, (space, address) in enumerate(zip(SPACES, (CLIENT, SERVER))):
        sh("ip", "netns", "add", space)
        sh("ip", "link", "add", f"ts{place}", "type", "veth", "peer", "name", "eth0", "netns", space)
        sh("ip", "link", "set", f"ts{place}", "up", "promisc", "on")
        inside = ("ip", "netns", "exec", space)
        sh(*inside, "sysctl", "-qw", "net.ipv6.conf.eth0.disable_ipv6=1")
        sh(*inside, "ip", "link", "set", "lo", "up", "mtu", "1500")
        sh(*inside, "ip", "link", "set", "eth0", "address", f"02:00:0a:01:00:0{place + 1}")
        sh(*inside, "ip", "address", "add", f"{address}/24", "dev", "eth0")
        sh(*inside, "ip", "link", "set", "eth0", "up")
        sh("sysctl", "-qw", f"net.ipv6.conf.ts{place}.disable_ipv6=1")
        plain(f"ts{place}")
        within(space, lambda: (plain("eth0"), plain("lo")))


def within(space, run):
    """Runs in a thread that lives in a namespace."""
    failed = []

    def body():
        try:
            enter(space)
            run()
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    thread.failed = failed
    return thread


class Bridge:
    """Passes frames on after a while, but for those for which `fate` names no time."""

    def __init__(self, delay, fate):
        self.delay, self.fate, self.on = delay, fate, True
        self.ends = [socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)) for _ in SPACES]
        for place, end in enumerate(self.ends):
            end.bind((f"ts{place}", 0))
        self.counts = [0, 0]
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        waiting = []
        while self.on:
            ready, _, _ = select.select(self.ends, [], [], 0.0005)
            now = time.monotonic()
            for end in ready:
                frame, about = end.recvfrom(65536)
                if about[2] == socket.PACKET_OUTGOING:
                    continue
                place = self.ends.index(end)
                for extra in self.fates(place, frame):
                    waiting.append((now + self.delay + extra, 1 - place, frame))
            waiting.sort(key=lambda one: one[0])
            while waiting and waiting[0][0] <= now:
                _, place, frame = waiting.pop(0)
                self.ends[place].send(frame)

    def fates(self, place, frame):
        """How much later than others each copy arrives."""
        if frame[12:14] != b"\x08\x00" or frame[23] != 6:
            return [0]
        header = 34 + (frame[46] >> 4) * 4
        length = struct.unpack("!H", frame[16:18])[0] + 14 - header
        if length > 0:
            self.counts[place] += 1
        return self.fate(place, self.counts[place] if length > 0 else 0, frame[47])

    def stop(self):
        self.on = False
        self.thread.join()
        for end in self.ends:
            end.close()


def capture(space, name, *options, interface="eth0", program="tcpdump"):
    path = os.path.join(HERE, name)
    words = ["ip", "netns", "exec", space]
    if program == "tcpdump":
        words += ["tcpdump", "-Z", "root", "--immediate-mode", "-U", "-i", interface, "-w", path, *options, "tcp"]
    else:
        words += ["dumpcap", "-q", "-i", "lo", "-i", "eth0", "-s", "200", "-f", "tcp", "-w", path, *options]
    running = subprocess.Popen(words, stderr=subprocess.PIPE)
    time.sleep(0.8)
    return running


def finish(running):
    time.sleep(0.6)
    running.send_signal(signal.SIGINT)
    running.communicate()


def scrub(name):
    """Takes out of a pcapng file what tells of the machine: only names and resolutions of interfaces stay."""
    path = os.path.join(HERE, name)
    with open(path, "rb") as file:
        octets = file.read()
    blocks, at = [], 0
    while at < len(octets):
        kind, length = struct.unpack_from("<II", octets, at)
        body = octets[at + 8 : at + length - 4]
        fixed = {0x0A0D0D0A: 16, 1: 8}.get(kind)
        if fixed:
            options, place, kept = body[fixed:], 0, b""
            while place + 4 <= len(options):
                code, size = struct.unpack_from("<HH", options, place)
                whole = 4 + (size + 3) // 4 * 4
                if code == 0 or kind == 1 and code in (2, 9):
                    kept += options[place : place + whole]
                place += whole
            body = body[:fixed] + kept
        if kind != 5:  # statistics of interfaces
            blocks.append(struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12))
        at += length
    with open(path, "wb") as file:
        file.write(b"".join(blocks))


def listening(address=SERVER, port=8080, before=None, family=socket.AF_INET):
    server = socket.socket(family)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if before:
        before(server)
    server.bind((address, port))
    server.listen(4)
    server.settimeout(15)
    return server


def read_all(one):
    total = 0
    while got := one.recv(65536):
        total += len(got)
    return total


def read(one, length):
    while length > 0:
        length -= len(one.recv(length))


def exchange(serve, ask, spaces=SPACES[::-1]):
    """A server and a client, each in its namespace, until both are through."""
    first = within(spaces[0], serve)
    time.sleep(0.2)
    second = within(spaces[1], ask)
    for thread in (second, first):
        thread.join()
        if thread.failed:
            raise thread.failed[0]


def connected(address=SERVER, port=8080, before=None, family=socket.AF_INET):
    one = socket.socket(family)
    one.settimeout(15)
    if before:
        before(one)
    one.connect((address, port))
    return one


def request_and_answer(address, family=socket.AF_INET, times=1):
    def serve():
        server = listening(address, family=family)
        for _ in range(times):
            one, _ = server.accept()
            read(one, 100)
            one.sendall(b"a" * 3000)
            one.close()
        server.close()

    def ask():
        for _ in range(times):
            one = connected(address, family=family)
            one.sendall(b"r" * 100)
            read_all(one)
            one.close()

    return serve, ask


def download(length, before=None, slowly=None):
    def serve():
        server = listening(before=before)
        one, _ = server.accept()
        read(one, 10)
        one.sendall(b"d" * length)
        one.close()
        server.close()

    def ask():
        one = connected(before=before)
        one.sendall(b"r" * 10)
        if slowly:
            slowly(one)
        read_all(one)
        one.close()

    return serve, ask


def small_buffer(one):
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)


def keep_alive(one):
    one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in ((4, 1), (5, 1), (6, 9)):  # IDLE, INTVL, CNT
        one.setsockopt(socket.IPPROTO_TCP, option, value)


def reset_on_close(one):
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def on_the_way(fate, delay=0.01, both=True):
    """Captures at both hosts what a bridge does, or at the client alone."""

    def take(name, serve, ask, *options):
        bridge = Bridge(delay, fate)
        running = [capture(SPACES[0], f"{name}-client.pcap", *options)]
        if both:
            running.append(capture(SPACES[1], f"{name}-server.pcap", *options))
        exchange(serve, ask)
        for one in running:
            finish(one)
        bridge.stop()

    return take


def nothing(place, number, flags):
    return [0]


def losing(*numbers):
    """Loses segments with text that the server sends, by how many came before."""
    left = set(numbers)

    def fate(place, number, flags):
        if place == 1 and number in left:
            left.discard(number)
            return []
        return [0]

    return fate


def first_syn_lost():
    lost = []

    def fate(place, number, flags):
        if flags & 0x12 == 0x02 and not lost:
            lost.append(True)
            return []
        return [0]

    return fate


def late_and_twice(place, number, flags):
    if place == 1 and number in (6, 7):
        return [0.004]
    if place == 1 and number == 12:
        return [0, 0.001]
    return [0]


def main():
    only = set(sys.argv[1:])

    def wanted(name):
        return not only or name in only

    build()
    try:
        if wanted("loopback"):
            running = capture(SPACES[0], "loopback.pcap", interface="lo")
            exchange(*request_and_answer("127.0.0.1", times=2), spaces=(SPACES[0],) * 2)
            finish(running)
        if wanted("loopback-ipv6"):
            running = capture(SPACES[0], "loopback-ipv6.pcap", "--time-stamp-precision=nano", interface="lo")
            exchange(*request_and_answer("::1", socket.AF_INET6), spaces=(SPACES[0],) * 2)
            finish(running)
        if wanted("any"):
            running = [
                capture(SPACES[0], "any.pcap", interface="any"),
                capture(SPACES[0], "any-sll.pcap", "-y", "LINUX_SLL", interface="any"),
            ]
            exchange(*request_and_answer("127.0.0.1"), spaces=(SPACES[0],) * 2)
            for one in running:
                finish(one)
        if wanted("interfaces"):
            bridge = Bridge(0.01, nothing)
            running = capture(SPACES[0], "interfaces.pcapng", program="dumpcap")
            exchange(*request_and_answer("127.0.0.1"), spaces=(SPACES[0],) * 2)
            exchange(*request_and_answer(SERVER))
            finish(running)
            bridge.stop()
            scrub("interfaces.pcapng")
        few = ("-s", "96")
        if wanted("loss"):
            on_the_way(losing(12, 20, 21))("loss", *download(60_000), *few)
        if wanted("tail"):
            on_the_way(losing(3, 4, 5))("tail", *download(5_000), *few)
        if wanted("syn"):
            on_the_way(first_syn_lost())("syn", *download(2_000), *few)
        if wanted("reordered"):
            on_the_way(late_and_twice)("reordered", *download(40_000), *few)
        if wanted("window"):
            slowly = lambda one: time.sleep(1.5)
            on_the_way(nothing)("window", *download(20_000, small_buffer, slowly), *few)
        if wanted("keep-alive"):
            slowly = lambda one: time.sleep(3.5)

            def serve():
                server = listening()
                one, _ = server.accept()
                read_all(one)
                one.close()
                server.close()

            def ask():
                one = connected(before=keep_alive)
                one.sendall(b"h" * 40)
                time.sleep(3.4)
                one.sendall(b"h" * 40)
                one.close()

            on_the_way(nothing, both=False)("keep-alive", serve, ask, *few)
        if wanted("reset"):

            def serve():
                server = listening()
                for _ in range(2):
                    one, _ = server.accept()
                    read(one, 20)
                    time.sleep(0.1)
                    reset_on_close(one)
                    one.close()
                server.close()

            def ask():
                for _ in range(2):
                    # From the same port: each connection reuses the last one's.
                    bound = lambda one: (
                        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1),
                        one.bind((CLIENT, 50_000)),
                    )
                    one = connected(before=bound)
                    one.sendall(b"r" * 20)
                    try:
                        one.recv(10)
                    except ConnectionResetError:
                        pass
                    one.close()
                refused = socket.socket()
                try:
                    refused.connect((SERVER, 81))
                except ConnectionRefusedError:
                    pass

            on_the_way(nothing, both=False)("reset", serve, ask, *few)
        if wanted("middle"):
            bridge = Bridge(0.01, nothing)
            running = []

            def serve():
                server = listening()
                one, _ = server.accept()
                read(one, 10)
                one.sendall(b"a" * 2000)
                time.sleep(1.5)
                one.sendall(b"a" * 5000)
                read_all(one)
                one.close()
                server.close()

            def ask():
                one = connected()
                one.sendall(b"r" * 10)
                read(one, 2000)
                running.append(capture(SPACES[0], "middle-client.pcap", *few))
                read(one, 5000)
                one.sendall(b"q" * 10)
                one.close()

            exchange(serve, ask)
            finish(running[0])
            bridge.stop()
    finally:
        for space in SPACES:
            subprocess.run(["ip", "netns", "del", space])


main()
