"""What is to be forgotten: from names, words and days to the records, samples and rows that fit all of them.

Earlier versions count too: a record goes when any version of it fits, for what its source has edited away is still
in the vault. A word is meant with its particles and endings, not inside longer words, unless it is quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import tantivy

from darak.language.saying import Saying, all_said, sayings
from darak.memory.filter import NO_FILTER, Filter
from darak.memory.memory import Memory
from darak.memory.volume import TEXT_FIELDS, Volume
from darak.records.erasure import Request, Selection, erase, finish
from darak.records.people import handle_space
from darak.records.receipt import Receipt, check_receipt, erased_numbers
from darak.records.record import Record, nfc
from darak.records.samples import SampleScope
from darak.records.time import Time, local_seconds
from darak.records.vault import Vault, read_body


@dataclass(frozen=True, slots=True)
class Scope:
    """What the owner wants forgotten: everything that fits every part that is given.

    `records` are numbers of records, `words` all said in one, `metrics` names of samples; `filter` has the rest.
    Samples have neither words nor people, so they go only when nothing is asked that only a record can have.
    """

    filter: Filter = NO_FILTER
    records: tuple[int, ...] | None = None
    words: str | None = None
    metrics: tuple[str, ...] = ()

    @property
    def takes_samples(self) -> bool:
        filter = self.filter
        asked = (self.records, self.words, filter.identities, filter.threads, filter.kinds or None)
        return all(part is None for part in asked)

    @property
    def takes_records(self) -> bool:
        return not self.metrics


def select(memory: Memory, scope: Scope) -> Selection:
    """Everything in the vault that fits; the memory must have followed the journal to its end."""
    vault, filter = memory.vault, scope.filter
    ns: set[int] = set()
    if scope.takes_records:
        ns = _fitting(memory, scope) | _edited(vault, scope)
    samples = None
    if scope.takes_samples:
        samples = SampleScope(filter.sources, scope.metrics, filter.since, filter.until)
    return Selection(tuple(sorted(ns)), samples, tuple(_bad_rows(vault, scope)))


def forget(memory: Memory, selection: Selection, request: Request, now: datetime) -> Receipt:
    """Erases what is selected from the vault and everything derived from it. Returns the receipt."""
    vault = memory.vault
    receipt = erase(vault, selection, request, now)
    memory.forget(erased_numbers(vault, receipt))
    finish(vault, receipt)
    return receipt


def check(memory: Memory, receipt: Receipt) -> list[str]:
    """What vault, attached files and index say against a receipt; nothing when it holds. May raise ReceiptProblem."""
    complaints = check_receipt(memory.vault, receipt)
    known = sum(memory.holds(n) for n in erased_numbers(memory.vault, receipt))
    if known:
        complaints.append(f"{known:,} forgotten records are still in the index")
    return complaints


def _fitting(memory: Memory, scope: Scope) -> set[int]:
    """The records whose current content fits."""
    condition, values = _condition(scope.filter)
    found = {n for (n,) in memory.vault.rows(f"SELECT n FROM record WHERE {condition}", values)}
    if scope.records is not None:
        found &= set(scope.records)
    if scope.words is None:
        return found
    asked = sayings(scope.words)
    return {
        n
        for n, record in _current(memory.vault, found & _holding(memory, asked, found))
        if all_said(asked, _texts(record))
    }


def _current(vault: Vault, ns: Iterable[int]) -> Iterator[tuple[int, Record]]:
    for n in sorted(ns):
        for (body,) in vault.rows("SELECT body FROM record WHERE n=?", (n,)):
            yield n, read_body(body)


def _condition(filter: Filter) -> tuple[str, list[Any]]:
    """The filter as an SQL condition on table `record`, with its values."""
    parts: list[str] = ["1"]
    values: list[Any] = []
    for column, wanted in (
        ("kind IN ({})", filter.kinds or None),
        ("source IN (SELECT id FROM source WHERE name IN ({}))", filter.sources or None),
        ("thread IN ({})", filter.threads),
        ("n IN (SELECT n FROM record_person WHERE identity IN ({}))", filter.identities),
    ):
        if wanted is not None:
            parts.append(column.format(",".join("?" * len(wanted))))
            values += wanted
    for sign, day in ((">=", filter.since), ("<", filter.until)):
        if day is not None:
            parts.append(f"local {sign} ?")
            values.append(_seconds(day))
    return " AND ".join(parts), values


def _seconds(day: date) -> int:
    return local_seconds(datetime.combine(day, datetime.min.time()))


def _holding(memory: Memory, asked: Sequence[Saying], every: set[int]) -> set[int]:
    """The records that may say all of it, as far as the index tells; `every` one where it does not."""
    found = every
    for saying in asked:
        if saying.phrases:
            found = found & {n for volume in memory.volumes.values() for n in _with_phrase(volume, saying.phrases)}
    return found


def _with_phrase(volume: Volume, phrases: Sequence[tuple[str, ...]]) -> list[int]:
    """The numbers of the volume's records that hold one of the phrases."""
    queries = [_phrase_query(volume.schema, field, phrase) for phrase in phrases for field in TEXT_FIELDS]
    size = volume.searcher.num_docs
    if not size:
        return []
    one_of = tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
    result = volume.searcher.search(one_of, size, count=False)
    return [int(n or 0) for n in volume.searcher.fast_field_values("n", [address for _, address in result.hits])]


