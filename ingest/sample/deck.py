"""Topics dealt to villages without repetition, and the words of a case about one of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ingest.sample.places import Places
from ingest.sample.topics import ENDINGS, OPENINGS, PETITIONS, QUARRELS, Against, Ground, Quarrel, Topic

T = TypeVar("T", Topic, Quarrel)
_GROUPS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Matter:
    """A topic made concrete: several cases about one matter share its title and the middle of its text."""

    village: str
    category: str
    title: str
    core: str
    office: str = ""

    def text(self, dice: random.Random) -> str:
        """The matter in somebody's words: another opening and ending each time."""
        opening, ending = (_fill(dice.choice(words), self.village, dice) for words in (OPENINGS, ENDINGS))
        return f"{opening}{self.core}。{ending}"


class Deck:
    """Deals the topics of every village in random order, each once before any comes again."""

    def __init__(self, places: Places, dice: random.Random) -> None:
        self._places, self._dice = places, dice
        self._topics: dict[int, list[Topic]] = {}
        self._quarrels: dict[int, list[Quarrel]] = {}

    def topic(self, village: int, fits: Callable[[Topic], bool] = lambda _: True) -> Topic:
        """The next topic of petitions in this village that fits."""
        return self._deal(self._topics.setdefault(village, []), PETITIONS, fits)

    def quarrel(self, village: int, fits: Callable[[Quarrel], bool] = lambda _: True) -> Quarrel:
        """The next topic of disputes in this village that fits."""
        return self._deal(self._quarrels.setdefault(village, []), QUARRELS, fits)

    def _deal(self, hand: list[T], all_of_them: tuple[T, ...], fits: Callable[[T], bool]) -> T:
        for place in range(len(hand) - 1, -1, -1):
            if fits(hand[place]):
                return hand.pop(place)
        fresh = [topic for topic in all_of_them if topic not in hand]
        self._dice.shuffle(fresh)
        hand[:0] = fresh
        return hand.pop(next(at for at in range(len(hand) - 1, -1, -1) if fits(hand[at])))

    def matter(self, village: int, topic: Topic | Quarrel) -> Matter:
        """The topic with the names and figures of this village filled in."""
        name = self._places.villages[village].name
        title = _fill(topic.title, name, self._dice)
        if isinstance(topic, Quarrel):
            return Matter(name, topic.category, f"{name}{title}", _fill(topic.text, name, self._dice))
        return Matter(name, topic.category, title, _fill(topic.text, name, self._dice), topic.office)


def about(ground: Ground) -> Callable[[Topic | Quarrel], bool]:
    """Whether a topic is about this kind of parcel."""
    return lambda topic: topic.ground is ground


def ordinary_claim(topic: Topic) -> bool:
    """Whether a topic of petitions is a claim about no parcel."""
    return topic.ground is Ground.NONE and topic.category not in ("纪检监察", "意见建议")


def against(kind: Against, ground: Ground | None = None) -> Callable[[Quarrel], bool]:
    """Whether a dispute is with this kind of party (and about this kind of parcel)."""
    return lambda quarrel: quarrel.against is kind and (ground is None or quarrel.ground is ground)


def _fill(template: str, village: str, dice: random.Random) -> str:
    if "{" not in template:
        return template
    return template.format(
        v=village, g=f"{dice.choice(_GROUPS)}组", y=dice.randint(2008, 2020), n=dice.randint(2, 8),
        w=dice.randint(12, 480) * 100, m=dice.randint(15, 90),
    )
