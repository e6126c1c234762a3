//! Layer 1. The state of one expansion: what was loaded, remembered, found and is left to spend.

use std::cell::RefCell;
use std::rc::Rc;

use crate::canon::contexts;
use crate::canon::json_ld::active::Active;
use crate::canon::json_ld::expansion::Under;
use crate::canon::json_ld::finding::{Finding, FindingKind, Path};
use crate::canon::json_ld::item::{Expansion, Item};
use crate::canon::json_ld::local::{Kind, Local, Origin};
use crate::canon::json_ld::{Error, FINDINGS_MAX, Settings, Stop};
use crate::codec::iri::Sound;
use crate::codec::json::{Text, Value, parse};
use crate::limits::Budget;

/// One expansion.
pub(super) struct Session<'a> {
    pub(super) settings: &'a Settings<'a>,
    pub(super) budget: &'a mut Budget,
    pub(super) initial: Rc<Active>,
    pub(super) undefined: Vec<Finding>,
    pub(super) foreign: Vec<Finding>,
    pub(super) variants_offered: Vec<Text>,
    /// Addresses of the contexts being read, outermost first.
    pub(super) remote: Vec<Text>,
    /// Whether a scoped context is only being tried out.
    pub(super) is_trial: bool,
    pub(super) sound: Sound,
    unknown: Vec<Text>,
    supplied: Vec<(Text, Rc<Local>)>,
    memo: Memo,
}

/// The key of a processed context: the active context, the context applied to it, and how.
pub(super) type MemoKey = (u64, u64, bool, bool);

/// Processed contexts, sorted by key.
#[derive(Default)]
pub(super) struct Memo(Vec<(MemoKey, Rc<Active>)>);

impl Memo {
    /// What was remembered under `key`.
    pub(super) fn get(&self, key: &MemoKey) -> Option<Rc<Active>> {
        let place = self.0.binary_search_by(|(other, _)| other.cmp(key)).ok()?;
        self.0.get(place).map(|(_, active)| active.clone())
    }

    /// Remembers `active` under `key`.
    pub(super) fn insert(&mut self, key: MemoKey, active: Rc<Active>) {
        if let Err(place) = self.0.binary_search_by(|(other, _)| other.cmp(&key)) {
            self.0.insert(place, (key, active));
        }
    }
}

/// What outlives one document: embedded contexts as read, and what was made of them alone.
#[derive(Default)]
struct Shared {
    initial: Option<Rc<Active>>,
    /// By address of the embedded bytes, which several URLs can share.
    documents: Vec<(*const u8, Rc<Local>)>,
    memo: Memo,
}

thread_local! {
    static SHARED: RefCell<Shared> = RefCell::default();
}

impl<'a> Session<'a> {
    pub(super) fn new(settings: &'a Settings<'a>, budget: &'a mut Budget) -> Self {
        Session {
            initial: initial(settings.base),
            settings,
            budget,
            undefined: Vec::new(),
            foreign: Vec::new(),
            variants_offered: Vec::new(),
            remote: Vec::new(),
            is_trial: false,
            sound: Sound::default(),
            unknown: Vec::new(),
            supplied: Vec::new(),
            memo: Memo::default(),
        }
    }

    /// Expands a whole document. An unknown context makes every other error meaningless, so it is
    /// reported first, with all others that the document names.
    pub(super) fn document(&mut self, document: &Value) -> Result<Expansion, Stop> {
        let initial = self.initial.clone();
        let result = self.element(&initial, Under::Top, document, &Path::ROOT, false);
        if self.unknown.is_empty() || matches!(&result, Err(stop) if stop.is_limit()) {
            return result;
        }
        self.find_unknown(document);
        Err(Error::UnknownContexts(std::mem::take(&mut self.unknown)).into())
    }

    /// The context at `url`; none where it is unknown, which is noted.
    pub(super) fn load(&mut self, url: &Text) -> Result<Option<Rc<Local>>, Stop> {
        let is_variant = self.settings.variants.contains(url);
        if let Some(bytes) = contexts::embedded(url, is_variant).or_else(|| contexts::embedded(url, false)) {
            if contexts::has_variant(url) && !self.variants_offered.contains(url) {
                self.variants_offered.push(url.clone());
            }
            return Ok(Some(embedded(url, bytes)));
        }
        if let Some((_, local)) = self.supplied.iter().find(|(known, _)| known == url) {
            return Ok(Some(local.clone()));
        }
        let Some(document) = (self.settings.supplied)(url) else {
            if !self.unknown.contains(url) && self.unknown.len() < FINDINGS_MAX {
                self.unknown.push(url.clone());
            }
            return Ok(None);
        };
        let context = document.get("@context").ok_or_else(|| self.context_error("invalid remote context"))?;
        let local = Local::read(context, Some(url), Origin::Supplied, String::new());
        self.supplied.push((url.clone(), local.clone()));
        Ok(Some(local))
    }

