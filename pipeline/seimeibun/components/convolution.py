"""Convolutions of three neighbouring rows with maxout and layer norm, as thinc's residual blocks compute them.

Four rows are convolved together with six products in place of twelve (Winograd's F(4,3), Lavin and Gray 2016,
"Fast Algorithms for Convolutional Neural Networks"), on OpenBLAS, in blocks that fit the processor's cache.
Row r of a text is ``state[r % 4, r // 4]`` when counted from 1: every fourth row stands beside the next such,
and a zero row stands at either end.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from seimeibun.components.arrays import Array, scratch
from seimeibun.components.errors import UnknownModelError

WIDTH = 256
PIECES = 3  # of a maxout unit
FOURS = 384  # groups of four rows convolved at once


class Layer(NamedTuple):
    filters: Array  # WIDTH inputs and PIECES * WIDTH sums each, for the row before, itself, the row after
    bias: Array
    gain: Array
    shift: Array

    def activated(self, sums: Array, out: Array) -> Array:
        """Return, in ``out``, the best piece of each unit, normalised as thinc's ``LayerNorm`` does."""
        np.maximum(sums[:, :WIDTH], sums[:, WIDTH : 2 * WIDTH], out=out)
        np.maximum(out, sums[:, 2 * WIDTH :], out=out)
        out -= out.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", out, out)[:, None] / np.float32(WIDTH)
        variance += np.float32(1e-8)
        out *= variance ** np.float32(-0.5)
        out *= self.gain
        out += self.shift
        return out


def read_layer(residual: Any) -> Layer:
    maxout = next((node for node in residual.walk() if node.name == "maxout"), None)
    norm = next((node for node in residual.walk() if node.name == "layernorm"), None)
    if maxout is None or norm is None:
        message = f"a convolution without maxout or layer norm: {residual.name}"
        raise UnknownModelError(message)
    weights = maxout.get_param("W")
    if weights.shape != (WIDTH, PIECES, 3 * WIDTH):
        message = f"maxout of shape {weights.shape}; expected {(WIDTH, PIECES, 3 * WIDTH)}"
        raise UnknownModelError(message)
    by_piece = weights.transpose(1, 0, 2).reshape(PIECES * WIDTH, 3, WIDTH)
    filters = np.ascontiguousarray(by_piece.transpose(1, 2, 0))
    bias = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
    return Layer(filters, bias, norm.get_param("G"), norm.get_param("b"))


def state_of(rows: int) -> Array:
    """Return the state of a text of so many rows, all of them zero."""
    return np.zeros((4, -(-rows // 4) + 1, WIDTH), np.float32)


def rows_of(state: Array, rows: Array) -> Array:
    """Return ``rows``, counted from 0, as (rows, WIDTH)."""
    values: Array = state[(1 + rows) % 4, (1 + rows) // 4]
    return values


class WordConvolution:
    """The first layer, whose rows are embeddings of words: what a word adds to the sums is computed once."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer

    def __call__(self, words: Array, embeddings: Array, result: Array) -> None:
        """Set ``result`` to what the layer makes of a text of ``words``, rows of ``embeddings``.

        What stands beside the text is row 0 of these, which is zero.
        """
        fours = result.shape[1] - 1
        near = np.zeros(4 * fours + 2, np.intp)
        near[1 : len(words) + 1] = words
        added, parts, best = scratch(
            (3 * len(embeddings), PIECES * WIDTH), (3, FOURS, PIECES * WIDTH), (FOURS, WIDTH)
        )
        self._add_up(embeddings, added.reshape(len(embeddings), 3, -1))
        for run in _runs(fours):
            size = run.stop - run.start
            for place, after in enumerate(_middle(result)):
                trigrams = [near[place + by :: 4][run] for by in range(3)]
                for by, word in enumerate(trigrams):
                    added.take(3 * word + by, axis=0, out=parts[by, :size], mode="clip")
                sums = np.add(parts[0, :size], parts[1, :size], out=parts[0, :size])
                sums += parts[2, :size]
                change = self._layer.activated(sums, best[:size])
                np.add(embeddings[trigrams[1]], change, out=after[run])

    def _add_up(self, embeddings: Array, added: Array) -> None:
        """Set ``added`` to what words add to the sums of the row after, their own and the row before."""
        for start in range(0, len(embeddings), FOURS):
            some = slice(start, start + FOURS)
            for place, weights in enumerate(self._layer.filters):
                added[some, place] = embeddings[some] @ weights
        added[:, 1] += self._layer.bias


class Convolution:
    """A layer that adds to each row what it makes of the row and its neighbours."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._filters = _six_filters(*layer.filters)

    def __call__(self, state: Array, result: Array) -> None:
        """Set ``result`` to ``state`` with what the layer adds.

        A run of six rows overlaps the next by two. It becomes six others, each of which is multiplied with
        one filter; four sums of the six products are the outputs (section 4.2 of the paper).
        """
        room, best = scratch((6, FOURS, PIECES * WIDTH), (FOURS, WIDTH))
        for run in _runs(state.shape[1] - 1):
            products = room[:, : run.stop - run.start]
            inputs = _six_inputs(state[:, run.start : run.stop + 1])
            for values, weights, product in zip(inputs, self._filters, products, strict=True):
                np.dot(values, weights, out=product)
            outputs = _four_outputs(products, self._layer.bias)
            for before, after, sums in zip(_middle(state), _middle(result), outputs, strict=True):
                change = self._layer.activated(sums, best[: len(sums)])
                np.add(before[run], change, out=after[run])


def _runs(fours: int) -> list[slice]:
    return [slice(start, min(start + FOURS, fours)) for start in range(0, fours, FOURS)]


def _middle(state: Array) -> tuple[Array, Array, Array, Array]:
    """Return the second to the fifth row of each run of six."""
    return state[1, :-1], state[2, :-1], state[3, :-1], state[0, 1:]


def _six_inputs(rows: Array) -> Iterator[Array]:
    x0, x1, x2, x3 = rows[:, :-1]
    x4, x5 = rows[:2, 1:]
    even, odd = x4 - 4 * x2, x3 - 4 * x1
    near, far = x4 - x2, 2 * (x3 - x1)
    yield near + 4 * (x0 - x2)
    yield even + odd
    yield even - odd
    yield near + far
    yield near - far
    yield x5 - x3 + 4 * (x1 - x3)


def _six_filters(f0: Array, f1: Array, f2: Array) -> Array:
    ends, wide = f0 + f2, f0 + 4 * f2
    six = (
        f0 / 4,
        -(ends + f1) / 6,
        -(ends - f1) / 6,
        (wide + 2 * f1) / 24,
        (wide - 2 * f1) / 24,
        f2,
    )
    return np.stack(six)


def _four_outputs(products: Array, bias: Array) -> Iterator[Array]:
    """Yield the four sums of the six products, with the bias; spends ``products``."""
    p0, p1, p2, p3, p4, p5 = products
    p1 += bias
    ones, fours = p1 + p2, p3 + p4
    p0 += ones
    p0 += fours
    yield p0
    fours *= 4
    ones += fours
    p1 -= p2
    p3 -= p4
    p3 *= 2
    yield p1 + p3
    yield ones
    p3 *= 4
    p1 += p3
    p1 += p5
    yield p1
