"""Writing the shipped encoder as an ONNX graph of standard operators, weights in bytes.

Each column of a layer's weights has a scale of its own, and 7 bits (-63..63), so that a processor which adds pairs of products
in 16 bits cannot overflow: the answers are the same on all. What comes in is quantised as it comes (dynamic quantisation).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from newsdesk.sentiment.pieces import TEXT_PIECES
from newsdesk.whole_file import write_whole
from training.mood.encoder import ATTENTION_HEADS, EPSILON, WEIGHT_STEPS

Weights = Mapping[str, NDArray[np.float32]]
MOST_PIECES = TEXT_PIECES + 2
WORD_STEPS = 127


class Graph:
    """A graph that is being written: each method adds a node and gives the name of what comes out."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 1, **settings: object) -> str:
        name = f"n{len(self.nodes)}"
        names = [name, *(f"{name}.{extra}" for extra in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **settings))
        return name

    def normalise(self, x: str, name: str, weights: Weights) -> str:
        scale, bias = (self.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)

    def multiply(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """`x` @ `weight` + `bias`, in whole numbers."""
        scale = np.maximum(np.abs(weight).max(axis=0), 1e-9) / WEIGHT_STEPS
        whole = self.constant(f"{name}.whole", np.rint(weight / scale).astype(np.int8))
        self.constant(f"{name}.scale", scale.astype(np.float32))
        rough = self.add("DynamicQuantizeLinear", x, outputs=3)
        product = self.add("MatMulInteger", rough, whole, f"{rough}.2")
        scaled = self.add("Mul", f"{rough}.1", f"{name}.scale")
        result = self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), scaled)
        return self.add("Add", result, self.constant(f"{name}.bias", bias.astype(np.float32)))


def words_in(graph: Graph, weights: Weights) -> str:
    """The sum of what each piece and its place are, normalised."""
    table = weights["words.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / WORD_STEPS
    words = graph.constant("words", np.rint(table / scale).astype(np.int8))
    scales = graph.constant("words.scale", scale.astype(np.float32))
    found = graph.add("Cast", graph.add("Gather", words, "numbers"), to=TensorProto.FLOAT)
    found = graph.add("Mul", found, graph.add("Gather", scales, "numbers"))
    places = graph.constant("places", weights["places.weight"][:MOST_PIECES])
    size = graph.add("Gather", graph.add("Shape", "numbers"), graph.constant("one", np.array(1)))
    place = graph.add("Gather", places, graph.add("Range", graph.constant("zero", np.array(0)), size, "one"))
    return graph.normalise(graph.add("Add", found, place), "norm", weights)


def attention(graph: Graph, x: str, name: str, weights: Weights) -> str:
    """Every piece looks at every other that is there (`mask` is added to the strengths)."""
    weight, bias = weights[f"{name}.qkv.weight"].T.copy(), weights[f"{name}.qkv.bias"].copy()
    width = weight.shape[0] // ATTENTION_HEADS
    weight[:, : weight.shape[0]] /= np.sqrt(width)
    bias[: weight.shape[0]] /= np.sqrt(width)
    heads = graph.constant("heads", np.array([0, 0, 3, ATTENTION_HEADS, width]))
    both = graph.add("Reshape", graph.multiply(x, f"{name}.qkv", weight, bias), heads)
    turned = graph.add("Transpose", both, perm=[2, 0, 3, 1, 4])
    query, key, value = (graph.add("Gather", turned, graph.constant(f"at{at}", np.array(at)), axis=0) for at in range(3))
    strength = graph.add("MatMul", query, graph.add("Transpose", key, perm=[0, 1, 3, 2]))
    share = graph.add("Softmax", graph.add("Add", strength, "mask"), axis=-1)
    heard = graph.add("Transpose", graph.add("MatMul", share, value), perm=[0, 2, 1, 3])
    flat = graph.add("Reshape", heard, graph.constant("flat", np.array([0, 0, weight.shape[0]])))
    return graph.multiply(flat, f"{name}.out", weights[f"{name}.out.weight"].T, weights[f"{name}.out.bias"])


def layer(graph: Graph, x: str, name: str, weights: Weights) -> str:
    heard = attention(graph, x, name, weights)
    x = graph.normalise(graph.add("Add", heard, x), f"{name}.after_attention", weights)
    wide, narrow = f"{name}.wide", f"{name}.narrow"
    inner = graph.multiply(x, wide, weights[f"{wide}.weight"].T, weights[f"{wide}.bias"])
    bent = graph.add("Erf", graph.add("Div", inner, graph.constant("root2", np.array(np.sqrt(2), dtype=np.float32))))
    bent = graph.add("Mul", inner, graph.add("Add", bent, graph.constant("1.0", np.array(1, dtype=np.float32))))
    bent = graph.add("Mul", bent, graph.constant("0.5", np.array(0.5, dtype=np.float32)))
    back = graph.multiply(bent, narrow, weights[f"{narrow}.weight"].T, weights[f"{narrow}.bias"])
    return graph.normalise(graph.add("Add", back, x), f"{name}.after", weights)


def heads_out(graph: Graph, x: str, weights: Weights) -> None:
    """Logits of all heads from the first and the mean state."""
    own = graph.add("Cast", "there", to=TensorProto.FLOAT)
    last, second = graph.constant("last", np.array([-1])), graph.constant("second", np.array([1]))
    total = graph.add("ReduceSum", graph.add("Mul", x, graph.add("Unsqueeze", own, last)), second, keepdims=0)
    mean = graph.add("Div", total, graph.add("ReduceSum", own, second, keepdims=1))
    both = graph.add("Concat", graph.add("Gather", x, "zero", axis=1), mean, axis=1)
    weight = graph.constant("answer.weight", weights["answer.weight"].T)
    result = graph.add("Gemm", both, weight, graph.constant("answer.bias", weights["answer.bias"]))
    graph.nodes.append(helper.make_node("Identity", [result], ["logits"]))


def make_graph(weights: Weights, layers: int) -> onnx.ModelProto:
    """`weights` by the names that :class:`training.mood.nets.Encoder` has them under."""
    graph = Graph()
    x = words_in(graph, weights)
    missing = graph.add("Sub", "1.0", graph.add("Cast", "there", to=TensorProto.FLOAT))
    hidden = graph.add("Mul", missing, graph.constant("hide", np.array(-1e4, dtype=np.float32)))
    graph.nodes.append(helper.make_node("Unsqueeze", [hidden, graph.constant("between", np.array([1, 2]))], ["mask"]))
    graph.constant("1.0", np.array(1, dtype=np.float32))
    for number in range(layers):
        x = layer(graph, x, f"layers.{number}", weights)
    heads_out(graph, x, weights)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"]) for name in ("numbers", "there")]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", len(weights["answer.bias"])])
    made = helper.make_graph(graph.nodes, "mood", inputs, [logits], list(graph.constants.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def write_graph(weights: Weights, layers: int, path: Path) -> None:
    write_whole(path, [make_graph(weights, layers).SerializeToString(deterministic=True)])
