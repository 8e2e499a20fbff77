"""The same life, awaited."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import darak


def test_everything_can_be_awaited(life_file: Path) -> None:
    async def use() -> None:
        async with await darak.open_async(create=True) as life:
            reports = await life.import_(life_file)
            assert sum(report.new for report in reports) == 8
            answer, hits, people = await asyncio.gather(
                life.ask("When did Seojun Kim adopt a puppy?"), life.search("이사"), life.people()
            )
            assert "1 March 2024" in answer.text
            assert hits[0].native_id == "n-2"
            assert len(people) >= 3
            note = await life.remember("Water the plants.")
            assert (await life.record(note.id)).text == "Water the plants."
            assert (await life.timeline("month"))[0].label == "2023-04"
            assert len(await life.day("2024-03-02")) == 2
            shown = await life.forgetting(words="plants")
            assert (await life.forget(shown, confirm=True)).records == 1

    asyncio.run(use())


def test_the_loop_goes_on_while_an_import_runs(life_file: Path) -> None:
    async def use() -> int:
        ticks = 0
        async with await darak.open_async(create=True) as life:
            running = asyncio.create_task(life.import_(life_file))
            while not running.done():
                ticks += 1
                await asyncio.sleep(0.001)
        return ticks

    assert asyncio.run(use()) > 1


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(darak.Problem, match="There is no vault"):
        asyncio.run(darak.open_async(tmp_path / "nowhere"))


def test_what_is_closed_stays_closed() -> None:
    async def run() -> None:
        life = await darak.open_async(create=True)
        await life.close()
        with pytest.raises(darak.Problem, match="closed"):
            await life.people()

    asyncio.run(run())
