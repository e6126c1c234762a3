//! Layer 0. Records as programs read them: names with values, whatever the record's type.
//!
//! A derived serializer is made anew for every type, which was a tenth of the package. Here every
//! record becomes the same small tree first, and one serializer writes that. A macro lists the
//! fields, and does not compile where one is missing.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

/// A value of a record.
pub enum Field<'a> {
    /// None.
    Absent,
    /// Yes or no.
    Flag(bool),
    /// A whole number: a count, a size or a time.
    Number(i64),
    /// A text.
    Text(&'a str),
    /// Values in their order.
    Many(Vec<Field<'a>>),
    /// Names and values of a record.
    Record(Vec<(&'static str, Field<'a>)>),
    /// Names and values that no type fixes.
    Map(Vec<(&'static str, Field<'a>)>),
}

/// What can stand in a record.
pub trait AsField {
    /// The value as a program reads it.
    fn as_field(&self) -> Field<'_>;
}

impl AsField for bool {
    fn as_field(&self) -> Field<'_> {
        Field::Flag(*self)
    }
}

impl AsField for i64 {
    fn as_field(&self) -> Field<'_> {
        Field::Number(*self)
    }
}

impl AsField for u32 {
    fn as_field(&self) -> Field<'_> {
        Field::Number(i64::from(*self))
    }
}

impl AsField for usize {
    fn as_field(&self) -> Field<'_> {
        Field::Number(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl AsField for String {
    fn as_field(&self) -> Field<'_> {
        Field::Text(self)
    }
}

impl AsField for &'static str {
    fn as_field(&self) -> Field<'_> {
        Field::Text(self)
    }
}

impl<T: AsField> AsField for Option<T> {
    fn as_field(&self) -> Field<'_> {
        self.as_ref().map_or(Field::Absent, T::as_field)
    }
}

impl<T: AsField> AsField for Vec<T> {
    fn as_field(&self) -> Field<'_> {
        let mut items = Vec::with_capacity(self.len());
        for item in self {
            items.push(item.as_field());
        }
        Field::Many(items)
    }
}

/// Compared values by name.
impl AsField for Vec<(&'static str, String)> {
    fn as_field(&self) -> Field<'_> {
        Field::Map(self.iter().map(|(name, value)| (*name, Field::Text(value))).collect())
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Field::Absent => serializer.serialize_none(),
            Field::Flag(flag) => serializer.serialize_bool(*flag),
            Field::Number(number) => serializer.serialize_i64(*number),
            Field::Text(text) => serializer.serialize_str(text),
            Field::Many(items) => serializer.collect_seq(items),
            Field::Record(fields) => {
                let mut record = serializer.serialize_struct("", fields.len())?;
                for (name, value) in fields {
                    record.serialize_field(name, value)?;
                }
                record.end()
            }
            Field::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// Makes a struct a record of all its fields, but for those behind `without`.
macro_rules! record {
    ($type:ident: $($field:ident),+ $(; without $($left:ident),+)?) => {
        impl $crate::codec::fields::AsField for $type {
            fn as_field(&self) -> $crate::codec::fields::Field<'_> {
                let $type { $($field),+ $(, $($left: _),+)? } = self;
                $crate::codec::fields::Field::Record(vec![$((stringify!($field), $field.as_field())),+])
            }
        }
        $crate::codec::fields::serialize!($type);
    };
}

/// Makes an enum without values the word for each of its variants.
macro_rules! words {
    ($type:ident: $($variant:ident $word:literal),+) => {
        impl $type {
            /// The word for this in reports.
            pub fn id(self) -> &'static str {
                match self {
                    $($type::$variant => $word),+
                }
            }
        }

        impl $crate::codec::fields::AsField for $type {
            fn as_field(&self) -> $crate::codec::fields::Field<'_> {
                $crate::codec::fields::Field::Text(self.id())
            }
        }
        $crate::codec::fields::serialize!($type);
    };
}

macro_rules! serialize {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&$crate::codec::fields::AsField::as_field(self), serializer)
            }
        }
    };
}

pub(crate) use {record, serialize, words};
