"""Acts of a reviewer: each is a function from the state and the act to the changes of facts that it means.

Pure: nothing is written here. ``changes`` is the way in; what it gives goes into an event, and ``Review.with_changes``
carries it out.
"""

from __future__ import annotations

from parkfacts.review.acts.adding import add
from parkfacts.review.acts.bounds import resize
from parkfacts.review.acts.checks import check
from parkfacts.review.acts.identity import merge, split
from parkfacts.review.acts.parts import alive
from parkfacts.review.acts.single import edit, one
from parkfacts.review.state import Change, Changes, Review
from parkfacts.review.wire import Act, Add, All, Edit, Merge, One, Relay, Resize


def changes(review: Review, act: Act) -> Changes:
    """The changes that an act means, every changed fact validated. Raises ``ActError``."""
    if isinstance(act, One):
        made = one(review, act)
    elif isinstance(act, All):
        made = {id: {"state": "accepted"} for id in act.facts if alive(review, id).state == "open"}
    elif isinstance(act, Edit):
        made = edit(review, act)
    elif isinstance(act, Resize):
        made = resize(review, act)
    elif isinstance(act, Add):
        made = add(review, act)
    elif isinstance(act, Merge):
        made = merge(review, act)
    else:
        made = {} if isinstance(act, Relay) else split(review, act)
    for id, change in made.items():
        if "fact" in change:
            check(review, made, id, change)
    return made


def before(review: Review, made: Changes) -> dict[str, Change | None]:
    """What stood where changes go, in their form."""
    told: dict[str, Change | None] = {}
    for id, change in made.items():
        item = review.items.get(id)
        told[id] = None if item is None else {"state": item.state}
        if item is not None and "fact" in change:
            told[id] = {"state": item.state, "fact": item.fact}
    return told
