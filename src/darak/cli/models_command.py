"""`darak models`: what there is, which are used, what they can, and what may leave this machine."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from darak.cli.found_models import server_json, server_lines
from darak.cli.owned_models import SECONDS, ModelsHere, ModelsThere, OwnedModels
from darak.cli.progress import counting
from darak.cli.session import UsageProblem, open_vault
from darak.models.probe import Check
from darak.models.problems import ModelProblem
from darak.models.wire import Draft, host_of, is_here, named_host
from darak.records.vault import VaultBusy

if TYPE_CHECKING:
    from darak.answers.written.worth import Worth

_KINDS = ("openai", "anthropic", "ollama", "lmstudio", "llamacpp", "vllm", "gguf")
_WORDS = """nothing: what is there
use NAME …   take these models, the first one first; `use none` for no model
back         return to those used before
test [NAME]  ask a server what it really honours, and some questions about a sample life
add URL      add a server by its URL, or a GGUF file by its path
remove NAME  take such a server away
allow HOST   text may leave to this host;  forbid HOST  takes it back
keep WHAT …  a source, a kind of record, health or money stays home;  share WHAT …  takes it back
sent         what left this machine, newest first"""


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "models",
        parents=[common],
        help="which language models are used, if any, and what may leave this machine",
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("do", nargs="*", metavar="WHAT", help=_WORDS)
    parser.add_argument("--show", action="store_true", help="with test: show each text before it leaves, and ask")
    parser.add_argument("--quick", action="store_true", help="with test: without the questions about a sample life")
    parser.add_argument(
        "--seconds",
        type=float,
        metavar="N",
        help=f"with test: for those at most (default: {SECONDS:g})",
    )
    parser.add_argument("--kind", choices=_KINDS, help="with add: what the server is (default: openai)")
    parser.add_argument("--name", help="with add: what to call it")
    parser.add_argument("--json", action="store_true", help="list, test and sent: one JSON object or list")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    words: list[str] = args.do or ["list"]
    action = _ACTIONS.get(words[0])
    if action is None:
        raise UsageProblem(f"`darak models {words[0]}` is nothing; `darak models --help` lists what there is")
    least, most, needs, do = action
    if not least <= len(words) - 1 <= most:
        raise UsageProblem(f"`darak models {words[0]}` needs {needs}")
    rest, show = words[1:], _confirm if args.show else None
    try:
        try:
            with open_vault(args) as vault:
                return do(ModelsHere(vault, confirm=show), rest, args)
        except VaultBusy as busy:
            from darak.cli.server_of import server_of

            server = server_of(args, busy)
            if show is not None:
                raise UsageProblem("each text can be shown first only while no `darak serve` has the vault") from busy
            return do(ModelsThere(server.wire), rest, args)
    except ModelProblem as problem:
        print(f"darak: {problem}", file=sys.stderr)
        return 1


def _confirm(draft: Draft) -> bool:
    """Shows the exact text that would leave, and asks."""
    print(f"\nTo {draft.leaves_to}:\n{draft.text()}", file=sys.stderr)
    if not sys.stdin.isatty():
        return False
    print("Send it? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes", "예", "네")


# -- list --------------------------------------------------------------------------------------------------------


def _list(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    found, settings = models.found(), models.settings
    if args.json:
        whole = {
            "order": settings.order,
            "servers": [server_json(one, settings) for one in found],
            "allowed": sorted(settings.allowed),
            "home": sorted(settings.home),
        }
        print(orjson.dumps(whole).decode())
        return 0
    for one in found:
        print("\n".join(server_lines(one, settings)))
    if not found:
        print("No model answers on this machine. Start Ollama, LM Studio, llama.cpp or vLLM, or")
        print("`darak models add URL` for another server, `darak models add FILE.gguf` for a file.")
    there = {name for one in found for name in one.names()}
    missing = [name for name in settings.order if name not in there]
    print()
    if settings.order:
        print(f"Used: {', then '.join(settings.order)}, then no model.")
        if missing:
            print(f"Not there now: {', '.join(missing)}.")
    else:
        print("No model is used; everything works without one. `darak models use NAME` takes one.")
    if settings.home:
        print(f"Stays home: {', '.join(sorted(settings.home))}.")
    return 0


# -- choose ------------------------------------------------------------------------------------------------------


def _use(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    models.use([] if list(words) == ["none"] else words)
    return _tell_order(models)


def _back(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    if not models.settings.earlier:
        print("Nothing was used before.")
        return 0
    models.back()
    return _tell_order(models)


def _tell_order(models: OwnedModels) -> int:
    settings = models.settings
    order = settings.order
    if not order:
        print("No model is used now; everything works without one. `darak models back` returns to the one before.")
        return 0
    print(f"Used now: {', then '.join(order)}, then no model. `darak models back` takes it back.")
    for name in order:
        host = models.host(name)
        if host and not is_here(host) and host not in settings.allowed:
            print(f"{name} runs at {host}: nothing is sent there before `darak models allow {host}`.")
    untested = [name for name in order if name not in settings.abilities]
    if untested:
        print("`darak models test` finds out what it can.")
    return 0


def _test(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    names = [models.resolve(word) for word in words] or list(models.settings.order)
    if not names:
        raise UsageProblem("no model is used; name one that `darak models` lists")
    results = [_probe(models, name, quiet=args.json) for name in names]
    able = [one for one in results if one["checks"][0]["honoured"]]
    if able and not args.quick:
        _examine(models, able, args)
    if args.json:
        print(orjson.dumps(results).decode())
    return 0 if len(able) == len(results) else 1


def _probe(models: OwnedModels, name: str, *, quiet: bool) -> dict[str, Any]:
    """What a server honours, which is remembered."""
    checks: list[Check] = []
    if not quiet:
        print(name)
    for check in models.checks(name):
        checks.append(check)
        if not quiet:
            print(f"  {'yes' if check.honoured else 'no':3}  {check.what:8} {check.seen}  ({check.seconds:g} s)")
    return {"model": name, "checks": [asdict(check) for check in checks]}


def _examine(models: OwnedModels, results: Sequence[dict[str, Any]], args: argparse.Namespace) -> None:
    """Asks each model about a sample life, and prints what it is worth beside no model."""
    for result in results:
        name = result["model"]
        with counting(f"Asking {name}") as on_asked:
            worth = models.worth(name, args.seconds, on_asked)
        result["worth"] = asdict(worth)
        if not args.json:
            _print_worth(worth, name)


def _print_worth(worth: Worth, name: str) -> None:
    short = "" if worth.rules.asked == worth.of else f" of {worth.of}, for the time was over"
    print(f"\n{worth.rules.asked} questions about a sample life{short}:")
    if not worth.rules.asked:
        return
    width = max(len(name), len("no model"))
    print(f"  {'':{width}}  right  answers to what no record holds")
    print(f"  {'no model':{width}}  {worth.rules.right:5}  {worth.rules.false:5}")
    seconds = f"; {worth.model.seconds:g} s an answer" if worth.model.seconds is not None else ""
    print(f"  {name:{width}}  {worth.model.right:5}  {worth.model.false:5}    {worth.wrote} in its own words{seconds}")


# -- servers -----------------------------------------------------------------------------------------------------


def _add(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    key = os.environ.get("DARAK_MODEL_KEY")
    server = models.add(words[0], args.kind, args.name)
    host = host_of(server.url)
    if server.kind == "gguf":
        print(f"Added {server.name}. `darak models use {server.name}` takes it.")
        return 0
    if key is None and sys.stdin.isatty():
        key = getpass.getpass(f"The key for {host} (empty when it needs none): ")
    if key:
        print(f"The key is in {models.keep_key(server.name, key)}.")
    print(f"Added {server.name}, {server.url}.")
    if not is_here(host):
        if server.url.startswith("http:"):
            print("What is sent there is not encrypted on its way; use it only in a network that you trust.")
        if host not in models.settings.allowed:
            print(f"Nothing is sent there before `darak models allow {host}`.")
    return 0


def _remove(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    models.remove(words[0])
    print(f"{words[0]} and its key are gone from here.")
    return 0


# -- privacy -----------------------------------------------------------------------------------------------------


def _allow(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    (host,) = words
    models.allow(_host(host))
    print(f"Questions, and what is found for them, may leave to {_host(host)}. `darak models sent` shows what did.")
    kept = models.kept()
    print(f"Stays home: {', '.join(kept)}." if kept else "`darak models keep health money` keeps such records home.")
    return 0


def _forbid(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    models.forbid(_host(words[0]))
    print(f"Nothing leaves to {_host(words[0])} any more.")
    return 0


def _host(word: str) -> str:
    """The host in a URL, a host with a port, or an address."""
    if not (host := named_host(word)):
        raise UsageProblem(f"{word!r} is no host; write one such as api.openai.com")
    return host


def _keep(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    known = models.rules()
    for word in words:
        if word not in known:
            raise UsageProblem(f"{word!r} is no source, kind or topic; there are {', '.join(known)}")
    models.keep_home(words)
    print(f"Stays home, whatever model is used: {', '.join(models.kept())}.")
    return 0


def _share(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    kept = models.kept()
    for word in words:
        if word not in kept:
            raise UsageProblem(f"{word!r} is not kept home")
    models.share(words)
    print(f"Stays home: {', '.join(models.kept()) or 'nothing'}.")
    return 0


def _sent(models: OwnedModels, words: Sequence[str], args: argparse.Namespace) -> int:
    gone = models.sent()
    if args.json:
        print(orjson.dumps([asdict(one) for one in gone]).decode())
    elif not gone:
        print("Nothing has left this machine.")
    else:
        for one in gone:
            print(f"{one.time}  {one.host}  {one.model}  {one.purpose}  {one.bytes:,} bytes")
    return 0


_Action = Callable[[OwnedModels, Sequence[str], argparse.Namespace], int]
_ACTIONS: dict[str, tuple[int, int, str, _Action]] = {
    "list": (0, 0, "nothing more", _list),
    "use": (1, 20, "the name of a model, or several, or `none`", _use),
    "back": (0, 0, "nothing more", _back),
    "test": (0, 20, "the names of models, or nothing for those used", _test),
    "add": (1, 1, "a URL such as https://api.openai.com/v1, or the path of a GGUF file", _add),
    "remove": (1, 1, "the name of a server that was added", _remove),
    "allow": (1, 1, "a host such as api.openai.com", _allow),
    "forbid": (1, 1, "a host such as api.openai.com", _forbid),
    "keep": (1, 50, "a source, a kind of record, health or money", _keep),
    "share": (1, 50, "what is kept home", _share),
    "sent": (0, 0, "nothing more", _sent),
}
