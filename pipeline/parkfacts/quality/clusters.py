"""Mentions and clusters of named things, and the roles of companies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import fsum

from parkfacts.facts import Named
from parkfacts.quality.align import Alignment, align
from parkfacts.quality.equal._base import share_characters
from parkfacts.quality.equal.names import mention_grade, mentions
from parkfacts.quality.item import Item
from parkfacts.quality.tally import Figures, Tally

_LEGAL = re.compile("(?:有限公司|有限责任公司|股份公司|集团公司|株式会社|有限責任公司)\\Z")


def cluster_figures(name: str, gold: Sequence[Named], found: Sequence[Named]) -> Figures:
    """Mentions by their place, exact and overlapping, and B³ over the exact ones."""
    left = sorted(mentions(gold), key=lambda item: item.order)
    right = sorted(mentions(found), key=lambda item: item.order)
    alignment = align(left, right, share_characters(left, right), mention_grade)
    return {
        f"{name}.mentions": alignment.tally("strict"),
        f"{name}.mentions_overlap": alignment.tally("detection"),
        f"{name}.b3": _b_cubed(alignment),
    }


def legal_figures(gold: Sequence[Named], found: Sequence[Named]) -> Figures:
    """Mentions of firms by their full legal names, by their exact place: how many of those found and sought agree."""
    sides = [
        sorted((m for m in mentions(one) if _LEGAL.search(m.text)), key=lambda m: m.order) for one in (gold, found)
    ]
    alignment = align(sides[0], sides[1], share_characters(sides[0], sides[1]), mention_grade)
    return {"companies.legal": alignment.tally("strict")}


def _b_cubed(alignment: Alignment) -> Tally:
    """The share of each mention's cluster that is right, averaged; a mention without a partner has none."""
    pairs = [(alignment.gold[i], alignment.found[j]) for i, j in alignment.levels["strict"].items()]
    taken = set(alignment.levels["strict"].values())
    gold = Counter(g.value for g in alignment.gold if not g.optional)
    counted = (f for j, f in enumerate(alignment.found) if j in taken or j not in alignment.excused)
    found = Counter(f.value for f in counted)
    both = Counter((g.value, f.value) for g, f in pairs)
    precision = fsum(n * n / found[f] for (_, f), n in both.items())
    recall = fsum(n * n / gold[g] for (g, _), n in both.items())
    return Tally(precision, found.total(), recall, gold.total(), gold.total())


def role_figures(alignment: Alignment, gold: Sequence[Named], found: Sequence[Named]) -> Figures:
    """Roles of companies: a role is right where the matched company has it in the gold."""
    roles = [{one.id: {(r.role, r.board) for r in one.roles} for one in side} for side in (gold, found)]
    pairs = [(alignment.gold[i], alignment.found[j]) for i, j in alignment.levels["strict"].items()]
    right = sum(len(roles[0][g.id] & roles[1][f.id]) for g, f in pairs)
    taken = {f.id for _, f in pairs}
    excused = {alignment.found[j].id for j in alignment.excused} - taken
    counted: list[Item] = [f for f in alignment.found if f.id not in excused]
    return {
        "companies.roles": Tally.counts(
            right,
            sum(len(roles[1][f.id]) for f in counted),
            sum(len(roles[0][g.id]) for g in alignment.gold if not g.optional),
        )
    }
