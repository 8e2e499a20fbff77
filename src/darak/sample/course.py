"""The course of a life: where the owner lived, worked and chatted, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from darak.sample.grammar import Both
from darak.sample.names import EMPLOYERS, INTERNATIONAL_EMPLOYERS
from darak.sample.person import Cast, draw_cast
from darak.sample.places import CITIES, City, Place


@dataclass(frozen=True, slots=True)
class Home:
    place: Place
    since: date


@dataclass(frozen=True, slots=True)
class Job:
    employer: Both
    domain: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Room:
    """One chat room. `variant` names the export that it comes in, `members` are keys of the cast."""

    key: str
    title: str
    variant: str
    language: str
    members: tuple[str, ...]
    since: date
    until: date
    lines_per_week: float
    wording: str


@dataclass(frozen=True, slots=True)
class Course:
    city: City
    cast: Cast
    homes: tuple[Home, Home, Home]
    jobs: tuple[Job, Job]
    rooms: dict[str, Room]
    start: date
    until: date

    def home(self, day: date) -> Home:
        return [home for home in self.homes if home.since <= day][-1]

    def job(self, day: date) -> Job | None:
        """The job on a day, or None between the two."""
        return next((job for job in self.jobs if job.since <= day < job.until), None)


def draw_course(rng: Random, start: date, until: date) -> Course:
    city = rng.choice(CITIES)
    first, second, third = rng.sample(city.neighbourhoods, 3)
    moves = [_on(_before(rng, until, years), 5) for years in (6.6, 2.6)]
    quit_day = _on(_before(rng, until, 4.0), 4)
    join_day = _on(quit_day + timedelta(days=rng.randint(17, 45)), 0)
    employer, international = rng.choice(EMPLOYERS), rng.choice(INTERNATIONAL_EMPLOYERS)
    cast = draw_cast(rng, employer[2], international[2])
    jobs = (
        Job(Both(employer[0], employer[1]), employer[2], start, quit_day),
        Job(Both(international[0], international[1]), international[2], join_day, until + timedelta(days=365)),
    )
    homes = (Home(first, start), Home(second, moves[0]), Home(third, moves[1]))
    rooms = {room.key: room for room in _rooms(rng, cast, jobs, start, until)}
    return Course(city, cast, homes, jobs, rooms, start, until)


def _before(rng: Random, until: date, years: float) -> date:
    """About so many years before the end, four months more or less."""
    return until - timedelta(days=int(years * 365.25) + rng.randint(-120, 120))


def _on(day: date, weekday: int) -> date:
    """The next day from `day` on that is the given weekday (Monday is 0)."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _rooms(rng: Random, cast: Cast, jobs: tuple[Job, Job], start: date, until: date) -> list[Room]:
    club = rng.choice(("사진동아리", "통기타반", "산악회", "영화모임", "천문동아리"))
    books = rng.choice(("목요책방", "느린독서모임", "한달한권", "책과 커피"))
    hikers = rng.choice(("Sunday hikers", "Trail mix", "Weekend wanderers", "Slow hikers club"))
    first, second = jobs
    year = timedelta(days=365)
    return [
        Room("best", cast.best_friend.nick, "android_ko", "ko", ("best_friend",), start, until, 6.5, "friends_ko"),
        Room("hometown", cast.hometown_friend.nick, "ios_ko", "ko", ("hometown_friend",), start, until, 2.2,
             "friends_ko"),
        Room("college", club, "android_ko_group", "ko", ("best_friend", "college_friend", "soundalike"), start, until,
             3.3, "friends_ko"),
        Room("mother", cast.mother.nick, "ios_ko", "ko", ("mother",), start, until, 3.5, "family_ko"),
        Room("family", "우리 가족", "ios_ko_old", "ko", ("mother", "father", "sibling"), start, until, 2.2,
             "family_ko"),
        Room("expat", cast.expat_friend.nick, "ios_en", "en", ("expat_friend",), start + year, until, 5,
             "friends_en"),
        Room("hikers", hikers, "mac_csv", "en", ("expat_friend", "hiking_friend", "travel_friend"),
             start + 2 * year, until, 3.6, "friends_en"),
        Room("club", books, "windows_ko", "ko", ("club_friend", "best_friend"), start + year, until, 2, "club_ko"),
        Room("first_team", first.employer.ko + " 우리팀", "windows_ko", "ko",
             ("first_lead", "first_colleague", "first_junior"), first.since, first.until, 6, "work_ko"),
        Room("second_team", second.employer.en + " product", "mac_csv", "en",
             ("second_manager", "second_colleague", "second_designer"), second.since, until, 6, "work_en"),
    ]  # fmt: skip
