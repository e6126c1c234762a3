//! Layer 1. Context processing ([JSON-LD-API §4.1]): applying a context to an active context.
//!
//! DEVIATION: scoped contexts are tried out for validity once all terms of a context are defined,
//! not while it is half read, and those of embedded contexts are not tried at all.
//!
//! [JSON-LD-API §4.1]: https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm

use std::rc::Rc;

use crate::canon::json_ld::Stop;
use crate::canon::json_ld::active::{Active, Defaults, Expanded, Layer, Via, expand, is_blank};
use crate::canon::json_ld::finding::{FindingKind, Path};
use crate::canon::json_ld::keyword::Direction;
use crate::canon::json_ld::local::{Kind, Local, Member, Origin};
use crate::canon::json_ld::session::{Session, embedded_equal};
use crate::codec::iri;
use crate::codec::json::{Text, Value};

/// How a context is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    /// Whether protected terms may be redefined: so for contexts scoped to a property.
    pub(super) overrides_protected: bool,
    /// Whether the context stays in force in nested nodes.
    pub(super) propagates: bool,
}

impl Scope {
    /// A context written in a node.
    pub(super) const NODE: Scope = Scope { overrides_protected: false, propagates: true };
    /// A context scoped to a property.
    pub(super) const PROPERTY: Scope = Scope { overrides_protected: true, propagates: true };
    /// A context scoped to a type.
    pub(super) const TYPE: Scope = Scope { overrides_protected: false, propagates: false };
}

/// A context under construction.
pub(super) struct Building {
    pub(super) local: Rc<Local>,
    pub(super) layer: Layer,
    pub(super) defaults: Defaults,
    pub(super) overrides_protected: bool,
    /// The context's own `@protected`.
    pub(super) protects: bool,
    /// How far the definition of each member has come.
    pub(super) progress: Vec<Progress>,
    /// How many definitions are waiting for one another.
    pub(super) waiting: usize,
}

/// How far a term definition has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    None,
    Started,
    Done,
}

