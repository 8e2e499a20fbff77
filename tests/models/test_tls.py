"""Models over TLS: the host must prove who it is, and cancelling works there too."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.models.server import ModelServer, Silence

from darak.models.dialects.dialect import Server
from darak.models.model import Model
from darak.models.problems import Cancelled, Silent, Unreachable
from darak.models.request import Message, Request
from darak.models.wire import Cancel, Patience, Wire

_ASK = Request((Message("user", "hi"),), "test")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate that `localhost` signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = tmp_path / "certificate.pem"
    path.write_bytes(pem + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[ModelServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ModelServer(context) as server:
        yield server


def model(server: ModelServer, patience: Patience) -> Model:
    return Model(Server("s", "openai", f"{server.url}/v1"), "m", Wire(lambda draft: None, patience))


def test_a_host_that_cannot_prove_itself_gets_nothing(secure: ModelServer) -> None:
    with pytest.raises(Unreachable, match="cannot prove"):
        model(secure, Patience()).complete(_ASK)
    assert not secure.seen


def test_one_that_can_is_asked_and_can_be_cancelled(
    secure: ModelServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert model(secure, Patience()).complete(_ASK).text == "Hello."
    for act in (Silence(20), Silence(20, "x")):
        secure.script.append(act)
        cancel = Cancel()
        threading.Timer(0.3, cancel.cancel).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            model(secure, Patience()).complete(_ASK, cancel)
        assert time.monotonic() - began < 3
    secure.script.append(Silence(20, "x"))
    with pytest.raises(Silent):
        model(secure, Patience(first=1, between=0.3)).complete(_ASK)
