//! The sentences in English: short, in the present tense, with the numbers.

mod companions;

use super::{
    Acks, Calls, Checks, Congestion, Hosts, Link, Opening, Permit, Records, Roles, Sending, Text,
    Texts, Timers,
};
use crate::words::table::Phrase;

/// English.
pub(crate) const EN: Texts = Texts {
    host: Roles {
        client: "the client",
        server: "the server",
        sender: "the sender",
        receiver: "the receiver",
        router: "the router",
        neighbours: "all its neighbours",
    },
    title: Roles {
        client: "Client",
        server: "Server",
        sender: "Sender",
        receiver: "Receiver",
        router: "Router",
        neighbours: "All neighbours",
    },
    shown_as: Phrase::new("{0} (shown as {1})"),
    octet: "1 octet",
    octets: " octets",
    segment: "1 segment",
    segments: " segments",
    no_limit: "no limit",
    between_scripts: "",
    opening: Opening {
        passive_open: "A passive OPEN sends nothing: {host} makes a TCB and waits for a SYN.",
        active_open: "An active OPEN chooses the initial sequence number, {iss}, and sends it in a \
                      SYN.",
        syn_in_listen: "A SYN reaches LISTEN. Its number, {irs}, becomes IRS; a SYN uses up one \
                        number, so RCV.NXT is {rcv_nxt}. {Host} chooses its own initial sequence \
                        number, {iss}, and answers with SYN and ACK in one segment.",
        syn_ack_in_syn_sent: "The answer to {host}'s SYN brings {peer}'s own: its number, {irs}, \
                              becomes IRS, and RCV.NXT is the next one, {rcv_nxt}. The ACK covers \
                              {host}'s SYN, so SND.UNA is {snd_una}.",
        simultaneous_open: "A SYN without an ACK reaches SYN-SENT: both sides open at once. IRS is \
                            {irs} and RCV.NXT {rcv_nxt}. {Host} sends its own SYN, {iss}, once \
                            more, now with an ACK.",
        syn_acknowledged: "{Peer}'s SYN is acknowledged with {rcv_nxt}, the number after it. This \
                           is the third segment of the handshake.",
        our_syn_acked: "The ACK, {ack}, covers {host}'s SYN, which has number {iss}. Now both \
                        sides know that the other has their number: the connection is established.",
        effective_mss: "{Peer} can receive segments of {announced}, {host} can send {ours}. The \
                        smaller of the two counts: a segment carries at most {mss}.",
        effective_mss_by_default: "{Peer} announces no MSS, so the default of 536 counts against \
                                   {host}'s own {ours}: a segment carries at most {mss}.",
        initial_window: "The network is not known yet, so {host} begins with a congestion window \
                         of at most {segments} of {mss}: cwnd is {cwnd}.",
    },
    calls: Calls {
        send_waits: "In {state} no text can be sent. SEND leaves {octets} in the send buffer until \
                     the connection is established.",
        send_taken: "SEND puts {octets} into the send buffer, which now holds {unsent} unsent and \
                     has room for {room} more.",
        receive_returns: "RECEIVE hands {octets} to the application and leaves {unread} unread.",
        receive_end_of_stream: "The application has read everything up to {peer}'s FIN, and \
                                RCV.NXT, {rcv_nxt}, lies behind it: the stream is at its end.",
        receive_waits: "RECEIVE finds nothing to read: {rcv_nxt}, the next number, has not arrived \
                        yet.",
        receive_waits_for_the_first: "RECEIVE finds nothing to read: nothing has arrived yet.",
        close: "CLOSE in {state}: {host} has no more to say. Nothing is left unsent, so the FIN is \
                next.",
        close_with_unsent: "CLOSE in {state}: {host} takes no more from its application. The FIN \
                            follows the {unsent} that are still unsent.",
        close_deletes: "CLOSE in {state}: no connection is open yet, so there is nothing to end. \
                        The TCB is deleted.",
        close_unread: "CLOSE comes while {unread} are still unread. Nobody will read them, so \
                       {host} sends a RST instead of a FIN: {peer} learns that data is lost.",
        abort: "ABORT in {state}: {host} throws away what is queued and tells {peer} with a RST. A \
                RST is never acknowledged.",
        abort_in_silence: "ABORT in {state}: there is nobody to tell. The TCB is deleted, and no \
                           segment is sent.",
        flushed: "FLUSH forgets {octets} that {peer}'s window does not let out yet.",
        status_asked: "STATUS hands out the variables of the connection, which is in {state}.",
        call_refused: "In {state} this call is not allowed. It returns “{error}”.",
    },
    sending: Sending {
        stretch: "{octets} from number {seq} on",
        bare: "the segment with number {seq}",
        send_text: "The usable window is {usable}, so {host} sends {what}: {permit}.",
        send_fin: "All text has been sent, so the FIN goes out. It uses up one sequence number, \
                   {seq}.",
        window_full: "{Host} holds back {unsent}: {flight} in flight use up what is allowed, the \
                      smaller of SND.WND ({wnd}) and cwnd ({cwnd}).",
        nagle_waits: "{Host} holds back {unsent}: that is less than a full segment of {mss}, and \
                      {flight} in flight await their ACK. This is Nagle's algorithm.",
        retransmit_after_timeout: "No ACK came in time. {Host} sends again what is earliest of all \
                                   that is unacknowledged: {what}. This is retransmission \
                                   {attempt}.",
        retransmit_lost: "After a timeout everything in flight counts as lost. cwnd, {cwnd}, lets \
                          {host} send {what} again.",
        fast_retransmit: "{duplicates} duplicate ACKs say that segments arrive, but that {seq} is \
                          missing. {Host} sends {what} again and does not wait for the timer.",
        retransmit_partial: "The ACK stops short of {recover}, where the flight ended when the \
                             loss was found: more is missing. {Host} sends {what} again at once.",
        window_probe: "{Peer}'s window is zero, and the ACK that opens it could get lost. Probe \
                       {attempt} sends {what}, beyond the window, to make {peer} say what its \
                       window is.",
        retransmit_probe: "{Peer}'s window is open again, {wnd}. It refused what the probe \
                           carried, so {host} sends {what}, within the window this time.",
        window_update: "The application has read, and the window that {peer} knows, {from}, is \
                        well below the room there is, {to}. An ACK of {rcv_nxt} announces it.",
    },
    permit: Permit {
        full_segment: "that fills a segment",
        idle: "that is all there is, and nothing sent earlier awaits an ACK",
        nagle_off: "that is all there is, and Nagle's algorithm is off",
        last_before_fin: "that is all there is, and the FIN follows",
        half_window: "that is at least half of the largest window that {peer} has offered",
        waited: "it has waited for a larger window for long enough",
    },
    checks: Checks {
        acceptable: "The segment (number {seq}, length {len}) lies in the receive window \
                     ({rcv_wnd} from {rcv_nxt} on): it is acceptable.",
        not_acceptable: "The segment (number {seq}, length {len}) lies outside the receive window \
                         ({rcv_wnd} from {rcv_nxt} on): it is dropped, and an ACK says what is \
                         expected.",
        old_duplicate: "The segment (number {seq}, length {len}) brings nothing new: everything \
                        before {rcv_nxt} has been received. It is dropped and acknowledged again, \
                        because the earlier ACK may be lost.",
        rst_outside_window: "The RST has number {seq}. The receive window is {rcv_wnd} from \
                             {rcv_nxt} on, and the RST lies outside: it is dropped without an \
                             answer.",
        rst_accepted: "The RST, number {seq}, is valid where {rcv_nxt} is expected: in {state} it \
                       ends the connection at once. A RST is not acknowledged.",
        rst_accepted_in_syn_sent: "The RST acknowledges {host}'s SYN, so {peer} means it: nobody \
                                   wants this connection.",
        rst_challenged: "The RST has number {seq}, which is in the window but is not {rcv_nxt}, \
                         the one expected. It may be forged, so {host} answers with an ACK; if \
                         {peer} means it, a RST with the right number follows.",
        rst_ignored: "In {state} this RST means nothing, so it is dropped.",
        syn_challenged: "A SYN with number {seq} reaches a connection that is open already. It is \
                         an old one, a forged one, or {peer} has restarted, so {host} answers with \
                         an ACK of {rcv_nxt}; if {peer} has restarted, a RST follows.",
        syn_in_window: "A SYN with number {seq} lies in the window of an open connection. That is \
                        an error, and the connection is reset.",
        syn_returns_to_listen: "Another SYN, with number {seq}, comes while a passive opening is \
                                under way: {host} goes back to LISTEN.",
        no_connection: "No connection is here to take the segment, so {host} answers with a RST. \
                        Its number is {ack}, the one that the segment's ACK asks for.",
        no_connection_and_no_ack: "No connection is here to take the segment, number {seq}, so \
                                   {host} answers with a RST. There is no ACK to take a number \
                                   from, so the RST has number 0 and acknowledges the segment.",
        not_for_syn_sent: "SYN-SENT waits for a SYN. The segment carries neither SYN nor RST, so \
                           it is dropped.",
        not_for_listen: "LISTEN waits for a SYN. The segment carries neither SYN, ACK nor RST, so \
                         it is dropped.",
    },
    acks: Acks {
        ack_missing: "In {state} every segment must carry an ACK. This one carries none, so it is \
                      dropped.",
        ack_advances: "{Peer}'s ACK covers everything before {to}, so SND.UNA moves from {from} to \
                       {to}.",
        ack_advances_over_text: "{Peer}'s ACK covers everything before {to}, so SND.UNA moves from \
                                 {from} to {to}, and {octets} of text need not be kept any longer.",
        ack_duplicate: "The ACK says {ack}, and SND.UNA is already {snd_una}: it covers nothing \
                        new.",
        ack_duplicate_counted: "The ACK says {ack}, and SND.UNA is already {snd_una}: it covers \
                                nothing new and counts as duplicate ACK {count}.",
        ack_of_unsent: "The ACK covers up to {ack}, but {host} has sent nothing from {snd_nxt} on. \
                        The segment is dropped, and an ACK says what is true.",
        ack_too_old: "The ACK says {ack}. That is more than {max_wnd}, the largest window that \
                      {peer} has offered, behind SND.UNA, {snd_una}: it may be forged, so the \
                      segment is dropped and answered with an ACK.",
        ack_refused: "In {state} {host} has sent nothing that an ACK of {ack} could cover: the \
                      segment belongs to another connection. It is dropped, and unless it is a \
                      RST, a RST with that number answers.",
        window_taken: "The segment is newer than the one that set the window last, so its window \
                       counts: SND.WND goes from {from} to {to}, SND.WL1 is {wl1} and SND.WL2 \
                       {wl2}.",
        window_closed: "{Peer} has no room left: SND.WND goes from {from} to 0, and {host} may \
                        send no more text.",
        our_fin_acked: "The ACK, {ack}, covers {host}'s FIN: {peer} has everything that {host} \
                        sent, and {state} has what it waited for.",
    },
    text: Text {
        urgent_ahead: "Urgent data reaches up to {rcv_up}, ahead of RCV.NXT, {rcv_nxt}. The \
                       application is told to hurry.",
        text_in_order: "The text begins at {seq}, the number expected: {host} takes {octets}, and \
                        RCV.NXT moves on to {rcv_nxt}.",
        text_fills_gap: "The text at {seq} is what was missing. {Host} takes its {octets} and the \
                         {waited} that waited behind the gap, and RCV.NXT moves on to {rcv_nxt}.",
        text_out_of_order: "The text begins at {seq}, but {rcv_nxt} is expected: something before \
                            it is missing. {Host} keeps {octets} until the gap is filled.",
        fin_out_of_order: "The FIN has number {seq}, but {rcv_nxt} is expected: something before \
                           it is missing. {Host} remembers the FIN until the gap is filled.",
        text_beyond_window: "Not all of the text fits into the window: {host} keeps {kept} and \
                             cuts off {cut}.",
        text_ignored: "In {state} {peer}'s FIN has been received, and no text can follow it: \
                       {host} ignores {octets}.",
        ack_text: "An ACK confirms everything before {rcv_nxt}, the number that {host} expects \
                   next: ACKs are cumulative.",
        ack_out_of_order: "The segment at {seq} came ahead of a gap, so {host} repeats its ACK of \
                           {rcv_nxt} at once: {peer} learns that something is missing.",
        fin_arrives: "In {state} {peer}'s FIN arrives in order: {peer} has no more to say. A FIN \
                      uses up one number, so RCV.NXT moves on to {rcv_nxt}.",
        ack_fin: "{Peer}'s FIN is acknowledged with {rcv_nxt}, the number after it.",
        fin_again: "{Peer}'s FIN, number {seq}, was received before, so {host}'s ACK of it must be \
                    lost. {Host} acknowledges {rcv_nxt} once more.",
    },
    timers: Timers {
        rto_starts: "Something is in flight now, so the retransmission timer starts. It runs out \
                     unless an ACK comes within {rto}.",
        rto_restarts: "The ACK covers something new, and more is in flight: the retransmission \
                       timer starts anew, with {rto}.",
        rto_stops: "Everything that was sent is acknowledged, so the retransmission timer stops.",
        rto_expires: "No ACK has come for {rto}: timeout {attempt} in a row. What is in flight \
                      counts as lost.",
        rto_backs_off: "The network may be overloaded, so the next attempt waits longer: RTO goes \
                        from {from} to {to}.",
        rto_at_its_limit: "RTO would double, but {to} is its limit.",
        rtt_measured: "From sending to ACK it took {rtt}. That moves SRTT to {srtt} and RTTVAR to \
                       {rttvar}. RTO is SRTT + 4 × RTTVAR, kept within its bounds: {rto}.",
        karn_skips: "The ACK, {ack}, covers what was sent more than once, and nobody knows which \
                     transmission it answers. No round trip is measured: this is Karn's algorithm.",
        persist_starts: "Text waits for a larger window, and the ACK that brings it could get \
                         lost. So the persist timer starts: after {after} {host} probes.",
        persist_expires: "The persist timer has run out before the window opened far enough. This \
                          is probe {attempt}.",
        persist_stops: "{Peer}'s window is open, {wnd}, so the persist timer stops.",
        time_wait_starts: "Both sides have closed. TIME-WAIT lasts 2 MSL, {twice} with an MSL of \
                           {msl}: long enough to answer {peer}'s FIN again if the last ACK is \
                           lost, and for old segments to die out.",
        time_wait_restarts: "{Peer}'s FIN came again, so the last ACK was lost. TIME-WAIT begins \
                             again: 2 MSL, {twice} with an MSL of {msl}.",
        time_wait_expires: "2 MSL have passed, {twice} with an MSL of {msl}. No segment of this \
                            connection can be left in the network, so the TCB is deleted.",
        timer_dies: "The connection is gone, and the {timer} timer with it.",
        r1_reached: "{attempt} timeouts in a row reach the threshold R1: the application is \
                     warned, and {host} goes on trying.",
        r2_reached: "Timeout {attempt} in a row is beyond the threshold R2: {host} gives up and \
                     tells its application. TCP delivers, or it says that it cannot.",
    },
    congestion: Congestion {
        slow_start: "While cwnd is below ssthresh ({ssthresh}), it grows by what the ACK covers, \
                     one segment at most: from {from} to {to}. This is slow start.",
        congestion_avoidance: "From ssthresh on cwnd grows by about one segment a round trip: from \
                               {from} to {to}. This is congestion avoidance.",
        congestion_timeout: "With {flight} in flight no ACK came in time, so the network may be \
                             overloaded. ssthresh becomes half of that, two segments at least: \
                             {ssthresh}. cwnd falls to one segment, {cwnd}.",
        recovery_begins: "Segments arrive, but one is missing: with {flight} in flight the network \
                          is mildly overloaded. ssthresh becomes half of that, two segments at \
                          least: {ssthresh}. cwnd is ssthresh and three segments, {cwnd}. Recovery \
                          lasts until {recover} is acknowledged.",
        recovery_inflates: "Another duplicate ACK: one more segment has left the network, so cwnd \
                            grows by one segment to {cwnd}.",
        recovery_deflates: "The ACK covers a part of the flight, so cwnd shrinks by about as much, \
                            to {cwnd}.",
        recovery_ends: "Everything that was in flight at the loss is acknowledged: recovery is \
                        over, and cwnd is {cwnd}.",
    },
    options: companions::OPTIONS,
    more_sending: companions::MORE_SENDING,
    acknowledging: companions::ACKNOWLEDGING,
    more_checks: companions::MORE_CHECKS,
    marking: companions::MARKING,
    recovery: companions::RECOVERY,
    more_congestion: companions::MORE_CONGESTION,
    more_timers: companions::MORE_TIMERS,
    hosting: companions::HOSTING,
    icmp: companions::ICMP,
    link: Link {
        loss: "IP promises no delivery. This link loses {loss} of its packets by chance, and this \
               is one of them.",
        dropped: "Somebody decided to drop this packet. TCP is not told: it has to notice by \
                  itself.",
        delayed: "Somebody holds this packet back for {by}. IP promises no time of delivery.",
        burst_loss: "This link loses packets in bursts. It is in its bad state, which lasts {lasts} \
                     on the average, and loses {loss} of the packets meanwhile; this one too.",
        unplugged: "The cable is out. What is on it is lost, and nobody says so.",
        queue_full: "{limit} can wait for this link, and there is no room for more: the tail of \
                     the queue is dropped.",
        codel_dropped: "This packet has waited for {waited}; {target} would be well. Packets have \
                        waited too long for a while, so CoDel drops one now and then: senders \
                        that notice slow down, and the queue becomes shorter.",
        codel_marked: "This packet has waited for {waited}; {target} would be well. Its sender \
                       understands marks: so CoDel marks it as having met congestion, and does \
                       not drop it.",
        queue_marked: "{limit} or more wait for this link. This packet's sender understands marks: \
                       so it is marked as having met congestion.",
        randomly_marked: "This link marks {share} of the packets that may be marked as having met \
                          congestion, and this is one of them.",
        too_long: "This link carries {mtu} at most in one packet; this one has {octets} and must \
                   not be fragmented. So it is dropped, and nobody says so.",
        fragmentation_needed: "This link carries {mtu} at most in one packet; this one has {octets} \
                               and says \"Don't Fragment\". So it is dropped, and an ICMP message \
                               tells {host} how much the link carries.",
        fragmented: "This link carries {mtu} at most in one packet; this one has {octets}. So it \
                     goes in {fragments} fragments, and the receiver puts them together.",
        fragment_lost: "One of its {fragments} fragments is lost, the one from octet {offset} on. \
                        The others are of no use without it: the whole packet is lost.",
        duplicated: "IP does not promise to deliver a packet once only. This link delivers {share} \
                     of its packets twice.",
        held_back: "IP promises no order. This link holds {share} of its packets back for {by}, so \
                    that others overtake them.",
        jitter: "The delay of this link varies: it took this packet {by} longer, of {most} at \
                 the most.",
        bit_flipped: "IP does not protect what it carries. This link flips a bit in {share} of its \
                      packets: in this one bit {bit}.",
        changed: "From now on the link from {host} to {peer} has another {property}.",
        changed_to: "From now on the link from {host} to {peer} has another {property}: {value}.",
        cable_out: "The cable from {host} to {peer} is pulled. What is on it is lost, and what is \
                    sent from now on too.",
        cable_in: "The cable from {host} to {peer} is put back. Nobody is told: who waits for an \
                   answer has to try again.",
        duplicated_by_hand: "Somebody doubles this packet: the copy comes {by} later than it would.",
        bit_flipped_by_hand: "Somebody flips bit {bit} of this packet, counted from the first of \
                              its IPv4 header.",
        held_by_hand: "Somebody holds this packet until {until}.",
        swapped: "Somebody exchanges two packets: the first to leave arrives after the other.",
        ip_checksum: "The checksum of the IPv4 header does not fit what arrived: something of it \
                      was damaged on the way. {Host} discards the packet without a word.",
        tcp_checksum: "The checksum of the segment does not fit what arrived: something of it was \
                       damaged on the way. {Host} discards it without a word, as if it had been \
                       lost.",
        unreadable: "What arrived cannot be read as a segment any more: it was damaged on the way. \
                     {Host} discards it without a word.",
        datagram_damaged: "The checksum of the datagram does not fit what arrived: it was damaged \
                           on the way. {Host} discards it without a word, and nobody sends it again.",
        packets: " packets",
        properties: [
            "delay",
            "jitter",
            "loss",
            "loss in bursts",
            "share of packets that arrive twice",
            "reordering",
            "share of damaged packets",
            "share of marked packets",
            "rate",
            "queue",
            "MTU",
        ],
        no_route: "No way leads to the address that this packet is for. It gets no further.",
    },
    beside: Hosts {
        crashed: "A crash takes all that TCP knew of its connections. The peers are not told.",
        restarted: "After a restart TCP knows nothing of earlier connections: they are half-open.",
        down: "The host has crashed. Nobody answers for it.",
        halted: "An application that stands still calls nothing. TCP does its work without it.",
        called_by_hand: "Somebody makes this call in the name of the application.",
        forged: "Somebody made this segment up. TCP can only judge it by its numbers.",
        replayed: "This packet is an old one that was kept on the way. Networks may do that.",
        datagram_sent: "UDP sends a message at once, in one datagram, and remembers nothing of it.",
        datagram_delivered: "UDP hands a message out as it comes: nobody waits for another, and \
                             nobody asks for it again.",
        reassembly_timeout: "{Host} has waited for 60 seconds for the rest of the packet. It gives \
                             up, and throws away the fragments that came.",
        reassembly_reported: "The first fragment says whose packet it was: an ICMP message tells \
                              the sender that the time for reassembly was exceeded.",
        datagram_reported: "UDP leaves it to the application what to do about that. This one does \
                            not ask.",
    },
    record: Records {
        crashes: "{Host} crashes.",
        restarts: "{Host} is started anew.",
        halts: "Somebody stops the applications of {host}.",
        goes_on: "Somebody lets the applications of {host} go on.",
        called: "Somebody calls {call} at {host}.",
        forges: "Somebody forges a segment at {host}.",
        replays: "Somebody lets an old packet go that was kept on the way.",
        call: "{Host}'s application calls {call}.",
        call_sent: "{Host}'s application calls {call}. TCP takes {octets}.",
        call_received: "{Host}'s application calls {call} and gets {octets}.",
        call_waits: "{Host}'s application calls {call} and has to wait.",
        call_end_of_stream: "{Host}'s application calls {call} and finds the end of the stream.",
        call_refused: "{Host}'s application calls {call} and is refused: “{error}”.",
        sends: "{Host} sends {segment}.",
        sends_again: "{Host} sends {segment} again.",
        arrives: "{segment} arrives at {host}.",
        lost: "{Host}'s {segment} is lost on the way to {peer}.",
        dropped: "{Host}'s {segment} is dropped on the way to {peer}.",
        will_be_dropped: "{Host}'s {segment} is to be dropped on the way.",
        delayed: "{Host}'s {segment} is delayed by {by}.",
        will_be_doubled: "{Host}'s {segment} is to arrive twice.",
        will_be_damaged: "{Host}'s {segment} is to be damaged on the way: bit {bit} is flipped.",
        will_be_held: "{Host}'s {segment} is to be held until {until}.",
        will_be_swapped: "{Host}'s {segment} changes places with another.",
        impaired: "Something happens to {host}'s {segment} on the way to {peer}.",
        copied: "{Host}'s {segment} is doubled on the way: there is a copy of it.",
        icmp: "An ICMP message about {segment} arrives at {host}.",
        reassembly_timeout: "{Host} gives up the fragments of {segment}.",
        link_changed: "The link from {host} to {peer} changes.",
        enters: "{Host} goes from {from} to {to}.",
        timer_set: "{Host} sets its {timer} timer: {span}.",
        timer_stopped: "{Host} stops its {timer} timer.",
        timer_expired: "{Host}'s {timer} timer runs out.",
        retransmission: "retransmission",
        persist: "persist",
        time_wait: "2 MSL",
        delayed_ack: "delayed-ACK",
        reordering: "reordering",
        tail_loss_probe: "tail-loss probe",
        keep_alive: "keep-alive",
        user_timeout: "user timeout",
        fin_wait_2: "FIN-WAIT-2",
        deliver: "{Host}'s application can read {octets} more.",
        connected: "{Host}'s application learns that the connection is open.",
        peer_closed: "{Host}'s application learns that {peer} will send no more.",
        close_acknowledged: "{Host}'s application learns that {peer} has everything it sent.",
        reset: "{Host}'s application gets an error: “connection reset”.",
        refused: "{Host}'s application gets an error: “connection refused”.",
        unresponsive: "{Host}'s application is warned that {peer} does not answer.",
        timed_out: "{Host}'s application gets an error: “connection aborted due to user timeout”.",
        urgent: "{Host}'s application learns that urgent data is coming.",
    },
};
