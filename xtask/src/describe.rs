//! What tells other programs about the package: TypeScript's declarations and the custom-elements manifest.
//!
//! Both come from the JSDoc of `src/js`, so that nothing is said twice.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::Command;

use crate::Project;
use crate::package::{files_below, read, remove, write};
use crate::process::run;
use crate::system;

/// Writes `types/` and `custom-elements.json` into `home`, unless they are there for these very sources.
pub fn describe(project: &Project, npm: &Path, home: &Path) -> Result<(), String> {
    let sources = project.root.join("src/js");
    let mut hasher = DefaultHasher::new();
    (MANIFEST, INDEX_TYPES, DEFINE_TYPES).hash(&mut hasher);
    for (name, path) in files_below(&sources, &|name| name.ends_with(".ts") || name.ends_with(".js"))? {
        (name, read(&path)?).hash(&mut hasher);
    }
    let stamp = format!("{:016x}", hasher.finish());
    if fs::read_to_string(home.join(STAMP)).is_ok_and(|last| last == stamp) {
        return Ok(());
    }
    remove(home)?;
    let types = home.join("types");
    let options = format!(
        r#""declaration": true, "emitDeclarationOnly": true, "stripInternal": true, "rootDir": "{}", "outDir": "{}""#,
        sources.display(),
        types.display()
    );
    typescript(project, npm, "tsconfig.types.json", &options, &["index.js".to_owned()])?;
    // What is written in TypeScript's own words is published so.
    for (name, path) in files_below(&sources, &|name| name.ends_with(".d.ts"))? {
        write(&types.join(name), &read(&path)?)?;
    }
    let index = types.join("index.d.ts");
    write(&index, &[read(&index)?, INDEX_TYPES.into()].concat())?;
    write(&types.join("define.d.ts"), DEFINE_TYPES.as_bytes())?;
    let mut node = Command::new(system::node()?);
    node.args(["--input-type=module", "--eval", MANIFEST]).arg(sources.join("element.js")).arg(&types);
    run(node.arg(home.join("custom-elements.json")))?;
    write(&home.join(STAMP), stamp.as_bytes())
}

/// Checks the JSDoc types of `src/js`, without the single-file build's own module.
pub fn check_types(project: &Project, npm: &Path) -> Result<(), String> {
    typescript(project, npm, "tsconfig.json", r#""noEmit": true"#, &["**/*.js".to_owned()])
}

/// Runs TypeScript over files of `src/js`, with `options` added to what all of them are held to.
fn typescript(
    project: &Project,
    npm: &Path,
    name: &str,
    options: &str,
    files: &[String],
) -> Result<(), String> {
    let sources = project.root.join("src/js");
    let include: Vec<String> = files.iter().map(|file| format!("\"{}/{file}\"", sources.display())).collect();
    let text = format!(
        r#"{{ "compilerOptions": {{ {options}, "allowJs": true, "checkJs": true, "strict": true,
    "target": "es2022", "module": "esnext", "moduleResolution": "bundler", "types": [],
    "lib": ["es2022", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"] }},
  "include": [{}] }}
"#,
        include.join(", ")
    );
    let config = npm.join(name);
    fs::write(&config, text).map_err(|error| format!("{}: {error}", config.display()))?;
    let compiler = npm.join("node_modules/typescript/lib/tsc.js");
    run(Command::new(system::node()?).current_dir(&project.root).arg(compiler).arg("--project").arg(config))
}

const MANIFEST: &str = include_str!("manifest.mjs");
/// The public shapes have no place in a script.
const INDEX_TYPES: &str = "export type * from \"./types.js\";\n";
/// What importing `define` means to TypeScript: the tag has a type.
const DEFINE_TYPES: &str = "\
import type { VerifyCredential } from \"./index.js\";

declare global {
  interface HTMLElementTagNameMap {
    \"verify-credential\": VerifyCredential;
  }
}
";
const STAMP: &str = "stamp.txt";
