//! Layer 0. Schemas by their addresses, and where a reference leads.
//!
//! Spec: [JSON Schema §8.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2).

use crate::codec::iri;
use crate::codec::json::{Object, Value};
use crate::limits::{Budget, SCHEMA_RESOURCES_MAX};
use crate::schema::{BYTES_A_STEP, Draft, Stop};

/// A schema, and what it is part of.
#[derive(Clone, Copy)]
pub struct Schema<'a> {
    /// The schema itself.
    pub value: &'a Value,
    /// The resource it stands in.
    pub resource: usize,
}

/// Every schema at hand.
pub struct Documents<'a> {
    resources: Vec<Resource<'a>>,
    anchors: Vec<Anchor<'a>>,
}

/// A schema with an address of its own.
struct Resource<'a> {
    address: String,
    value: &'a Value,
    draft: Draft,
}

/// A place in a resource that has a name.
struct Anchor<'a> {
    name: &'a str,
    schema: Schema<'a>,
    is_dynamic: bool,
}

impl<'a> Documents<'a> {
    /// Finds the addresses and names in `schemas`.
    pub fn index(schemas: &'a [(&str, Value)], draft: Draft, budget: &mut Budget) -> Result<Self, Stop> {
        let mut documents = Documents { resources: Vec::new(), anchors: Vec::new() };
        for (address, value) in schemas {
            let draft = draft_of(value).unwrap_or(Ok(draft))?;
            let resource = documents.add(without_fragment(address).to_owned(), value, draft)?;
            documents.walk(Schema { value, resource }, budget)?;
        }
        Ok(documents)
    }

