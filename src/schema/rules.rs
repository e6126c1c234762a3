//! Layer 0. The keywords that apply schemas to a document and its parts.
//!
//! Spec: [JSON Schema §10](https://json-schema.org/draft/2020-12/json-schema-core#section-10).

use crate::codec::json::{Object, Value};
use crate::limits::{Budget, SCHEMA_DEPTH_MAX};
use crate::schema::assertion;
use crate::schema::documents::{Documents, Schema};
use crate::schema::{BYTES_A_STEP, Draft, Failure, Stop};

/// Why a document does not pass.
pub enum Halt {
    /// It breaks a rule.
    Fails(Failure),
    /// Nobody knows.
    Stops(Stop),
}

/// Whether a rule holds.
pub type Checked = Result<(), Halt>;

/// A value of the document, and where it stands.
#[derive(Clone, Copy)]
pub struct Instance<'i> {
    /// The value.
    pub value: &'i Value,
    parent: Option<&'i Instance<'i>>,
    step: Step<'i>,
}

/// From an object or array to what is in it.
#[derive(Clone, Copy)]
pub enum Step<'i> {
    /// A member.
    Name(&'i str),
    /// An item.
    Index(usize),
}

/// One keyword of a schema.
#[derive(Clone, Copy)]
pub struct Keyword<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it says, as a schema where it is one.
    pub part: Schema<'a>,
    /// The schema it stands in, and all of that one's keywords.
    pub whole: Schema<'a>,
    /// All keywords of that schema.
    pub object: &'a Object,
}

/// One evaluation.
pub struct Run<'a, 'b> {
    /// Every schema at hand.
    pub documents: &'b Documents<'a>,
    /// What is left to spend.
    pub budget: &'b mut Budget,
    /// The resources that led here, outermost first.
    scope: Vec<usize>,
    depth: usize,
    /// How many times over it is only asked whether a schema holds: then nobody reads the failure.
    quiet: usize,
}

impl<'i> Instance<'i> {
    /// The whole document.
    pub fn whole(value: &'i Value) -> Self {
        Instance { value, parent: None, step: Step::Index(0) }
    }

    /// What stands in it under `step`.
    pub fn below(&'i self, step: Step<'i>, value: &'i Value) -> Self {
        Instance { value, parent: Some(self), step }
    }

    fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some(parent) = at.parent {
            steps.push(match at.step {
                Step::Name(name) => name.replace('~', "~0").replace('/', "~1"),
                Step::Index(index) => index.to_string(),
            });
            at = parent;
        }
        steps.iter().rev().flat_map(|step| ["/", step]).collect()
    }
}

impl<'a, 'b> Run<'a, 'b> {
    /// An evaluation that spends from `budget`.
    pub fn new(documents: &'b Documents<'a>, budget: &'b mut Budget) -> Self {
        Run { documents, budget, scope: Vec::new(), depth: 0, quiet: 0 }
    }

    /// Whether `instance` is as `schema` says; where it is not, what the first broken rule is.
    pub fn evaluate(&mut self, schema: Schema<'a>, instance: Instance) -> Checked {
        self.inside(schema, |run, schema| match schema.value {
            Value::Bool(true) => Ok(()),
            Value::Bool(false) => run.fail(instance, "false", "nothing may stand here"),
            Value::Object(object) => run.keywords(schema, object, instance),
            _ => Err(Halt::Stops(Stop::Malformed)),
        })
    }

    /// Whether `schema` holds for `instance`.
    pub fn holds(&mut self, schema: Schema<'a>, instance: Instance) -> Result<bool, Stop> {
        self.quiet += 1;
        let checked = self.evaluate(schema, instance);
        self.quiet -= 1;
        match checked {
            Ok(()) => Ok(true),
            Err(Halt::Fails(_)) => Ok(false),
            Err(Halt::Stops(stop)) => Err(stop),
        }
    }

