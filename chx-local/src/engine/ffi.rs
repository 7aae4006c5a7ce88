//! The C functions of `libchdb`, opened at run time. The only module of the workspace with `unsafe` code.
//!
//! It decides nothing but ownership and lifetimes: every handle of the library becomes a Rust value that is
//! freed exactly once, borrows what it depends on, and cannot be used by two threads at once. The signatures
//! are those of `chdb.h` of chDB 26.7.3.
#![expect(
    unsafe_code,
    reason = "calls into a C library; nothing else in this workspace is unsafe"
)]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::path::Path;
use std::ptr::{self, NonNull};

type Handle = *mut c_void;

/// Declares the table of C functions once: the field, its type, and the symbol that fills it.
macro_rules! functions {
    ($($name:ident: fn($($arg:ty),*) $(-> $ret:ty)?;)*) => {
        /// The functions of the library that chx uses.
        struct Functions {
            $($name: unsafe extern "C" fn($($arg),*) $(-> $ret)?,)*
        }

        impl Functions {
            fn load(library: &libloading::Library) -> Result<Self, libloading::Error> {
                Ok(Self {
                    // SAFETY: the symbols are declared with these signatures in `chdb.h`; the library is
                    // leaked by the caller, so the pointers stay valid for the life of the process.
                    $($name: *unsafe { library.get(concat!(stringify!($name), "\0").as_bytes()) }?,)*
                })
            }
        }
    };
}

functions! {
    chdb_version: fn() -> *const c_char;
    chdb_set_signal_handlers_enabled: fn(c_int);
    chdb_connect: fn(c_int, *mut *mut c_char) -> *mut Handle;
    chdb_close_conn: fn(*mut Handle);
    chdb_shutdown: fn() -> c_int;
    chdb_query_with_params_n: fn(
        Handle, *const c_char, usize, *const c_char, usize,
        *const *const c_char, *const usize, *const *const c_char, *const usize, usize
    ) -> Handle;
    chdb_stream_insert_with_params_n: fn(
        Handle, *const c_char, usize, *const c_char, usize,
        *const *const c_char, *const usize, *const *const c_char, *const usize, usize
    ) -> Handle;
    chdb_stream_append: fn(Handle, *const c_void, usize) -> c_int;
    chdb_stream_done: fn(Handle) -> Handle;
    chdb_stream_insert_error: fn(Handle) -> *const c_char;
    chdb_destroy_insert_stream: fn(Handle);
    chdb_result_buffer: fn(Handle) -> *mut c_char;
    chdb_result_length: fn(Handle) -> usize;
    chdb_result_elapsed: fn(Handle) -> f64;
    chdb_result_rows_read: fn(Handle) -> u64;
    chdb_result_storage_rows_read: fn(Handle) -> u64;
    chdb_result_storage_bytes_read: fn(Handle) -> u64;
    chdb_result_rows_written: fn(Handle) -> u64;
    chdb_result_bytes_written: fn(Handle) -> u64;
    chdb_result_error: fn(Handle) -> *const c_char;
    chdb_destroy_query_result: fn(Handle);
}

/// The opened library. It is never closed: its threads and destructors live until the process ends.
pub(super) struct Api {
    functions: Functions,
}

impl Api {
    /// Opens the library and looks up every function.
    pub(super) fn load(path: &Path) -> Result<&'static Self, libloading::Error> {
        // SAFETY: running the library's initializers is what opening it means; it is a pinned build of chDB
        // (or one that the user named), whose initializers only set up its own state.
        let library = unsafe { libloading::Library::new(path) }?;
        let functions = Functions::load(&library)?;
        std::mem::forget(library);
        // SAFETY: takes an integer, may be called at any time before the first connection.
        unsafe { (functions.chdb_set_signal_handlers_enabled)(0) };
        Ok(Box::leak(Box::new(Self { functions })))
    }

    /// chDB's own version, such as `26.7.3`.
    pub(super) fn version(&self) -> String {
        // SAFETY: returns a pointer to a constant string.
        text(unsafe { (self.functions.chdb_version)() }).unwrap_or_default()
    }

    /// Opens a connection; the first one boots the engine. `None` when the engine refuses.
    pub(super) fn connect(&'static self, arguments: &[CString]) -> Option<RawConnection> {
        let mut argv: Vec<*mut c_char> = arguments.iter().map(|a| a.as_ptr().cast_mut()).collect();
        let argc = c_int::try_from(argv.len()).ok()?;
        // SAFETY: `argv` holds `argc` NUL-terminated strings that outlive the call; the library copies them.
        let handle = NonNull::new(unsafe { (self.functions.chdb_connect)(argc, argv.as_mut_ptr()) })?;
        Some(RawConnection { api: self, handle })
    }

    /// Stops the engine's threads. True when none is left; false while a connection is open.
    pub(super) fn shutdown(&self) -> bool {
        // SAFETY: takes no arguments, is serialized inside the library and refuses while connections exist.
        unsafe { (self.functions.chdb_shutdown)() == 0 }
    }
}