    /// The first schema.
    pub fn root(&self) -> Result<Schema<'a>, Stop> {
        let first = self.resources.first().ok_or(Stop::Malformed)?;
        Ok(self.entered(Schema { value: first.value, resource: 0 }))
    }

    /// The draft that `schema` is written in.
    pub fn draft(&self, schema: Schema) -> Draft {
        self.resources.get(schema.resource).map_or(Draft::Of2020, |resource| resource.draft)
    }

    /// `schema`, told to stand in the resource that its own `$id` begins, if it has one.
    pub fn entered(&self, schema: Schema<'a>) -> Schema<'a> {
        let begins = |resource: &Resource| std::ptr::eq(resource.value, schema.value);
        let Some(id) = schema.value.get("$id") else { return schema };
        match self.resources.iter().rposition(begins) {
            Some(resource) if id.as_str().is_some() => Schema { resource, ..schema },
            _ => schema,
        }
    }

    /// The schema that `reference` leads to from `schema`.
    pub fn follow(
        &self,
        schema: Schema<'a>,
        reference: &str,
        budget: &mut Budget,
    ) -> Result<Schema<'a>, Stop> {
        let base = self.resources.get(schema.resource).ok_or(Stop::Malformed)?;
        // It is taken apart and put together a few times, and held against every address and name.
        budget.schema_steps(reference.len() / 16)?;
        let target = iri::resolve(&base.address, reference);
        budget.schema_steps(self.cost_of(&target))?;
        let (address, fragment) = target.split_once('#').unwrap_or((&target, ""));
        let found = self.resources.iter().position(|resource| resource.address == address);
        let Some(resource) = found else { return Err(Stop::Missing(address.to_owned())) };
        let value = self.resources.get(resource).ok_or(Stop::Malformed)?.value;
        let root = Schema { value, resource };
        match fragment {
            "" => Ok(root),
            pointer if pointer.starts_with('/') => self.pointed(root, &decoded(pointer)?, budget),
            name => self.anchor(resource, name).map(|anchor| anchor.schema).ok_or(Stop::Malformed),
        }
    }

    /// Where a dynamic name leads that was found as `name` in `resource`, when `scope` are the resources
    /// that led here, outermost first; none where it is an ordinary name there.
    pub fn dynamic(&self, resource: usize, name: &str, scope: &[usize]) -> Option<Schema<'a>> {
        let dynamic = |resource: usize| self.anchor(resource, name).filter(|anchor| anchor.is_dynamic);
        dynamic(resource)?;
        scope.iter().find_map(|resource| dynamic(*resource)).map(|anchor| anchor.schema)
    }

    /// Steps of looking for `name`, a name or an address, among all that there are.
    pub fn cost_of(&self, name: &str) -> usize {
        (self.resources.len() + self.anchors.len()) * (1 + name.len() / BYTES_A_STEP) / 8
    }

    /// The outermost schema in `scope` that lets itself be recursed to, if `resource` does.
    pub fn recursive(&self, resource: usize, scope: &[usize]) -> Option<Schema<'a>> {
        let recursive = |resource: usize| {
            let value = self.resources.get(resource)?.value;
            let is = value.get("$recursiveAnchor") == Some(&Value::Bool(true));
            is.then_some(Schema { value, resource })
        };
        recursive(resource)?;
        scope.iter().find_map(|resource| recursive(*resource))
    }

    fn anchor(&self, resource: usize, name: &str) -> Option<&Anchor<'a>> {
        self.anchors.iter().find(|anchor| anchor.schema.resource == resource && anchor.name == name)
    }

    fn add(&mut self, address: String, value: &'a Value, draft: Draft) -> Result<usize, Stop> {
        if self.resources.len() >= SCHEMA_RESOURCES_MAX || address.len() > ADDRESS_BYTES_MAX {
            return Err(Stop::Limit("schema-resources".to_owned()));
        }
        self.resources.push(Resource { address, value, draft });
        Ok(self.resources.len() - 1)
    }

    /// Looks for `$id` and anchors in `root` and every schema below. Elsewhere they are data.
    fn walk(&mut self, root: Schema<'a>, budget: &mut Budget) -> Result<(), Stop> {
        let mut open = vec![root];
        while let Some(schema) = open.pop() {
            budget.schema_steps(1)?;
            let Value::Object(object) = schema.value else { continue };
            let resource = self.named(schema, object)?;
            for (name, value) in object.iter() {
                budget.schema_steps(1)?;
                let below = |value| Schema { value, resource };
                match (&**name, value) {
                    (name, Value::Object(schemas)) if WITH_NAMED_SCHEMAS.contains(&name) => {
                        open.extend(schemas.iter().map(|(_, value)| below(value)));
                    }
                    (name, Value::Array(schemas)) if WITH_SCHEMAS.contains(&name) => {
                        open.extend(schemas.iter().map(below));
                    }
                    (name, value) if WITH_SCHEMAS.contains(&name) => open.push(below(value)),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Takes down the names that `object` has; says which resource what is in it belongs to.
    fn named(&mut self, schema: Schema<'a>, object: &'a Object) -> Result<usize, Stop> {
        let mut resource = schema.resource;
        let draft = self.draft(schema);
        let text = |name: &str| object.get(name).and_then(Value::as_str);
        let is_hidden = draft == Draft::Seven && object.get("$ref").is_some();
        let mut names: Vec<(&'a str, bool)> = Vec::new();
        match text("$id").filter(|_| !is_hidden) {
            Some(id) if draft == Draft::Seven && id.starts_with('#') => {
                names.push((id.trim_start_matches('#'), false));
            }
            Some(id) => {
                let draft = draft_of(schema.value).unwrap_or(Ok(draft))?;
                let base = self.resources.get(resource).ok_or(Stop::Malformed)?;
                let address = iri::resolve(&base.address, id);
                resource = self.add(without_fragment(&address).to_owned(), schema.value, draft)?;
            }
            None => {}
        }
        if draft != Draft::Seven {
            names.extend(text("$anchor").map(|name| (name, false)));
            names.extend(text("$dynamicAnchor").map(|name| (name, true)));
        }
        let schema = Schema { resource, ..schema };
        self.anchors.extend(names.into_iter().map(|(name, is_dynamic)| Anchor { name, schema, is_dynamic }));
        if self.anchors.len() > SCHEMA_RESOURCES_MAX {
            return Err(Stop::Limit("schema-resources".to_owned()));
        }
        Ok(resource)
    }

    /// The schema at `pointer` ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901#section-4)) below `root`.
    fn pointed(&self, root: Schema<'a>, pointer: &str, budget: &mut Budget) -> Result<Schema<'a>, Stop> {
        let mut at = root;
        for step in pointer.split('/').skip(1) {
            budget.schema_steps(1 + at.value.as_object().map_or(0, Object::len) / 8)?;
            let step = step.replace("~1", "/").replace("~0", "~");
            let value = match at.value {
                Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
                value => value.get(&step),
            };
            at = self.entered(Schema { value: value.ok_or(Stop::Malformed)?, ..at });
        }
        Ok(at)
    }
}

/// The draft that a schema says it is written in; none where it does not.
fn draft_of(schema: &Value) -> Option<Result<Draft, Stop>> {
    let named = schema.get("$schema")?.as_str().unwrap_or_default();
    let plain = named.trim_end_matches('#');
    Some(match plain.strip_prefix("http://").or(plain.strip_prefix("https://")).unwrap_or_default() {
        "json-schema.org/draft/2020-12/schema" => Ok(Draft::Of2020),
        "json-schema.org/draft/2019-09/schema" => Ok(Draft::Of2019),
        "json-schema.org/draft-07/schema" => Ok(Draft::Seven),
        _ => Err(Stop::Unsupported("$schema".to_owned())),
    })
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// `text` with its `%xx` read.
fn decoded(text: &str) -> Result<String, Stop> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.as_bytes());
        let code = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.ok_or(Stop::Malformed)?);
        rest = after.get(2..).unwrap_or_default();
    }
    bytes.extend(rest.as_bytes());
    String::from_utf8(bytes).map_err(|_| Stop::Malformed)
}

/// The longest address that is asked for.
const ADDRESS_BYTES_MAX: usize = 2_000;

const WITH_NAMED_SCHEMAS: &[&str] =
    &["$defs", "definitions", "properties", "patternProperties", "dependentSchemas", "dependencies"];
const WITH_SCHEMAS: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "items",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "contains",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "contentSchema",
];
