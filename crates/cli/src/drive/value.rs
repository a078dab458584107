//! What stands in a request beside numbers: octets, addresses, and the values of options.

use std::fmt;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::str::FromStr;

use bytes::Bytes;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de::value::MapAccessDeserializer};

use super::hex;

/// Octets, given as hexadecimal digits.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Octets(pub(super) Bytes);

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Octets;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("octets as hexadecimal digits")
            }
            fn visit_str<E: de::Error>(self, digits: &str) -> Result<Octets, E> {
                hex::from_hex(digits).map(|octets| Octets(octets.into())).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

/// Who is at the other end, as in `192.0.2.1:8080`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Remote(pub(super) SocketAddrV4);

impl<'de> Deserialize<'de> for Remote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "an IPv4 address and a port, as in \"192.0.2.1:8080\"").map(Self)
    }
}

/// A host's address, as in `192.0.2.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address(pub(super) Ipv4Addr);

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "an IPv4 address, as in \"192.0.2.1\"").map(Self)
    }
}

/// The value of a socket option, before it is known which option it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OptionValue {
    /// `null`: the option is off.
    Off,
    /// `true` or `false`.
    Switch(bool),
    /// A number; what is beyond 64 bits is the last one within.
    Number(i64),
}

impl<'de> Deserialize<'de> for OptionValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl Visitor<'_> for Value {
            type Value = OptionValue;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer, a boolean or null")
            }
            fn visit_unit<E>(self) -> Result<OptionValue, E> {
                Ok(OptionValue::Off)
            }
            fn visit_bool<E>(self, switch: bool) -> Result<OptionValue, E> {
                Ok(OptionValue::Switch(switch))
            }
            fn visit_i64<E>(self, number: i64) -> Result<OptionValue, E> {
                Ok(OptionValue::Number(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<OptionValue, E> {
                Ok(OptionValue::Number(i64::try_from(number).unwrap_or(i64::MAX)))
            }
        }
        deserializer.deserialize_any(Value)
    }
}

/// A `T` that is written as an object. Serde would read one from an array too.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Object<T>(pub(super) T);

impl<T: Default> Default for Object<T> {
    fn default() -> Self {
        Self(T::default())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Map<T> {
            type Value = Object<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(Map(PhantomData))
    }
}

/// A string that stands for a `T`.
fn parsed<'de, T: FromStr, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    struct Text<T>(&'static str, PhantomData<T>);
    impl<T: FromStr> Visitor<'_> for Text<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }
    deserializer.deserialize_str(Text(expected, PhantomData))
}
