//! A TCP connection as a pure state machine: RFC 9293 and its companions.
