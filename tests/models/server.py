"""A model's server on loopback that speaks OpenAI's, Ollama's and Anthropic's protocols and misbehaves on demand.

    with ModelServer() as server:
        server.script += [Status(429, retry_after="0.1"), Say("Hello.")]

Each chat request takes the next act of the script; when it is empty the server obeys: it fills in the schema that it
is given, calls the tool that it must call, else says "Hello." `seen` holds every request as it came.
"""

from __future__ import annotations

import json
import ssl
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Say:
    """Streams a text in `pieces`; `usage` False leaves the counts out; `end` False ends without saying so."""

    text: str
    pieces: int = 3
    usage: bool = True
    stop: str = "end"
    end: bool = True
    thinking: str = ""


@dataclass(frozen=True)
class CallTool:
    """Calls a tool; `arguments` may be text that is no JSON."""

    name: str
    arguments: Any


@dataclass(frozen=True)
class Status:
    """Answers with an error."""

    code: int
    message: str = "no"
    retry_after: str | None = None


@dataclass(frozen=True)
class Disconnect:
    """Says a text and then breaks the connection off."""

    after: str = ""


@dataclass(frozen=True)
class Silence:
    """Says a text, then nothing for so many seconds. With `pings` it sends comments meanwhile."""

    seconds: float
    after: str = ""
    pings: bool = False


@dataclass(frozen=True)
class Raw:
    """Answers with these bytes, whatever the protocol says."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fail:
    """Says a text, then tells of an error in the middle of the stream."""

    after: str = ""
    message: str = "overloaded"


Act = Say | CallTool | Status | Disconnect | Silence | Raw | Fail


@dataclass(frozen=True)
class Seen:
    """A request: its path, headers in lower case, the bytes of its body and the JSON in it."""

    path: str
    headers: dict[str, str]
    raw: bytes
    body: Any = field(default=None)


class _Quiet(ThreadingHTTPServer):
    """Clients go away in the middle of an answer here, which is worth no word."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], (ConnectionError, ssl.SSLError)):
            super().handle_error(request, client_address)


