//! Hosts with many connections, ways over routers, crashes, forgeries and datagrams.

mod apps;
mod crash;
mod forged;
mod nets;
mod path_mtu;
mod properties;
mod topology;
mod udp;
