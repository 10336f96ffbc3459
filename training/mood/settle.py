"""What is chosen for a tier on comments that it did not learn from, and how good the tier is on those that chose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsdesk.sentiment.judging import SARCASM, add_beside, chances, choose, decide, is_mocking, mockery, rate
from newsdesk.sentiment.marks import has_context
from training.mood.balance import balance
from training.mood.calibrate import Settings, fit_chances, fit_confidence, fit_offsets, fit_threshold, loss_of_chances
from training.mood.interval import Outlet, fit_interval, measure_intervals
from training.mood.likely import fit_likely, likely_error
from training.mood.measure import Answers, Array, Flags, auc
from training.mood.student import BALANCE, Table

UNSURE_BELOW = 0.5
CHOOSING_WEIGHT = {"fox": 1.0, "ucc": 2.0, "pages": 0.3}
# How much of the base tier's logits may be added to the encoder's: of the classes, and of sarcasm.
SHARES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
SARCASM_SHARES = (0.0, 0.5, 1.0, 1.5, 2.0)
LITTLE = 0.002  # of the cross-entropy, which isn't worth a larger share
# How much of what sounds of mockery the score may hear, the least first, and how much AUC is given up for hearing less.
LEAN_MOCKING = (0.0, 0.1, 0.2, 0.3)
GIVEN_UP = 0.002
STRENGTHS = (1.0, 0.75, 0.5, 0.25)  # how much of the encoder's strength the score may hear, the most first


@dataclass(frozen=True, slots=True)
class Held:
    """Comments that were not learnt from, of one outlet or of pages, and a tier's logits of them; of the encoder, which takes a
    share of the base tier's word, that tier's logits `beside`."""

    table: Table
    logits: Array
    beside: Array | None = None

    def __getitem__(self, rows: Flags) -> Held:
        return Held(self.table[rows], self.logits[rows], None if self.beside is None else self.beside[rows])

    @property
    def known(self) -> Flags:
        return has_context(self.table.marks)

    def plus(self, settings: Settings) -> Held:
        """With that share of the other tier's word which `settings` say, if there is one."""
        if self.beside is None:
            return self
        return Held(self.table, add_beside(self.logits, self.beside, self.known, settings))

    @property
    def stories(self) -> list[str]:
        return sorted({one.group for one in self.table.examples})

    def of(self, stories: Sequence[str]) -> Flags:
        return np.array([one.group in stories for one in self.table.examples])

    def apart(self, known: bool) -> Held:
        """Those of which headline or parent is known, or those of which neither is."""
        return self[self.known == known]

    def halves(self) -> tuple[Held, Held]:
        """Every other story, from the second on, to choose with; and the others, to measure."""
        chosen = self.of(self.stories[1::2])
        return self[chosen], self[~chosen]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A tier's logits of all that is held out."""

    fox: Held
    ucc: Held
    pages: Held

    def choosing(self) -> list[Held]:
        return [self.fox, self.ucc.halves()[0], self.pages.halves()[0]]

    def beside(self, other: Evidence) -> Evidence:
        """These logits, and the other tier's beside."""
        pairs = ((self.fox, other.fox), (self.ucc, other.ucc), (self.pages, other.pages))
        return Evidence(*(Held(own.table, own.logits, their.logits) for own, their in pairs))


def settle(parts: Sequence[Held]) -> Settings:
    """The settings of a tier: those for comments of which headline or parent is known, and those for the others; and what the
    likely shares and the interval of a share are made with."""
    apart = {name: [part.apart(known) for part in parts] for name, known in (("known", True), ("alone", False))}
    found: Settings = {name: settle_alike([one for one in own if len(one.logits)]) for name, own in apart.items()}
    found["unsure"] = UNSURE_BELOW
    outlets = [outlet_of(one, found) for one in parts]
    weights = [CHOOSING_WEIGHT[one.source] for one in outlets]
    found["likely"] = fit_likely([answer(one, found) for one in parts], weights)
    return {**found, "interval": fit_interval(outlets, weights)}


def settle_alike(parts: Sequence[Held]) -> Settings:
    """Everything that is chosen on held-out comments; :data:`CHOOSING_WEIGHT` says how much a set counts in the calibration."""
    share = choose_share(parts)
    parts = [part.plus(share) for part in parts]
    logits = np.vstack([part.logits for part in parts])
    gold = np.concatenate([part.table.gold for part in parts])
    weights = _weights(parts)
    settings: Settings = fit_chances(logits, gold, weights) | share["alone"]
    unmocked = [(chances(part.logits, settings), np.zeros(len(part.logits), dtype=bool), part.table.gold) for part in parts]
    settings["offset"] = fit_offsets(unmocked, settings)
    settings["sarcasm"] = _fit_mockery(parts, settings)
    settings["offset"] = fit_offsets([(*hear(part, settings), part.table.gold) for part in parts], settings)
    chance, mocked = (np.concatenate(both) for both in zip(*(hear(part, settings) for part in parts), strict=True))
    label = choose(chance, mocked, settings)
    settings["confidence"] = fit_confidence(chance, label, gold, weights)
    settings["lean"] = _fit_lean(parts, settings)
    return settings