class ModelServer:
    """`refuses` names what is answered with 400: "grammar", "schema", "tools", "stream_options"; `key` is wanted when
    set; `obeys` False makes it ignore schemas and tools and say "Hello.". `said_at` is when it last said something."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.script: deque[Act] = deque()
        self.seen: list[Seen] = []
        self.models = ["tiny", "larger:7b"]
        self.remote: dict[str, str] = {}
        self.refuses: set[str] = set()
        self.ignores: set[str] = set()
        self.key: str | None = None
        self.embedding = [0.25, -0.5, 1.0]
        self.context = 8192
        self.capabilities: list[str] | None = None
        self.places: dict[str, Any] = {}
        """What is answered to a GET of further paths, whatever is asked behind the question mark."""
        self.counts_after = 0.0
        """Seconds that counting tokens takes."""
        self.said_at = 0.0
        self.left = threading.Event()
        """Set when a client went away in the middle of an answer."""
        self._stopping = threading.Event()
        owner = self

        class Handler(_Handler):
            server_of_models = owner

        self._http = _Quiet(("127.0.0.1", 0), Handler)
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
            self.url = f"https://localhost:{self.port}"

    @property
    def chats(self) -> list[Seen]:
        """The requests that ask a model."""
        return [one for one in self.seen if one.path.endswith(("/chat/completions", "/api/chat", "/messages"))]

    def wait(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    def __enter__(self) -> ModelServer:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()


def fitting(schema: dict[str, Any]) -> Any:
    """A small value that fits a JSON Schema."""
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return fitting(schema["anyOf"][0])
    kind = schema.get("type", "string")
    if kind == "object":
        return {name: fitting(one) for name, one in schema.get("properties", {}).items()}
    if kind == "array":
        return [fitting(schema.get("items", {}))] * max(1, schema.get("minItems", 1))
    return {"string": "서울", "integer": 7, "number": 1.5, "boolean": True, "null": None}[kind]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_models: ModelServer

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._note(b"")
        self._get() if self._key_fits() else self._error(401, "Invalid API Key", "authentication_error")

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = self._note(raw)
        if not self._key_fits():
            self._error(401, "Invalid API Key", "authentication_error")
            return
        try:
            self._post(body)
        except (BrokenPipeError, ConnectionResetError):
            self.server_of_models.left.set()
            self.close_connection = True

    def _note(self, raw: bytes) -> Any:
        body = json.loads(raw) if raw else None
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server_of_models.seen.append(Seen(self.path, headers, raw, body))
        return body

    def _key_fits(self) -> bool:
        key = self.server_of_models.key
        given = (self.headers.get("Authorization", "").removeprefix("Bearer "), self.headers.get("x-api-key"))
        return key is None or key in given

    def _get(self) -> None:
        server = self.server_of_models
        path = self.path.partition("?")[0]
        if isinstance(told := server.places.get(path), Status):
            self._error(told.code, told.message)
        elif told is not None:
            self._json(told)
        elif self.path == "/api/tags":
            entries = [{"name": name, "model": name, "modified_at": _WHEN, "size": 523, "digest": "5a1e",
                        "details": {"format": "gguf", "family": "llama", "families": ["llama"]}}
                       for name in server.models]  # fmt: skip
            entries += [{"name": n, "model": n, "remote_host": host} for n, host in server.remote.items()]
            self._json({"models": entries})
        elif self.path.startswith("/v1/models"):
            told = {"object": "model", "created": 0, "owned_by": "vllm", "root": "/models/tiny", "parent": None}
            told["max_model_len"] = server.context
            self._json({"object": "list", "data": [{"id": name} | told for name in server.models]})
        else:
            self._error(404, "File Not Found", "not_found_error")

    def _post(self, body: Any) -> None:
        server = self.server_of_models
        if self.path == "/v1/embeddings":
            data = [{"index": i, "embedding": server.embedding} for i in range(len(body["input"]))]
            self._json({"data": data[::-1]})
        elif self.path == "/api/embed":
            self._json({"embeddings": [server.embedding for _ in body["input"]]})
        elif self.path == "/tokenize":
            server.wait(server.counts_after)
            tokens = list(range(len(body["content"].split())))
            told = {"count": len(tokens), "max_model_len": server.context, "token_strs": None}
            self._json({"tokens": tokens} | told)
        elif self.path == "/api/show":
            told = {"capabilities": server.capabilities} if server.capabilities is not None else {}
            name = _whole_name(body["model"])
            if host := {_whole_name(one): host for one, host in server.remote.items()}.get(name):
                told["remote_host"] = host
            elif name not in map(_whole_name, server.models):
                self._error(404, f"model '{body['model']}' not found")
                return
            info = {"general.architecture": "llama", "llama.context_length": server.context, "llama.block_count": 2}
            self._json({"details": {"family": "llama"}, "model_info": info, "template": "{{ .Prompt }}"} | told)
        elif self.path in ("/v1/chat/completions", "/api/chat", "/v1/messages"):
            for what, key in _ASKED:
                if what in server.refuses and _given(body, key):
                    self._error(400, f"{what} is not supported")
                    return
            self._act(server.script.popleft() if server.script else self._obey(body))
        else:
            self._error(404, "File Not Found", "not_found_error")

    def _obey(self, body: Any) -> Act:
        ignored = self.server_of_models.ignores
        schema = _schema_in(body)
        if schema is not None and not ({"schema", "grammar"} & ignored):
            return Say(json.dumps(fitting(schema), ensure_ascii=False))
        if body.get("tools") and "tools" not in ignored:
            tool = body["tools"][0]
            function = tool.get("function", tool)
            schema = function.get("parameters") or function.get("input_schema")
            return CallTool(function["name"], fitting(schema))
        told = "".join(str(one["content"]) for one in body["messages"] if one["role"] == "system") + str(
            body.get("system")
        )
        if "JSON Schema:\n" in told and "json" not in ignored:
            schema = json.JSONDecoder().raw_decode(told.partition("JSON Schema:\n")[2])[0]
            return Say(f"Gladly!\n```json\n{json.dumps(fitting(schema), ensure_ascii=False)}\n```")
        return Say("Hello.")

    # -- answers -------------------------------------------------------------------------------------------------

    def _json(self, value: Any, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, content in (("Content-Type", "application/json"), *headers):
            self.send_header(name, content)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _error(
        self,
        code: int,
        message: str,
        kind: str = "invalid_request_error",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """An error as the real servers of each protocol put it."""
        if self.path.startswith("/api/"):
            body: Any = {"error": message}
        elif self.path == "/v1/messages":
            body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"}
        else:
            body = {"error": {"code": code, "message": message, "type": kind}}
        self._json(body, code, headers)

    def _act(self, act: Act) -> None:
        if isinstance(act, Status):
            retry = (("Retry-After", act.retry_after),) if act.retry_after else ()
            self._error(act.code, act.message, headers=retry)
            return
        if isinstance(act, Raw):
            self.send_response(act.status)
            for name, content in (*act.headers, ("Content-Length", str(len(act.body)))):
                self.send_header(name, content)
            self.end_headers()
            self.wfile.write(act.body)
            return
        if isinstance(act, Silence) and not act.after and not act.pings:
            self.server_of_models.wait(act.seconds)
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for line in _SPEAKERS[self.path](act):
            self.server_of_models.said_at = time.time()
            self._chunk(line)
        if isinstance(act, Silence):
            self._silence(act)
        if isinstance(act, Disconnect):
            self.wfile.flush()
            self.close_connection = True
            return  # without the last chunk
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _silence(self, act: Silence) -> None:
        end = time.monotonic() + act.seconds
        while time.monotonic() < end and not self.server_of_models._stopping.is_set():
            if act.pings:
                self._chunk(b": still here\n\n")
            self.server_of_models.wait(0.05)


_ASKED = (("grammar", "grammar"), ("schema", "response_format"), ("schema", "format"), ("schema", "output_config"),
          ("tools", "tools"), ("stream_options", "stream_options"), ("temperature", "temperature"))  # fmt: skip


_WHEN = "2026-08-21T18:48:22.123456789Z"


def _whole_name(model: str) -> str:
    """A model's name as Ollama knows it, which takes it in any case and without its tag."""
    return model.casefold() if ":" in model else f"{model.casefold()}:latest"


