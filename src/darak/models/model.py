"""One model at one server: complete, stream, embed, count tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import orjson

from darak.models.conceding import as_taken, conceded, turns_taken
from darak.models.dialects.anthropic import Anthropic
from darak.models.dialects.dialect import Dialect, Kind, Listed, Server
from darak.models.dialects.dialect import draft as request_draft
from darak.models.dialects.ollama import Ollama
from darak.models.dialects.openai import OpenAI
from darak.models.mending import Sifting
from darak.models.problems import Busy, Cancelled, Garbled, ModelProblem, Refused, TooOften
from darak.models.request import Call, Piece, Reply, Request, Switched, Text
from darak.models.settings import Abilities
from darak.models.tokens import estimate
from darak.models.wire import Cancel, Draft, Wire, host_of, is_here

_DIALECTS: dict[Kind, Dialect] = {"ollama": Ollama(), "anthropic": Anthropic()}
_OPENAI = OpenAI()
_THOUGHTS = "it was thinking aloud"


def dialect_of(server: Server) -> Dialect:
    return _DIALECTS.get(server.kind, _OPENAI)


def list_models(server: Server, wire: Wire, cancel: Cancel | None = None) -> list[Listed]:
    """The models that a server has. ModelProblem when it does not tell."""
    dialect = dialect_of(server)
    with wire.send(dialect.list_models(server), cancel or Cancel()) as answer:
        return dialect.read_models(answer.body())


class Model:
    """A model by its name at its server. Every method raises a ModelProblem when it fails.

    None tries twice, but where the server refuses a part of the request that can be left out: then it is left out from
    now on. `learnt` is told of that.
    """

    def __init__(
        self,
        server: Server,
        name: str,
        wire: Wire,
        abilities: Abilities | None = None,
        passed_on: str = "",
        learnt: Callable[[Abilities], None] | None = None,
    ) -> None:
        self.server = server
        self.at_server = name
        self.abilities = abilities or Abilities(rungs=dialect_of(server).rungs(server), tested=False)
        self._learnt = learnt
        self._wire = wire
        self._passed_on = passed_on
        self._counts_not = False
        self._dialect = dialect_of(server)

    @property
    def name(self) -> str:
        """As the owner writes it: server/model."""
        return f"{self.server.name}/{self.at_server}"

    @property
    def here(self) -> bool:
        """Whether it runs on this machine."""
        return is_here(self.host)

    @property
    def host(self) -> str:
        """Where what is asked ends up."""
        return self._passed_on or host_of(self.server.url)

    def reached(self) -> Server:
        """The server as it is spoken to."""
        return self.server

    def window(self, cancel: Cancel | None = None) -> int | None:
        """The model's window in tokens, as its server tells; None when it does not."""
        return self.described(cancel).context

    def described(self, cancel: Cancel | None = None) -> Listed:
        """What its server tells of it."""
        draft = self._dialect.describe(self.reached(), self.at_server)
        try:
            with self._wire.send(draft, cancel or Cancel()) as answer:
                return self._dialect.read_described(answer.body(), self.at_server)
        except Refused:  # an older server, or one that only speaks like it
            with self._wire.send(self._dialect.list_models(self.reached()), cancel or Cancel()) as answer:
                return self._dialect.read_described(answer.body(), self.at_server)

    def draft(self, request: Request) -> Draft:
        """Exactly what `stream` and `complete` will send."""
        taken = replace(request, messages=turns_taken(self.abilities, request.messages))
        draft = self._dialect.chat(self.reached(), self.at_server, taken, self.abilities.context)
        return replace(as_taken(self.abilities, draft), passed_on=self._passed_on)

    def concede(self, refusal: ModelProblem, *, fitted: bool = False) -> bool:
        """Learns from a refusal what the server does not take. Says whether that is anything new."""
        if not isinstance(refusal, (Refused, Busy)) or isinstance(refusal, TooOften):
            return False
        known = conceded(self.abilities, str(refusal), fitted=fitted)
        if known == self.abilities:
            return False
        self.abilities = known
        if self._learnt is not None:
            self._learnt(known)
        return True

    def stream(self, request: Request, cancel: Cancel | None = None) -> Iterator[Piece]:
        """Text as it comes, then calls, and at last the whole reply. Closing the iterator ends the request.

        Thoughts aloud are left out, and calls that the model writes as text become calls. A Switched to itself says
        that what came before it were thoughts.
        """
        draft = self.draft(request)
        begun = False
        try:
            for piece in self._stream(draft, request, cancel or Cancel()):
                begun = True
                yield piece
            return
        except (Refused, Busy) as problem:
            learnt = self.concede(problem, fitted=request.fitted)
            if begun or not learnt or self.draft(request).body == draft.body:
                raise
        yield from self.stream(request, cancel)

    def _stream(self, draft: Draft, request: Request, cancel: Cancel) -> Iterator[Piece]:
        sifting = Sifting(request.tools)
        shown: list[str] = []
        calls: list[Call] = []
        with self._wire.send(draft, cancel) as answer:
            for piece in self._dialect.read_chat(answer.lines(), self.name):
                if isinstance(piece, Text):
                    text, thoughts_before = sifting.feed(piece.text)
                    if thoughts_before:
                        shown.clear()
                        yield Switched(self.name, self.name, _THOUGHTS)
                    if text:
                        shown.append(text)
                        yield Text(text)
                elif isinstance(piece, Call):
                    calls.append(piece)
                    yield piece
                else:
                    rest, written = sifting.end()
                    if rest:
                        shown.append(rest)
                        yield Text(rest)
                    yield from written
                    yield replace(piece, text="".join(shown), calls=(*calls, *written))

    def complete(self, request: Request, cancel: Cancel | None = None) -> Reply:
        """The whole reply."""
        for piece in self.stream(request, cancel):
            if isinstance(piece, Reply):
                return piece
        raise Garbled(f"{self.name} gave no reply.")

    def embed(self, texts: Sequence[str], purpose: str, cancel: Cancel | None = None) -> list[list[float]]:
        """A vector for each text. NotOffered where the protocol has none."""
        draft = self._dialect.embed(self.reached(), self.at_server, texts, purpose)
        with self._wire.send(replace(draft, passed_on=self._passed_on), cancel or Cancel()) as answer:
            vectors = self._dialect.read_embeddings(answer.body())
        if len(vectors) != len(texts):
            raise Garbled(f"{self.name} gave {len(vectors)} vectors for {len(texts)} texts.")
        return vectors

    def count_tokens(self, text: str, cancel: Cancel | None = None) -> int:
        """Tokens of a text: exact from llama.cpp and vLLM on this machine, else an estimate rather too high.

        A text is never sent to another host to be counted, and a server that failed to count is not asked again.
        """
        if self.here and self.server.kind in ("llamacpp", "gguf", "vllm") and not self._counts_not:
            body = {"model": self.at_server, "prompt": text, "content": text}
            try:
                server = self.reached()
                root = replace(server, url=server.url.removesuffix("/v1"))
                draft = request_draft(root, "/tokenize", self.at_server, "count tokens", body)
                with self._wire.send(draft, cancel or Cancel()) as answer:
                    return len(orjson.loads(answer.body())["tokens"])
            except Cancelled:
                raise
            except (ModelProblem, ValueError, KeyError, TypeError):
                self._counts_not = True  # an older server: the estimate serves
        return estimate(text)
