//! What RFC 9293's companions and a host do, in English.

use super::super::{
    Acknowledging, Hosting, Icmp, Marking, MoreChecks, MoreCongestion, MoreSending, MoreTimers,
    Options, Recovery,
};

pub(super) const OPTIONS: Options = Options {
    window_scale_agreed: "Both SYNs carry Window Scale. {Peer}'s windows are shifted left by \
                          {snd_shift}, {host}'s by {rcv_shift}: so 16 bits can announce more \
                          than 65535 octets.",
    window_scale_too_large: "{Peer} asks for a shift of {shift}. 14 is the largest there is, \
                             so {host} takes 14.",
    sack_agreed: "Both SYNs carry SACK-Permitted: an ACK may now tell what has arrived beyond \
                  a gap.",
    timestamps_agreed: "Both SYNs carry Timestamps, so every segment will. That takes 12 \
                        octets and leaves {mss} for text.",
    ecn_agreed: "The SYN asks for ECN and the answer agrees: routers may mark packets instead \
                 of dropping them.",
    not_agreed: "{Host} would use {option}, but {peer}'s SYN does not offer it. What only one \
                 side knows is not used.",
    ecn_setup_withdrawn: "The SYN that asked for ECN got no answer, and some networks drop \
                          such SYNs: retransmission {attempt} does not ask.",
    fast_open_cookie_asked: "The SYN asks {peer} for a Fast Open cookie. With it the next \
                             connection may send text in its SYN.",
    fast_open_cookie_given: "The SYN asks for a Fast Open cookie, so {host} gives {peer} one \
                             of {octets}.",
    fast_open_sent: "{Host} has {peer}'s cookie from an earlier connection, so the SYN carries \
                     {octets} of text.",
    fast_open_accepted: "The cookie is right: {host} delivers {octets} from the SYN before the \
                         handshake is over.",
    fast_open_refused: "The SYN brings no cookie that {host} accepts, so its {octets} of text \
                        are not taken. {Peer} sends them again after the handshake.",
    window_scaling: "window scaling",
    sack: "SACK",
    timestamps: "timestamps",
    ecn: "ECN",
};

pub(super) const MORE_SENDING: MoreSending = MoreSending {
    send_urgent: "SEND marks the text before {snd_up} as urgent: SND.UP points there, and \
                  segments that begin before it say so with URG.",
    limited_transmit: "Duplicate ACK {duplicates} says that a segment has left the network, so \
                       {host} may send a new one: {what}. Its ACK helps to tell a loss from a \
                       delay.",
    retransmit_sack: "SACK shows a hole. pipe, what is thought to be in the network, is \
                      {pipe}, and cwnd is {cwnd}: there is room, so {host} sends {what} again.",
    rescue_retransmit: "What was sent last may be lost too, and nothing follows it by which \
                        SACK could show that. {Host} sends {what} again, once in a recovery.",
    tail_loss_probe: "No ACK has come for a while: the end of the flight may be lost. {Host} \
                      sends {what}, new text, so that an ACK tells.",
    tail_loss_probe_again: "No ACK has come for a while: the end of the flight may be lost. \
                            There is no new text, so {host} sends {what} again: an ACK will \
                            tell.",
    retransmission_off: "This TCP sends nothing twice: what is lost from {seq} on stays lost.",
    flow_control_off: "This TCP ignores {peer}'s window of {wnd}: it sends {octets} beyond it.",
    restart_after_idle: "Nothing was sent for {idle}, longer than RTO: what cwnd knew of the \
                         network is old. It falls from {from} to {to}.",
};

pub(super) const ACKNOWLEDGING: Acknowledging = Acknowledging {
    ack_delay_starts: "The ACK of {rcv_nxt} waits, {after} at most: until then text may come \
                       along to carry it, or a second segment to share it. This is a delayed \
                       ACK.",
    ack_delay_ends: "Nothing came to carry the ACK of {rcv_nxt}, and it has waited for long \
                     enough: it goes out by itself.",
    ack_second_segment: "Every second segment of text is acknowledged at once. This is one, so \
                         the ACK of {rcv_nxt} goes out.",
    ack_fills_gap: "The segment fills a gap, so the ACK of {rcv_nxt} goes out at once: {peer} \
                    learns how far its repair has come.",
    ack_rides_along: "The ACK of {rcv_nxt} waited for this: a segment goes out anyway and \
                      carries it.",
    sack_reports: "SACK tells {peer} what has arrived beyond the gap. The newest block goes \
                   from {left} up to {right}; blocks in this ACK: {blocks}.",
    dsack_reports: "What goes from {left} up to {right} has arrived a second time. The first \
                    SACK block says so, which makes it a D-SACK: {peer} learns that it sent \
                    that in vain.",
};

