"""The linear model: features as newsdesk.topics.model reads them, soft-label logistic regression, packing to int8."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from newsdesk.topics import lexicon
from newsdesk.topics.features import LEAD_WEIGHT, LEAD_WORDS, REST_WEIGHT, TITLE_WEIGHT, zones
from newsdesk.topics.model import FUNCTION_WORDS, NOT_LISTED, TOPIC_COUNT, listed_odds
from training.topics.sets import Example

Array = np.ndarray[Any, Any]
SHARES = {1: (1.0,), 2: (0.7, 0.3), 3: (0.6, 0.25, 0.15)}  # of a label with one, two, three topics


def count_features(example: Example) -> dict[str, float]:
    """Zone-weighted counts of words and of neighbouring pairs ("a b")."""
    headline, rest = ([word.decode("utf-8", "replace") for word in zone] for zone in zones(example.title, example.body))
    lead = min(len(rest), LEAD_WORDS)
    counts: dict[str, float] = defaultdict(float)
    weights = [LEAD_WEIGHT] * lead + [REST_WEIGHT] * (len(rest) - lead)
    for words, zone in ((headline, [TITLE_WEIGHT] * len(headline)), (rest, weights)):
        for word, weight in zip(words, zone, strict=True):
            counts[word] += weight
        for word, after, weight in zip(words, words[1:], zone, strict=False):
            counts[f"{word} {after}"] += weight
    return counts


def choose_features(docs: Sequence[dict[str, float]], words: Sequence[str]) -> tuple[dict[str, int], Array]:
    """(feature -> column, inverse document frequencies): words of three texts or of `words`, pairs of four texts."""
    seen: Counter[str] = Counter()
    for doc in docs:
        seen.update(doc.keys())
    seen.update({word: 3 - seen[word] for word in words if seen[word] < 3})
    columns: dict[str, int] = {}
    for name, times in sorted(seen.items()):
        parts = name.split(" ")
        enough = times >= (4 if len(parts) == 2 else 3) and all(len(part) > 1 or not part.isalpha() for part in parts)
        if enough and not (len(parts) == 2 and set(parts) <= FUNCTION_WORDS):
            columns[name] = len(columns)
    return columns, np.array([np.log(len(docs) / seen[name]) + 1 for name in columns])


def to_matrix(docs: Sequence[dict[str, float]], columns: dict[str, int], idf: Array) -> Any:
    """Log counts, length 1 a row, times idf."""
    rows, cols, values = [], [], []
    for i, doc in enumerate(docs):
        for name, count in doc.items():
            column = columns.get(name)
            if column is not None:
                rows.append(i)
                cols.append(column)
                values.append(np.log1p(count))
    matrix = sparse.csr_matrix((values, (rows, cols)), shape=(len(docs), len(columns)), dtype=np.float32)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return sparse.csr_matrix(sparse.diags(1 / norms) @ matrix @ sparse.diags(idf))


def soft_labels(examples: Sequence[Example]) -> Array:
    labels = np.zeros((len(examples), TOPIC_COUNT))
    for row, example in zip(labels, examples, strict=True):
        for topic, share in zip(example.topics, SHARES.get(len(example.topics), ()), strict=False):
            row[topic] += share
    return labels


def softmax(logits: Array) -> Array:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return result


def balance(labels: Array, trust: Array, power: float) -> Array:
    """Trust of each row, raised for rare topics by the `power` of how rare they are."""
    mass = (trust[:, None] * labels).sum(axis=0)
    result: Array = trust * (labels @ (mass.mean() / np.maximum(mass, 1)) ** power)
    return result


def fit(x: Any, labels: Array, trust: Array, l2: float, iterations: int) -> tuple[Array, Array]:
    """(weights, bias) of multinomial logistic regression on soft labels; L-BFGS, deterministic."""
    across = x.T.tocsr() if sparse.issparse(x) else x.T
    size = x.shape[1] * TOPIC_COUNT

    def loss(point: Array) -> tuple[float, Array]:
        weights, bias = point[:size].reshape(-1, TOPIC_COUNT), point[size:]
        logits = x @ weights + bias
        logits -= logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        error = trust[:, None] * (np.exp(logits - total) * labels.sum(axis=1, keepdims=True) - labels)
        value = -(trust[:, None] * labels * (logits - total)).sum() + l2 / 2 * (weights * weights).sum()
        return float(value), np.concatenate([(across @ error + l2 * weights).ravel(), error.sum(axis=0)])

    start = np.zeros(size + TOPIC_COUNT)
    point = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 6}).x
    return point[:size].reshape(-1, TOPIC_COUNT), point[size:]


def word_rows(columns: dict[str, int], idf: Array) -> dict[str, int]:
    """Single words and their columns, in the order of the shipped rows: frequent ones first, so that they lie close by."""
    alone = sorted((float(idf[column]), name) for name, column in columns.items() if " " not in name)
    return {name: columns[name] for _, name in alone}


def listed_topics(words: Sequence[str]) -> Array:
    """The topic that the English word list has each word under."""
    listed = lexicon.load("en")
    assert listed is not None
    found = [listed.match(word) for word in words]
    return np.array([entry[1][0] if entry else NOT_LISTED for entry in found], dtype=np.uint8)


def read_list(example: Example, topics: dict[str, int]) -> Array:
    """What the words of title and lead that are listed add to the log-odds; `topics` by word."""
    headline, rest = (
        [topics.get(word.decode("utf-8", "replace")) for word in zone] for zone in zones(example.title, example.body)
    )
    counted = [(topic, TITLE_WEIGHT) for topic in headline] + [(topic, LEAD_WEIGHT) for topic in rest[:LEAD_WORDS]]
    known = [(topic, count) for topic, count in counted if topic is not None]
    return listed_odds(np.array([topic for topic, _ in known], dtype=np.uint8), np.array([count for _, count in known]))


def pack(columns: dict[str, int], idf: Array, weights: Array, bias: Array, sharpness: float) -> dict[str, Array]:
    """The arrays of newsdesk.topics.model: idf and `sharpness` (an inverse temperature) are folded into the weights."""
    words = list(word_rows(columns, idf))
    row = {word: i for i, word in enumerate(words)}
    pairs = []
    for name in columns:
        first, _, second = name.partition(" ")
        if second and first in row and second in row:
            pairs.append((row[first] * len(words) + row[second], name))
    pairs.sort()
    order = [columns[word] for word in words] + [columns[name] for _, name in pairs]
    full = (weights * idf[:, None])[order] * sharpness
    full -= full.mean(axis=1, keepdims=True)
    step = np.quantile(np.abs(full).max(axis=1), 0.9995) / 127
    return {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "listed": listed_topics(words),
        "pairs": np.array([key for key, _ in pairs], dtype=np.int64),
        "weights": np.clip(np.round(full / step), -127, 127).astype(np.int8),
        "scale": np.full(TOPIC_COUNT, step, dtype=np.float32),
        "bias": ((bias - bias.mean()) * sharpness).astype(np.float32),
    }
