//! Layer 0. The work one verification may do, counted down as it is done.
//!
//! Every loop over untrusted input spends from a [`Budget`]; running out is an ordinary outcome
//! that names the limit, never a crash. The numbers are constants here, each with its reason, so
//! that a reviewer finds all of them on one page. Nothing here measures time: the same input
//! always stops at the same place.

/// Largest accepted input, in bytes. The biggest real credential met so far (a transcript of 62
/// members) has 400 KB; a baked image rarely passes 2 MB.
pub const INPUT_BYTES_MAX: usize = 5_000_000;

/// Deepest accepted JSON nesting. Real credentials stay under 20; 128 fits a 1 MB wasm stack
/// through expansion with room to spare.
pub const DEPTH_MAX: usize = 128;

/// JSON values in one document. 5 MB of ordinary JSON has about 250,000.
pub const JSON_VALUES_MAX: u32 = 500_000;

/// Members of a single JSON object. Credentials stay under a hundred.
pub const OBJECT_MEMBERS_MAX: usize = 20_000;

/// `@context` entries processed for one input, embedded ones included. A record of 500 members wants some
/// 6,000: its own, theirs in it, theirs again, and those of the proofs.
pub const CONTEXT_LOADS_MAX: u32 = 16_384;

/// Terms defined by inline contexts of one document: each is attacker-supplied work.
pub const INLINE_TERMS_MAX: u32 = 1_024;

/// Terms of one context that may wait for one another's definition: each costs some stack. Published
/// contexts chain at most four.
pub const TERM_CHAIN_MAX: usize = 32;

/// `@context` objects written inline in one document.
pub const INLINE_CONTEXTS_MAX: u32 = 256;

/// Quads one document may expand to.
pub const QUADS_MAX: u32 = 200_000;

/// Bytes of terms in all quads of one input: what is sorted, hashed and written out. The largest
/// real transcript has 600 KB.
pub const QUAD_BYTES_MAX: u32 = 32_000_000;

/// Longest prefix, vocabulary or base that is put in front of a name, in bytes: one long prefix
/// would be written out again for every name that uses it.
pub const IRI_PREFIX_BYTES_MAX: usize = 512;

/// Property reads over the merged nodes of one document. Nodes are shared, and facts are a tree:
/// a few thousand statements can have billions of paths. A rich badge needs some hundred.
pub const FACT_READS_MAX: u32 = 200_000;

/// Bytes of text taken out of one document's facts, for the same reason.
pub const FACT_BYTES_MAX: usize = 16_000_000;

/// Proofs of one document that are looked at. Real ones have one to three.
pub const PROOFS_MAX: usize = 16;

/// Steps of the blank-node labelling (hashes of the N-degree algorithm). The heaviest positive
/// test of the W3C suite needs under 5,000; a clique of eight wants more than 100,000.
pub const BLANK_NODE_STEPS_MAX: u32 = 12_000;

/// Entries under `credentialStatus` that are looked at. Real credentials have one or two.
pub const STATUS_ENTRIES_MAX: usize = 32;

/// Identifiers of subjects that are held against the one the viewer asks about. Real badges have one or two.
pub const IDENTIFIERS_MAX: usize = 64;

/// Linked things with digests that are compared. A rich badge has some ten.
pub const LINKED_MAX: usize = 64;

/// Bytes of linked things that are hashed for one credential.
pub const LINKED_BYTES_MAX: usize = 32_000_000;

/// Bytes all status lists of one input may inflate to together.
pub const INFLATED_BYTES_IN_ALL_MAX: u32 = 32_000_000;

/// Signature verifications for one input, parts and retries included: about 0.1 ms each.
pub const SIGNATURES_MAX: u32 = 2_048;

/// Signature verifications that one message of a BBS proof costs, hidden or shown: a generator and its
/// multiple take two to five milliseconds, so that one input may have 512 of them.
pub const BBS_MESSAGE_SIGNATURES: usize = 4;

/// Bytes one compressed member (status list, zTXt …) may inflate to. The customary list of
/// 131,072 bits needs 16 KB.
pub const INFLATED_BYTES_MAX: usize = 16_000_000;

/// Parts (members, endorsements, presented credentials) verified for one input. The largest real record
/// has 62 members; a record of twelve years of school may have 500.
pub const PARTS_MAX: u32 = 1_024;

/// How deep parts are looked for in parts: an endorsement of the issuer of a member of a record in a
/// record, inside a presentation.
pub const PARTS_DEPTH_MAX: usize = 5;

/// Documents that all parts together may ask for. A page asks for far fewer at a time.
pub const PARTS_NEEDS_MAX: usize = 256;

/// Status lists verified for one input. Issuers keep one or two, for all their credentials.
pub const LISTS_MAX: u32 = 256;
/// Steps of checking a document against its schemas: keywords, members looked up, characters times places
/// of a pattern. The largest published transcript under its own schema needs some 100,000.
pub const SCHEMA_STEPS_MAX: u32 = 1_000_000;

