"""Every process notices what was written at the desk, and asks for the words only when there are new ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.domain.case import Actor
from backend.jobs import wording as job
from backend.services.office import wording
from backend.services.office.served import Served
from backend.services.office.wording import Edit
from dialogs.wording import ZH, phrase, voice
from institutions.catalog import load_all
from institutions.worded import SAID, Place
from nlp.category.classify import Classifiers
from tests.backend.services.city import City

PROPERTY = load_all()["property"]
MANAGER = Actor("陈经理", frozenset({"manager"}))


@dataclass
class Process:
    """One process of several; counts what it asks of the store."""

    city: City
    institutions: Any
    asked: int = 0

    @property
    def store(self):
        return self

    async def read(self, question):
        self.asked += 1
        return self.city.store.read_now(question)


def write(city, text, base=0):
    edit = Edit(Place(SAID, "thanks", ZH), text, "更亲切", base)
    city.unit(wording.change, PROPERTY, edit, by=MANAGER, at=city.now)


def says(process):
    return phrase(voice(ZH, process.institutions["property"].wording), "thanks")


async def test_another_process_says_the_new_words_and_takes_them_back(store):
    city = City(store)
    process = Process(city, Served({"property": PROPERTY}))
    write(city, "不客气，有事再来。")

    await job.follow(process, "two")
    assert says(process) == "不客气，有事再来。"

    write(city, None, base=1)
    await job.follow(process, "two")
    assert says(process) == says(Process(city, Served({"property": PROPERTY})))


async def test_where_nothing_is_new_one_small_question_is_asked(store):
    city = City(store)
    process = Process(city, Served({"property": PROPERTY}))
    write(city, "不客气，有事再来。")
    await job.follow(process, "one")
    process.asked = 0

    await job.follow(process, "one")

    assert process.asked == 1


def test_other_words_build_no_classifier_anew():
    served, classifiers = Served({"property": PROPERTY}), Classifiers()
    before = classifiers.of(served["property"])
    other = served["property"].model_copy(update={"wording": {"zh": {"thanks": "不谢。"}}})

    assert classifiers.of(other) is before
    assert classifiers.of(other.model_copy(update={"categories": other.categories[:-1]})) is not before
