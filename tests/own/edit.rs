//! JSON documents that can be taken apart and put together again.

use verify_credential::canon::jcs;
use verify_credential::codec::json::{Object, Value};

use crate::support;

/// A document under the knife. Places are JSON pointers without escapes.
#[derive(Clone)]
pub struct Doc(pub Value);

impl Doc {
    /// The file at `path`.
    pub fn read(path: &str) -> Doc {
        Doc(support::read_json(path))
    }

    /// Its text.
    pub fn bytes(&self) -> Vec<u8> {
        jcs::canonicalize(&self.0).into_bytes()
    }

    /// The value at `place`.
    pub fn get(&self, place: &str) -> Option<&Value> {
        steps(place).into_iter().try_fold(&self.0, |value, step| match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            value => value.get(step),
        })
    }

    /// Sets the value at `place`; `-` after an array appends.
    pub fn put(&mut self, place: &str, value: Value) {
        let (parent, name) = place.rsplit_once('/').expect("a place has a slash");
        let host = self.get(parent).unwrap_or_else(|| panic!("{parent} is there")).clone();
        let host = match host {
            Value::Object(mut object) => {
                object.insert(name.into(), value);
                Value::Object(object)
            }
            Value::Array(mut items) => {
                match name.parse::<usize>() {
                    Ok(index) => items[index] = value,
                    Err(_) => items.push(value),
                }
                Value::Array(items)
            }
            _ => panic!("{parent} has members"),
        };
        self.0 = replaced(&self.0, &steps(parent), &host);
    }

    /// Takes the value at `place` out.
    pub fn take(&mut self, place: &str) -> Value {
        let (parent, name) = place.rsplit_once('/').expect("a place has a slash");
        let taken = self.get(place).unwrap_or_else(|| panic!("{place} is there")).clone();
        let host = match self.get(parent) {
            Some(Value::Object(object)) => Value::Object(object.without(name)),
            Some(Value::Array(items)) => {
                let index: usize = name.parse().expect("an index");
                let mut items = items.clone();
                items.remove(index);
                Value::Array(items)
            }
            _ => panic!("{parent} has members"),
        };
        self.0 = replaced(&self.0, &steps(parent), &host);
        taken
    }

    /// Gives the member at `place` another name, where it stood.
    pub fn rename(&mut self, place: &str, name: &str) {
        let (parent, old) = place.rsplit_once('/').expect("a place has a slash");
        let Some(Value::Object(object)) = self.get(parent) else { panic!("{parent} is an object") };
        let members: Vec<(String, Value)> =
            object.iter().map(|(key, value)| (key.to_string(), value.clone())).collect();
        assert!(members.iter().any(|(key, _)| key == old), "{place} is there");
        let mut renamed = Object::default();
        for (key, value) in members {
            renamed.insert(if key == old { name.into() } else { key.into() }, value);
        }
        self.0 = replaced(&self.0, &steps(parent), &Value::Object(renamed));
    }

    /// Adds a context at the end.
    pub fn add_context(&mut self, context: Value) {
        self.put("/@context/-", context);
    }

    /// The places of every object, the whole document first.
    pub fn objects(&self) -> Vec<String> {
        let mut places = Vec::new();
        walk(&self.0, String::new(), &mut |place, value| {
            if value.as_object().is_some() {
                places.push(place.to_owned());
            }
        });
        places
    }

    /// The places of every value but the whole.
    pub fn values(&self) -> Vec<String> {
        let mut places = Vec::new();
        walk(&self.0, String::new(), &mut |place, _| places.push(place.to_owned()));
        places.remove(0);
        places
    }
}

/// The value written in `text`.
pub fn value(text: &str) -> Value {
    support::json(text.as_bytes()).unwrap_or_else(|| panic!("not JSON: {text}"))
}

/// The string `text`.
pub fn string(text: &str) -> Value {
    Value::String(text.into())
}

/// An object of `members`.
pub fn object(members: &[(&str, Value)]) -> Value {
    let mut object = Object::default();
    for (name, value) in members {
        object.insert((*name).into(), value.clone());
    }
    Value::Object(object)
}

/// `value` as readable text, its members in their order, ending in a line feed.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out.push('\n');
    out
}

fn write(value: &Value, depth: usize, out: &mut String) {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                line(out, depth + 1);
                write(item, depth + 1, out);
            }
            line(out, depth);
            out.push(']');
        }
        Value::Object(object) if !object.is_empty() => {
            out.push('{');
            for (index, (name, member)) in object.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                line(out, depth + 1);
                out.push_str(&jcs::canonicalize(&Value::String(name.clone())));
                out.push_str(": ");
                write(member, depth + 1, out);
            }
            line(out, depth);
            out.push('}');
        }
        Value::Number(number) => out.push_str(&number.text),
        plain => out.push_str(&jcs::canonicalize(plain)),
    }
}

fn steps(place: &str) -> Vec<&str> {
    place.split('/').skip(1).collect()
}

fn replaced(value: &Value, steps: &[&str], new: &Value) -> Value {
    let Some((first, rest)) = steps.split_first() else { return new.clone() };
    match value {
        Value::Array(items) => {
            let at: usize = first.parse().expect("an index");
            let swap = |(index, item): (usize, &Value)| {
                if index == at { replaced(item, rest, new) } else { item.clone() }
            };
            Value::Array(items.iter().enumerate().map(swap).collect())
        }
        Value::Object(object) => {
            let mut object = object.clone();
            let inner = object.get(first).cloned().unwrap_or(Value::Null);
            object.insert((*first).into(), replaced(&inner, rest, new));
            Value::Object(object)
        }
        _ => panic!("{first} is there"),
    }
}

fn walk(value: &Value, place: String, see: &mut dyn FnMut(&str, &Value)) {
    see(&place, value);
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, format!("{place}/{index}"), see);
            }
        }
        Value::Object(object) => {
            for (name, member) in object.iter().filter(|(name, _)| !name.contains('/')) {
                walk(member, format!("{place}/{name}"), see);
            }
        }
        _ => {}
    }
}
