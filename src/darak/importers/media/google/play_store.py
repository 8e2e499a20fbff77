"""Google Play Store in Google Takeout: purchases, orders, installed apps, own reviews.

Structural signs: a JSON array of objects whose only key is `purchaseHistory`, `orderHistory`, `install` or `review`.
Locators are "bytes A-B", the object. Times are UTC. An amount is read where its currency and its decimal sign are
beyond doubt, else it stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from darak.importers.formats.json_element import array_shape
from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Time, parse_iso

_KEYS = ("purchaseHistory", "orderHistory", "install", "review")
_UNIT = re.compile(rb'(?<!\\)"(?:purchaseHistory|orderHistory|install|review)"\s*:\s*\{')
_BEGIN = re.compile(rb'\s*\[\s*\{\s*"(?:purchaseHistory|orderHistory|install|review)"\s*:\s*\{')
_NEXT = re.compile(rb'\}\s*,\s*\{\s*"(?:purchaseHistory|orderHistory|install|review)"\s*:\s*\{')
_SIGNS = (b'"purchaseTime"', b'"creationTime"', b'"firstInstallationTime"', b'"documentType"', b'"starRating"')
_CURRENCIES = {"₩": "KRW", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR"}
_DOLLARS = {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN"}
_PRICE = re.compile(r"(?P<before>[^\d\s]*)\s*(?P<number>\d[\d.,]*)\s*(?P<after>[^\d\s]*)")
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[.,]\d{3})+")
_PARTS = re.compile(r"(?P<whole>\d+|\d{1,3}(?:[.,]\d{3})+)[.,](?P<parts>\d\d)")


class PlayStoreImporter:
    """Google Play Store: purchases, orders, installed apps, reviews"""

    name = "google-play"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            head = tree.head(member.name)
            begun = _BEGIN.match(head.removeprefix(b"\xef\xbb\xbf")) or (array_shape(head) and _NEXT.search(head))
            if begun and any(sign in head for sign in _SIGNS):
                matches.append(Match(self.name, (member.name,), 0.9, "purchases or apps of Google Play"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        yield from object_items(tree, member, _record, _UNIT)


def _record(entry: dict[str, Any], origin: Origin) -> Record | str:
    key = next((key for key in _KEYS if key in entry), "")
    told = as_dict(entry.get(key))
    if key == "purchaseHistory":
        return _purchase(told, _document(told), as_text(told.get("purchaseTime")), "", origin)
    if key == "orderHistory":
        names = [_document(line) for line in as_dicts(told.get("lineItem"))]
        titles = ", ".join(title for title in names if title)
        return _purchase(told, titles, as_text(told.get("creationTime")), as_text(told.get("orderId")), origin)
    if key == "install":
        return _install(told, origin)
    return _review(told, origin) if key else "an entry that is neither a purchase, an app nor a review"


def _purchase(told: Json, title: str, when: str, key: str, origin: Origin) -> Record | str:
    time = _time(when)
    if time is None:
        return "a purchase without a time"
    price = as_text(told.get("invoicePrice")) or as_text(told.get("totalPrice"))
    country = as_text(told.get("userCountry")) or as_text(as_dict(told.get("billingContact")).get("countryCode"))
    amount, currency = read_price(price, country)
    extra = {"amount": amount, "currency": currency, "paid_with": as_text(told.get("paymentMethodTitle"))}
    return Record(
        source="google-play",
        kind="purchase",
        native_id=key or f"{when} {title} {price}",
        time=time,
        origin=origin,
        title=title or "Google Play",
        text=" – ".join(part for part in (title or "Google Play", price) if part),
        extra={name: value for name, value in extra.items() if value},
    )


def _install(told: Json, origin: Origin) -> Record | str:
    title, when = _document(told), as_text(told.get("firstInstallationTime"))
    time = _time(when)
    device = as_text(as_dict(told.get("deviceAttribute")).get("deviceDisplayName"))
    if not title or time is None:
        return "an app without a name or a time"
    return Record(
        source="google-play",
        kind="other",
        native_id=f"install {when} {title} {device}",
        time=time,
        origin=origin,
        title=title,
        text=" – ".join(part for part in (title, device) if part),
        extra={"activity": "installed an app", **({"device": device} if device else {})},
    )


def _review(told: Json, origin: Origin) -> Record | str:
    title, time = _document(told), _time(as_text(told.get("creationTime")))
    if time is None:
        return "a review without a time"
    stars = told.get("starRating")
    words = (as_text(told.get("title")), as_text(told.get("comment")))
    return Record(
        source="google-play",
        kind="post",
        time=time,
        origin=origin,
        title=title or None,
        text="\n".join(part for part in (f"{title} ★ {stars}" if stars else title, *words) if part),
        extra={"activity": "review", **({"rating": stars} if isinstance(stars, int) else {})},
    )


def _document(told: Json) -> str:
    return as_text(as_dict(told.get("doc") or told.get("document")).get("title"))


def read_price(price: str, country: str) -> tuple[float | int | None, str]:
    """(amount, currency) of a price such as "₩1,100" or "4,99 €"; (None, "") when one of them is not certain."""
    found = _PRICE.fullmatch(price.replace("\xa0", " ").strip())
    if found is None:
        return None, ""
    sign = found["before"] or found["after"]
    currency = _CURRENCIES.get(sign) or (_DOLLARS.get(country, "") if sign.endswith("$") else "")
    if not currency and re.fullmatch("[A-Z]{3}", sign):
        currency = sign
    if not currency:
        return None, ""
    if parts := _PARTS.fullmatch(found["number"]):
        return float(f"{_digits(parts['whole'])}.{parts['parts']}"), currency
    return (int(_digits(found["number"])), currency) if _WHOLE.fullmatch(found["number"]) else (None, "")


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _time(written: str) -> Time | None:
    try:
        return parse_iso(written) if len(written) > 10 else None
    except ValueError:
        return None
