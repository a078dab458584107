//! Hosts on links in virtual time: what happened, why, and what would have happened instead.