/// Schemas within schemas within references that one evaluation may be inside of. A badge under the
/// schema of Open Badges is inside 40; each costs some stack.
pub const SCHEMA_DEPTH_MAX: usize = 160;

/// Addresses and names in all schemas of one credential. Each reference looks through them.
pub const SCHEMA_RESOURCES_MAX: usize = 512;

/// Instructions of one pattern, its repetitions written out.
pub const SCHEMA_PATTERN_OPS_MAX: usize = 4_096;

/// Schemas of one credential that are looked at, and documents that one schema may refer to.
pub const SCHEMAS_MAX: usize = 4;

/// Bytes of one schema. Those of Open Badges have 60,000.
pub const SCHEMA_BYTES_MAX: usize = 1_000_000;

/// A limit that was reached; the name is stable and appears in reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitReached(pub &'static str);

/// What is left to spend on one input.
#[derive(Clone, Debug)]
pub struct Budget {
    json_values: u32,
    context_loads: u32,
    inline_contexts: u32,
    inline_terms: u32,
    quads: u32,
    quad_bytes: u32,
    blank_node_steps: u32,
    signatures: u32,
    parts: u32,
    lists: u32,
    inflated_bytes: u32,
    schema_steps: u32,
}

impl Budget {
    /// A full budget: what one input may cost.
    pub const fn full() -> Self {
        Budget {
            json_values: JSON_VALUES_MAX,
            context_loads: CONTEXT_LOADS_MAX,
            inline_contexts: INLINE_CONTEXTS_MAX,
            inline_terms: INLINE_TERMS_MAX,
            quads: QUADS_MAX,
            quad_bytes: QUAD_BYTES_MAX,
            blank_node_steps: BLANK_NODE_STEPS_MAX,
            signatures: SIGNATURES_MAX,
            parts: PARTS_MAX,
            lists: LISTS_MAX,
            inflated_bytes: INFLATED_BYTES_IN_ALL_MAX,
            schema_steps: SCHEMA_STEPS_MAX,
        }
    }

    /// Spends one JSON value.
    pub fn json_value(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.json_values, "json-values")
    }

    /// Spends one `@context` entry.
    pub fn context_load(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.context_loads, "context-loads")
    }

    /// Spends one inline `@context` object.
    pub fn inline_context(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.inline_contexts, "inline-contexts")
    }

    /// Spends one term definition of an inline context.
    pub fn inline_term(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.inline_terms, "inline-terms")
    }

    /// Spends one quad whose terms have this many bytes.
    pub fn quad(&mut self, bytes: usize) -> Result<(), LimitReached> {
        spend(&mut self.quads, "quads")?;
        let left = u32::try_from(bytes).ok().and_then(|bytes| self.quad_bytes.checked_sub(bytes));
        self.quad_bytes = left.ok_or(LimitReached("quad-bytes"))?;
        Ok(())
    }

    /// Spends one step of blank-node labelling.
    pub fn blank_node_step(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.blank_node_steps, "blank-node-steps")
    }

    /// Spends one signature verification.
    pub fn signature(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.signatures, "signatures")
    }

    /// How many bytes the next compressed member may inflate to.
    pub fn inflatable_bytes(&self) -> usize {
        usize::try_from(self.inflated_bytes).unwrap_or(usize::MAX).min(INFLATED_BYTES_MAX)
    }

    /// Spends inflated bytes.
    pub fn inflated(&mut self, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.inflated_bytes = self.inflated_bytes.saturating_sub(bytes);
    }

    /// Spends `count` steps of a schema.
    pub fn schema_steps(&mut self, count: usize) -> Result<(), LimitReached> {
        let left = u32::try_from(count).ok().and_then(|count| self.schema_steps.checked_sub(count));
        self.schema_steps = left.ok_or(LimitReached("schema-steps"))?;
        Ok(())
    }

    /// Spends one part.
    pub fn part(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.parts, "parts")
    }

    /// Spends one status list.
    pub fn list(&mut self) -> Result<(), LimitReached> {
        spend(&mut self.lists, "lists")
    }
}

fn spend(left: &mut u32, name: &'static str) -> Result<(), LimitReached> {
    *left = left.checked_sub(1).ok_or(LimitReached(name))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_runs_out_by_name_and_stays_out() {
        let mut budget = Budget::full();
        for _ in 0..INLINE_CONTEXTS_MAX {
            assert_eq!(budget.inline_context(), Ok(()));
        }
        assert_eq!(budget.inline_context(), Err(LimitReached("inline-contexts")));
        assert_eq!(budget.inline_context(), Err(LimitReached("inline-contexts")));
        assert_eq!(budget.quad(100), Ok(()));
        assert_eq!(budget.quad(40_000_000), Err(LimitReached("quad-bytes")));
    }
}
