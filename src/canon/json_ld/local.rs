//! Layer 1. Contexts as written, in a form that can be shared and recognised.
//!
//! Every context object gets an identity when it is read. With the identity of the active context it
//! is applied to, that makes the key under which the result is remembered, so that no context is
//! processed twice on top of the same other. Contexts scoped to a term are split from the term's
//! definition for the same reason.

use std::cell::Cell;
use std::rc::Rc;

use crate::codec::iri;
use crate::codec::json::{Object, Text, Value};

/// Where a context, and all that it defines, comes from. Ordered from most to least trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// Part of this program.
    Embedded,
    /// Supplied, and pinned, by the embedder.
    Supplied,
    /// Written in the document itself: chosen by whoever wrote the document, signed by nobody.
    Inline,
}

/// A context as written: one value of `@context`, or one item of such an array.
#[derive(Debug)]
pub(super) struct Local {
    pub(super) id: u64,
    pub(super) origin: Origin,
    /// JSON pointer of an inline context in the document; of others, empty.
    pub(super) pointer: String,
    pub(super) kind: Kind,
}

/// What a context can be.
#[derive(Debug)]
pub(super) enum Kind {
    Null,
    /// Neither null, text, object nor array of those.
    Invalid,
    /// An address, resolved where there was a base.
    Reference(Text),
    Many(Vec<Rc<Local>>),
    Object(Vec<Member>),
}

/// A member of a context object.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: Text,
    hash: u32,
    /// The value; where it is an object, without its `@context`.
    pub(super) value: Value,
    /// That `@context`: the context scoped to the term.
    pub(super) context: Option<Rc<Local>>,
}

impl Local {
    /// Reads the `@context` value `value`, found under `base`. Bounded by the depth of JSON.
    pub(super) fn read(value: &Value, base: Option<&str>, origin: Origin, pointer: String) -> Rc<Local> {
        let kind = match value {
            Value::Array(items) => Kind::Many(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        let pointer = extend(&pointer, origin, &index.to_string());
                        match item {
                            Value::Array(_) => {
                                Rc::new(Local { id: next_id(), origin, pointer, kind: Kind::Invalid })
                            }
                            item => Local::read(item, base, origin, pointer),
                        }
                    })
                    .collect(),
            ),
            Value::Null => Kind::Null,
            Value::String(text) => Kind::Reference(resolved(base, text)),
            Value::Object(object) => Kind::Object(
                object
                    .iter()
                    .map(|(name, value)| {
                        let pointer = extend(&pointer, origin, name);
                        let context = value.get("@context");
                        let context = context.map(|context| Local::read(context, base, origin, pointer));
                        let value = match (&context, value) {
                            (Some(_), Value::Object(object)) => Value::Object(object.without("@context")),
                            (_, Value::String(url)) if &**name == "@import" => {
                                Value::String(resolved(base, url))
                            }
                            _ => value.clone(),
                        };
                        Member { name: name.clone(), hash: hash(name), value, context }
                    })
                    .collect(),
            ),
            _ => Kind::Invalid,
        };
        Rc::new(Local { id: next_id(), origin, pointer, kind })
    }

    /// A context object of `members`.
    pub(super) fn merged(members: Vec<Member>, origin: Origin, pointer: String) -> Rc<Local> {
        Rc::new(Local { id: next_id(), origin, pointer, kind: Kind::Object(members) })
    }

    /// The members, if this is an object.
    pub(super) fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The position of member `name`.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let hash = hash(name);
        self.members().iter().position(|member| member.hash == hash && &*member.name == name)
    }

    /// The value of member `name`.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.position(name).and_then(|position| self.members().get(position)).map(|member| &member.value)
    }

    /// Whether both say the same, member for member in any order.
    pub(super) fn is_same(&self, other: &Local) -> bool {
        if self.id == other.id {
            return true;
        }
        match (&self.kind, &other.kind) {
            (Kind::Null, Kind::Null) => true,
            (Kind::Reference(one), Kind::Reference(other)) => one == other,
            (Kind::Many(one), Kind::Many(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_same(other))
            }
            (Kind::Object(one), Kind::Object(members)) => {
                one.len() == members.len()
                    && one.iter().all(|member| {
                        let found = other.position(&member.name).and_then(|position| members.get(position));
                        found.is_some_and(|found| member.is_same(found))
                    })
            }
            _ => false,
        }
    }
}

impl Member {
    fn is_same(&self, other: &Member) -> bool {
        let contexts = match (&self.context, &other.context) {
            (None, None) => true,
            (Some(one), Some(other)) => one.is_same(other),
            _ => false,
        };
        contexts && is_same_value(&self.value, &other.value)
    }
}

/// Whether two JSON values are equal but for the order of members. Objects of many members, which
/// no term definition is, must agree in order too: comparing costs no quadratic time.
fn is_same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.len() <= SMALL_OBJECT => is_same_object(one, other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same_value(one, other))
        }
        _ => one == other,
    }
}

fn is_same_object(one: &Object, other: &Object) -> bool {
    one.len() == other.len()
        && one.iter().all(|(name, value)| other.get(name).is_some_and(|found| is_same_value(value, found)))
}

/// FNV-1a: short names, no need to resist collisions (a name is compared as well). A name can be as
/// long as a picture; its beginning will do.
pub(super) fn hash(name: &str) -> u32 {
    name.bytes().take(64).fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A number never given before on this thread: identities are not addresses, so none is reused.
pub(super) fn next_id() -> u64 {
    thread_local! {
        static NEXT: Cell<u64> = const { Cell::new(0) };
    }
    NEXT.with(|next| {
        let id = next.get();
        next.set(id.wrapping_add(1));
        id
    })
}

fn resolved(base: Option<&str>, reference: &Text) -> Text {
    match base {
        Some(base) => iri::resolve(base, reference).into(),
        None => reference.clone(),
    }
}

fn extend(pointer: &str, origin: Origin, step: &str) -> String {
    match origin {
        Origin::Inline => format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1")),
        _ => String::new(),
    }
}

const SMALL_OBJECT: usize = 64;