    /// An error in the context being read: the best place that can be named is none.
    pub(super) fn context_error(&self, code: &'static str) -> Stop {
        Stop::violation(code, String::new())
    }

    /// Notes something that falls out of the quads.
    pub(super) fn undefined(&mut self, kind: FindingKind, path: &Path, name: &Text) {
        if self.undefined.len() < FINDINGS_MAX {
            self.undefined.push(Finding { kind, pointer: path.pointer(), name: name.clone() });
        }
    }

    /// Notes something that we read and that is said in a foreign way.
    pub(super) fn foreign(&mut self, kind: FindingKind, path: &Path, name: &Text) {
        self.foreign_at(kind, || path.pointer(), name);
    }

    /// As `foreign`, for a place in a context.
    pub(super) fn foreign_at(&mut self, kind: FindingKind, pointer: impl FnOnce() -> String, name: &Text) {
        if self.foreign.len() < FINDINGS_MAX {
            self.foreign.push(Finding { kind, pointer: pointer(), name: name.clone() });
        }
    }

    /// A processed context: remembered, or made by `make`. `origin` is that of the context applied.
    ///
    /// The budget is spent whether or not an earlier document left the answer behind: the same
    /// input must stop at the same place.
    pub(super) fn remembered(
        &mut self,
        key: MemoKey,
        origin: Origin,
        is_pure: bool,
        make: &mut dyn FnMut(&mut Self) -> Result<Rc<Active>, Stop>,
    ) -> Result<Rc<Active>, Stop> {
        // What is tried out may skip contexts, so it is not what the context really makes. Only what
        // the document's author wrote costs: a supplied context was chosen by the embedder.
        if self.is_trial && origin != Origin::Embedded {
            if origin == Origin::Inline {
                self.budget.context_load()?;
            }
            return make(self);
        }
        if let Some(active) = self.memo.get(&key) {
            return Ok(active);
        }
        self.budget.context_load()?;
        let shared = if is_pure { SHARED.with_borrow(|shared| shared.memo.get(&key)) } else { None };
        let active = match shared {
            Some(active) => active,
            None => make(self)?,
        };
        if is_pure && active.is_pure {
            SHARED.with_borrow_mut(|shared| {
                if shared.memo.0.len() >= SHARED_MAX {
                    shared.memo.0.clear();
                }
                shared.memo.insert(key, active.clone());
            });
        }
        self.memo.insert(key, active.clone());
        Ok(active)
    }

    /// Adds every address under any `@context` of the document that is unknown.
    fn find_unknown(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.find_unknown(item)),
            Value::Object(object) => {
                for (name, value) in object.iter() {
                    if &**name == "@context" {
                        for item in value.as_set() {
                            if let Value::String(url) = item {
                                // Only the note that it leaves counts here.
                                let _ = self.load(url);
                            }
                        }
                    } else {
                        self.find_unknown(value);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The items of an expanded document: the content of its only graph, where it has nothing else.
pub(super) fn top_level(expansion: Expansion) -> Vec<Item> {
    match expansion {
        Expansion::Nothing => Vec::new(),
        Expansion::Many(items) => items,
        Expansion::One(Item::Node(mut node)) if node.is_only_graph() => node.graph.take().unwrap_or_default(),
        Expansion::One(item) => vec![item],
    }
}

/// The embedded context whose content equals `local`, an inline context, member for member.
///
/// Reads all embedded contexts once per thread, when the first inline context turns up.
pub(super) fn embedded_equal(local: &Local) -> Option<Rc<Local>> {
    contexts::addresses().find_map(|(url, is_variant)| {
        let known = embedded(url, contexts::embedded(url, is_variant)?);
        (matches!(known.kind, Kind::Object(_)) && known.is_same(local)).then_some(known)
    })
}

fn embedded(url: &str, bytes: &'static [u8]) -> Rc<Local> {
    let address = bytes.as_ptr();
    let known = SHARED.with_borrow(|shared| {
        shared.documents.iter().find(|(known, _)| *known == address).map(|(_, local)| local.clone())
    });
    if let Some(local) = known {
        return local;
    }
    // Embedded contexts are JSON objects with `@context`; a test reads every one.
    let document = parse(bytes, &mut Budget::full()).unwrap_or(Value::Null);
    let context = document.get("@context").unwrap_or(&Value::Null);
    let local = Local::read(context, Some(url), Origin::Embedded, String::new());
    SHARED.with_borrow_mut(|shared| shared.documents.push((address, local.clone())));
    local
}

fn initial(base: Option<&str>) -> Rc<Active> {
    match base {
        Some(base) => Rc::new(Active::empty(Some(base.into()))),
        None => SHARED.with_borrow_mut(|shared| {
            shared.initial.get_or_insert_with(|| Rc::new(Active::empty(None))).clone()
        }),
    }
}

/// Processed contexts kept between documents; when it is full, all are dropped. Each is a layer of a
/// few dozen terms.
const SHARED_MAX: usize = 512;