pub(super) const MORE_CHECKS: MoreChecks = MoreChecks {
    paws_rejects: "The timestamp is {value}, older than {recent}, which {host} has seen: the \
                   segment is an old duplicate. It is dropped, and an ACK answers. This is \
                   PAWS.",
    paws_outdated: "The connection was idle for more than 24 days. The timestamp that {host} \
                    keeps, {recent}, may itself be old by now, so it is not compared.",
    timestamp_missing: "Both sides agreed on timestamps, but the segment with number {seq} \
                        carries none: it is dropped.",
    timestamp_kept: "{Host} keeps {peer}'s timestamp, {value}, as TS.Recent and echoes it in \
                     what it sends next: so {peer} can measure a round trip.",
    challenge_ack_limited: "{Host} sends at most {limit} challenge ACKs a second, so this one \
                            is left out: nobody shall use {host} to flood the network.",
    window_shrinks: "{Peer} takes back a part of what it offered: SND.WND shrinks from {from} \
                     to {to}. It should not do so, but {host} has to put up with it.",
    text_unwanted: "In {state}, {octets} of text arrive, but {host}'s application is gone and nobody \
                    will read them. The connection is reset, so {peer} learns that data is lost.",
    rst_ignored_in_time_wait: "A RST with number {seq} comes in TIME-WAIT. To end it early \
                               would let old segments into a new connection, so the RST is \
                               dropped.",
    time_wait_reopens: "The SYN, number {seq}, is newer than all of the old connection, which \
                        ended before {rcv_nxt}: it opens the connection anew from TIME-WAIT.",
    time_wait_skipped: "This TCP has no TIME-WAIT: the connection is gone at once. If its last \
                        ACK is lost, nobody is left to answer {peer}'s FIN.",
    two_way_opening: "This TCP does not wait for the third segment: it takes its SYN, number \
                      {iss}, for acknowledged. So an old SYN alone opens a connection.",
    fixed_isn: "This TCP begins every connection with the same number, {iss}: anybody can \
                guess it, and old segments may fit into a new connection.",
    syn_text_kept: "The SYN brings {octets} of text. {Host} keeps them until the connection is \
                    established.",
    connection_over: "This is all that {state} waited for: the connection is over, and the TCB \
                      is deleted.",
};

pub(super) const MARKING: Marking = Marking {
    congestion_marked: "A router is filling up. It has marked the packet with number {seq} \
                        instead of dropping it, so every ACK carries ECE until {peer} reacts.",
    congestion_heard: "ECE says that a packet of {host}'s was marked. With {flight} in flight \
                       the window is reduced as after a loss, once a round trip: ssthresh is \
                       {ssthresh} and cwnd {cwnd}.",
    cwr_sent: "The segment with number {seq} carries CWR: {peer} learns that the window was \
               reduced and stops sending ECE.",
    cwr_received: "The segment with number {seq} carries CWR: {peer} has reduced its window, so \
                   {host}'s ACKs carry ECE no longer.",
};

pub(super) const RECOVERY: Recovery = Recovery {
    sack_taken: "SACK says that {peer} has what goes from {left} up to {right}, although \
                 something before it is missing: {octets} need not be sent again.",
    sack_ignored: "The SACK block from {left} up to {right} is not about what is in flight, so \
                   it is ignored.",
    dsack_taken: "D-SACK says that {peer} received what goes from {left} up to {right} twice: \
                  it was sent again in vain.",
    lost_by_sack: "Three segments beyond it have arrived, or as much text: {what} counts as \
                   lost.",
    lost_by_rack: "What was sent later has arrived, and {elapsed} have passed where {allowed} \
                   would be enough even for a network that reorders: {what} counts as lost.",
    reordering_seen: "The segment with number {seq} has arrived late, and nobody sent it \
                      again: the network reorders. From now on {host} waits longer before it \
                      takes a segment for lost.",
    reordering_timer_starts: "What was sent later has arrived, but what is missing may only be \
                              late: it is given {after} more.",
    reordering_timer_expires: "The time given to what may be late is over: what is still \
                               missing counts as lost.",
    probe_timer_starts: "If no ACK comes within {after}, a probe goes out to fetch one: that \
                         is faster than to wait for the retransmission timer.",
    reordering_timer_stops: "Nothing is merely late any longer: the reordering timer stops.",
    probe_timer_stops: "No probe is needed any longer: its timer stops.",
    probe_timer_expires: "No ACK has come. The end of the flight may be lost, and nothing \
                          follows it that could show that.",
    probe_repaired_loss: "{Peer} received the probe with number {seq} only once, so it filled \
                          a hole. A loss means congestion even where a probe repairs it: cwnd \
                          is reduced.",
    sack_recovery_begins: "A segment is lost: with {flight} in flight the network is \
                           overloaded. ssthresh is {ssthresh} and cwnd {cwnd}. Recovery lasts \
                           until {recover} is acknowledged, and SACK tells what to send again.",
    proportional_rate: "{delivered} more have arrived at {peer}. In proportion to the \
                        reduction, {host} may send {sent} for them: with pipe at {pipe}, cwnd \
                        is {cwnd}.",
    f_rto_begins: "The timeout may be spurious: perhaps the ACKs are only late. So {host} \
                   sends new text first and sees what the next ACKs cover; what was in flight \
                   ends at {recover}. This is F-RTO.",
    f_rto_spurious: "The ACK covers what was never sent again: nothing was lost, and the \
                     timeout was spurious. cwnd goes back to {cwnd}, ssthresh to {ssthresh}.",
    f_rto_genuine: "The ACK says {ack}, and that covers nothing that was sent only once: the \
                    timeout was genuine. What was in flight counts as lost.",
};

