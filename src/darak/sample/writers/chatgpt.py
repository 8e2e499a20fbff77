"""ChatGPT's conversations.json: each conversation is a tree of messages, with the branches left behind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from darak.sample.model import KOREA, AiChat


def write_chatgpt(chats: Iterable[AiChat], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    newest_first = sorted(chats, key=lambda chat: (chat.start, chat.id), reverse=True)
    path.write_text(json.dumps([_conversation(chat) for chat in newest_first], ensure_ascii=False), "utf-8")


def _conversation(chat: AiChat) -> dict[str, object]:
    start = chat.start.replace(tzinfo=KOREA)
    root = f"{chat.id}-root"
    children: dict[str, list[str]] = {root: []}
    mapping: dict[str, dict[str, object]] = {root: {"id": root, "message": None, "parent": None}}
    parent = root
    for number, turn in enumerate(chat.turns):
        node = f"{chat.id}-{number}"
        time = (start + timedelta(seconds=41 * number)).timestamp()
        mapping[node] = {"id": node, "message": _message(node, turn.role, turn.text, time), "parent": parent}
        children[node] = []
        children[parent].append(node)
        if not turn.abandoned:
            parent = node
    for node, below in children.items():
        mapping[node]["children"] = below
    return {
        "title": chat.title,
        "create_time": start.timestamp(),
        "update_time": (start + timedelta(seconds=41 * len(chat.turns))).timestamp(),
        "mapping": mapping,
        "current_node": parent,
        "conversation_id": chat.id,
        "id": chat.id,
    }


def _message(node: str, role: str, text: str, time: float) -> dict[str, object]:
    return {
        "id": node,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": time,
        "update_time": None,
        "content": {"content_type": "text", "parts": [text]},
        "status": "finished_successfully",
        "end_turn": role == "assistant" or None,
        "weight": 1.0,
        "metadata": {},
        "recipient": "all",
    }
