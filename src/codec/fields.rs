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
    /// One of our own words: the page keeps those it has seen.
    Word(&'static str),
    /// Values in their order.
    Many(Vec<Field<'a>>),
    /// The names of a record's fields, with spaces between them, and their values.
    Record(&'static str, Vec<Field<'a>>),
    /// Names and values that no type fixes.
    Map(&'a [(&'static str, String)]),
}

/// Values being gathered: those of the record at hand, behind those of the records around it.
#[derive(Default)]
pub struct Fields<'a>(Vec<Field<'a>>);

/// What can stand in a record.
pub trait AsField {
    /// Adds the value, as a program reads it.
    fn put<'a>(&'a self, fields: &mut Fields<'a>);
}

impl<'a> Fields<'a> {
    /// The value of `item`.
    pub fn of(item: &'a dyn AsField) -> Field<'a> {
        let mut fields = Fields::default();
        item.put(&mut fields);
        fields.0.pop().unwrap_or(Field::Absent)
    }

    /// Where the values added from now on begin.
    pub fn start(&self) -> usize {
        self.0.len()
    }

    /// Makes a record of the values since `start`.
    #[inline(never)]
    pub fn end_record(&mut self, start: usize, names: &'static str) {
        let values = self.0.split_off(start);
        self.0.push(Field::Record(names, values));
    }

    #[inline(never)]
    fn end_many(&mut self, start: usize) {
        let values = self.0.split_off(start);
        self.0.push(Field::Many(values));
    }

    /// Adds one value.
    #[inline(never)]
    pub fn push(&mut self, field: Field<'a>) {
        self.0.push(field);
    }
}

impl AsField for bool {
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.push(Field::Flag(*self));
    }
}

impl AsField for i64 {
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.push(Field::Number(*self));
    }
}

impl AsField for u32 {
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.push(Field::Number(i64::from(*self)));
    }
}

impl AsField for usize {
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.push(Field::Number(i64::try_from(*self).unwrap_or(i64::MAX)));
    }
}

impl AsField for String {
    #[inline(never)]
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.push(Field::Text(self));
    }
}

impl AsField for &'static str {
    #[inline(never)]
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.push(Field::Word(self));
    }
}

impl<T: AsField> AsField for Option<T> {
    #[inline(never)]
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        match self {
            Some(value) => value.put(fields),
            None => fields.push(Field::Absent),
        }
    }
}

impl<T: AsField> AsField for Vec<T> {
    #[inline(never)]
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        let start = fields.start();
        for item in self {
            item.put(fields);
        }
        fields.end_many(start);
    }
}

/// Compared values by name.
impl AsField for Vec<(&'static str, String)> {
    fn put<'a>(&'a self, fields: &mut Fields<'a>) {
        fields.push(Field::Map(self));
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Field::Absent => serializer.serialize_none(),
            Field::Flag(flag) => serializer.serialize_bool(*flag),
            Field::Number(number) => serializer.serialize_i64(*number),
            Field::Text(text) => serializer.serialize_str(text),
            Field::Word(word) => serializer.serialize_unit_variant("", 0, word),
            Field::Many(items) => serializer.collect_seq(items),
            Field::Record(names, values) => {
                let mut record = serializer.serialize_struct("", values.len())?;
                for (name, value) in names.split(' ').zip(values) {
                    record.serialize_field(name, value)?;
                }
                record.end()
            }
            Field::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in *fields {
                    map.serialize_entry(&Field::Word(name), value)?;
                }
                map.end()
            }
        }
    }
}

/// Makes a struct a record of all its fields, but for those behind `without`.
macro_rules! record {
    ($type:ident: $first:ident, $($field:ident),+ $(; without $($left:ident),+)?) => {
        impl $crate::codec::fields::AsField for $type {
            fn put<'a>(&'a self, fields: &mut $crate::codec::fields::Fields<'a>) {
                let $type { $first, $($field),+ $(, $($left: _),+)? } = self;
                let start = fields.start();
                $first.put(fields);
                $($field.put(fields);)+
                fields.end_record(start, concat!(stringify!($first) $(, " ", stringify!($field))+));
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
            fn put<'a>(&'a self, fields: &mut $crate::codec::fields::Fields<'a>) {
                fields.push($crate::codec::fields::Field::Word(self.id()));
            }
        }
        $crate::codec::fields::serialize!($type);
    };
}

macro_rules! serialize {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&$crate::codec::fields::Fields::of(self), serializer)
            }
        }
    };
}

pub(crate) use {record, serialize, words};
