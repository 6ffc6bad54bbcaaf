"""A small static server for this machine alone, with byte ranges.

It asks for no token: it only reads, changes nothing, and what it serves is a site made
to be published. It listens on the loopback address and refuses requests that name
another host or come from a page elsewhere, so that no web page reads a map not yet
published.
"""

import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from isogen.errors import InputError, StorageError

HOST = "127.0.0.1"

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".dzi": "application/xml; charset=utf-8",
    ".glb": "model/gltf-binary",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
}
"""Not those of the machine: they differ, and some serve scripts as plain text."""

_BINARY = "application/octet-stream"
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
"""No file needs more digits, and Python refuses to read numbers of thousands."""

_PIECE = 1 << 16


class SiteServer(ThreadingHTTPServer):
    """Serves a folder from a thread of its own until it is closed."""

    daemon_threads = True
    root: Path

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.server_port}/"

    def close(self) -> None:
        """Stop; a second call does nothing."""
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Say nothing: a browser that leaves in the middle of a tile is no fault."""


def serve(folder: Path, port: int = 0) -> SiteServer:
    """Serve a folder on 127.0.0.1, in the background.

    Args:
        folder: What to serve; nothing outside it can be reached.
        port: Where to listen; 0 is any free port.

    Raises:
        InputError: There is no such folder.
        StorageError: The port is taken or not permitted.
    """
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}", hint="Run `isogen export site` first.")
    try:
        server = SiteServer((HOST, port), _Handler)
    except OSError as error:
        raise StorageError(
            f"cannot listen on port {port}: {error.strerror}", hint="Choose another --port."
        ) from error
    server.root = folder.resolve()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SiteServer  # pyright: ignore[reportIncompatibleVariableOverride]

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file, or a part of it."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Answer with what is known of a file."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        if not self._is_for_here():
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        path = _inside(self.server.root, self.path)
        if path is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        try:
            with path.open("rb") as file:
                self._send(file, path, body=body)
        except FileNotFoundError:  # the folder was replaced a moment ago
            self._refuse(HTTPStatus.NOT_FOUND)

    def _is_for_here(self) -> bool:
        """Tell whether the request names this server: a page elsewhere cannot borrow it."""
        host = self.headers.get("Host", "").lower()
        origin = self.headers.get("Origin", f"http://{host}").lower()
        return host.partition(":")[0] in (HOST, "localhost") and origin == f"http://{host}"

    def _send(self, file: BinaryIO, path: Path, *, body: bool) -> None:
        size, tag = _size_and_tag(path)
        if self.headers.get("If-None-Match") == tag:
            self._refuse(HTTPStatus.NOT_MODIFIED)
            return
        part = _part(self.headers.get("Range"), size)
        if part is None:
            self._refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, f"bytes */{size}")
            return
        first, last = part
        partial = last - first + 1 < size
        self.send_response(HTTPStatus.PARTIAL_CONTENT if partial else HTTPStatus.OK)
        if partial:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Type", _TYPES.get(path.suffix.lower(), _BINARY))
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", tag)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if body:
            file.seek(first)
            self._copy(file, last - first + 1)

    def _copy(self, file: BinaryIO, length: int) -> None:
        while length > 0 and (piece := file.read(min(length, _PIECE))):
            self.wfile.write(piece)
            length -= len(piece)

    def _refuse(self, status: HTTPStatus, content_range: str = "") -> None:
        self.send_response(status)
        if content_range:
            self.send_header("Content-Range", content_range)
        self.send_header("Content-Length", "0")
        self.end_headers()


def _inside(root: Path, target: str) -> Path | None:
    """Return the file that a request names; None when it is absent or outside the folder."""
    try:
        name = unquote(urlsplit(target).path)
        if "\0" in name or "\\" in name:
            return None
        path = (root / name.lstrip("/")).resolve()
        path = path / "index.html" if path.is_dir() else path
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _size_and_tag(path: Path) -> tuple[int, str]:
    status = path.stat()
    return status.st_size, f'"{status.st_mtime_ns:x}-{status.st_size:x}"'


def _part(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that a Range asks for; None when there are none.

    What is not one range of bytes is answered with the whole, as the standard wants.
    """
    found = _RANGE.fullmatch(header or "")
    if not found or not (found[1] or found[2]):
        return 0, size - 1
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
        return (first, last) if int(found[2]) else None
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return 0, size - 1
    return (first, last) if first < size else None