def _phrase_query(schema: tantivy.Schema, field: str, phrase: tuple[str, ...]) -> tantivy.Query:
    if len(phrase) == 1:
        return tantivy.Query.term_query(schema, field, phrase[0], index_option="basic")
    return tantivy.Query.phrase_query(schema, field, list(phrase))


def _edited(vault: Vault, scope: Scope) -> set[int]:
    """The records of which an earlier version fits."""
    filter = scope.filter
    handles = threads = None
    if filter.identities is not None:
        rows = vault.rows("SELECT id, space, handle FROM identity")
        handles = {(space, handle) for number, space, handle in rows if number in filter.identities}
    if filter.threads is not None:
        rows = vault.rows("SELECT t.id, s.name, s.account, t.name FROM thread t JOIN source s ON s.id=t.source")
        threads = {(name, account, thread) for number, name, account, thread in rows if number in filter.threads}
    asked = None if scope.words is None else sayings(scope.words)
    found: set[int] = set()
    for n, body in vault.rows("SELECT n, body FROM version"):
        record = read_body(body)
        if (
            (scope.records is None or n in scope.records)
            and (not filter.sources or record.source in filter.sources)
            and (not filter.kinds or record.kind in filter.kinds)
            and (threads is None or (record.source, record.account, record.thread) in threads)
            and (handles is None or not handles.isdisjoint(_handles(record)))
            and _within(record.time.on_owner_clock(vault.zone), filter)
            and (asked is None or all_said(asked, _texts(record)))
        ):
            found.add(n)
    return found


def _handles(record: Record) -> set[tuple[str, str]]:
    people = (record.author, *record.people)
    return {handle_space(record.source, nfc(person.handle)) for person in people if person is not None}


def _within(time: Time, filter: Filter) -> bool:
    day = time.day
    if filter.since is None and filter.until is None:
        return True
    return day is not None and (filter.since or day) <= day and (filter.until is None or day < filter.until)


def _texts(record: Record) -> list[str]:
    people = [person for person in (record.author, *record.people) if person is not None]
    names = [name for person in people for name in (person.name, person.handle)]
    place = record.place.name if record.place else None
    return [text for text in (record.title, record.text, place, *names) if text]


def _bad_rows(vault: Vault, scope: Scope) -> list[int]:
    """Rows that no importer could read and that say the words, or are all that a forgotten source has left.

    (The rows of the files that forgotten records were read from go in any case.)
    """
    filter = scope.filter
    if scope == Scope():
        return [number for (number,) in vault.rows("SELECT rowid FROM bad_row")]
    if scope.words is not None and scope == Scope(words=scope.words):
        asked = sayings(scope.words)
        rows = vault.rows("SELECT rowid, raw FROM bad_row WHERE raw<>x''")
        return [number for number, raw in rows if all_said(asked, [_readable(raw)])]
    if filter.sources and scope == Scope(Filter(sources=filter.sources)):
        marks = ",".join("?" * len(filter.sources))
        sql = f"SELECT b.rowid FROM bad_row b JOIN import i ON i.id=b.import WHERE i.importer IN ({marks})"
        return [number for (number,) in vault.rows(sql, filter.sources)]
    return []


def _readable(raw: bytes) -> str:
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
