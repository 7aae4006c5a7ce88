"""One chdb behind the part of ClickHouse's HTTP interface that chx uses.

    PYTHON shim.py FOLDER [LIBRARY]

PYTHON is the interpreter of an environment in which a wheel of chdb is installed; or LIBRARY is a libchdb.so, and any
Python does. The engine keeps its data in FOLDER, and its configuration, which is that of config.xml beside this file.
The shim listens on 127.0.0.1 on a port that the system chooses, prints `http://127.0.0.1:PORT` and serves until its
standard input ends, so that it cannot outlive whoever started it.

Requests take turns: the engine has one session. Settings of a request are set before its statement and taken back
behind it. There are no users, no sessions, no compression and no streaming. The engine is a process of its own, which
is ended where it crashes or hangs in a statement, and then started anew without its data: what it hung in, such as a
mutation that fails again and again, would wait for it. Chdb 1.x has no session: there each request has a process.
"""

import ctypes
import glob
import http.server
import os
import re
import select
import struct
import subprocess
import sys
import threading
import urllib.parse

# Parameters of a request that are no settings.
NO_SETTINGS = {
    "query",
    "database",
    "default_format",
    "user",
    "password",
    "query_id",
    "session_id",
    "session_timeout",
    "session_check",
    "quota_key",
    # What they change is how a server streams.
    "compress",
    "decompress",
    "wait_end_of_query",
    "buffer_size",
    "http_write_exception_in_output_format",
    "enable_http_compression",
}

# What clickhouse-local has otherwise than a server.
SERVER_DEFAULTS = {"implicit_select": "0"}

# How long a statement may take, in seconds. A library of half a gigabyte may take longer to load.
PATIENCE = 30


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def identifier(text):
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"


class Refused(Exception):
    """What the engine says instead of a result."""


class Library:
    """A libchdb.so as a connection."""

    def __init__(self, path, data, config):
        pointer, size, text = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p
        self.library = ctypes.CDLL(path)
        for name, result, arguments in (
            ("chdb_connect", ctypes.POINTER(pointer), (ctypes.c_int, ctypes.POINTER(text))),
            ("chdb_query_n", pointer, (pointer, text, size, text, size)),
            ("chdb_result_error", text, (pointer,)),
            ("chdb_result_buffer", pointer, (pointer,)),
            ("chdb_result_length", size, (pointer,)),
            ("chdb_destroy_query_result", None, (pointer,)),
        ):
            function = getattr(self.library, name)
            function.restype, function.argtypes = result, arguments
        words = [b"clickhouse", b"--path=" + data.encode(), b"--config-file=" + config.encode()]
        self.connection = self.library.chdb_connect(len(words), (text * len(words))(*words))
        if not self.connection:
            raise SystemExit("the library opens no connection")

    def query(self, sql, form):
        sql, form = sql.encode("utf-8", "surrogateescape"), form.encode()
        result = self.library.chdb_query_n(self.connection[0], sql, len(sql), form, len(form))
        try:
            error = self.library.chdb_result_error(result)
            if error:
                raise Refused(error.decode("utf-8", "surrogateescape"))
            length = self.library.chdb_result_length(result)
            return ctypes.string_at(self.library.chdb_result_buffer(result), length) if length else b""
        finally:
            self.library.chdb_destroy_query_result(result)


class Wheel:
    """A wheel as a connection. Only its library is loaded: the Python around it wants pyarrow."""

    def __init__(self, data, config):
        [folder] = glob.glob(os.path.join(sys.prefix, "lib", "python3*", "site-packages", "chdb"))
        sys.path.insert(0, folder)
        import _chdb

        self.module, self.data = _chdb, data
        self.connection = None
        if hasattr(_chdb, "connect"):
            self.connection = _chdb.connect(f"{data}?config-file={config}")

    def query(self, sql, form):
        if self.connection is None:
            result = self.module.query(sql, form, path=self.data, udf_path="")
            if result.has_error():
                raise Refused(result.error_message())
            return result.bytes() or b""
        try:
            return self.connection.query(sql, form).bytes() or b""
        except RuntimeError as error:
            raise Refused(str(error)) from None


def run(connection, sql, form, database, settings):
    """Runs the statement of a request and leaves the session as it was."""
    before = [f"USE {identifier(database)}"] if database not in ("", "default") else []
    before += [f"SET {name} = {quoted(value)}" for name, value in settings]
    if isinstance(connection, Wheel) and connection.connection is None:
        return connection.query(";\n".join([*before, sql]), form)
    behind = ["USE default"] if database not in ("", "default") else []
    try:
        for statement in before:
            connection.query(statement, "Null")
        return connection.query(sql, form)
    finally:
        behind += [
            f"SET {name} = {SERVER_DEFAULTS.get(name, 'DEFAULT')}"
            for name, _ in settings
            if not name.startswith("param_")
        ]
        for statement in behind:
            try:
                connection.query(statement, "Null")
            except Refused:
                pass  # It was not there to be set either.


