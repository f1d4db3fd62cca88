"""Hashes of rows: which rows of a long table may have the same keys, without building a table of all the keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

SEED, ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)
HALF = np.uint64(32)
PIECE = 1 << 16  # rows hashed at a time


def doubtful(frame: pd.DataFrame, keys: Sequence[str]) -> np.ndarray:
    """Which rows may share their keys with another row: all that do, and hardly any that do not."""
    ordered = _of_rows(frame, keys)
    ordered.sort()
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(_of_rows(frame, keys), twice) if len(twice) else np.zeros(len(frame), bool)


def _of_rows(frame: pd.DataFrame, keys: Sequence[str]) -> np.ndarray:
    hashes = np.full(len(frame), SEED)
    for start in range(0, len(frame), PIECE):  # what a piece needs besides stays small
        part = hashes[start : start + PIECE]
        for key in keys:
            part[:] = _mixed(part, _hashes(frame[key].iloc[start : start + PIECE]))
    return hashes


def _mixed(hashes: np.ndarray, more: np.ndarray) -> np.ndarray:
    mixed: np.ndarray = (hashes ^ more) * ODD
    mixed ^= mixed >> HALF
    return mixed


def _hashes(values: pd.Series) -> np.ndarray:
    if not isinstance(values.dtype, pd.StringDtype):
        return pd.util.hash_array(values.to_numpy())
    if values.dtype.storage == "python":
        codes, known = pd.factorize(values)
        return np.append(_texts(pa.array(known, pa.large_string())), np.uint64(0))[codes]  # the code of nothing is -1
    texts = pa.array(values)
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    return np.concatenate(list(map(_texts, chunks)))


def _texts(texts: pa.LargeStringArray) -> np.ndarray:
    # Texts of one length are rows of bytes, and eight bytes are a number.
    lengths = np.diff(np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1])
    hashes = np.zeros(len(texts), np.uint64)
    for length in np.unique(lengths):
        here = np.flatnonzero(lengths == length)
        same = texts if len(here) == len(texts) else texts.take(pa.array(here))
        hashes[here] = _of_length(same, int(length))
    return hashes


def _of_length(texts: pa.LargeStringArray, length: int) -> np.ndarray:
    start = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset]
    data = texts.buffers()[2]
    padded = np.zeros((len(texts), -(-length // 8) * 8), np.uint8)
    if length:
        padded[:, :length] = np.frombuffer(data, np.uint8, len(texts) * length, start).reshape(-1, length)
    hashes = np.full(len(texts), SEED + np.uint64(length))
    for word in padded.view(np.uint64).T:
        hashes = _mixed(hashes, word)
    return hashes
