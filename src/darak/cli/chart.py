"""Series of numbers as small bars on the terminal."""

from __future__ import annotations

from unicodedata import east_asian_width

from darak.answers.answer import Series

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_WIDTH = 32
_CLOSE = 0.2


def draw(series: Series) -> str:
    """One line for each point: label, bar and value. Bars of close values begin above zero, and the title says so."""
    values = [point.value for point in series.points]
    low, high = min(values), max(values)
    close = 0 < high - low < _CLOSE * high
    base = low - (high - low) * 0.5 if close else min(0.0, low)
    span = (high - base) or 1.0
    wide = max(columns(point.label) for point in series.points)
    digits = 0 if high >= 1000 else 1
    about = [series.unit] if series.unit else []
    about += [f"│ = {base:,.{digits}f}"] if close else []
    lines = [f"{series.title} ({', '.join(about)})" if about else series.title]
    edge = "│" if close else ""
    for point in series.points:
        label = point.label + " " * (wide - columns(point.label))
        lines.append(f"  {label}  {edge}{_bar((point.value - base) / span)}  {point.value:,.{digits}f}")
    return "\n".join(lines)


def _bar(share: float) -> str:
    eighths = round(share * _WIDTH * 8)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def columns(text: str) -> int:
    """How many columns of the terminal a text takes: a Korean syllable takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
