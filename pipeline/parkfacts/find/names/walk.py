"""Where a name begins: from the word that closes it, leftwards over what a name can hold."""

from __future__ import annotations

from parkfacts.find.names.atoms import Atom, Atoms

LONGEST = 32
# one-character words that stop a name wherever they stand; others may follow a place inside one (浙江新屹科技有限公司)
_HARD = frozenset("的了是在和与及或由被把将对向让使给从于、")


def left(atoms: Atoms, end: int) -> list[Atom]:
    """The atoms before ``end`` that may belong to a name which goes on there, in text order; possibly none."""
    run: list[Atom] = []
    if end <= 0:
        return run
    i = atoms.index(end - 1)
    if atoms[i].end > end:
        run.append(atoms.inside(atoms[i].start, end)[-1])
        i -= 1
    while i >= 0 and end - atoms.starts[i] <= LONGEST:
        atom = atoms[i]
        if atom.text in ")）" and (opened := _place_in_brackets(atoms, i)):
            run.extend(atoms[j] for j in range(i, opened - 1, -1))
            i = opened - 1
            continue
        if not _belongs(atoms, i, atom, run):
            break
        run.append(atom)
        i -= 1
    run.reverse()
    return _begin(run)


def _belongs(atoms: Atoms, i: int, atom: Atom, run: list[Atom]) -> bool:
    before = atoms.kinds[i - 1] if i else "B"
    if atom.kind in "PKTN":
        return True
    if atom.kind == "V":
        return before in "PKTN"
    if atom.kind == "M":
        return before in "PKNT" and not atom.text[0].isascii()
    inner = atom.kind == "S" and len(atom.text) == 1 and atom.text not in _HARD
    return inner and before in "PK" and bool(run) and run[-1].kind in "KTN"


def _place_in_brackets(atoms: Atoms, i: int) -> int | None:
    """The index of the bracket that opens before the one at ``i``, if there is a place between the two."""
    for j in range(i - 1, max(0, i - 5), -1):
        if atoms[j].text in "(（":
            return j if i - j > 1 and atoms.kinds[j - 1] in "PKTNV" else None
        if atoms.kinds[j] not in "PKN":
            return None
    return None


def _begin(run: list[Atom]) -> list[Atom]:
    """The run from the last place on that other words stand before: what precedes it belongs to the sentence."""
    depth = 0
    for i in range(len(run) - 1, 0, -1):
        text = run[i].text
        depth += (text in ")）") - (text in "(（")
        if depth == 0 and run[i].kind == "P" and len(text) > 1 and run[i - 1].kind not in "PK" and i < len(run) - 1:
            return run[i:]
    while run and run[0].kind == "V":
        run = run[1:]
    return run
