//! A static web server for the site, on this machine only: what a strict host would send, and nothing more.
//!
//! GET and HEAD, one thread per connection, one request per connection. Not meant for the open network.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Which directory answers for which start of a URL path; the first match counts.
pub struct Mounts {
    table: Vec<(String, PathBuf)>,
}

/// A server that holds its port but does not answer yet.
pub struct Server {
    listener: TcpListener,
    mounts: Mounts,
    port: u16,
}

impl Mounts {
    /// The site as it is published: the package and the test vectors beside `www/`.
    pub fn of_site(root: &Path) -> Self {
        let mount = |start: &str, directory: &str| (start.to_owned(), root.join(directory));
        Self {
            table: vec![mount("/pkg/", "pkg"), mount("/tests/vectors/", "tests/vectors"), mount("/", "www")],
        }
    }

    /// Adds `/start/=directory` in front, for pages that only tests need.
    pub fn add(&mut self, root: &Path, written: &str) -> Result<(), String> {
        match written.split_once('=') {
            Some((start, directory)) if start.starts_with('/') && start.ends_with('/') => {
                self.table.insert(0, (start.to_owned(), root.join(directory)));
                Ok(())
            }
            _ => Err(format!("--mount is written /start/=directory, not {written}")),
        }
    }

    /// The file for a request target such as `/pkg/a.js?x=1`, or none: a path never leaves its directory.
    fn find(&self, target: &str) -> Option<PathBuf> {
        let path = decode_percent(target.split(['?', '#']).next()?)?;
        let (start, directory) = self.table.iter().find(|(start, _)| path.starts_with(start.as_str()))?;
        let relative = path.strip_prefix(start.as_str())?;
        // `.well-known` is where a did:web issuer keeps its key document; nothing else dotted is for the web.
        let hidden = |part: &str| part.starts_with('.') && part != ".well-known";
        let hostile = |part: &str| hidden(part) || part.contains(['\\', '\0', ':']);
        if relative.split('/').any(hostile) {
            return None;
        }
        let mut file = directory.join(relative.trim_start_matches('/'));
        if relative.is_empty() || relative.ends_with('/') {
            file.push("index.html");
        }
        Some(file)
    }
}

impl Server {
    /// Takes the port; 0 takes any free one.
    pub fn bind(port: u16, mounts: Mounts) -> Result<Self, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| format!("port {port} cannot be used ({error}); choose another with --port"))?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        Ok(Self { listener, mounts, port })
    }

    /// The address to open.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers until the program is ended.
    pub fn run(self) {
        let mounts = &self.mounts;
        thread::scope(|scope| {
            for stream in self.listener.incoming().flatten() {
                // A browser that goes away in the middle of an answer is no concern of the server's.
                scope.spawn(move || drop(answer(mounts, stream)));
            }
        });
    }
}

fn answer(mounts: &Mounts, stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(TIME_LIMIT))?;
    stream.set_write_timeout(Some(TIME_LIMIT))?;
    let mut head = BufReader::new((&stream).take(HEAD_BYTES_MAX));
    let mut first = String::new();
    head.read_line(&mut first)?;
    // The rest of the head is read, or closing the socket could cut the answer short.
    let mut line = String::new();
    while head.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = first.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let response = respond(mounts, method, target);
    response.write(&stream, method == "HEAD")
}

fn respond(mounts: &Mounts, method: &str, target: &str) -> Response {
    if method != "GET" && method != "HEAD" {
        return Response::text("405 Method Not Allowed");
    }
    let Some(file) = mounts.find(target) else { return Response::text("404 Not Found") };
    if file.is_dir() {
        let location = format!("{}/", target.split(['?', '#']).next().unwrap_or_default());
        // Two slashes in front would be read as another host.
        let location = format!("/{}", location.trim_start_matches('/'));
        return Response { location: Some(location), ..Response::text("301 Moved Permanently") };
    }
    match fs::read(&file) {
        Ok(body) => Response { status: "200 OK", media_type: media_type(&file), body, location: None },
        // Browsers ask for it unbidden; an error here would show up in every page's console.
        Err(_) if target == "/favicon.ico" => {
            Response { body: Vec::new(), ..Response::text("204 No Content") }
        }
        Err(_) => Response::text("404 Not Found"),
    }
}

struct Response {
    status: &'static str,
    media_type: &'static str,
    body: Vec<u8>,
    location: Option<String>,
}

impl Response {
    fn text(status: &'static str) -> Self {
        let body = format!("{status}\n").into_bytes();
        Self { status, media_type: "text/plain; charset=utf-8", body, location: None }
    }

