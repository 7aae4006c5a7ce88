//! Fetching against archives of this test, programs of this test, and servers on loopback.

use super::fetch::Fetch;
use super::pins::{Archive, Npm, Pin};
use super::*;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// An archive with a library of these bytes.
fn archive(library: &[u8]) -> Vec<u8> {
    let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(encoder);
    for (path, content) in [
        ("package/index.js", b"x".as_slice()),
        ("package/libchdb.so", library),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o755);
        header.set_cksum();
        builder.append_data(&mut header, path, content).expect("tar");
    }
    builder.into_inner().expect("tar").finish().expect("gzip")
}

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

struct World {
    folder: TempDir,
    archive: Vec<u8>,
}

const LIBRARY: &[u8] = b"the library";

impl World {
    fn new() -> Self {
        // Not compressible, so that a piece of the archive is a piece of the library.
        let mut state = 1_u32;
        let noise = (0..100_000).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_le_bytes()[3]
        });
        let library: Vec<u8> = LIBRARY.iter().copied().chain(noise).collect();
        Self {
            folder: tempfile::tempdir().expect("folder"),
            archive: archive(&library),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A fetch whose npm and curl are not there and whose release nobody serves.
    fn fetch(&self) -> Fetch {
        let sha256 = leaked(crate::secret::hex(&Sha256::digest(&self.archive)));
        let size = self.archive.len() as u64;
        Fetch {
            cache: self.path("cache"),
            pin: Pin {
                platform: "test-platform",
                npm: Some(Npm {
                    package: "@chdb/test@1",
                    sha256,
                    size,
                }),
                release: Archive {
                    name: "test-libchdb.tar.gz",
                    sha256,
                },
            },
            releases: "http://127.0.0.1:9/releases".to_owned(),
            npm: self.path("no-npm"),
            curl: self.path("no-curl"),
        }
    }

    /// A program that is run as npm or curl.
    fn script(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("mode");
        path
    }

    /// An npm that counts its runs and packs this file.
    fn npm(&self, content: &[u8]) -> PathBuf {
        let source = self.path("source.tgz");
        fs::write(&source, content).expect("source");
        let runs = self.path("npm-runs");
        self.script(
            "npm",
            &format!("echo $@ >> {}\ncp {} chdb.tgz", runs.display(), source.display()),
        )
    }

    fn npm_runs(&self) -> usize {
        fs::read_to_string(self.path("npm-runs"))
            .unwrap_or_default()
            .lines()
            .count()
    }

    /// Names in the cache folder, without the lock.
    fn cached(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("cache")).expect("cache");
        let names = entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name != "libchdb.lock").collect()
    }
}

fn run(fetch: &Fetch) -> Result<PathBuf, Error> {
    fetch.run(&mut |_| {})
}

fn is_library(path: &Path) -> bool {
    fs::read(path).expect("library").starts_with(LIBRARY)
}

#[test]
fn npm_is_asked_once() {
    let world = World::new();
    let fetch = Fetch {
        npm: world.npm(&world.archive),
        ..world.fetch()
    };
    let mut seen = Vec::new();
    let path = fetch
        .run(&mut |progress| seen.push(format!("{progress:?}")))
        .expect("fetched");
    assert!(is_library(&path));
    assert!(seen[0].contains("@chdb/test@1"), "{seen:?}");
    assert_eq!(seen.last().map(String::as_str), Some("Installed"));
    assert_eq!(run(&fetch).expect("cached"), path);
    assert_eq!(world.npm_runs(), 1);
    assert_eq!(
        world.cached(),
        [format!("libchdb-{}-test-platform", crate::engine::CHDB_VERSION)]
    );
}

#[test]
fn a_damaged_package_is_refused_and_nothing_stays() {
    let world = World::new();
    let mut damaged = world.archive.clone();
    damaged[50] ^= 1;
    let fetch = Fetch {
        npm: world.npm(&damaged),
        ..world.fetch()
    };
    let error = run(&fetch).expect_err("damaged").to_string();
    assert!(
        error.contains("has the SHA-256") && error.contains("CHX_LIBCHDB"),
        "{error}"
    );
    assert_eq!(world.cached(), [""; 0]);
}

