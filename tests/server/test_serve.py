"""`darak serve` as a process: what it listens on, how it ends, and what is left when it is killed."""

from __future__ import annotations

import json
import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from darak.records.vault import Vault
from darak.server.door import hash_password
from darak.server.serve import PASSWORD

from .conftest import LIFE


@pytest.fixture
def known(darak, lines, tmp_path):
    assert darak("import", lines(tmp_path / "life.jsonl", LIFE)).returncode == 0


def test_it_serves_and_ends_with_everything_sealed(known, darak_serve, darak, home):
    running = darak_serve()
    with running.client() as owner:
        assert owner.get("/api/status").json()["records"] == 6
        assert owner.post("/api/ask", json={"question": "When is my dentist appointment?"}).json()["citations"]
    beacon = home / "server.json"
    assert stat.S_IMODE(beacon.stat().st_mode) == 0o600
    busy = darak("rebuild")
    assert busy.returncode == 1 and f"darak serve` (process {running.process.pid}) has this vault" in busy.stderr
    assert running.stop() == 0
    assert not beacon.exists() and not (home / "open").exists()
    assert json.loads(darak("status", "--json").stdout)["index_lag"] == 0


def test_it_makes_a_vault_where_there_is_none(darak_serve):
    with darak_serve().client() as owner:
        assert owner.get("/api/status").json()["records"] == 0
        answer = owner.post("/api/ask", json={"question": "When was I born?"}).json()
        assert answer["status"] == "no_record"


def test_a_killed_server_leaves_a_vault_that_opens(known, darak_serve, darak):
    running = darak_serve()
    running.process.kill()
    running.process.wait()
    again = darak_serve()
    with again.client() as owner:
        assert owner.get("/api/status").json()["records"] == 6
    assert again.stop() == 0


def test_a_second_serve_opens_the_first(known, darak_serve, darak):
    running = darak_serve()
    again = darak("serve", "--no-browser")
    assert again.returncode == 0 and f"{running.url}/enter?token=" in again.stdout


def test_ask_and_search_go_to_the_running_server(known, darak_serve, darak):
    darak_serve()
    here = darak("ask", "When is my dentist appointment?")
    assert here.returncode == 0 and "14 May 2024" in here.stdout and "“Dentist appointment”" in here.stdout
    assert json.loads(darak("ask", "--json", "dentist appointment?").stdout)["citations"]
    assert "The heronkeeper waits" in darak("search", "heronkeeper").stdout
    hit = json.loads(darak("search", "-k", "1", "--json", "lantern").stdout)
    assert hit["author"] == "Mina Kim" and hit["before"][0]["text"].startswith("The heronkeeper") and hit["origin"]
    assert darak("search", "--person", "Nobody").returncode == 2
    assert "Nothing" in darak("search", "--since", "2030", "dentist").stdout


def test_the_server_answers_as_the_command_does(known, darak_serve, darak, monkeypatch):
    monkeypatch.setenv("DARAK_NOW", "2024-06-01T12:00")
    commands = (["ask", "When is my dentist appointment?"], ["ask", "How many steps in May 2024?"], ["search", "pier"])
    alone = [darak(*command).stdout for command in commands]
    darak_serve()
    served = [darak(*command).stdout for command in commands]
    for one, other in zip(alone, served, strict=True):
        assert [line for line in one.splitlines() if " ms)" not in line] == [
            line for line in other.splitlines() if " ms)" not in line
        ]


def test_other_machines_need_a_password_and_tls(known, darak, monkeypatch, tmp_path):
    refused = darak("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 2 and "--set-password" in refused.stderr
    monkeypatch.setattr("darak.cli.serve_command._LEAST", 0)
    assert darak("serve", "--set-password").returncode == 0
    refused = darak("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 2 and "--cert" in refused.stderr


def test_a_server_for_other_machines_makes_no_vault(darak, home):
    refused = darak("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 1 and "no vault" in refused.stderr and not home.exists()


def test_another_machine_signs_in_with_the_password_over_tls(known, darak_serve, home, tmp_path):
    certificate, key = self_signed(tmp_path)
    with Vault.open(home) as vault:
        vault.set(PASSWORD, hash_password("a long password"))
    running = darak_serve("--host", "0.0.0.0", "--name", "attic.home", "--cert", str(certificate), "--key", str(key))
    assert running.url.startswith("https://127.0.0.1:")
    trusted = ssl.create_default_context(cafile=str(certificate))
    with httpx.Client(base_url=running.url, verify=trusted, trust_env=False, timeout=30) as browser:
        assert browser.get("/").status_code == 401
        assert browser.post("/sign-in", data={"password": "a long passwort"}).status_code == 401
        assert browser.post("/sign-in", data={"password": "a long password"}).status_code == 303
        assert browser.get("/api/status").json()["records"] == 6
    assert running.stop() == 0


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1, and its key."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "attic")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(private, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths[1].write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths
