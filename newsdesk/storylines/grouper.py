"""Stories into storylines: new ones beside what is stored, a person's corrections first."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from newsdesk.model import Story, StorylineRef
from newsdesk.ports import Asked, Profile, ProfileStore
from newsdesk.processes.collecting import collector_at_rest
from newsdesk.storylines.asking import questions
from newsdesk.storylines.batch import Batch, prepared_batch, sign_batch
from newsdesk.storylines.cluster import ORIGINALS, Cluster, Spread
from newsdesk.storylines.consolidate import consolidate
from newsdesk.storylines.copies import LIKE_COPIES, Originals, in_turn
from newsdesk.storylines.explain import NOTHING_SHARED, SHARED, kept_out, name, nearest, reasons
from newsdesk.storylines.gather import Gathering
from newsdesk.storylines.identity import storyline_id
from newsdesk.storylines.lexis import Lexis
from newsdesk.storylines.memory import NoProfiles
from newsdesk.storylines.prepared import Prepared
from newsdesk.storylines.profile import STORY_KEY, from_profiles, to_profile
from newsdesk.storylines.standing import Standing
from newsdesk.storylines.titles import call_after_newest

CANDIDATES = 6  # stored storylines looked at for a story


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person said. `apart`: pairs of story ids that are never in one storyline; `together`: pairs that always are;
    `titles`: storyline id -> the title that it was given; `pinned`: ids of storylines that are not merged with stored ones."""

    apart: frozenset[frozenset[str]] = frozenset()
    together: tuple[tuple[str, str], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assignment:
    """The storyline of a story and what the story shares with it."""

    story_id: str
    storyline_id: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """`assignments`: one a story, in the order given. `merged`: (old id, new id) of storylines that turned out to be one.
    `titles`: of every storyline named in the assignments. `copies`: story id -> earliest story with near-identical text."""

    assignments: tuple[Assignment, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)


class Grouper:
    """Groups batches of stories against the storylines of a store. Stories have ids; `today` dates those without a date.

    The order of the stories given does not matter: they are taken by date, those that say most first, then by id.
    """

    def __init__(
        self,
        profiles: ProfileStore,
        corrections: Corrections | None = None,
        today: datetime.date | None = None,
        standing: Standing | None = None,
    ) -> None:
        """`standing`: what batches before have loaded from the same store, if nothing has changed that since."""
        self._profiles = profiles
        self._standing = standing or Standing()
        self._keeps = not isinstance(profiles, NoProfiles)
        self._corrections = corrections or Corrections()
        self._today = (today - datetime.date(1970, 1, 1)).days if today else 0
        self._rivals: defaultdict[str, set[str]] = defaultdict(set)
        for pair in self._corrections.apart:
            if len(pair) == 2:
                one, other = pair
                self._rivals[one].add(other)
                self._rivals[other].add(one)
        self._corrected = frozenset(self._rivals).union(*self._corrections.together)

    def group(self, stories: Sequence[Story]) -> Grouping:
        """The storyline of each story; the store is brought up to date."""
        with collector_at_rest():
            return self._group(stories)

    def group_prepared(self, prepared: Sequence[Prepared]) -> Grouping:
        """As :meth:`group`, of stories that are in no storyline yet and that were made ready before, maybe elsewhere."""
        with collector_at_rest():
            return self._group((), prepared_batch(prepared))

    def _group(self, stories: Sequence[Story], batch: Batch | None = None) -> Grouping:
        batch = sign_batch(stories, keeps=self._keeps) if batch is None else batch
        loaded: dict[str, Cluster] = {}
        atoms = self._atoms(batch, loaded)
        if self._keeps:
            self._load_candidates(batch, list(atoms), loaded)
        known = [cluster for _, cluster in sorted(loaded.items())]
        grouping = self._finish(batch, self._gather(batch.words, known, atoms))
        self._standing.drop(chain(grouping.titles, (old for old, _ in grouping.merged)))
        return grouping

    def _gather(self, words: Lexis, known: Sequence[Cluster], atoms: Iterable[Cluster]) -> list[Cluster]:
        """The clusters that have changed."""
        gathering = Gathering(words, known, self._barred if self._rivals or self._corrections.pinned else None)
        gathering.gather(atoms)
        consolidate(gathering)
        for number, other in gathering.look_alikes().items():
            gathering.objects[number].look_alike = gathering.objects[other]
        return gathering.changed()

    def profile(self, line_id: str, stories: Sequence[Story]) -> None:
        """Store the profile of a storyline of exactly these stories: after a person has moved stories between storylines."""
        batch = sign_batch(stories)
        if not len(batch):
            return
        whole, *rest = [self._cluster(batch, place) for place in range(len(batch))]
        for other in rest:
            whole.add(other)
        whole.line_id = line_id
        spread = Spread(batch.words)
        members = batch.stories(whole.members)
        self._name(batch, whole, spread, members)
        self._find_copies(batch, whole, {}, spread, members)
        self._profiles.put(to_profile(whole, batch.words, self._today))

    def _cluster(self, batch: Batch, place: int) -> Cluster:
        cluster = Cluster.of(batch.sign(place), place)
        if self._corrected and cluster.story_ids[0] in self._corrected:
            cluster.marked = frozenset(cluster.story_ids)
        return cluster

    def _load_candidates(self, batch: Batch, atoms: Sequence[Cluster], loaded: dict[str, Cluster]) -> None:
        """The stored storylines that share most of an atom's keys."""
        found = self._profiles.find(questions(atoms, batch.words), CANDIDATES)
        self._load(batch, chain.from_iterable(found), loaded)

    def _load(self, batch: Batch, ids: Iterable[str], loaded: dict[str, Cluster]) -> None:
        """See to it that these stored storylines are among `loaded`."""
        missing: list[str] = []
        for line_id in dict.fromkeys(ids):
            if line_id in loaded:
                continue
            known = self._standing.find(line_id, batch.words)
            if known is None:
                missing.append(line_id)
            else:
                loaded[line_id] = self._marked(known)
        profiles = list(self._profiles.read(missing)) if missing else []
        for profile, cluster in zip(profiles, from_profiles(profiles, batch.words), strict=True):
            self._standing.add(profile.id, cluster)
            loaded[profile.id] = self._marked(cluster)

    def _marked(self, cluster: Cluster) -> Cluster:
        cluster.marked = self._corrected.intersection(cluster.story_ids) if self._corrected else frozenset()
        return cluster

    def _barred(self, a: Cluster, b: Cluster) -> bool:
        """Did a person say that a story of the one is not in the storyline of a story of the other, or pin one of them?"""
        pinned = self._corrections.pinned
        if pinned and a.line_id and b.line_id and (a.line_id in pinned or b.line_id in pinned):
            return True
        if not a.marked or not b.marked:
            return False
        return any(not self._rivals[story_id].isdisjoint(b.marked) for story_id in a.marked if story_id in self._rivals)

    def _atoms(self, batch: Batch, loaded: dict[str, Cluster]) -> Iterable[Cluster]:
        """What is not to be decided: stories that a person put together, and what is left: most of it clusters of one. Where
        nothing is kept and there are no corrections, each is made when its turn comes."""
        if not self._keeps and not self._corrections.together:
            return (self._cluster(batch, place) for place in range(len(batch)))
        atoms = {cluster.story_ids[0]: cluster for cluster in (self._cluster(batch, place) for place in range(len(batch)))}
        for one, other in self._corrections.together:
            self._join(batch, one, other, atoms, loaded)
        return list({id(atom): atom for atom in atoms.values() if atom.line_id is None}.values())

    def _join(self, batch: Batch, one: str, other: str, atoms: dict[str, Cluster], loaded: dict[str, Cluster]) -> None:
        a, b = (self._whereabouts(batch, story_id, atoms, loaded) for story_id in (one, other))
        if a is None or b is None or a is b or self._barred(a, b):
            return
        if b.line_id is not None and a.line_id is None:
            a, b = b, a
        for line_id in (a.line_id, b.line_id):
            if line_id is not None:
                loaded.pop(line_id, None)
        a.add(b)
        if a.line_id is not None:
            loaded[a.line_id] = a
        for story_id, atom in atoms.items():
            if atom is b:
                atoms[story_id] = a

    def _whereabouts(
        self, batch: Batch, story_id: str, atoms: dict[str, Cluster], loaded: dict[str, Cluster]
    ) -> Cluster | None:
        if story_id in atoms:
            return atoms[story_id]
        for cluster in loaded.values():
            if story_id in cluster.marked:
                return cluster
        (found,) = self._profiles.find([Asked((STORY_KEY + story_id,))], 1)
        self._load(batch, found, loaded)
        return loaded[found[0]] if found and story_id in loaded[found[0]].marked else None

    def _finish(self, batch: Batch, clusters: list[Cluster]) -> Grouping:
        homes: dict[str, Assignment] = {}
        merged: list[tuple[str, str]] = []
        titles: dict[str, str] = {}
        copies: dict[str, str] = {}
        spread = Spread(batch.words)
        for cluster, line_id in zip(clusters, self._called(batch, clusters), strict=True):
            stories = batch.stories(cluster.members)
            titles[line_id] = self._name(batch, cluster, spread, stories)
            self._find_copies(batch, cluster, copies, spread, stories)
            for story_id, why in _explained(batch, cluster, spread, stories):
                homes[story_id] = Assignment(story_id, line_id, why)
            for old in cluster.forwards:
                self._profiles.forward(old, line_id)
                merged.append((old, line_id))
        if self._keeps:
            self._profiles.put_all(self._profiles_of(batch, clusters))
        return Grouping(tuple(homes[story_id] for story_id in batch.order), tuple(merged), titles, copies)

    def _profiles_of(self, batch: Batch, clusters: Sequence[Cluster]) -> list[Profile]:
        """What is stored of clusters."""
        alone = batch.profiles_of_one((one for one in clusters if one.size == 1 and not one.marked), self._today)
        return [alone.get(one.line_id or "") or to_profile(one, batch.words, self._today) for one in clusters]

    def _called(self, batch: Batch, clusters: Sequence[Cluster]) -> list[str]:
        """The id of each cluster; it puts their members in order. A new one's is from its first story; another one where a
        storyline that the story left has that id."""
        for cluster in clusters:
            cluster.members.sort()
        new = [cluster for cluster in clusters if not cluster.line_id]
        firsts = [batch.sign(cluster.members[0]).story_id for cluster in new]
        wanted = [storyline_id(first) for first in firsts]
        taken = self._profiles.known(wanted).union(cluster.line_id for cluster in clusters if cluster.line_id)
        for cluster, first, line_id in zip(new, firsts, wanted, strict=True):
            attempt = 0
            while line_id in taken or (attempt and self._profiles.known([line_id])):
                attempt += 1
                line_id = storyline_id(first, attempt)
            cluster.line_id = line_id
            taken.add(line_id)
        return [cluster.line_id or "" for cluster in clusters]

    def _find_copies(
        self, batch: Batch, cluster: Cluster, copies: dict[str, str], spread: Spread, stories: Mapping[int, Story]
    ) -> None:
        """`spread` holds the cluster. Where nothing is kept, texts that are like no other one need no sketch."""
        if cluster.size == 1 and not cluster.originals:  # as most are: there is nothing that it could be a copy of
            (place,) = cluster.members
            if self._keeps and (text := batch.sketch(place)):
                cluster.originals = ((batch.sign(place).story_id, text),)
            return
        originals = Originals(cluster.originals)
        for place in in_turn([(place, batch.sign(place).day, stories[place].published) for place in cluster.members]):
            sign = batch.sign(place)
            story_id = sign.story_id
            if not self._keeps and spread.dot(sign.terms, sign.values) - 1.0 < LIKE_COPIES:
                continue
            earlier = originals.earlier(story_id, batch.sketch(place))
            if earlier is not None:
                copies[story_id] = earlier
        cluster.originals = tuple(originals.latest(ORIGINALS))

    def _name(self, batch: Batch, cluster: Cluster, spread: Spread, stories: Mapping[int, Story]) -> str:
        """Title by a person's correction, else that of one of its stories. Leaves a cluster of several laid out in `spread`."""
        if cluster.size > 1:
            spread.lay(cluster)
        call_after_newest(batch, cluster, spread, stories, self._today)
        return self._corrections.titles.get(cluster.line_id or "", cluster.title)


def _explained(
    batch: Batch, cluster: Cluster, spread: Spread, stories: Mapping[int, Story]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each member with why it is there: what it shares with the others, who are what `spread` holds without it."""
    if cluster.size == 1:
        yield batch.sign(cluster.members[0]).story_id, _kept_out(batch, cluster.look_alike)
        return
    days = sorted(cluster.days)
    for place in cluster.members:
        sign = batch.sign(place)
        own = sign.values
        shared = spread.products(sign.terms, own) - own * own
        heavy = np.argsort(-shared, kind="stable")[:SHARED]
        terms = batch.words.terms.read(sign.terms[heavy[shared[heavy] > NOTHING_SHARED]])
        yield sign.story_id, reasons(stories[place], terms, nearest(sign.day, days))


def _kept_out(batch: Batch, other: Cluster | None) -> tuple[str, ...]:
    """Why a story is alone, where another cluster is like it."""
    if other is None:
        return ()
    return (kept_out(other.title or name(batch.story(other.members[0]))),)


def refs(stories: Sequence[Story], grouping: Grouping) -> list[Story]:
    """The stories of a closed batch with `storyline` and `wire_copy_of` filled in, in the same order."""
    return list(refer(stories, grouping))


def refer(stories: Iterable[Story], grouping: Grouping) -> Iterator[Story]:
    """As :func:`refs`, of one story after the other."""
    homes = {assignment.story_id: assignment for assignment in grouping.assignments}
    sizes = Counter(assignment.storyline_id for assignment in homes.values())
    for story in stories:
        home = homes[story.id]
        line_id = home.storyline_id
        ref = StorylineRef(line_id, grouping.titles.get(line_id, ""), sizes[line_id], home.why)
        yield story.with_(storyline=ref, wire_copy_of=grouping.copies.get(story.id))
