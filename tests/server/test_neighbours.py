"""Several people on one machine: each has a vault, a key, a port and a session, and nobody reaches another's."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from bench.serve import Server, serving
from starlette.testclient import TestClient

import darak as sdk
from darak.records.key import KeyProblem
from darak.records.vault import Vault
from darak.server.neighbours import is_neighbour

from .conftest import URL

needs_another_user = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.getuid() != 0, reason="needs another user of the machine"
)


@dataclass(frozen=True)
class Owner:
    """Somebody with a vault, a folder of keys, and a server that runs."""

    home: Path
    keys: Path
    server: Server
    cookie: tuple[str, str]


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    folder = tmp_path_factory.mktemp("machine")
    with ExitStack() as stack:
        monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        owners = []
        for name in ("mina", "hyunwoo"):
            home, keys = folder / name / "vault", folder / name / "keys"
            monkeypatch.setenv("DARAK_KEYS", str(keys))
            with sdk.open(home, create=True, zone="Asia/Seoul") as life:
                life.remember(f"the secret of {name}")
            server = stack.enter_context(serving(home))
            with server.client() as client:
                link = client.post("/api/links").json()["link"]
            with httpx.Client(base_url=server.url, trust_env=False) as browser:
                browser.get(link)
                ((cookie, value),) = browser.cookies.items()
            owners.append(Owner(home, keys, server, (cookie, value)))
        yield owners


def test_nobody_comes_in_with_what_is_anothers(two):
    mina, hyunwoo = two
    with mina.server.client() as client:
        made = client.post("/api/keys", json={"name": "app", "scopes": ["read", "ask", "write"]}).json()["secret"]
        assert client.post("/api/search", json={"query": "secret"}).json()["hits"][0]["text"] == "the secret of mina"
    tries = [
        {"authorization": f"Bearer {mina.server.token}"},
        {"authorization": f"Bearer {made}"},
        {"cookie": "=".join(mina.cookie), "origin": hyunwoo.server.url},
        {"cookie": f"{hyunwoo.cookie[0]}={mina.cookie[1]}", "origin": hyunwoo.server.url},
    ]
    for headers in tries:
        with httpx.Client(base_url=hyunwoo.server.url, headers=headers, trust_env=False) as stranger:
            for method, path in (
                ("GET", "/api/status"),
                ("POST", "/api/search"),
                ("GET", "/api/here"),
                ("GET", "/api/export"),
            ):
                answer = stranger.request(method, path, json={"query": "secret"} if method == "POST" else None)
                assert answer.status_code in (401, 429), (path, headers)  # too many failures are waited out
            assert "secret of" not in stranger.get("/").text
    assert mina.cookie[0] != hyunwoo.cookie[0]


def test_a_link_opens_only_the_server_that_made_it(two):
    hyunwoo, mina = two
    with mina.server.client() as client:
        token = client.post("/api/links").json()["link"].partition("token=")[2]
    with httpx.Client(base_url=hyunwoo.server.url, trust_env=False) as stranger:
        assert stranger.get("/enter", params={"token": token}).status_code == 401


def test_a_beacon_and_a_key_of_another_open_nothing(two, monkeypatch, tmp_path):
    mina, hyunwoo = two
    monkeypatch.setenv("DARAK_KEYS", str(mina.keys))
    own = (hyunwoo.home / "server.json").read_text()
    shutil.copy(mina.home / "server.json", hyunwoo.home / "server.json")
    with pytest.raises(sdk.Problem, match="Another Darak"):
        sdk.open(hyunwoo.home)
    (hyunwoo.home / "server.json").write_text(own)
    stolen = tmp_path / "stolen"
    shutil.copytree(hyunwoo.home, stolen)
    with pytest.raises(KeyProblem):
        Vault.open(stolen)
    (key,) = hyunwoo.keys.iterdir()
    (known,) = mina.keys.iterdir()
    shutil.copy(known, mina.keys / key.name)  # another's key under the right name
    with pytest.raises(KeyProblem, match="not the key of this vault"):
        Vault.open(stolen)


def test_everything_is_readable_for_its_owner_alone(two):
    for owner in two:
        for folder in (owner.home, owner.keys):
            assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0, folder
        for path in (*owner.keys.iterdir(), owner.home / "server.json", owner.home / "lock"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_connections_of_this_user_are_known():
    for host in ("127.0.0.1", "::1"):
        try:
            listening = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        except OSError:
            continue
        with listening, socket.create_connection(listening.getsockname()[:2]) as client:
            here = listening.getsockname()[:2]
            assert not is_neighbour(client.getsockname()[:2], here)
            assert not is_neighbour(("192.168.0.9", 5), here)


def test_a_link_is_worth_nothing_to_another_machine(served):
    token = served.door.link()
    for address, status in (("192.0.2.77", 401), ("2001:db8::7", 401), ("127.0.0.1", 303)):
        browser = TestClient(served.owner.app, base_url=URL, client=(address, 5))
        assert browser.get("/enter", params={"token": token}, follow_redirects=False).status_code == status, address


def own_address() -> str | None:
    """An address by which other machines reach this one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as route:
        try:
            route.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return None
        return route.getsockname()[0]


@needs_another_user
def test_another_user_is_known_by_whichever_address_they_come():
    for address in filter(None, ("127.0.0.1", own_address())):
        with socket.create_server((address, 0)) as listening:
            for user, known in ((0, False), (65534, True)):
                waiting, done = os.pipe()
                if not (child := os.fork()):
                    try:
                        os.close(done)
                        os.setgroups([])
                        os.setuid(user)
                        with socket.create_connection(listening.getsockname(), timeout=30):
                            os.read(waiting, 1)
                    finally:
                        os._exit(0)
                connection, peer = listening.accept()
                with connection:
                    assert is_neighbour(peer, connection.getsockname()) == known, (address, user)
                os.close(done)
                os.close(waiting)
                os.waitpid(child, 0)


@needs_another_user
def test_another_user_of_this_machine_is_not_listened_to(two):
    mina, _ = two

    def ask_as(user: int) -> bytes:
        """What the server says to a process of this user that knows the token."""
        out, into = os.pipe()
        if not (child := os.fork()):
            try:
                os.setgroups([])
                os.setuid(user)
                with socket.create_connection(mina.server.address, timeout=30) as connection:
                    lines = ("GET /api/here HTTP/1.1", f"Host: 127.0.0.1:{mina.server.address[1]}")
                    head = "\r\n".join([*lines, f"Authorization: Bearer {mina.server.token}", "", ""])
                    connection.sendall(head.encode())
                    os.write(into, connection.recv(100))
            finally:
                os._exit(0)
        os.close(into)
        with os.fdopen(out, "rb") as told:
            said = told.read()
        os.waitpid(child, 0)
        return said

    assert b"200 OK" in ask_as(0)
    assert ask_as(65534) == b""
