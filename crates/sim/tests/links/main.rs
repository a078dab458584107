//! Links: whether each impairment does what it says as often as it says, and what people do to
//! packets.

mod by_hand;
mod cables;
mod chance;
mod everything;
mod fragments;
mod queues;
mod streams;
