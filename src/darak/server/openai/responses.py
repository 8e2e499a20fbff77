"""`/v1/responses`. Nothing is kept between requests: the client sends what was said before."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, JsonValue
from starlette.responses import JSONResponse, Response, StreamingResponse

from darak.models.request import Message
from darak.server.caller import Asks
from darak.server.openai.asked import Asked, Content, Role, Sampling, asked, call_of, message_of, shape_of, text_of
from darak.server.openai.errors import OPENAI, OpenAIRoute, Refusal
from darak.server.openai.response import Reply, events
from darak.server.openai.speaking import begun, speak, whole

router = APIRouter(prefix=OPENAI, include_in_schema=False, route_class=OpenAIRoute)


class Item(BaseModel):
    """A message, a call of a tool, or its result."""

    type: str = "message"
    role: Role = "user"
    content: Content = None
    call_id: str = ""
    name: str = ""
    arguments: str = ""
    output: Content = None


class TextForm(BaseModel):
    format: dict[str, JsonValue] | None = None


class ResponsesForm(Sampling):
    """The body of a request, as far as it is heeded."""

    input: str | list[Item]
    instructions: str | None = None
    max_output_tokens: int | None = None
    text: TextForm | None = None
    previous_response_id: str | None = None
    conversation: JsonValue = None
    background: bool | None = None
    prompt: JsonValue = None

    def asked(self) -> Asked:
        for name in ("previous_response_id", "conversation", "background", "prompt"):
            if getattr(self, name):
                raise Refusal(400, f"{name}: responses are not kept; send the whole conversation.", param=name)
        messages = [Message("system", self.instructions)] if self.instructions else []
        if isinstance(self.input, str):
            messages.append(Message("user", self.input))
        else:
            messages += _messages(self.input)
        shape = shape_of(self.text.format if self.text else None, "text.format")
        return asked(self, messages, shape, self.max_output_tokens, [])

    def echo(self) -> dict[str, Any]:
        """What a response repeats of its request."""
        return {
            "instructions": self.instructions,
            "max_output_tokens": self.max_output_tokens,
            "temperature": self.temperature,
            "top_p": self.top_p,
            "tools": self.tools or [],
            "tool_choice": self.tool_choice or "auto",
            "parallel_tool_calls": True,
            "text": {"format": (self.text and self.text.format) or {"type": "text"}},
            "metadata": {},
            "store": False,
        }


def _messages(items: list[Item]) -> list[Message]:
    messages: list[Message] = []
    for place, item in enumerate(items):
        where = f"input.{place}"
        if item.type == "message":
            messages.append(message_of(item.role, text_of(item.content, where)))
        elif item.type == "function_call":
            call = call_of(item.call_id, item.name, item.arguments, where)
            said = messages.pop() if messages and messages[-1].role == "assistant" else Message("assistant")
            messages.append(Message("assistant", said.text, (*said.calls, call)))
        elif item.type == "function_call_output":
            messages.append(Message("tool", text_of(item.output, where), answers=item.call_id))
        elif item.type != "reasoning":  # which no model here takes back
            raise Refusal(400, f"{where}: {item.type} is not taken here.", param=where)
    return messages


@router.post("/responses")
async def respond(request: Request, form: ResponsesForm, caller: Asks) -> Response:
    """A reply from the memory or a model, at once or as it comes."""
    saying = speak(request, caller, form.asked())
    reply = Reply(form.model, form.echo())
    if not form.stream:
        return JSONResponse(reply.ended(await whole(request, saying)))
    return StreamingResponse(events(reply, await begun(request, saying)), media_type="text/event-stream")
