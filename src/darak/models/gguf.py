"""A GGUF file on this disk, run inside this process by llama.cpp (the extra `models`).

The library serves it on a port of loopback that it chooses itself; a key made for this process keeps others out.
"""

from __future__ import annotations

import os
import secrets
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from darak.installation import install_command
from darak.models.dialects.dialect import Server
from darak.models.model import Model, list_models
from darak.models.problems import ModelProblem, NotOffered
from darak.models.settings import Abilities
from darak.models.wire import Cancel, Wire

_MAGIC = b"GGUF"
_CONTEXT = 8192
"""Tokens of context: what a file was trained on may need more memory than there is."""
_ERRORS_ONLY = 1


def is_gguf(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


class Gguf(Model):
    """The model in a file; it is loaded by the first request and stays loaded as long as this object."""

    def __init__(self, server: Server, wire: Wire, abilities: Abilities | None = None) -> None:
        super().__init__(server, Path(server.url).name, wire, abilities)
        self._lock = Lock()
        self._running: Any = None
        self._reached: Server | None = None

    @property
    def name(self) -> str:
        return self.server.name

    @property
    def host(self) -> str:
        return "localhost"

    def window(self, cancel: Cancel | None = None) -> int | None:
        """What it was loaded with, or what it was trained on where that is less."""
        (told,) = list_models(self.reached(), self._wire, cancel)
        return min(self.abilities.context or _CONTEXT, told.context or _CONTEXT)

    def reached(self) -> Server:
        """The server of the loaded file. NotOffered without the library, ModelProblem when the file cannot be run."""
        with self._lock:
            if self._reached is None:
                key = secrets.token_hex(16)
                self._running = _run(Path(self.server.url), key, self.abilities.context or _CONTEXT)
                self._reached = Server(self.server.name, "gguf", f"{self._running.listening_address}/v1", key)
            return self._reached


def _run(path: Path, key: str, context: int) -> Any:
    try:
        llama: Any = import_module("xllamacpp")  # which brings no types
    except ImportError as error:
        raise NotOffered(f"A GGUF file needs llama.cpp: {install_command('models')}") from error
    if not is_gguf(path):
        raise ModelProblem(f"{path} is no GGUF file, or not there.")
    parameters: Any = llama.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = context
    threads = max(1, (os.cpu_count() or 2) // 2)  # one for each core, not for each of its two halves
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.ui = False
    parameters.verbosity = _ERRORS_ONLY
    try:
        return llama.Server(parameters)
    except Exception as error:  # whatever the library makes of a file that it cannot run
        raise ModelProblem(f"llama.cpp cannot run {path}: {error}.") from error