    fn write(&self, mut stream: &TcpStream, head_only: bool) -> io::Result<()> {
        let mut head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n",
            self.status,
            self.media_type,
            self.body.len()
        );
        // Scripts too: a worker is governed by the policy its own script came with.
        if self.media_type.starts_with("text/html") || self.media_type.starts_with("text/javascript") {
            head.push_str(&format!("Content-Security-Policy: {CONTENT_SECURITY_POLICY}\r\n"));
        }
        if let Some(location) = &self.location {
            head.push_str(&format!("Location: {location}\r\n"));
        }
        stream.write_all(head.as_bytes())?;
        stream.write_all(b"\r\n")?;
        if head_only { Ok(()) } else { stream.write_all(&self.body) }
    }
}

fn media_type(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    MEDIA_TYPES
        .iter()
        .find(|(known, _)| *known == extension)
        .map_or("application/octet-stream", |(_, media)| media)
}

/// The path with `%xx` replaced, or none where that is malformed or not UTF-8.
fn decode_percent(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            decoded.push(digit(bytes.next()?)? * 16 + digit(bytes.next()?)?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

/// The policy the documentation tells embedders to use; the site must work under it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types verify-credential";
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("jwt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
];
const TIME_LIMIT: Duration = Duration::from_secs(20);
const HEAD_BYTES_MAX: u64 = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_map_to_files() {
        let mounts = Mounts::of_site(Path::new("/r"));
        for (target, file) in [
            ("/", Some("/r/www/index.html")),
            ("/?a=/b#c", Some("/r/www/index.html")),
            ("/gallery/", Some("/r/www/gallery/index.html")),
            ("/a%20b.html", Some("/r/www/a b.html")),
            ("/pkg/define.js?v=1", Some("/r/pkg/define.js")),
            ("/pkg/lang/en.js", Some("/r/pkg/lang/en.js")),
            ("/pkgs", Some("/r/www/pkgs")),
            ("/tests/vectors/a/b.json", Some("/r/tests/vectors/a/b.json")),
            ("/tests/node/a.mjs", Some("/r/www/tests/node/a.mjs")),
            ("", None),
            ("http://other/", None),
            ("/../Cargo.toml", None),
            ("/pkg/../Cargo.toml", None),
            ("/%2e%2e/Cargo.toml", None),
            ("/pkg/..%2fCargo.toml", None),
            ("/..%5cCargo.toml", None),
            ("/.git/config", None),
            ("/a/.well-known/did.json", Some("/r/www/a/.well-known/did.json")),
            ("/.well-known", Some("/r/www/.well-known")),
            ("/%2ewell-known/x", Some("/r/www/.well-known/x")),
            ("/.well-known/../x", None),
            ("/.well-known/.git", None),
            ("/.well-knowns/x", None),
            ("/..well-known/x", None),
            ("/.", None),
            ("/a%00", None),
            ("/a%f", None),
            ("/a%+1", None),
            ("/%ff", None),
            ("/c:/x", None),
        ] {
            assert_eq!(mounts.find(target), file.map(PathBuf::from), "{target}");
        }
        assert_eq!(mounts.find("/pkg//etc/passwd"), Some("/r/pkg/etc/passwd".into()));
        assert_eq!(mounts.find("//etc/passwd"), Some("/r/www/etc/passwd".into()));
    }

    #[test]
    fn added_mounts_come_first() {
        let mut mounts = Mounts::of_site(Path::new("/r"));
        mounts.add(Path::new("/r"), "/pages/=tests/pages").expect("well written");
        assert_eq!(mounts.find("/pages/a.html"), Some("/r/tests/pages/a.html".into()));
        assert!(mounts.add(Path::new("/r"), "pages=tests/pages").is_err());
    }

    #[test]
    fn only_reading_is_answered() {
        let mounts = Mounts::of_site(Path::new("/absent"));
        assert_eq!(respond(&mounts, "POST", "/").status, "405 Method Not Allowed");
        assert_eq!(respond(&mounts, "GET", "/a.html").status, "404 Not Found");
        assert_eq!(respond(&mounts, "GET", "/favicon.ico").status, "204 No Content");
        assert_eq!(respond(&mounts, "", "").status, "405 Method Not Allowed");
    }

    #[test]
    fn media_types_that_browsers_insist_on() {
        assert_eq!(media_type(Path::new("a_bg.wasm")), "application/wasm");
        assert_eq!(media_type(Path::new("a.mjs")), "text/javascript; charset=utf-8");
        assert_eq!(media_type(Path::new("none")), "application/octet-stream");
    }
}
