//! What a refused call answers, in POSIX's names.

use core::fmt;

use crate::IcmpError;

/// Why a call of a socket was refused, or what became of its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Errno {
    /// The port, or the pair of sockets, is in use.
    AddressInUse,
    /// No port is left, or the address is nobody's.
    AddressNotAvailable,
    /// It would have to wait.
    Again,
    /// The connection is being opened.
    Already,
    /// No such descriptor.
    BadDescriptor,
    /// The peer refused the connection.
    ConnectionRefused,
    /// The connection was reset.
    ConnectionReset,
    /// The network could not reach the peer's host.
    HostUnreachable,
    /// The opening has begun; its outcome is told later.
    InProgress,
    /// An argument out of range, or a call that this socket does not know.
    InvalidArgument,
    /// There is a connection already.
    IsConnected,
    /// A packet was too big for the way.
    MessageSize,
    /// The network could not reach the peer's network.
    NetworkUnreachable,
    /// There is no such option.
    NoProtocolOption,
    /// There is no connection.
    NotConnected,
    /// A socket of this kind cannot do that.
    OperationNotSupported,
    /// The write side is shut.
    Pipe,
    /// The peer did not answer for too long.
    TimedOut,
}

impl Errno {
    /// POSIX's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AddressInUse => "EADDRINUSE",
            Self::AddressNotAvailable => "EADDRNOTAVAIL",
            Self::Again => "EAGAIN",
            Self::Already => "EALREADY",
            Self::BadDescriptor => "EBADF",
            Self::ConnectionRefused => "ECONNREFUSED",
            Self::ConnectionReset => "ECONNRESET",
            Self::HostUnreachable => "EHOSTUNREACH",
            Self::InProgress => "EINPROGRESS",
            Self::InvalidArgument => "EINVAL",
            Self::IsConnected => "EISCONN",
            Self::MessageSize => "EMSGSIZE",
            Self::NetworkUnreachable => "ENETUNREACH",
            Self::NoProtocolOption => "ENOPROTOOPT",
            Self::NotConnected => "ENOTCONN",
            Self::OperationNotSupported => "EOPNOTSUPP",
            Self::Pipe => "EPIPE",
            Self::TimedOut => "ETIMEDOUT",
        }
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl core::error::Error for Errno {}

/// What an ICMP message is to a socket's user, once the connection has ended with it.
impl From<IcmpError> for Errno {
    fn from(error: IcmpError) -> Self {
        match error {
            IcmpError::NetworkUnreachable => Self::NetworkUnreachable,
            IcmpError::HostUnreachable
            | IcmpError::SourceQuench
            | IcmpError::SourceRouteFailed
            | IcmpError::TimeExceeded => Self::HostUnreachable,
            IcmpError::PortUnreachable => Self::ConnectionRefused,
            IcmpError::FragmentationNeeded { .. } => Self::MessageSize,
            IcmpError::ProtocolUnreachable | IcmpError::ParameterProblem => Self::NoProtocolOption,
        }
    }
}