def send(pipe, *parts):
    """Writes texts, each behind its length."""
    for part in (str(len(parts)), *parts):
        whole = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        pipe.write(struct.pack("<q", len(whole)) + whole)
    pipe.flush()


def receive(pipe):
    """Reads what `send` wrote; nothing at the end."""

    def part():
        head = pipe.read(8)
        if len(head) < 8:
            raise EOFError
        return pipe.read(struct.unpack("<q", head)[0])

    return [part() for _ in range(int(part()))]


def serve_engine(data, config, library):
    """The process of the engine: takes requests on its standard input, one after the other."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What the engine has to say by itself is no answer, and the next request is no data: up to 25.5 an INSERT of VALUES reads
    # on from the standard input.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    connection = Library(library, data, config) if library else Wheel(data, config)
    has_session = library or connection.connection is not None
    for name, value in SERVER_DEFAULTS.items() if has_session else ():
        try:
            connection.query(f"SET {name} = {value}", "Null")
        except Refused:
            pass  # An older version, which never did otherwise.
    send(answers, "ready")
    while True:
        try:
            parts = [part.decode("utf-8", "surrogateescape") for part in receive(requests)]
        except EOFError:
            os._exit(0)
        sql, form, database, *settings = parts
        try:
            send(answers, "done", run(connection, sql, form, database, list(zip(settings[::2], settings[1::2]))))
        except Refused as refused:
            send(answers, "refused", str(refused))
        if not has_session:
            os._exit(0)


class Engine:
    """The engine's process, from outside."""

    def __init__(self, data, *arguments):
        self.data, self.arguments = data, arguments
        self.lives, self.process, self.lock = 1, None, threading.Lock()

    def run(self, sql, form, database, settings):
        with self.lock:
            return self.ask(sql, form, database, [text for pair in settings for text in pair])

    def ask(self, sql, form, database, pairs):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, os.path.abspath(__file__), "engine", f"{self.data}-{self.lives}", *self.arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            try:
                receive(self.process.stdout)
            except EOFError:
                self.end()
                raise Refused("Code: 210. The engine does not start. (NETWORK_ERROR)") from None
        try:
            send(self.process.stdin, sql, form, database, *pairs)
            if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
                raise TimeoutError
            outcome, answer = receive(self.process.stdout)
        except TimeoutError:
            self.end()
            raise Refused(f"Code: 159. The engine hung for {PATIENCE} seconds. (TIMEOUT_EXCEEDED)") from None
        except (EOFError, BrokenPipeError):
            if self.process.wait() == 0:
                # It had ended behind the request before.
                return self.ask(sql, form, database, pairs)
            self.end()
            raise Refused("Code: 210. The engine crashed. (NETWORK_ERROR)") from None
        if outcome == b"refused":
            raise Refused(answer.decode("utf-8", "surrogateescape"))
        return answer

    def end(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.lives += 1


def handler(engine):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status, body, headers=()):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            if urllib.parse.urlsplit(self.path).path == "/ping":
                self.answer(200, b"Ok.\n")
            else:
                self.do_POST()

        def do_POST(self):
            url = urllib.parse.urlsplit(self.path)
            pairs = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
            parameters = dict(pairs)
            body = self.body().decode("utf-8", "surrogateescape")
            sql = "\n".join(part for part in (parameters.get("query", ""), body) if part)
            settings = [(name, value) for name, value in pairs if name not in NO_SETTINGS]
            query_id = parameters.get("query_id", "")
            headers = [("X-ClickHouse-Query-Id", query_id)] if query_id else []
            form = self.headers.get("X-ClickHouse-Format") or parameters.get("default_format") or "TabSeparated"
            database = parameters.get("database") or self.headers.get("X-ClickHouse-Database") or ""
            try:
                result = engine.run(sql, form, database, settings)
            except Refused as refused:
                message = str(refused)
                code = re.search(r"Code: (\d+)\.", message)
                if code:
                    headers.append(("X-ClickHouse-Exception-Code", code.group(1)))
                self.answer(500, message.encode("utf-8", "surrogateescape"), headers)
                return
            headers.append(("X-ClickHouse-Format", form))
            self.answer(200, result, headers)

        def body(self):
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            whole = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                whole += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return whole

        def log_message(self, *_arguments):
            pass

    return Handler


def configure(folder):
    """Writes the configuration into the folder."""
    beside = os.path.dirname(os.path.abspath(__file__))
    for name in ("config.xml", "users.xml"):
        with open(os.path.join(beside, name), encoding="utf-8") as file:
            text = file.read().replace("FOLDER", folder)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return os.path.join(folder, "config.xml")


def main():
    folder, library = os.path.abspath(sys.argv[1]), (sys.argv[2:] or [""])[0]
    engine = Engine(os.path.join(folder, "data"), configure(folder), library)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(engine))
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    engine.end()


if sys.argv[1] == "engine":
    serve_engine(*sys.argv[2:5])
else:
    main()
