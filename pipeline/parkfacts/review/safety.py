"""Who may talk to the review server: the holder of the token, from a page of ours, to our own name, in small bodies."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY = 4 * 1024 * 1024  # bytes of the largest body that is read
CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_LOGIN = (
    "<!doctype html><html lang=zh><meta charset=utf-8><title>parkfacts</title><form method=post action=/login>"
    "<label>密码 / Password <input type=password name=password autofocus></label> <button>进入 / Enter</button></form>"
)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Keys:
    """``token`` opens the page once (in its address), ``session`` is what the cookie then holds; ``password`` is asked
    for where the server is open to other machines."""

    host: str = "127.0.0.1"
    port: int = 0
    password: str | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies are shared by all ports of a machine."""
        return f"parkfacts_{self.port}"

    def ours(self, host: str) -> bool:
        """Whether a Host header names this server: a name that someone's DNS could point here is none of ours."""
        name, _, port = host.rpartition(":") if host.rpartition(":")[2].isdecimal() else (host, "", "80")
        if int(port or 80) != self.port:
            return False
        name = name.strip("[]").lower()
        if is_loopback(name) or name == self.host.lower():
            return True
        if is_loopback(self.host):
            return False
        try:
            return bool(ipaddress.ip_address(name))
        except ValueError:
            return name in (socket.gethostname().lower(), socket.getfqdn().lower())


class Guard:
    """The ASGI middleware that refuses everything else."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self.app, self.keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what is refused or asked of the guard itself, hands on the rest, and sets the headers."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._refused(scope) or await self._entered(scope, receive)
        if answer is not None:
            await answer(scope, receive, with_headers)
            return
        try:
            await self.app(scope, _bounded(receive), with_headers)
        except _TooLarge:
            await JSONResponse({"error": "the body is too large"}, 413)(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), scope["path"]
        if not self.keys.ours(headers.get("host", "")):
            return PlainTextResponse("this server has another name: open the address that it printed", 421)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > BODY:
            return JSONResponse({"error": f"a body holds {BODY} bytes at most"}, 413)
        if scope["method"] not in ("GET", "HEAD"):
            if headers.get("origin") != f"http://{headers['host']}":
                return JSONResponse({"error": "the request comes from another page"}, 403)
            kind = headers.get("content-type", "").split(";")[0].strip().lower()
            if kind != ("application/x-www-form-urlencoded" if path == "/login" else "application/json"):
                return JSONResponse({"error": "content-type must be application/json"}, 415)
        if path.startswith("/api/") and not self._known(headers):
            return JSONResponse({"error": "no session: open the address that the server printed"}, 401)
        return None

    def _known(self, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.keys.cookie)
        except CookieError:
            return False
        return cookie is not None and _same(cookie.value, self.keys.session)

    async def _entered(self, scope: Scope, receive: Receive) -> Response | None:
        """The token or the password for the cookie; the form for a password where there is no cookie yet."""
        path, headers = scope["path"], Headers(scope=scope)
        if path == "/login" and scope["method"] == "POST" and self.keys.password is not None:
            try:
                body = await Request(scope, _bounded(receive)).body()
            except _TooLarge:
                return PlainTextResponse("too large", 413)
            given = parse_qs(body.decode("utf-8", "replace")).get("password", [""])[0]
            if _same(given, self.keys.password):
                return self._let_in()
            await asyncio.sleep(0.5)  # for who tries many
            return HTMLResponse(_LOGIN, 401)
        if path != "/" or scope["method"] != "GET":
            return None
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if token is not None:
            wrong = PlainTextResponse("this is not the address that the server printed", 403)
            return self._let_in() if _same(token[0], self.keys.token) else wrong
        if self.keys.password is not None and not self._known(headers):
            return HTMLResponse(_LOGIN, 401)
        return None

    def _let_in(self) -> Response:
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self.keys.cookie, self.keys.session, httponly=True, samesite="strict", path="/")
        return answer


class _TooLarge(Exception):
    pass


def _bounded(receive: Receive) -> Receive:
    """A body of unknown length is read up to the bound alone."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > BODY:
            raise _TooLarge
        return message

    return bounded


def _same(one: str, other: str) -> bool:
    """Compares without telling by the time how much was right."""
    return hmac.compare_digest(hashlib.sha256(one.encode()).digest(), hashlib.sha256(other.encode()).digest())
