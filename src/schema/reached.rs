//! Layer 0. What of an object or array the keywords beside `unevaluated…` have spoken of.
//!
//! Spec: [JSON Schema §11](https://json-schema.org/draft/2020-12/json-schema-core#section-11). Asked for
//! only where the keyword is, so schemas that hold are evaluated again rather than remembered.

use crate::codec::json::{Object, Value};
use crate::schema::documents::Schema;
use crate::schema::rules::{Instance, Keyword, Run, Step, schemas};
use crate::schema::{BYTES_A_STEP, Draft, Stop};

/// What was spoken of.
#[derive(Default)]
pub struct Reached {
    all: bool,
    names: Vec<String>,
    /// So many items at the start.
    first: usize,
    indices: Vec<usize>,
}

impl Reached {
    /// Whether member `name` was.
    pub fn has_name(&self, name: &str) -> bool {
        self.all || self.names.iter().any(|known| known == name)
    }

    /// Whether the item at `index` was.
    pub fn has_index(&self, index: usize) -> bool {
        self.all || index < self.first || self.indices.contains(&index)
    }

    /// How many names and places are looked through for one answer.
    pub fn count(&self) -> usize {
        self.names.len() + self.indices.len()
    }

    fn add(&mut self, other: Reached) {
        self.all |= other.all;
        self.first = self.first.max(other.first);
        self.names.extend(other.names);
        self.indices.extend(other.indices);
    }
}

impl<'a> Run<'a, '_> {
    /// What the keywords of `schema`, which holds for `instance`, speak of, other than `but`.
    pub fn reached(
        &mut self,
        schema: Schema<'a>,
        instance: Instance,
        but: Option<&str>,
    ) -> Result<Reached, Stop> {
        self.inside(schema, |run, whole| {
            let mut reached = Reached::default();
            let Value::Object(object) = whole.value else { return Ok(reached) };
            for (name, value) in object.iter().filter(|(name, _)| Some(&***name) != but) {
                run.spend(1)?;
                let keyword = Keyword { name, part: Schema { value, ..whole }, whole, object };
                reached.add(match instance.value {
                    Value::Object(members) => run.names(keyword, members)?,
                    Value::Array(items) => run.indices(keyword, items, instance)?,
                    _ => Reached::default(),
                });
                for schema in run.holding(keyword, instance)? {
                    let inner = run.reached(schema, instance, None)?;
                    reached.add(inner);
                }
            }
            run.spend(reached.count())?;
            Ok(reached)
        })
    }

    /// The schemas of `keyword` that apply to the same place and hold.
    fn holding(&mut self, keyword: Keyword<'a>, instance: Instance) -> Result<Vec<Schema<'a>>, Stop> {
        let Keyword { name, part, object, .. } = keyword;
        let mut holding = Vec::new();
        match name {
            "$ref" | "$dynamicRef" | "$recursiveRef" => holding.extend(self.target(name, part)?),
            "allOf" | "anyOf" | "oneOf" => {
                for schema in schemas(part)? {
                    if self.holds(schema, instance)? {
                        holding.push(schema);
                    }
                }
            }
            "if" => {
                let holds = self.holds(part, instance)?;
                holding.extend(holds.then_some(part));
                let branch = object.get(if holds { "then" } else { "else" });
                holding.extend(branch.map(|value| Schema { value, ..part }));
            }
            "dependentSchemas" => {
                for (name, value) in part.value.as_object().into_iter().flat_map(Object::iter) {
                    let members = instance.value.as_object().map_or(0, Object::len);
                    self.spend(1 + members / 8 + name.len() / BYTES_A_STEP)?;
                    if instance.value.get(name).is_some() {
                        holding.push(Schema { value, ..part });
                    }
                }
            }
            _ => {}
        }
        Ok(holding)
    }

    fn names(&mut self, keyword: Keyword<'a>, members: &Object) -> Result<Reached, Stop> {
        let Keyword { name, part, object, .. } = keyword;
        let mut reached = Reached::default();
        match name {
            "additionalProperties" | "unevaluatedProperties" => reached.all = true,
            "properties" | "patternProperties" => {
                for (member, _) in members.iter() {
                    self.spend(member.len() / BYTES_A_STEP)?;
                    let is_named = match name {
                        "properties" => part.value.get(member).is_some(),
                        _ => self.is_named(object, member)?,
                    };
                    self.spend(1 + part.value.as_object().map_or(0, Object::len) / 8)?;
                    reached.names.extend(is_named.then(|| member.to_string()));
                }
            }
            _ => {}
        }
        Ok(reached)
    }

    fn indices(
        &mut self,
        keyword: Keyword<'a>,
        items: &[Value],
        instance: Instance,
    ) -> Result<Reached, Stop> {
        let Keyword { name, part, whole, object } = keyword;
        let is_2020 = self.documents.draft(whole) == Draft::Of2020;
        let mut reached = Reached::default();
        match name {
            "prefixItems" if is_2020 => reached.first = part.value.as_array().map_or(0, <[Value]>::len),
            "items" => match part.value.as_array() {
                Some(first) => reached.first = first.len(),
                None => reached.all = true,
            },
            "additionalItems" if !is_2020 => {
                reached.all = object.get("items").and_then(Value::as_array).is_some();
            }
            "unevaluatedItems" => reached.all = true,
            "contains" if is_2020 => {
                for (index, value) in items.iter().enumerate() {
                    let holds = self.holds(part, instance.below(Step::Index(index), value))?;
                    reached.indices.extend(holds.then_some(index));
                }
            }
            _ => {}
        }
        Ok(reached)
    }
}
