"""Years, months and days at a glance, and one day as a whole; people and the owner's word on them."""

from __future__ import annotations


def test_amounts_add_up_at_every_level(served):
    for by, first in (("year", "2023"), ("month", "2023-03"), ("day", "2023-03-01")):
        params = {"by": by, "since": "2023", "until": "2024"}
        amounts = served.owner.get("/api/timeline", params=params).json()
        assert amounts[0] == {"period": first, "records": {"diary": 1}, "samples": {}}
        assert sum(sum(one["records"].values()) for one in amounts) == 6
        assert sum(sum(one["samples"].values()) for one in amounts) == 28


def test_a_timeline_keeps_to_a_source_and_a_period(served):
    params = {"by": "day", "since": "2024-05", "until": "2024-05", "source": "phone"}
    assert served.owner.get("/api/timeline", params=params).json() == [
        {"period": "2024-05-01", "records": {"phone": 3}, "samples": {}}
    ]
    assert served.owner.get("/api/timeline", params={"by": "day"}).status_code == 422


def test_a_day_has_its_records_in_order_and_what_was_measured(served):
    day = served.owner.get("/api/timeline/2024-05-01", params={"limit": 2}).json()
    assert day["total"] == 3 and [one["text"][:5] for one in day["records"]] == ["The h", "I bri"]
    rest = served.owner.get("/api/timeline/2024-05-01", params={"limit": 2, "offset": 2}).json()
    assert [one["text"] for one in rest["records"]] == ["See you there"]
    assert day["measured"][0] == {
        "metric": "steps",
        "unit": "count",
        "n": 1,
        "least": 4001,
        "greatest": 4001,
        "sum": 4001,
    }
    assert (day["before"], day["after"]) == ("2023-03-01", "2024-05-14")
    assert served.owner.get("/api/timeline/2024-02-31").status_code == 422


def person_of(served, name: str) -> dict:
    (found,) = served.owner.get("/api/people", params={"query": name}).json()["people"]
    return found


def test_people_are_merged_renamed_and_parted_again(served):
    mina, hyunwoo = person_of(served, "Mina"), person_of(served, "Hyunwoo")
    together = {"people": [mina["person"], hyunwoo["person"]]}
    done = served.owner.post("/api/people/merge", json=together).json()
    assert {h["handle"] for h in person_of(served, "Mina")["handles"]} == {"Mina Kim", "Hyunwoo"}
    assert served.owner.get("/api/people/merges").json()[0]["merge"] == done["merges"][0]
    back = served.owner.post("/api/people/undo", json={"merge": done["merges"][0]}).json()
    assert person_of(served, "Hyunwoo")["person"] == back["person"]
    served.owner.post("/api/people/merge", json={"people": [mina["person"], back["person"]]})
    handle = next(h for h in person_of(served, "Mina")["handles"] if h["handle"] == "Hyunwoo")
    alone = served.owner.post("/api/people/split", json={"identity": handle["identity"]}).json()
    assert served.owner.get(f"/api/people/{alone['person']}").json()["name"] == "Hyunwoo"
    two = {"people": [mina["person"], alone["person"]]}
    assert served.owner.post("/api/people/apart", json=two).status_code == 200
    assert served.owner.get("/api/people/proposals").json() == []


def test_who_is_not_there_cannot_be_changed(served):
    assert served.owner.post("/api/people/merge", json={"people": [1, 999]}).status_code == 404
    assert served.owner.post("/api/people/rename", json={"person": 999, "name": "x"}).status_code == 404
    assert served.owner.post("/api/people/undo", json={"merge": 9}).status_code == 404
    assert served.owner.post("/api/people/split", json={"identity": 1}).status_code == 422