impl Session<'_> {
    /// The context `value`, written in the document at `path`, applied to `active`.
    pub(super) fn apply_inline(
        &mut self,
        active: &Rc<Active>,
        value: &Value,
        path: &Path,
    ) -> Result<Rc<Active>, Stop> {
        let local = Local::read(value, self.settings.base, Origin::Inline, path.pointer());
        self.apply(active, &local, Scope::NODE)
    }

    /// The context `local` applied to `active`.
    pub(super) fn apply(
        &mut self,
        active: &Rc<Active>,
        local: &Rc<Local>,
        mut scope: Scope,
    ) -> Result<Rc<Active>, Stop> {
        match &local.kind {
            Kind::Many(items) => {
                let mut result = active.clone();
                for item in items {
                    result = self.apply(&result, item, scope)?;
                }
                Ok(result)
            }
            Kind::Null => self.clear(active, local, scope),
            Kind::Invalid => Err(fail("invalid local context", local)),
            Kind::Reference(url) => self.apply_reference(active, local, url, scope),
            Kind::Object(_) => {
                if let Some(Value::Bool(propagates)) = local.get("@propagate") {
                    scope.propagates = *propagates;
                }
                let key = (active.id, local.id, scope.overrides_protected, scope.propagates);
                let is_pure = active.is_pure && local.origin == Origin::Embedded;
                self.remembered(key, local.origin, is_pure, &mut |session| {
                    session.build(active, local, scope)
                })
            }
        }
    }

    fn clear(&mut self, active: &Rc<Active>, local: &Local, scope: Scope) -> Result<Rc<Active>, Stop> {
        if !scope.overrides_protected && active.layer.has_protected() {
            return Err(fail("invalid context nullification", local));
        }
        if scope.propagates {
            return Ok(self.initial.clone());
        }
        self.budget.context_load()?;
        let mut cleared = Active::empty(self.initial.defaults.base.clone());
        cleared.is_pure = false;
        cleared.previous = Some(active.previous.clone().unwrap_or_else(|| active.clone()));
        Ok(Rc::new(cleared))
    }

    fn apply_reference(
        &mut self,
        active: &Rc<Active>,
        local: &Local,
        url: &Text,
        scope: Scope,
    ) -> Result<Rc<Active>, Stop> {
        if self.is_trial && self.remote.contains(url) {
            return Ok(active.clone());
        }
        if self.remote.len() >= REMOTE_DEPTH_MAX {
            return Err(fail("context overflow", local));
        }
        let Some(loaded) = self.load(url)? else { return Ok(active.clone()) };
        self.remote.push(url.clone());
        let result = self.apply(active, &loaded, scope);
        self.remote.pop();
        result
    }

    /// Steps 5.4 to 5.13 for one context object.
    fn build(&mut self, active: &Rc<Active>, written: &Rc<Local>, scope: Scope) -> Result<Rc<Active>, Stop> {
        let local = match written.origin {
            Origin::Inline => self.admit_inline(written)?,
            _ => written.clone(),
        };
        check_version(&local)?;
        let local = self.with_import(&local)?;
        let mut building = Building {
            layer: Layer::on(&active.layer),
            defaults: active.defaults.clone(),
            overrides_protected: scope.overrides_protected,
            protects: flag(&local, "@protected", "invalid @protected value")?.unwrap_or(false),
            progress: vec![Progress::None; local.members().len()],
            waiting: 0,
            local,
        };
        self.set_defaults(&mut building)?;
        for position in 0..building.local.members().len() {
            self.define(&mut building, position)?;
        }
        let Building { local, layer, defaults, .. } = building;
        let result = Active {
            layer: if layer.is_empty() { active.layer.clone() } else { Rc::new(layer) },
            defaults,
            previous: match (&active.previous, scope.propagates) {
                (None, false) => Some(active.clone()),
                (previous, _) => previous.clone(),
            },
            is_pure: active.is_pure && written.origin == Origin::Embedded && written.get("@import").is_none(),
            ..Active::empty(None)
        };
        let result = Rc::new(result);
        self.try_scoped(&result, &local)?;
        Ok(result)
    }

    /// Counts an inline context, and takes the embedded context instead where it says the same.
    fn admit_inline(&mut self, local: &Rc<Local>) -> Result<Rc<Local>, Stop> {
        self.budget.inline_context()?;
        for _ in local.members() {
            self.budget.inline_term()?;
        }
        if let Some(known) = embedded_equal(local) {
            return Ok(known);
        }
        for (name, kind) in
            [("@propagate", FindingKind::InlinePropagate), ("@import", FindingKind::InlineImport)]
        {
            if local.position(name).is_some() {
                self.foreign_at(kind, || local.pointer.clone(), &name.into());
            }
        }
        Ok(local.clone())
    }

    /// The context with what it imports below its own members.
    fn with_import(&mut self, local: &Rc<Local>) -> Result<Rc<Local>, Stop> {
        let url = match local.get("@import") {
            None => return Ok(local.clone()),
            Some(Value::String(url)) => url,
            Some(_) => return Err(fail("invalid @import value", local)),
        };
        let Some(imported) = self.load(url)? else { return Ok(local.clone()) };
        let Kind::Object(below) = &imported.kind else { return Err(fail("invalid remote context", local)) };
        if imported.position("@import").is_some() {
            return Err(fail("invalid context entry", local));
        }
        let mut members: Vec<Member> = local.members().to_vec();
        members.extend(below.iter().filter(|member| local.position(&member.name).is_none()).cloned());
        Ok(Local::merged(members, local.origin.max(imported.origin), local.pointer.clone()))
    }

    fn set_defaults(&mut self, building: &mut Building) -> Result<(), Stop> {
        let local = building.local.clone();
        let origin = local.origin;
        // A `@base` counts only in the document itself.
        if let Some(value) = local.get("@base").filter(|_| self.remote.is_empty()) {
            building.defaults.base = match (value, &building.defaults.base) {
                (Value::Null, _) => None,
                (Value::String(base), _) if iri::has_scheme(base) => Some(base.clone()),
                (Value::String(base), Some(old)) => Some(iri::resolve(old, base).into()),
                _ => return Err(fail("invalid base IRI", &local)),
            };
            building.defaults.base_origin = origin;
        }
        if let Some(value) = local.get("@vocab") {
            building.defaults.vocab = match value {
                Value::Null => None,
                Value::String(text) => Some(self.vocab(building, text)?),
                _ => return Err(fail("invalid vocab mapping", &local)),
            };
            building.defaults.vocab_origin = origin;
        }
        if let Some(value) = local.get("@language") {
            building.defaults.language = match value {
                Value::Null => None,
                Value::String(tag) => Some(tag.clone()),
                _ => return Err(fail("invalid default language", &local)),
            };
            building.defaults.language_origin = origin;
        }
        if let Some(value) = local.get("@direction") {
            building.defaults.direction = match value {
                Value::Null => None,
                value => match value.as_str().and_then(Direction::of) {
                    Some(direction) => Some(direction),
                    None => return Err(fail("invalid base direction", &local)),
                },
            };
            building.defaults.direction_origin = origin;
        }
        flag(&local, "@propagate", "invalid @propagate value").map(|_| ())
    }

    fn vocab(&mut self, building: &mut Building, text: &Text) -> Result<Text, Stop> {
        let Expanded { text: expanded, via, .. } =
            expand(&building.layer, &building.defaults, text, true, true);
        match expanded {
            Some(iri) if iri::has_scheme(&iri) || is_blank(&iri) || via == Via::Nothing => Ok(iri),
            _ => Err(fail("invalid vocab mapping", &building.local)),
        }
    }

    /// Tries out the contexts scoped to the terms of `local`, unless they are embedded.
    fn try_scoped(&mut self, result: &Rc<Active>, local: &Local) -> Result<(), Stop> {
        if local.origin == Origin::Embedded {
            return Ok(());
        }
        let was_trial = std::mem::replace(&mut self.is_trial, true);
        for context in local.members().iter().filter_map(|member| member.context.as_ref()) {
            self.apply(result, context, Scope::PROPERTY)
                .map_err(|stop| stop.with_code("invalid scoped context"))?;
        }
        self.is_trial = was_trial;
        Ok(())
    }
}

fn check_version(local: &Local) -> Result<(), Stop> {
    match local.get("@version") {
        None => Ok(()),
        Some(Value::Number(number)) if number.value == 1.1 => Ok(()),
        Some(_) => Err(fail("invalid @version value", local)),
    }
}

fn flag(local: &Local, name: &str, code: &'static str) -> Result<Option<bool>, Stop> {
    match local.get(name) {
        None => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(_) => Err(fail(code, local)),
    }
}

/// A violation in the context `local`.
#[cold]
#[inline(never)]
pub(super) fn fail(code: &'static str, local: &Local) -> Stop {
    Stop::violation(code, local.pointer.clone())
}

/// Contexts that may be read while reading another.
const REMOTE_DEPTH_MAX: usize = 32;