/// One connection: a session of its own inside the engine. Runs one statement at a time, hence `&mut`.
pub(super) struct RawConnection {
    api: &'static Api,
    handle: NonNull<Handle>,
}

// SAFETY: a connection may be used from any thread, one at a time (`chdb.h`: "a connection runs one statement at
// a time"); every method takes `&mut self`.
unsafe impl Send for RawConnection {}

impl RawConnection {
    fn raw(&self) -> Handle {
        // SAFETY: the handle points to the connection until `chdb_close_conn`, which only `drop` calls.
        unsafe { *self.handle.as_ptr() }
    }

    /// Runs one statement and keeps its whole result in memory.
    pub(super) fn query(&mut self, sql: &[u8], format: &str, parameters: &Parameters<'_>) -> RawResult {
        // SAFETY: all pointers come with their lengths and outlive the call.
        let handle = unsafe {
            (self.api.functions.chdb_query_with_params_n)(
                self.raw(),
                sql.as_ptr().cast(),
                sql.len(),
                format.as_ptr().cast(),
                format.len(),
                parameters.names.as_ptr(),
                parameters.name_lengths.as_ptr(),
                parameters.values.as_ptr(),
                parameters.value_lengths.as_ptr(),
                parameters.names.len(),
            )
        };
        RawResult {
            api: self.api,
            handle: NonNull::new(handle),
        }
    }

    /// Begins an INSERT whose rows follow with [`RawInsert::append`].
    pub(super) fn insert(&mut self, sql: &[u8], format: &str, parameters: &Parameters<'_>) -> RawInsert<'_> {
        // SAFETY: all pointers come with their lengths and outlive the call; the stream borrows the connection,
        // so that no other statement runs on it while the stream is open.
        let handle = unsafe {
            (self.api.functions.chdb_stream_insert_with_params_n)(
                self.raw(),
                sql.as_ptr().cast(),
                sql.len(),
                format.as_ptr().cast(),
                format.len(),
                parameters.names.as_ptr(),
                parameters.name_lengths.as_ptr(),
                parameters.values.as_ptr(),
                parameters.value_lengths.as_ptr(),
                parameters.names.len(),
            )
        };
        RawInsert {
            connection: self,
            handle: NonNull::new(handle),
        }
    }
}

impl Drop for RawConnection {
    fn drop(&mut self) {
        // SAFETY: the handle came from `chdb_connect` and is closed exactly once; results and streams either
        // own their memory or borrow this connection.
        unsafe { (self.api.functions.chdb_close_conn)(self.handle.as_ptr()) };
    }
}

/// Names and values of `{name:Type}` parameters as the parallel arrays that the C functions take.
pub(super) struct Parameters<'a> {
    names: Vec<*const c_char>,
    name_lengths: Vec<usize>,
    values: Vec<*const c_char>,
    value_lengths: Vec<usize>,
    _borrowed: std::marker::PhantomData<&'a [u8]>,
}

impl<'a> Parameters<'a> {
    pub(super) fn new(pairs: &'a [(String, Vec<u8>)]) -> Self {
        Self {
            names: pairs.iter().map(|(name, _)| name.as_ptr().cast()).collect(),
            name_lengths: pairs.iter().map(|(name, _)| name.len()).collect(),
            values: pairs.iter().map(|(_, value)| value.as_ptr().cast()).collect(),
            value_lengths: pairs.iter().map(|(_, value)| value.len()).collect(),
            _borrowed: std::marker::PhantomData,
        }
    }
}

/// What a statement returned. Owns its buffer.
pub(super) struct RawResult {
    api: &'static Api,
    handle: Option<NonNull<c_void>>,
}

// SAFETY: a result owns its memory, has no tie to a thread, and is only read through `&self`.
unsafe impl Send for RawResult {}
// SAFETY: the accessors only read.
unsafe impl Sync for RawResult {}

impl RawResult {
    fn raw(&self) -> Handle {
        self.handle.map_or(ptr::null_mut(), NonNull::as_ptr)
    }

