"""What goes wrong with the disk under a vault, in a sentence that says what to do."""

from __future__ import annotations

import errno
import re

import apsw

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TANTIVY_FULL = re.compile(rf"\(os error ({'|'.join(map(str, _FULL))})\)")
"""How Tantivy tells of these, inside a ValueError."""


def storage_problem(error: BaseException, *, places: bool = True) -> str | None:
    """One sentence on a disk that is full, damaged or closed to this user; None for any other error.

    Without `places` it names no path of this machine.
    """
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, apsw.FullError) or number in _FULL or _TANTIVY_FULL.search(str(error)):
        return "The disk is full. Nothing that was stored is lost; make room and do the same again."
    if isinstance(error, (apsw.CorruptError, apsw.NotADBError)):
        return "The vault's database is damaged; restore it from a backup, or import the exports again."
    if isinstance(error, (PermissionError, apsw.ReadOnlyError, apsw.CantOpenError)) or number == errno.EROFS:
        what = (getattr(error, "filename", None) if places else None) or "The vault's folder"
        return f"{what} may not be read or written by this user; change its permissions or name another place."
    if isinstance(error, apsw.IOError):
        return f"The disk does not take what is written ({error}). Nothing that was stored is lost; try again."
    return None