def _given(body: Any, key: str) -> bool:
    return bool(body.get(key))


def _schema_in(body: Any) -> dict[str, Any] | None:
    if body.get("response_format"):
        return body["response_format"]["json_schema"]["schema"]
    if body.get("output_config"):
        return body["output_config"]["format"]["schema"]
    if body.get("format"):
        return body["format"]
    if body.get("grammar"):
        told = next(one["content"] for one in body["messages"] if "JSON Schema:\n" in one["content"])
        return json.JSONDecoder().raw_decode(told.partition("JSON Schema:\n")[2])[0]
    return None


def _pieces(act: Act) -> list[str]:
    text = act.text if isinstance(act, Say) else getattr(act, "after", "")
    count = act.pieces if isinstance(act, Say) else 1
    size = max(1, -(-len(text) // count))
    return [text[i : i + size] for i in range(0, len(text), size)]


def _openai(act: Act) -> Iterator[bytes]:
    def event(value: Any) -> bytes:
        if "error" not in value:
            value = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "tiny", **value}
        return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"

    def delta(value: Any, finish: str | None = None) -> bytes:
        return event({"choices": [{"index": 0, "delta": value, "finish_reason": finish}]})

    yield delta({"role": "assistant", "content": None})
    if isinstance(act, Say) and act.thinking:
        yield delta({"reasoning_content": act.thinking})
    for piece in _pieces(act):
        yield delta({"content": piece})
    if isinstance(act, CallTool):
        text = act.arguments if isinstance(act.arguments, str) else json.dumps(act.arguments)
        half = len(text) // 2
        begun = {"index": 0, "id": "c1", "type": "function", "function": {"name": act.name, "arguments": ""}}
        yield delta({"tool_calls": [begun]})
        for part in (text[:half], text[half:]):
            yield delta({"tool_calls": [{"index": 0, "function": {"arguments": part}}]})
        yield delta({}, "tool_calls")
    elif isinstance(act, Fail):
        yield event({"error": {"message": act.message}})
        return
    elif isinstance(act, Say) and act.end:
        yield delta({}, "length" if act.stop == "length" else "stop")
    else:
        return
    if not isinstance(act, Say) or act.usage:
        usage = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16, "prompt_tokens_details": None}
        yield event({"choices": [], "usage": usage})
    yield b"data: [DONE]\n\n"


