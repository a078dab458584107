/** tcpscope in a page of yours: `<tcp-scope scenario="lost-syn">`, or `create(target, options)`. */

/** The state at the present moment, as `tcpscope.state()` of the page API gives it. */
export interface State {
  scenario: string;
  seed: number;
  /** Microseconds of simulated time. */
  t_us: number;
  /** The present record, counted from 0. */
  record: number;
  /** How many there are. */
  records: number;
  playing: boolean;
  speed: number;
  locale: "en" | "zh-CN";
  theme: "light" | "dark" | "auto";
  endpoints: Endpoint[];
  in_flight: Packet[];
  /** Why the present record happened. */
  reason: Reason | null;
}

export interface Endpoint {
  name: string;
  /** As RFC 9293 writes it: `"SYN-SENT"`. */
  state: string;
  iss: number | null;
  irs: number | null;
  snd: { una: number; nxt: number; wnd: number };
  rcv: { nxt: number; wnd: number };
  mss: number;
  cwnd: number;
  ssthresh: number;
  flight: number;
  srtt_us: number | null;
  rto_us: number;
  timers: { name: string; at_us: number }[];
}

export interface Packet {
  packet: string;
  from: string;
  to: string;
  /** `"SYN"`, `"SYN ACK"`, `"PSH ACK"`, … */
  flags: string;
  seq: number;
  ack: number | null;
  wnd: number;
  len: number;
  sent_us: number;
  /** `null`: it never arrives. */
  arrives_us: number | null;
  fate: "delivered" | "lost" | "dropped" | "corrupted" | "duplicate";
  retransmission: boolean;
}

export interface Reason {
  rule: string;
  rfc: string;
  text: string;
}

/** What can be done to a packet, past or future. */
export interface Intervention {
  kind: "drop" | "delay" | "duplicate" | "corrupt" | "hold";
  /** Its name, as in `state().in_flight`. */
  packet: string;
  /** Of a delay: how long. Of a duplicate: how much later the copy comes. */
  by_us?: number;
  /** Of a corruption: which bit is flipped. */
  bit?: number;
  /** Of a hold: when it is let go. */
  until_us?: number;
}

export type Event = "ready" | "step" | "play" | "pause" | "load" | "edit" | "answer";

/** What an element shows, and how; each is an attribute of the element as well. */
export interface Options {
  /** The id of a scenario, or a scenario as an object. */
  scenario?: string | object;
  /** The id of a lesson, in the place of a scenario. */
  lesson?: string;
  /** The id of a stop of the lesson. */
  stop?: string;
  /** A link that the page gave, or its fragment: it says all of the above, and what was done by hand. */
  link?: string;
  /** The moment to begin with, in microseconds. */
  t?: number;
  seed?: number;
  /** From 0.01 to 100; 1 is the ordinary speed. */
  speed?: number;
  /** The first and the last record that are shown: `[3, 12]` or `"3-12"`. */
  steps?: [number, number] | string;
  /** Whether there are buttons below the ladder. */
  controls?: boolean;
  /** Whether it plays when it comes into sight. */
  autoplay?: boolean;
  /** Whether the drawer with explanations, header, states, plots … is open. */
  details?: boolean;
  /** Else the language of the page around it. */
  lang?: "en" | "zh-CN";
  /** Else the theme of the page around it. */
  theme?: "light" | "dark" | "auto";
  /** When the frame is made: near the viewport, at a click on the poster, or at once. */
  loading?: "lazy" | "click" | "eager";
  /** The address of a picture to stand there until then. */
  poster?: string;
  /** What the frame is called, for those who do not see it; it stands on the poster, too. */
  title?: string;
  /** In pixels; else as high as what is shown needs. */
  height?: number;
  /** Makes the frame a sandbox; it needs `allow-scripts`. */
  sandbox?: string;
  /** Where tcpscope's files lie, if not beside this module. */
  base?: string;
}

/** The element. Calls make the frame, if it is not there yet, and wait for it. */
export class TcpScope extends HTMLElement {
  play(options?: { speed?: number }): Promise<void>;
  pause(): Promise<void>;
  /** So many records on, or back when negative. */
  step(n?: number): Promise<void>;
  seek(t_us: number): Promise<void>;
  load(scenario: string | object, options?: { seed?: number }): Promise<void>;
  intervene(what: Intervention): Promise<void>;
  state(): Promise<State>;
  /** Gives back what ends it. */
  on(event: Event, listener: (state: State) => void): () => void;
  /** Takes it off the page; nothing is left behind. */
  dispose(): void;
}

/** Puts an element into another, or into the first that a selector finds. */
export function create(target: Element | string, options?: Options): TcpScope;

declare global {
  interface HTMLElementTagNameMap {
    "tcp-scope": TcpScope;
  }
}