def _fit_lean(parts: Sequence[Held], settings: Settings) -> Settings:
    """What the score is made of: chances as if rare classes were less rare, with as little of what sounds of mockery as tells
    negative comments from the others nearly as well as the best does; but first of all with as much of the encoder's strength,
    if there is one, as lets it be so."""
    logits = np.vstack([part.logits for part in parts])
    gold = np.concatenate([part.table.gold for part in parts])
    weights = balance(np.eye(3)[gold], _weights(parts), np.zeros(len(gold), dtype=np.int64), BALANCE)
    plain = [fit_chances(logits, gold, weights, share) for share in LEAN_MOCKING]
    steps = STRENGTHS if logits.shape[1] > SARCASM + 1 else ()
    fitted = [{**own, "strength": step} for step in steps for own in plain] + plain
    told = [_told_by_score(parts, {**settings, "lean": one}) for one in fitted]
    return next(one for one, own in zip(fitted, told, strict=True) if own >= max(told) - GIVEN_UP)


def _told_by_score(parts: Sequence[Held], settings: Settings) -> float:
    """How well the score tells negative comments from the others: AUC, the mean of the sets."""
    told, weight = [], []
    for part in parts:
        label = choose(*hear(part, settings), settings)
        told.append(auc(part.table.gold == 0, -rate(part.logits, label, settings)))
        weight.append(CHOOSING_WEIGHT[part.table.examples[0].source])
    return float(np.average(told, weights=weight))


def _weights(parts: Sequence[Held]) -> Array:
    share = [1000 * CHOOSING_WEIGHT[part.table.examples[0].source] / len(part.logits) for part in parts]
    return np.concatenate([np.full(len(part.logits), own) for own, part in zip(share, parts, strict=True)])


def _fit_mockery(parts: Sequence[Held], settings: Settings) -> float:
    """The threshold of mockery; pages aren't asked, since none of them mocks."""
    asked = [part for part in parts if part.table.sarcastic.any()]
    chance = [chances(one.logits, settings) for one in asked]
    heard = [
        (mockery(one.logits, own), one.table.sarcastic, own, one.table.gold) for one, own in zip(asked, chance, strict=True)
    ]
    return fit_threshold(heard, settings)


def hear(part: Held, settings: Settings) -> tuple[Array, Flags]:
    """Chances of the classes, and which comments are taken for mockery."""
    chance = chances(part.logits, settings)
    return chance, is_mocking(part.logits, chance, settings)


def answer(part: Held, settings: Settings) -> Answers:
    whole = part.plus(settings)
    found = decide(whole.logits, whole.known, settings)
    return Answers(whole.table.gold, whole.table.sarcastic, found.label, found.score, found.confidence, found.mocks)


def outlet_of(part: Held, settings: Settings) -> Outlet:
    examples = part.table.examples
    return Outlet.of(examples[0].source, answer(part, settings), [one.group for one in examples], settings["unsure"])


def choose_share(parts: Sequence[Held]) -> Settings:
    """How much of the other tier's logits is best added: of the classes as little as brings nearly the least cross-entropy, of
    sarcasm by how well the mocking comments of a set are told from the others."""
    if any(part.beside is None for part in parts):
        return {"alone": {}, "known": {}}
    gold, weights = np.concatenate([part.table.gold for part in parts]), _weights(parts)

    def loss(share: float) -> float:
        logits = np.vstack([part.plus(_shares(share, 1.0)).logits for part in parts])
        return loss_of_chances(logits, gold, weights, fit_chances(logits, gold, weights))

    def told(share: float) -> float:
        asked = [part for part in parts if part.table.sarcastic.any()]
        return sum(auc(part.table.sarcastic, part.plus(_shares(0.0, share)).logits[:, SARCASM]) for part in asked)

    losses = {share: loss(share) for share in SHARES}
    least = next(share for share, own in losses.items() if own <= min(losses.values()) + LITTLE)
    return _shares(least, max(SARCASM_SHARES, key=told))


def _shares(classes: float, sarcasm: float) -> Settings:
    own = {"share": [classes] * 3 + [sarcasm]}
    return {"alone": own, "known": own}


def answer_fox(evidence: Evidence) -> list[tuple[Answers, Settings]]:
    """The Fox comments, each story by settings that were chosen without it, which stand beside."""
    fox, *others = evidence.choosing()
    answers: list[tuple[Answers, Settings]] = []
    for story in fox.stories:
        own = fox.of([story])
        settings = settle([fox[~own], *others])
        answers.append((answer(fox[own], settings), settings))
    return answers


def cover(evidence: Evidence) -> dict[str, dict[str, float]]:
    """How the intervals do on threads of comments that chose nothing: each Fox story, and each half of the others, with
    settings that were chosen without it."""
    fox, *choosing = evidence.choosing()
    unchosen = [part.halves()[1] for part in (evidence.ucc, evidence.pages)]
    apart = [(fox[own], [fox[~own], *choosing]) for own in (fox.of([story]) for story in fox.stories)]
    ways = [(mine, settle([fox, *theirs])) for mine, theirs in ((unchosen, choosing), (choosing, unchosen))]
    judged = {
        "Fox": [(one, settle(rest)) for one, rest in apart],
        "Globe and Mail": [(mine[0], found) for mine, found in ways],
        "pages in English": [(mine[1], found) for mine, found in ways],
    }
    return {
        name: measure_intervals([(outlet_of(part, found), found["interval"]) for part, found in own])
        for name, own in judged.items()
    }


def figures(evidence: Evidence, settings: Settings) -> dict[str, dict[str, float]]:
    """The measures by what they were measured on."""
    judged = {
        "Fox": answer_fox(evidence),
        "Globe and Mail": [(answer(evidence.ucc.halves()[1], settings), settings)],
        "pages in English": [(answer(evidence.pages.halves()[1], settings), settings)],
    }
    found = {}
    for name, own in judged.items():
        told = Answers.together([answers for answers, _ in own]).figures()
        found[name] = {**told, "likely net share error of 20": likely_error([(one, by["likely"]) for one, by in own])}
    return found