pub(super) const MORE_CONGESTION: MoreCongestion = MoreCongestion {
    cubic_grows: "CUBIC: {since} after the last reduction, cwnd follows a cubic curve that is \
                  flattest at {w_max}, where the window was then. It grows from {from} to {to}.",
    cubic_reno_friendly: "Here CUBIC's curve would be slower than Reno, so cwnd grows as \
                          Reno's would: from {from} to {to}.",
    cubic_reduces: "CUBIC remembers the window at the loss, {w_max}, so as to come back to it. \
                    ssthresh is 0.7 of the flight, two segments at least: {ssthresh}.",
    cwnd_not_used: "Only {flight} were in flight, and cwnd allows {cwnd}: nobody knows whether \
                    the network bears more, so cwnd does not grow.",
};

pub(super) const MORE_TIMERS: MoreTimers = MoreTimers {
    rto_after_syn: "The SYN had to be sent again, so the first round trip is not known: for \
                    what follows, RTO begins anew with {rto}.",
    keep_alive_starts: "The connection is idle. If {host} hears nothing for {after}, it asks \
                        whether {peer} is still there.",
    keep_alive_stops: "There is nothing to keep alive any longer, so the keep-alive timer \
                       stops.",
    keep_alive_probe: "{Host} sends keep-alive probe {attempt}. Its number, {seq}, is one that \
                       {peer} has acknowledged: if {peer} is there, it has to answer.",
    keep_alive_gives_up: "{Peer} has not answered keep-alive probe {attempt} either: it is gone, and \
                          {host} ends the connection.",
    user_timeout_starts: "What {host} sends may go unacknowledged for {after}; then the \
                          connection is given up.",
    user_timeout_stops: "Nothing waits for {peer} any longer, so the user timeout stops.",
    user_timeout_expires: "For {after} {peer} has not acknowledged what {host} sent: all that \
                           is queued is thrown away, the application is told, and the \
                           connection is gone.",
    fin_wait_2_starts: "{Host}'s application is gone, so FIN-WAIT-2 does not wait for {peer}'s \
                        FIN for ever: {after} are enough.",
    fin_wait_2_expires: "{Peer}'s FIN has not come, and {host} waits no longer: the connection \
                         is gone.",
};

pub(super) const HOSTING: Hosting = Hosting {
    foreign_address: "The packet is for another address: {host} drops it.",
    bad_address: "The packet comes from or goes to a broadcast or multicast address, and TCP \
                  connects two hosts: {host} drops it.",
    syn_queue_full: "As many connections are being opened as the listener allows, {backlog}. \
                     The SYN is dropped; {peer} will send it again.",
    accept_queue_full: "As many connections are ready as the listener allows, {backlog}, and \
                        the application has not taken them. This one has to wait.",
    syn_cookie_sent: "No room is left to remember this opening, so {host} puts what it must \
                      know, an MSS of {mss} for one, into its initial sequence number, {iss}. \
                      This is a SYN cookie.",
    syn_cookie_taken: "The ACK, {ack}, brings back a cookie of {host}'s: from it the \
                       connection is made, with an MSS of {mss}.",
    syn_cookie_refused: "The ACK, {ack}, brings back no cookie of {host}'s, or one that is too \
                         old: no connection is made.",
    listener_closes: "The listener closes: whoever was not accepted yet is reset.",
    lingers: "SO_LINGER is zero: CLOSE throws away what is queued and resets the connection.",
    icmp_soft: "ICMP says: {error}. The network may recover, so {host} goes on.",
    icmp_hard: "ICMP says: {error}. That will not change, so {host} ends the connection.",
    icmp_dropped: "ICMP says: {error}. That is obsolete, or it is about nothing that is in \
                   flight: {host} drops the message.",
    mtu_reduced: "A link on the way takes packets of {mtu} at most, so {host} makes its \
                  segments smaller: {mss} of text at most.",
};

pub(super) const ICMP: Icmp = Icmp {
    network_unreachable: "the network cannot be reached",
    host_unreachable: "the host cannot be reached",
    protocol_unreachable: "the host does not speak TCP",
    port_unreachable: "nobody is at that port",
    fragmentation_needed: "the packet is too large for a link with an MTU of {mtu}",
    fragmentation_needed_somewhere: "the packet is too large for a link",
    source_route_failed: "the source route failed",
    source_quench: "the sender should slow down",
    time_exceeded: "the packet has been under way for too long",
    parameter_problem: "a field of the IP header is wrong",
};
