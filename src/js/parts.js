/**
 * What the loader expects of the files beside it. `cargo xtask pkg` writes the published copy of this module with the
 * real hash; in the source tree nothing is pinned, because the wasm is not built yet.
 */

/** Subresource Integrity value of `verify_credential_bg.wasm`, for example "sha384-…"; "" leaves it unpinned. */
export const WASM_INTEGRITY = "";
