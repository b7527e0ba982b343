"""Who hears of what, and what becomes of an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import pytest

from hpviewer.errors import CancelledError, HpviewerError, InputError
from hpviewer.session.executor import Outcome, settle
from hpviewer.session.subscriptions import Held, Subscriptions


@dataclass(frozen=True)
class Opened:
    name: str


@dataclass(frozen=True)
class Closed:
    name: str


Event = Opened | Closed


def test_each_handler_hears_its_kind_in_order_until_it_ends() -> None:
    events = Subscriptions[Event](get_args(Event))
    heard: list[tuple[str, Event]] = []
    end = events.subscribe(Opened, lambda event: heard.append(("first", event)))
    events.subscribe(Opened, lambda event: heard.append(("second", event)))
    events.send(Opened("a"))
    events.send(Closed("a"))
    end()
    end()
    events.send(Opened("b"))
    assert heard == [("first", Opened("a")), ("second", Opened("a")), ("second", Opened("b"))]


def test_a_handler_may_end_its_subscription_while_it_is_called() -> None:
    events = Subscriptions[Event](get_args(Event))
    heard: list[str] = []

    def once(event: Opened) -> None:
        heard.append(event.name)
        end()

    end = events.subscribe(Opened, once)
    events.subscribe(Opened, lambda event: heard.append(event.name))
    events.send(Opened("a"))
    events.send(Opened("b"))
    assert heard == ["a", "a", "b"]


def test_a_kind_that_is_never_sent_cannot_be_subscribed_to() -> None:
    with pytest.raises(KeyError):
        Subscriptions[Opened]([Opened]).subscribe(Closed, lambda _: None)


def test_an_outcome_is_delivered_told_dropped_or_raised() -> None:
    got: list[int | None] = []
    told: list[HpviewerError] = []
    done = settle(got.append, told.append)
    done(Outcome(value=3))
    done(Outcome(value=None))
    failure = InputError("what", "next")
    done(Outcome(error=failure))
    done(Outcome(error=CancelledError("stopped", "again")))
    with pytest.raises(ZeroDivisionError):
        done(Outcome(error=ZeroDivisionError()))
    assert (got, told) == ([3, None], [failure])


def test_answers_wait_until_a_change_has_been_told() -> None:
    heard: list[str] = []
    answers = Held()
    done = answers.in_turn(heard.append)
    with answers.held():
        done("answer")
        with answers.held():
            done("answer to what followed")
            heard.append("told inside")
        heard.append("told")
    done("later")
    assert heard == ["told inside", "told", "answer", "answer to what followed", "later"]
