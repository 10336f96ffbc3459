"""The encoder as it is taught and as it is shipped say the same; needs what the extras ``teacher`` and ``mood`` bring."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="comes with the extra teacher")
pytest.importorskip("onnx", reason="comes with the extra teacher")
if importlib.util.find_spec("onnxruntime") is None:  # importing it is for the encoder alone, which keeps it from calling home
    pytest.skip("onnxruntime comes with the extra mood", allow_module_level=True)

from newsdesk.sentiment.encoder import Encoder as Shipped  # noqa: E402
from newsdesk.sentiment.pieces import BEGIN, END, PAD, UNKNOWN  # noqa: E402
from training.mood.encoder import write  # noqa: E402
from training.mood.nets import SMALL, Encoder  # noqa: E402
from training.mood.sources import Example  # noqa: E402
from training.mood.strength import Lessons  # noqa: E402
from training.mood.teaching import batches  # noqa: E402

PIECES = [PAD, UNKNOWN, BEGIN, END, "they", "lied", "a", "fair", "tax", "!"]
RATED = [Example(text, "rated") for text in ("a fair tax", "They lied!", "a tax")]
LESSONS = Lessons(RATED, np.array([3.0, -3.0, 0.0]), [Example("tax", "fox")])


def taught(seed: int) -> Encoder:
    torch.manual_seed(seed)
    net = Encoder(SMALL, len(PIECES), 96, drop=0.0)
    net.eval()
    return net


def kept(net: Encoder, path: Path) -> Path:
    np.savez(path, **{name: value.numpy() for name, value in net.state_dict().items()})
    return path


def test_the_shipped_graph_says_what_the_taught_encoder_says(tmp_path: Path) -> None:
    net = taught(1)
    write([kept(net, tmp_path / "model.npz")], PIECES, LESSONS, tmp_path)
    said = Shipped(tmp_path / "model.onnx").read(["They lied! A fair tax", "a tax"])
    numbers = torch.tensor([[2, 4, 5, 9, 6, 7, 8, 3], [2, 6, 8, 3, 0, 0, 0, 0]])
    net.round_as_shipped(True)
    with torch.no_grad():
        expected = net.answer(net(numbers, torch.tensor([[True] * 8, [True] * 4 + [False] * 4]))).numpy()
    assert said[:, :4] == pytest.approx(expected, abs=0.02)


def test_what_is_shipped_says_how_strong_a_text_is(tmp_path: Path) -> None:
    write([kept(taught(1), tmp_path / "model.npz")], PIECES, LESSONS, tmp_path)
    fair, lied, tax = Shipped(tmp_path / "model.onnx").read([one.text for one in RATED])[:, 4]
    assert fair > tax > lied


def test_what_is_shipped_is_the_mean_of_several(tmp_path: Path) -> None:
    first, second = taught(1), taught(2)
    write([kept(first, tmp_path / "1.npz"), kept(second, tmp_path / "2.npz")], PIECES, LESSONS, tmp_path)
    with torch.no_grad():
        for one, other in zip(first.parameters(), second.parameters(), strict=True):
            one.copy_((one + other) / 2)
    mean = tmp_path / "mean"
    mean.mkdir()
    write([kept(first, tmp_path / "mean.npz")], PIECES, LESSONS, mean)
    assert (tmp_path / "model.onnx").read_bytes() == (mean / "model.onnx").read_bytes()


def test_every_text_is_in_one_batch_and_no_batch_is_too_large() -> None:
    counts = np.random.default_rng(3).integers(3, 60, 500).astype(np.int32)
    found = batches(counts, np.arange(500), 400, np.random.default_rng(1))
    assert sorted(np.concatenate(found).tolist()) == list(range(500))
    assert all(len(rows) == 1 or -(-int(counts[rows].max()) // 8) * 8 * len(rows) <= 400 for rows in found)