    /// The exception, if the statement failed.
    pub(super) fn error(&self) -> Option<String> {
        if self.handle.is_none() {
            return Some("the engine returned no result".to_owned());
        }
        // SAFETY: the handle is valid until drop; the string belongs to it and is copied here.
        text(unsafe { (self.api.functions.chdb_result_error)(self.raw()) })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        if self.handle.is_none() {
            return &[];
        }
        // SAFETY: the handle is valid until drop.
        let (data, length) = unsafe {
            (
                (self.api.functions.chdb_result_buffer)(self.raw()),
                (self.api.functions.chdb_result_length)(self.raw()),
            )
        };
        if data.is_null() || length == 0 {
            return &[];
        }
        // SAFETY: the library promises `length` readable bytes that live as long as the result.
        unsafe { std::slice::from_raw_parts(data.cast::<u8>(), length) }
    }

    pub(super) fn stats(&self) -> super::Stats {
        if self.handle.is_none() {
            return super::Stats::default();
        }
        let functions = &self.api.functions;
        let handle = self.raw();
        // SAFETY: plain reads of a valid result.
        unsafe {
            super::Stats {
                elapsed: std::time::Duration::try_from_secs_f64((functions.chdb_result_elapsed)(handle))
                    .unwrap_or_default(),
                result_rows: (functions.chdb_result_rows_read)(handle),
                read_rows: (functions.chdb_result_storage_rows_read)(handle),
                read_bytes: (functions.chdb_result_storage_bytes_read)(handle),
                written_rows: (functions.chdb_result_rows_written)(handle),
                written_bytes: (functions.chdb_result_bytes_written)(handle),
            }
        }
    }
}

impl Drop for RawResult {
    fn drop(&mut self) {
        // SAFETY: freed exactly once; the function accepts null.
        unsafe { (self.api.functions.chdb_destroy_query_result)(self.raw()) };
    }
}

/// An open INSERT. Dropping it without [`RawInsert::finish`] aborts it: blocks that were already written stay, as
/// on a server.
pub(super) struct RawInsert<'c> {
    connection: &'c mut RawConnection,
    handle: Option<NonNull<c_void>>,
}

impl RawInsert<'_> {
    fn raw(&self) -> Handle {
        self.handle.map_or(ptr::null_mut(), NonNull::as_ptr)
    }

    /// The exception that stopped the stream, if any.
    pub(super) fn error(&self) -> Option<String> {
        if self.handle.is_none() {
            return Some("the engine returned no insert stream".to_owned());
        }
        // SAFETY: the handle is valid until drop; the string is copied.
        text(unsafe { (self.connection.api.functions.chdb_stream_insert_error)(self.raw()) })
    }

    /// Hands over a piece of row data, waiting while the engine is behind. False when the stream has failed.
    pub(super) fn append(&mut self, data: &[u8]) -> bool {
        // SAFETY: the data is copied during the call.
        unsafe {
            (self.connection.api.functions.chdb_stream_append)(self.raw(), data.as_ptr().cast(), data.len())
                == 0
        }
    }

    /// Ends the data and waits until the rows are stored.
    pub(super) fn finish(self) -> RawResult {
        // SAFETY: the handle is valid; the stream itself is freed by drop afterwards, as `chdb.h` demands.
        let handle = unsafe { (self.connection.api.functions.chdb_stream_done)(self.raw()) };
        RawResult {
            api: self.connection.api,
            handle: NonNull::new(handle),
        }
    }
}

impl Drop for RawInsert<'_> {
    fn drop(&mut self) {
        // SAFETY: freed exactly once, before the connection that it borrows; cancels if it was not finished.
        unsafe { (self.connection.api.functions.chdb_destroy_insert_stream)(self.raw()) };
    }
}

/// Registers a function to run when the process exits by `exit` or by returning from `main`.
pub(super) fn at_exit(hook: extern "C" fn()) {
    unsafe extern "C" {
        fn atexit(hook: extern "C" fn()) -> c_int;
    }
    // SAFETY: `atexit` of the C library; the hook is a function of this program and lives as long as it does.
    unsafe { atexit(hook) };
}

/// Is this the thread that the process began with? `false` where that cannot be told.
pub(super) fn on_main_thread() -> bool {
    #[cfg(target_os = "linux")]
    {
        unsafe extern "C" {
            safe fn getpid() -> c_int;
            safe fn gettid() -> c_int;
        }
        getpid() == gettid()
    }
    #[cfg(target_os = "macos")]
    {
        unsafe extern "C" {
            safe fn pthread_main_np() -> c_int;
        }
        pthread_main_np() != 0
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    false
}

fn text(pointer: *const c_char) -> Option<String> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: the library returns NUL-terminated strings.
    Some(unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned())
}
