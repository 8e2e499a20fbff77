"""The way to `/mcp`, there whether the protocol's library is installed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from darak.installation import install_command

if TYPE_CHECKING:
    from darak.server.mcp.over_http import OverHttp

MCP = "/mcp"


class Endpoint:
    """Loads the protocol when it is asked for the first time: that takes a while, and most never ask."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            refused = JSONResponse({"detail": "only POST is taken here"}, 405, {"allow": "POST"})
            await refused(scope, receive, send)
            return
        state = scope["app"].state
        if not hasattr(state, "mcp"):
            try:
                state.mcp = await run_in_threadpool(_load, scope)
            except ModuleNotFoundError as error:
                if error.name is None or error.name.partition(".")[0] not in ("mcp", "mcp_types"):
                    raise
                missing = JSONResponse({"detail": f"this needs one part more: {install_command('mcp')}"}, 501)
                await missing(scope, receive, send)
                return
        await state.mcp.answer(scope, receive, send)


def _load(scope: Scope) -> OverHttp:
    from darak.server.mcp.over_http import OverHttp

    return OverHttp(scope["app"])


route = Route(MCP, Endpoint(), include_in_schema=False)