def _ollama(act: Act) -> Iterator[bytes]:
    def line(value: Any) -> bytes:
        if "error" not in value:
            value = {"model": "tiny", "created_at": _WHEN, **value}
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"

    if isinstance(act, Say) and act.thinking:
        yield line({"message": {"role": "assistant", "content": "", "thinking": act.thinking}, "done": False})
    for piece in _pieces(act):
        yield line({"message": {"role": "assistant", "content": piece}, "done": False})
    if isinstance(act, CallTool):
        calls = [{"id": "call_1", "function": {"index": 0, "name": act.name, "arguments": act.arguments}}]
        yield line({"message": {"role": "assistant", "content": "", "tool_calls": calls}, "done": False})
    if isinstance(act, Fail):
        yield line({"error": act.message})
    elif isinstance(act, CallTool) or (isinstance(act, Say) and act.end):
        told = {"total_duration": 9, "load_duration": 1, "prompt_eval_duration": 3, "eval_duration": 5}
        if not isinstance(act, Say) or act.usage:
            told |= {"prompt_eval_count": 11, "eval_count": 5}
        reason = "length" if isinstance(act, Say) and act.stop == "length" else "stop"
        yield line({"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": reason, **told})


def _anthropic(act: Act) -> Iterator[bytes]:
    def event(kind: str, **value: Any) -> bytes:
        data = json.dumps({"type": kind, **value}, ensure_ascii=False).encode()
        return b"event: %s\ndata: %s\n\n" % (kind.encode(), data)

    usage = not isinstance(act, Say) or act.usage
    begun: dict[str, Any] = {"id": "x", "type": "message", "role": "assistant", "model": "tiny", "content": []}
    begun |= {"stop_reason": None, "stop_sequence": None}
    begun |= {"usage": {"input_tokens": 11, "output_tokens": 1}} if usage else {}
    yield event("message_start", message=begun)
    yield event("ping")
    if isinstance(act, CallTool):
        text = act.arguments if isinstance(act.arguments, str) else json.dumps(act.arguments)
        half = len(text) // 2
        yield event(
            "content_block_start",
            index=0,
            content_block={"type": "tool_use", "id": "t1", "name": act.name, "input": {}},
        )
        for part in (text[:half], text[half:]):
            yield event("content_block_delta", index=0, delta={"type": "input_json_delta", "partial_json": part})
        stop = "tool_use"
    else:
        yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
        for piece in _pieces(act):
            yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
        stop = "max_tokens" if isinstance(act, Say) and act.stop == "length" else "end_turn"
    if isinstance(act, Fail):
        yield event("error", error={"type": "overloaded_error", "message": act.message})
    elif isinstance(act, CallTool) or (isinstance(act, Say) and act.end):
        yield event("content_block_stop", index=0)
        yield event("message_delta", delta={"stop_reason": stop}, **({"usage": {"output_tokens": 5}} if usage else {}))
        yield event("message_stop")


_SPEAKERS = {"/v1/chat/completions": _openai, "/api/chat": _ollama, "/v1/messages": _anthropic}
