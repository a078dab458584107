//! Hosts: what each call answers in each situation, who a packet is for, what a listener keeps,
//! and two hosts that talk with each other.

mod calls;
mod cookies;
mod demultiplexing;
mod endings;
mod fast_open;
mod icmp;
mod memory;
mod options;
mod pair;
mod ports;
mod properties;
mod queues;
mod time_wait;
mod world;