#[test]
fn without_npm_and_curl_one_error_says_what_to_do() {
    let world = World::new();
    let error = run(&world.fetch()).expect_err("nothing").to_string();
    for part in [
        "no-npm",
        "no-curl",
        "connect to the internet once",
        "CHX_LIBCHDB",
        "test-platform",
        "cache folder",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert!(!error.contains('\n'), "{error}");
}

#[test]
fn a_failing_npm_is_quoted() {
    let world = World::new();
    let npm = world.script("npm", "echo 'npm error code ENOTFOUND' >&2; exit 1");
    let error = run(&Fetch { npm, ..world.fetch() })
        .expect_err("offline")
        .to_string();
    assert!(error.contains("ENOTFOUND"), "{error}");
}

/// Serves the archive on loopback; the first `broken` answers end after half of it. Understands `Range`.
fn serve(archive: Vec<u8>, broken: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
    let url = format!("http://{}/releases", listener.local_addr().expect("address"));
    std::thread::spawn(move || {
        for (number, socket) in listener.incoming().enumerate() {
            let mut socket = socket.expect("socket");
            let mut request = [0; 4096];
            let length = socket.read(&mut request).expect("request");
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            assert!(
                request.starts_with("GET /releases/v26.7.3/test-libchdb.tar.gz "),
                "{request}"
            );
            let range = request
                .lines()
                .find_map(|line| line.strip_prefix("Range: bytes=")?.strip_suffix('-'));
            let start: usize = range.map_or(0, |start| start.parse().expect("range"));
            let rest = &archive[start..];
            let status = match range {
                Some(_) => format!(
                    "206 Partial Content\r\nContent-Range: bytes {start}-{}/{}",
                    archive.len() - 1,
                    archive.len()
                ),
                None => "200 OK".to_owned(),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                rest.len()
            );
            socket.write_all(head.as_bytes()).expect("head");
            let end = if number < broken {
                rest.len() / 2
            } else {
                rest.len()
            };
            // curl may have gone.
            let _ = socket.write_all(&rest[..end]);
        }
    });
    url
}

#[test]
fn curl_fetches_the_release() {
    let world = World::new();
    let fetch = Fetch {
        releases: serve(world.archive.clone(), 0),
        curl: "curl".into(),
        ..world.fetch()
    };
    assert!(is_library(&run(&fetch).expect("fetched")));
}

#[test]
fn an_interrupted_download_goes_on() {
    let world = World::new();
    let fetch = Fetch {
        releases: serve(world.archive.clone(), 2),
        curl: "curl".into(),
        ..world.fetch()
    };
    assert!(is_library(&run(&fetch).expect("fetched")));
}

#[test]
fn a_download_that_never_ends_well_is_an_error() {
    let world = World::new();
    let fetch = Fetch {
        releases: serve(world.archive.clone(), 99),
        curl: "curl".into(),
        ..world.fetch()
    };
    let error = run(&fetch).expect_err("cut").to_string();
    assert!(error.contains("curl http://127.0.0.1"), "{error}");
    assert_eq!(world.cached(), [""; 0]);
}

#[test]
fn a_damaged_cache_is_found_and_repaired() {
    let world = World::new();
    let fetch = Fetch {
        npm: world.npm(&world.archive),
        ..world.fetch()
    };
    let path = run(&fetch).expect("fetched");
    // Cut: found by its size.
    fs::write(&path, b"cut").expect("write");
    assert!(is_library(&run(&fetch).expect("repaired")));
    assert_eq!(world.npm_runs(), 2);
    // Changed at the same size: found by its time, and then by its sum.
    let mut bytes = fs::read(&path).expect("read");
    bytes[5000] ^= 1;
    fs::write(&path, &bytes).expect("write");
    assert!(fetch.entry().library().is_none());
    run(&fetch).expect("repaired");
    assert_eq!(world.npm_runs(), 3);
    // Only touched: still good.
    let file = fs::File::options().write(true).open(&path).expect("open");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH)
        .expect("touch");
    assert_eq!(run(&fetch).expect("good"), path);
    assert_eq!(world.npm_runs(), 3);
    // Without its measure: nobody knows what it is.
    fs::remove_file(path.with_file_name("verified")).expect("remove");
    run(&fetch).expect("repaired");
    assert_eq!(world.npm_runs(), 4);
}

#[test]
fn many_at_once_fetch_once() {
    let world = World::new();
    let fetch = Fetch {
        npm: world.npm(&world.archive),
        ..world.fetch()
    };
    let paths: Vec<PathBuf> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| run(&fetch).expect("fetched")))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("thread"))
            .collect()
    });
    assert!(paths.iter().all(|path| is_library(path)));
    assert_eq!(world.npm_runs(), 1);
}

#[test]
fn leftovers_of_a_killed_fetch_go_away() {
    let world = World::new();
    fs::create_dir_all(world.path("cache/.fetch-killed/npm")).expect("leftover");
    let fetch = Fetch {
        npm: world.npm(&world.archive),
        ..world.fetch()
    };
    run(&fetch).expect("fetched");
    assert_eq!(world.cached().len(), 1);
}

#[test]
fn a_cache_folder_that_cannot_be_made_is_named() {
    let world = World::new();
    fs::write(world.path("cache"), b"a file in its place").expect("file");
    let error = run(&world.fetch()).expect_err("no folder").to_string();
    assert!(
        error.contains("cannot use the cache folder") && error.contains("CHX_CACHE_DIR"),
        "{error}"
    );
}

#[test]
fn an_archive_without_the_library_is_refused() {
    let mut world = World::new();
    let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    world.archive = tar::Builder::new(encoder)
        .into_inner()
        .expect("tar")
        .finish()
        .expect("gzip");
    let error = run(&Fetch {
        npm: world.npm(&world.archive),
        ..world.fetch()
    })
    .expect_err("empty");
    assert!(matches!(error, Error::Unpack { .. }), "{error}");
}

#[test]
fn the_cache_folder_follows_the_environment() {
    let folder = |pairs: &[(&str, &str)]| {
        cache::folder(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.into())
        })
    };
    let all = [("CHX_CACHE_DIR", "/a"), ("XDG_CACHE_HOME", "/b"), ("HOME", "/c")];
    assert_eq!(folder(&all), Some("/a".into()));
    if cfg!(target_os = "macos") {
        assert_eq!(folder(&all[1..]), Some("/c/Library/Caches/chx".into()));
    } else {
        assert_eq!(folder(&all[1..]), Some("/b/chx".into()));
        assert_eq!(folder(&all[2..]), Some("/c/.cache/chx".into()));
        assert_eq!(
            folder(&[("XDG_CACHE_HOME", "relative"), ("HOME", "/c")]),
            Some("/c/.cache/chx".into())
        );
    }
    assert_eq!(folder(&[]), None);
}

#[test]
fn every_pin_is_a_sum() {
    if let Some(pin) = pins::current() {
        let sums = [Some(pin.release.sha256), pin.npm.as_ref().map(|npm| npm.sha256)];
        assert!(
            sums.iter()
                .flatten()
                .all(|sum| sum.len() == 64 && sum.bytes().all(|b| b.is_ascii_hexdigit()))
        );
    }
}
