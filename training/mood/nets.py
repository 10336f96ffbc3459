"""The encoders as torch modules: transformers of the kind of BERT and MPNet, with heads for sentiment and sarcasm.

Both are BERT's (Devlin et al. 2019): normalised after each part. MPNet (Song et al. 2020) adds to the strength of attention
what the distance of two pieces says, as T5 does. The parts have the same names in both, so that a layer is a layer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.mood.encoder import ATTENTION_HEADS, EPSILON, LAYERS, WEIGHT_STEPS

Weights = Mapping[str, Tensor]


@dataclass(frozen=True, slots=True)
class Shape:
    """`first`: the number of the first place in the table of places; `buckets`: how many distances are told apart, or 0."""

    layers: int
    width: int
    first: int
    buckets: int
    epsilon: float
    heads: int = ATTENTION_HEADS


LARGE = Shape(layers=12, width=768, first=2, buckets=32, epsilon=1e-5)
SMALL = Shape(layers=LAYERS, width=384, first=0, buckets=0, epsilon=EPSILON)
ANSWERS = 4  # negative, neutral, positive, sarcasm
STATE_STEPS = 255


class Rounded(nn.Linear):
    """A linear layer that can be told to round weights and what comes in as the shipped graph does
    (:mod:`training.mood.graph`); slopes pass by the rounding (Jacob et al. 2018)."""

    rounding = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.rounding:
            return functional.linear(x, self.weight, self.bias)
        with torch.no_grad():
            scale = self.weight.abs().amax(1, keepdim=True).clamp_min(1e-9) / WEIGHT_STEPS
            gap = torch.round(self.weight / scale) * scale - self.weight
            low, high = x.amin().clamp_max(0).float(), x.amax().clamp_min(0).float()
            step = ((high - low) / STATE_STEPS).clamp_min(1e-9)
            gap_x = (torch.round(x.float() / step) * step).to(x.dtype) - x
        return functional.linear(x + gap_x, self.weight + gap, self.bias)


class Layer(nn.Module):
    def __init__(self, shape: Shape, drop: float) -> None:
        super().__init__()
        width = shape.width
        self.heads, self.drop = shape.heads, drop
        self.qkv, self.out = Rounded(width, 3 * width), Rounded(width, width)
        self.wide, self.narrow = Rounded(width, 4 * width), Rounded(4 * width, width)
        self.after_attention = nn.LayerNorm(width, shape.epsilon)
        self.after = nn.LayerNorm(width, shape.epsilon)

    def forward(self, x: Tensor, strength: Tensor) -> Tensor:
        rows, places, width = x.shape
        query, key, value = self.qkv(x).view(rows, places, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        drop = self.drop if self.training else 0.0
        heard = functional.scaled_dot_product_attention(query, key, value, strength.to(query.dtype), drop)
        heard = self.out(heard.transpose(1, 2).reshape(rows, places, width))
        x = self.after_attention(x + functional.dropout(heard, drop))
        found = self.narrow(functional.gelu(self.wide(x)))
        return self.after(x + functional.dropout(found, drop))


class Encoder(nn.Module):
    """`drop`: the share of states that is dropped at random while it learns."""

    def __init__(self, shape: Shape, pieces: int, places: int, drop: float) -> None:
        super().__init__()
        self.shape, self.drop = shape, drop
        self.words, self.places = nn.Embedding(pieces, shape.width), nn.Embedding(places, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.distances = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        self.layers = nn.ModuleList(Layer(shape, drop) for _ in range(shape.layers))
        self.answer = nn.Linear(2 * shape.width, ANSWERS)

    def forward(self, numbers: Tensor, there: Tensor) -> Tensor:
        """States [rows, 2 * width]: the first piece's, and the mean of all. `numbers`, `there` [rows, places]."""
        rows, places = numbers.shape
        x = self.norm(self.words(numbers) + self.places.weight[self.shape.first : self.shape.first + places])
        x = functional.dropout(x, self.drop if self.training else 0.0)
        strength = torch.zeros(rows, 1, 1, places, device=x.device).masked_fill(~there[:, None, None], -1e4)
        strength = strength.expand(rows, self.shape.heads, places, places)
        if self.distances is not None:
            strength = strength + self._nearness(places, x.device)
        for layer in self.layers:
            x = layer(x, strength)
        mean = (x * there[..., None]).sum(1, dtype=torch.float32) / there.sum(1, keepdim=True)
        return torch.cat([x[:, 0].float(), mean], 1)

    def _nearness(self, places: int, device: torch.device) -> Tensor:
        """[1, heads, places, places]: half of the buckets for what stands before, half for what stands behind."""
        at = torch.arange(places, device=device)
        distance = at[None, :] - at[:, None]
        half = self.shape.buckets // 2
        exact = half // 2
        far = exact + (torch.log(distance.abs().clamp_min(1) / exact) / math.log(128 / exact) * (half - exact)).long()
        bucket = torch.where(distance.abs() < exact, distance.abs(), far.clamp_max(half - 1)) + (distance > 0) * half
        assert self.distances is not None
        return self.distances(bucket).permute(2, 0, 1)[None].detach()

    def round_as_shipped(self, rounding: bool) -> None:
        """Whether layers round as the shipped graph does."""
        for module in self.modules():
            if isinstance(module, Rounded):
                module.rounding = rounding


_COMMON = {"wide": "intermediate.dense", "narrow": "output.dense", "after": "output.LayerNorm"}
BERT = {"out": "attention.output.dense", "after_attention": "attention.output.LayerNorm", **_COMMON}
MPNET = {"out": "attention.attn.o", "after_attention": "attention.LayerNorm", **_COMMON}
_BERT_QKV = [f"attention.self.{name}" for name in ("query", "key", "value")]
_MPNET_QKV = [f"attention.attn.{name}" for name in "qkv"]


def fill(encoder: Encoder, weights: Weights, rows: Tensor) -> None:
    """Take the weights as their publishers name them; of the pieces only `rows`."""
    bert = encoder.distances is None
    names, qkv = (BERT, _BERT_QKV) if bert else (MPNET, _MPNET_QKV)
    table = weights["embeddings.word_embeddings.weight"][rows]
    places = weights["embeddings.position_embeddings.weight"][: len(encoder.places.weight)]
    if bert:
        places = places + weights["embeddings.token_type_embeddings.weight"][0]
    else:
        found = {"distances.weight": weights["encoder.relative_attention_bias.weight"]}
    found = {} if bert else found
    found |= {"words.weight": table, "places.weight": places}
    for part in ("weight", "bias"):
        found[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for at in range(encoder.shape.layers):
            own = f"encoder.layer.{at}"
            found[f"layers.{at}.qkv.{part}"] = torch.cat([weights[f"{own}.{name}.{part}"] for name in qkv])
            for name, theirs in names.items():
                found[f"layers.{at}.{name}.{part}"] = weights[f"{own}.{theirs}.{part}"]
    missing = encoder.load_state_dict({name: value.float() for name, value in found.items()}, strict=False)
    assert set(missing.missing_keys) == {"answer.weight", "answer.bias"}
