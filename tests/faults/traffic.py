"""People at work while things break: phones that text, reps who send, those who want no more."""

import random
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import Any, Self

import requests

from backend.store.rows import now
from demo.seed import ANA_NUMBER, BEN_NUMBER
from simulator.crms.salesforce.seed import seeded
from tests.faults.client import Client
from tests.faults.evidence import Stop
from tests.faults.house import CRM, House

IN_THE_CRM = {101: "+14045550187", 102: "+16465550142", 106: "+12125550134", 108: "+16175550129"}
"""Contacts of the CRM's stand-in, and their mobiles."""
TALKERS = [f"+1{area}55501{n}" for area in (404, 312, 702) for n in range(40, 46)]
QUIET = [f"+1{area}55501{n}" for area in (404, 312, 702) for n in range(50, 53)]
"""They never text: what is scheduled for them is not held by a reply."""
LEAVERS = [f"+1{area}55501{n}" for area in (404, 312, 702) for n in range(60, 62)]
AGAIN_S = 1.0
"""So long a rep's client waits for a text to be accepted before it sends it anew."""
_numbers = count(1)


class Traffic:
    """``with Traffic(house, seed, stops)``: it stops at the end, and every text that a rep wrote
    has been accepted or refused by then. ``stops`` is added to, over all the traffic of a house."""

    def __init__(self, house: House, seed: str, stops: list[Stop], pause: float = 0.04) -> None:
        self._house, self._stops, self._pause = house, stops, pause
        self._over = threading.Event()
        works: list[Callable[[random.Random], None]] = [
            self._talks,
            self._leaves,
            *(lambda chance, rep=rep: self._sends(chance, rep) for rep in house.reps),
        ]
        self._threads = [
            threading.Thread(target=work, args=(random.Random(f"{seed} {n}"),))
            for n, work in enumerate(works)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _talks(self, chance: random.Random) -> None:
        """Phones text us, some of them side by side and in any order."""
        while not self._over.wait(self._pause):
            mobile = chance.choice([*TALKERS, *IN_THE_CRM.values(), *IN_THE_CRM.values()])
            ours = chance.choice([ANA_NUMBER, BEN_NUMBER])
            self._text(mobile, ours, f"in {next(_numbers)}", wait=chance.random() < 0.3)

    def _leaves(self, chance: random.Random) -> None:
        """Some want no more texts and then want them again. Their carrier holds back Ana's number
        alone: that Ben's does not text them either is up to us."""
        while not self._over.wait(self._pause * 5):
            mobile = chance.choice(LEAVERS)
            heard = self._text(mobile, ANA_NUMBER, "STOP")
            if heard:
                self._stops.append(Stop(mobile, now()))
            if self._over.wait(chance.random()):
                return
            for stop in self._stops:
                if stop.mobile == mobile and stop.ended is None:
                    stop.ended = now()
            self._text(mobile, ANA_NUMBER, "START")
            self._over.wait(chance.random())

    def _text(self, mobile: str, ours: str, body: str, wait: bool = True) -> bool:
        """Whether the backend said that it has it."""
        try:
            return bool(self._house.text(mobile, ours, body, wait)["delivered"])
        except requests.RequestException:
            return False

    def _sends(self, chance: random.Random, rep: Client) -> None:
        """A rep's client keeps what it sends until it is accepted, and sends it anew until then."""
        open_: dict[str, int] = {}
        unsaid: dict[str, dict[str, Any]] = {}
        said_at: dict[str, float] = {}
        while not self._over.wait(self._pause):
            if len(unsaid) < 20:
                text = self._written(chance, rep, open_)
                if text is not None:
                    unsaid[text["ref"]] = text
            self._say(rep, unsaid, said_at)
        ends = time.monotonic() + 60
        while unsaid and time.monotonic() < ends:
            self._say(rep, unsaid, said_at)
            time.sleep(self._pause)

    def _written(
        self, chance: random.Random, rep: Client, open_: dict[str, int]
    ) -> dict[str, Any] | None:
        kind = chance.choice(["talk", "talk", "talk", "leave", "crm", "later"])
        pool = {"talk": TALKERS, "leave": LEAVERS, "later": QUIET}
        mobile = chance.choice(pool.get(kind) or list(IN_THE_CRM.values()))
        if mobile not in open_:
            try:
                opened = rep.ask("conversation.open", patience=5, person=_person(mobile))
            except TimeoutError:
                return None
            if opened["type"] != "conversation.opened":
                return None
            open_[mobile] = opened["conversation"]["id"]
        number = next(_numbers)
        at = {"at": now() + chance.randint(500, 3000)} if kind == "later" else {}
        ref, body = f"fault-{rep.email[:3]}-{number:08}", f"out {number}"
        return {"ref": ref, "conversation": open_[mobile], "body": body, **at}

    def _say(
        self, rep: Client, unsaid: dict[str, dict[str, Any]], said_at: dict[str, float]
    ) -> None:
        for ref, text in list(unsaid.items()):
            if ref in rep.accepted or rep.refused(ref):
                del unsaid[ref]
            elif time.monotonic() - said_at.get(ref, 0) > AGAIN_S and rep.say(
                "message.send", **text
            ):
                said_at[ref] = time.monotonic()


def _person(mobile: str) -> dict[str, str]:
    for number, known in IN_THE_CRM.items():
        if known == mobile:
            ref = f"{CRM}:contact:{seeded('Contact', number)}"
            return {"mobile": mobile, "crm": "Salesforce", "crm_ref": ref}
    return {"mobile": mobile}
