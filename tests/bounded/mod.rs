//! Verifies within bounds of time and memory: those of a page that must stay usable, a second and a
//! quarter of a gigabyte. Measured, so natively and one at a time.

#![allow(dead_code, reason = "each test crate uses its own part")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::{Headline, Report, Verdict};
use verify_credential::verify;

/// 2026-11-22T12:00:00Z
pub const NOW: i64 = 1_795_348_800;

/// What one verification may take.
const TIME_MAX: Duration = Duration::from_millis(if cfg!(debug_assertions) { 10_000 } else { 1_000 });

/// What one verification may hold at a time.
const BYTES_MAX: usize = 256 << 20;

/// Counts, per thread, what is allocated, the most that was, and all that ever was.
struct Counting;

thread_local! {
    static LIVE: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
    static EVER: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(0, layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn count(more: usize, less: usize) {
    let _ = LIVE.try_with(|live| {
        live.set(live.get().saturating_add(more).saturating_sub(less));
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(live.get())));
    });
    let _ = EVER.try_with(|ever| ever.set(ever.get().saturating_add(more)));
}

/// The bytes that verifying `bytes` writes into memory of its own, freed or not: what is copied over and over
/// shows here and not in the most that it holds.
pub fn written(bytes: &[u8]) -> usize {
    let policy = Policy { now: NOW, now_chosen: true, ..Policy::default() };
    let before = EVER.get();
    let report = verify(bytes, "own", &Found::default(), &policy);
    drop(report);
    EVER.get() - before
}

/// One at a time: the clock is on the wall.
static TURN: Mutex<()> = Mutex::new(());

/// Verifies `bytes` and holds time and memory against the bounds.
pub fn bounded(name: &str, bytes: &[u8], found: &Found) -> Report {
    let turn = TURN.lock();
    let before = LIVE.get();
    PEAK.set(before);
    let start = Instant::now();
    let policy = Policy { now: NOW, now_chosen: true, ..Policy::default() };
    let report = verify(bytes, name, found, &policy);
    let (time, peak) = (start.elapsed(), PEAK.get() - before);
    drop(turn);
    println!("{name}: {time:?}, {} KB, {:?}", peak >> 10, report.headline);
    assert!(time < TIME_MAX, "{name}: {time:?}");
    assert!(peak < BYTES_MAX, "{name}: {} MB", peak >> 20);
    report
}

/// `bytes` are nothing anybody should rely on.
pub fn refused(name: &str, bytes: &[u8]) -> Report {
    let report = bounded(name, bytes, &Found::default());
    assert_ne!(report.verdict, Verdict::Valid, "{name}");
    assert!(report.credential.is_none(), "{name}: facts that nobody signed");
    assert!(
        matches!(report.headline, Headline::Unreadable | Headline::DoNotRely | Headline::NotFullyChecked),
        "{name}: {:?}",
        report.headline
    );
    report
}

/// An issuer.
pub const KEY: &str = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

/// A proof that nobody made, of a suite that has to be tried.
pub fn proof(suite: &str) -> String {
    let key = KEY.trim_start_matches("did:key:");
    let value = "z".to_owned() + &"2".repeat(87);
    format!(
        r#"{{"type":"DataIntegrityProof","cryptosuite":"{suite}","proofPurpose":"assertionMethod","verificationMethod":"{KEY}#{key}","proofValue":"{value}"}}"#
    )
}

/// A credential with `members` more, and `proofs`.
pub fn credential(members: &str, subject: &str, proofs: &str) -> Vec<u8> {
    format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"type":["VerifiableCredential","OpenBadgeCredential"],"issuer":"{KEY}",{members}"credentialSubject":{subject},"proof":{proofs}}}"#
    )
    .into_bytes()
}

/// `count` items, with commas between.
pub fn joined(count: usize, item: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for index in 0..count {
        let separator = if index == 0 { "" } else { "," };
        write!(out, "{separator}{}", item(index)).expect("strings grow");
    }
    out
}

/// An ordinary subject.
pub const SUBJECT: &str = r#"{"type":"AchievementSubject","achievement":{"id":"urn:a","type":"Achievement","name":"a","criteria":{"narrative":"n"},"description":"d"}}"#;
