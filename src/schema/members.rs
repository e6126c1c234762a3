//! Layer 0. The keywords that apply schemas to what is in an object or an array.
//!
//! Spec: [JSON Schema §10.3](https://json-schema.org/draft/2020-12/json-schema-core#section-10.3).

use crate::codec::json::{Object, Value};
use crate::schema::documents::Schema;
use crate::schema::pattern::Pattern;
use crate::schema::rules::{Checked, Instance, Keyword, Run, Step, named, schemas};
use crate::schema::{BYTES_A_STEP, Draft, Stop};

impl<'a> Run<'a, '_> {
    /// Applies `keyword` to the members of an object.
    pub fn of_object(&mut self, keyword: Keyword<'a>, members: &Object, instance: Instance) -> Checked {
        let Keyword { name, part, whole, object } = keyword;
        match name {
            "properties" => {
                for (name, schema) in named(part)? {
                    self.spend(1 + members.len() / 8 + name.len() / BYTES_A_STEP)?;
                    if let Some(value) = members.get(name) {
                        self.evaluate(schema, instance.below(Step::Name(name), value))?;
                    }
                }
            }
            "patternProperties" => {
                for (pattern, schema) in named(part)? {
                    self.spend(1)?;
                    for (name, value) in members.iter() {
                        if self.matches(pattern, name)? {
                            self.evaluate(schema, instance.below(Step::Name(name), value))?;
                        }
                    }
                }
            }
            "additionalProperties" => {
                for (name, value) in members.iter() {
                    if !self.is_named(object, name)? {
                        self.evaluate(part, instance.below(Step::Name(name), value))?;
                    }
                }
            }
            "unevaluatedProperties" => {
                let reached = self.reached(whole, instance, Some(name))?;
                for (name, value) in members.iter() {
                    self.spend(reached.count() / 8)?;
                    if !reached.has_name(name) {
                        self.evaluate(part, instance.below(Step::Name(name), value))?;
                    }
                }
            }
            "propertyNames" => {
                for (name, _) in members.iter() {
                    self.spend(name.len() / BYTES_A_STEP)?;
                    self.evaluate(part, instance.below(Step::Name(name), &Value::String(name.clone())))?;
                }
            }
            "dependentSchemas" | "dependencies" => {
                for (name, schema) in named(part)? {
                    self.spend(1 + members.len() / 8 + name.len() / BYTES_A_STEP)?;
                    // A list of names, under the old keyword, asserts.
                    if members.get(name).is_some() && schema.value.as_array().is_none() {
                        self.evaluate(schema, instance)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Applies `keyword` to the items of an array.
    pub fn of_array(&mut self, keyword: Keyword<'a>, items: &[Value], instance: Instance) -> Checked {
        let Keyword { name, part, whole, object } = keyword;
        let draft = self.documents.draft(whole);
        match name {
            "prefixItems" if draft == Draft::Of2020 => self.first(part, items, instance),
            "items" if part.value.as_array().is_some() => match draft {
                Draft::Of2020 => Err(Stop::Malformed.into()),
                _ => self.first(part, items, instance),
            },
            "items" => {
                let prefix = object.get("prefixItems").filter(|_| draft == Draft::Of2020);
                let skip = prefix.and_then(Value::as_array).map_or(0, <[Value]>::len);
                self.rest(part, items, skip, instance)
            }
            "additionalItems" if draft != Draft::Of2020 => {
                match object.get("items").and_then(Value::as_array) {
                    Some(first) => self.rest(part, items, first.len(), instance),
                    None => Ok(()),
                }
            }
            "contains" => self.contains(keyword, items, instance),
            "unevaluatedItems" => {
                let reached = self.reached(whole, instance, Some(name))?;
                for (index, value) in items.iter().enumerate() {
                    self.spend(reached.count() / 8)?;
                    if !reached.has_index(index) {
                        self.evaluate(part, instance.below(Step::Index(index), value))?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The first items, each by a schema of its own.
    fn first(&mut self, part: Schema<'a>, items: &[Value], instance: Instance) -> Checked {
        for ((index, value), schema) in items.iter().enumerate().zip(schemas(part)?) {
            self.evaluate(schema, instance.below(Step::Index(index), value))?;
        }
        Ok(())
    }

    /// The items after the first `skip`, all by one schema.
    fn rest(&mut self, part: Schema<'a>, items: &[Value], skip: usize, instance: Instance) -> Checked {
        for (index, value) in items.iter().enumerate().skip(skip) {
            self.evaluate(part, instance.below(Step::Index(index), value))?;
        }
        Ok(())
    }

    fn contains(&mut self, keyword: Keyword<'a>, items: &[Value], instance: Instance) -> Checked {
        let mut count = 0u64;
        for (index, value) in items.iter().enumerate() {
            count += u64::from(self.holds(keyword.part, instance.below(Step::Index(index), value))?);
        }
        let is_counted = self.documents.draft(keyword.whole) != Draft::Seven;
        let bound = |name| keyword.object.get(name).filter(|_| is_counted).and_then(whole_number);
        if count < bound("minContains").unwrap_or(1) {
            return self.fail(instance, "contains", "an item is missing that must be among these");
        }
        match bound("maxContains") {
            Some(most) if count > most => {
                self.fail(instance, "maxContains", "too many items are of a kind that is limited here")
            }
            _ => Ok(()),
        }
    }

    /// Whether `pattern` is in `text`.
    pub fn matches(&mut self, pattern: &str, text: &str) -> Result<bool, Stop> {
        Pattern::read(pattern, self.budget)?.is_in(text, self.budget)
    }

    /// Whether `properties` or `patternProperties` of `object` speak of a member `name`.
    pub fn is_named(&mut self, object: &Object, name: &str) -> Result<bool, Stop> {
        let properties = object.get("properties").and_then(Value::as_object);
        self.spend(1 + properties.map_or(0, Object::len) / 8 + name.len() / BYTES_A_STEP)?;
        if properties.is_some_and(|properties| properties.get(name).is_some()) {
            return Ok(true);
        }
        let patterns = object.get("patternProperties").and_then(Value::as_object);
        for (pattern, _) in patterns.into_iter().flat_map(Object::iter) {
            if self.matches(pattern, name)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The bound that a keyword sets, where it is a whole number that is not negative.
pub fn whole_number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.whole().and_then(|whole| u64::try_from(whole).ok()),
        _ => None,
    }
}
