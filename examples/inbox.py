"""Import everything that lies in a folder and ask, without waiting for one another, on a running server.

DARAK_URL=http://127.0.0.1:7340 DARAK_KEY=darak_… python examples/inbox.py ~/Downloads/exports
"""

import asyncio
import os
import sys
from pathlib import Path

import darak


async def main(folder: Path) -> None:
    async with await darak.connect_async(os.environ["DARAK_URL"], os.environ["DARAK_KEY"]) as life:
        for file in sorted(folder.iterdir()):
            for report in await life.import_(file):
                print(f"{file.name}: {report.new} new, {report.unchanged} known ({report.state})")
        print(await life.ask("What happened yesterday?"))


asyncio.run(main(Path(sys.argv[1])))