    /// Does something with `schema`, one level deeper, in the resource that it begins.
    pub fn inside<T, E: From<Stop>>(
        &mut self,
        schema: Schema<'a>,
        act: impl FnOnce(&mut Self, Schema<'a>) -> Result<T, E>,
    ) -> Result<T, E> {
        // Its members are looked through for what it is called and for what belongs together.
        self.spend(1 + schema.value.as_object().map_or(0, Object::len) / 8)?;
        if self.depth >= SCHEMA_DEPTH_MAX {
            return Err(Stop::Limit("schema-depth".to_owned()).into());
        }
        let schema = self.documents.entered(schema);
        let is_new = self.scope.last() != Some(&schema.resource);
        self.scope.extend(is_new.then_some(schema.resource));
        self.depth += 1;
        let answer = act(self, schema);
        self.depth -= 1;
        if is_new {
            self.scope.pop();
        }
        answer
    }

    /// Spends `count` steps.
    pub fn spend(&mut self, count: usize) -> Result<(), Stop> {
        Ok(self.budget.schema_steps(count)?)
    }

    /// The rule that is broken, unless nobody reads it.
    pub fn fail(&self, instance: Instance, keyword: &'static str, sentence: &str) -> Checked {
        Err(Halt::Fails(match self.quiet {
            0 => Failure {
                pointer: instance.pointer(),
                keyword: keyword.to_owned(),
                sentence: sentence.to_owned(),
            },
            _ => Failure::default(),
        }))
    }

    fn keywords(&mut self, whole: Schema<'a>, object: &'a Object, instance: Instance) -> Checked {
        let keyword = |name: &'a str, value| Keyword { name, part: Schema { value, ..whole }, whole, object };
        let draft = self.documents.draft(whole);
        if let (Draft::Seven, Some(reference)) = (draft, object.get("$ref")) {
            // There, a reference is all there is.
            return self.in_place(keyword("$ref", reference), instance);
        }
        for (name, value) in object.iter() {
            self.spend(1)?;
            if draft == Draft::Seven && NOT_IN_DRAFT_7.contains(&&**name) {
                continue;
            }
            let keyword = keyword(name, value);
            self.in_place(keyword, instance)?;
            match instance.value {
                Value::Object(members) => self.of_object(keyword, members, instance)?,
                Value::Array(items) => self.of_array(keyword, items, instance)?,
                _ => {}
            }
            if let Some((keyword, sentence)) = assertion::broken(name, value, instance.value, self.budget)? {
                self.spend(sentence.len() / BYTES_A_STEP)?;
                self.fail(instance, keyword, &sentence)?;
            }
        }
        Ok(())
    }

    /// Keywords whose schemas apply to the same place.
    fn in_place(&mut self, keyword: Keyword<'a>, instance: Instance) -> Checked {
        let Keyword { name, part, object, .. } = keyword;
        match name {
            "$ref" | "$dynamicRef" | "$recursiveRef" => match self.target(name, part)? {
                Some(target) => self.evaluate(target, instance),
                None => Ok(()),
            },
            "allOf" => schemas(part)?.try_for_each(|schema| self.evaluate(schema, instance)),
            "anyOf" => self.any_of(part, instance),
            "oneOf" => self.one_of(part, instance),
            "not" if self.holds(part, instance)? => {
                self.fail(instance, "not", "it is of a kind that is excluded here")
            }
            "if" => {
                let branch = if self.holds(part, instance)? { "then" } else { "else" };
                match object.get(branch) {
                    Some(value) => self.evaluate(Schema { value, ..part }, instance),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// One of several must hold. Where there is but one, its own failure says more.
    fn any_of(&mut self, part: Schema<'a>, instance: Instance) -> Checked {
        let mut list = schemas(part)?;
        if let (1, Some(only)) = (list.len(), list.next()) {
            return self.evaluate(only, instance);
        }
        for schema in schemas(part)? {
            if self.holds(schema, instance)? {
                return Ok(());
            }
        }
        self.fail(instance, "anyOf", NONE_OF)
    }

    fn one_of(&mut self, part: Schema<'a>, instance: Instance) -> Checked {
        let mut count = 0;
        for schema in schemas(part)? {
            count += usize::from(self.holds(schema, instance)?);
        }
        match count {
            1 => Ok(()),
            0 => self.fail(instance, "oneOf", NONE_OF),
            _ => self.fail(instance, "oneOf", "it is of several kinds that exclude each other"),
        }
    }

    /// The schema that a reference leads to; none where this draft has no such reference.
    pub fn target(&mut self, name: &str, part: Schema<'a>) -> Result<Option<Schema<'a>>, Stop> {
        let is_of_draft = match name {
            "$dynamicRef" => self.documents.draft(part) == Draft::Of2020,
            "$recursiveRef" => self.documents.draft(part) == Draft::Of2019,
            _ => true,
        };
        if !is_of_draft {
            return Ok(None);
        }
        let reference = part.value.as_str().ok_or(Stop::Malformed)?;
        let target = self.documents.follow(part, reference, self.budget)?;
        let moved = match name {
            "$dynamicRef" => {
                let name = reference.rsplit('#').next().unwrap_or_default();
                self.spend(self.scope.len() * self.documents.cost_of(name))?;
                self.documents.dynamic(target.resource, name, &self.scope)
            }
            "$recursiveRef" => self.documents.recursive(target.resource, &self.scope),
            _ => None,
        };
        Ok(Some(moved.unwrap_or(target)))
    }
}

/// The schemas of a list.
pub fn schemas<'a>(part: Schema<'a>) -> Result<impl ExactSizeIterator<Item = Schema<'a>>, Stop> {
    let items = part.value.as_array().ok_or(Stop::Malformed)?;
    Ok(items.iter().map(move |value| Schema { value, ..part }))
}

/// The schemas of an object, by name.
pub fn named<'a>(part: Schema<'a>) -> Result<impl Iterator<Item = (&'a str, Schema<'a>)>, Stop> {
    let object = part.value.as_object().ok_or(Stop::Malformed)?;
    Ok(object.iter().map(move |(name, value)| (&**name, Schema { value, ..part })))
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Halt {
        Halt::Stops(stop)
    }
}

const NONE_OF: &str = "it is none of the kinds that are allowed here";

const NOT_IN_DRAFT_7: &[&str] =
    &["dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems"];
