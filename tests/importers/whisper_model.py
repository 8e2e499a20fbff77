"""Writes a Whisper model that hears the same words in every sound: for tests of the way from a sound to a record.

It has the form of a real one (vocabulary, layers, files), so that faster-whisper and CTranslate2 load and run it;
its layers pass on what they get, and each token's likeliest successor is the next one of the sentence.
"""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

_WIDTH, _MELS, _FRAMES, _LONGEST, _WORDS = 64, 80, 1500, 448, 50257
_LANGUAGES = ("en", "zh", "de", "es", "ru", "ko", *(f"x{number}" for number in range(93)))
_OF_ALL_LANGUAGES = ""
"""The word by which CTranslate2 tells a model of many languages."""
_TASKS = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")


def write_whisper(folder: Path, words: tuple[str, ...], language: str, seconds: float) -> None:
    """The model's folder. It hears `words`, from the beginning to `seconds`."""
    ctranslate2: Any = import_module("ctranslate2")
    tokenizers: Any = import_module("tokenizers")
    plain = [*words, *(f"w{number}" for number in range(_WORDS - len(words) - 1)), _OF_ALL_LANGUAGES]
    marks = ["endoftext", "startoftranscript", *_LANGUAGES, *_TASKS, *(f"{step * 0.02:.2f}" for step in range(1501))]
    vocabulary = [*plain, *(f"<|{mark}|>" for mark in marks)]
    ids = {token: number for number, token in enumerate(vocabulary)}

    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(ids, unk_token="w0"))
    tokenizer.add_special_tokens([f"<|{mark}|>" for mark in marks])
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))

    random = np.random.default_rng(1)
    spec = ctranslate2.specs.WhisperSpec(1, 2, 1, 2)
    embeddings = random.standard_normal((len(vocabulary), _WIDTH)).astype(np.float32)
    embeddings -= embeddings.mean(1, keepdims=True)
    embeddings /= embeddings.std(1, keepdims=True)
    following = np.zeros_like(embeddings)
    says = ["<|transcribe|>", "<|0.00|>", *words, f"<|{seconds:.2f}|>", "<|endoftext|>"]
    for token, after in (("<|startoftranscript|>", f"<|{language}|>"), *pairwise(says)):
        following[ids[after]] = embeddings[ids[token]]

    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = _zeros(_WIDTH, _MELS, 3), _zeros(_WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(_WIDTH, _WIDTH, 3), _zeros(_WIDTH)
    encoder.position_encodings.encodings = random.standard_normal((_FRAMES, _WIDTH)).astype(np.float32)
    decoder.position_encodings.encodings = _zeros(_LONGEST, _WIDTH)
    decoder.embeddings.weight, decoder.projection.weight = embeddings, following
    for half in (encoder, decoder):
        _norm(half.layer_norm)
        layer = half.layer[0]
        _attention(layer.self_attention, (3 * _WIDTH, _WIDTH))
        _linear(layer.ffn.linear_0, 4 * _WIDTH, _WIDTH)
        _linear(layer.ffn.linear_1, _WIDTH, 4 * _WIDTH)
        _norm(layer.ffn.layer_norm)
    _attention(decoder.layer[0].attention, (_WIDTH, 2 * _WIDTH, _WIDTH))
    spec.register_vocabulary(vocabulary)
    spec.config.lang_ids = [ids[f"<|{code}|>"] for code in _LANGUAGES]
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.save(str(folder))


def _zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float32)


def _linear(layer: Any, rows: int, columns: int) -> None:
    layer.weight, layer.bias = _zeros(rows, columns), _zeros(rows)


def _norm(layer: Any) -> None:
    layer.gamma, layer.beta = np.ones(_WIDTH, np.float32), _zeros(_WIDTH)


def _attention(layer: Any, rows: tuple[int, ...]) -> None:
    _norm(layer.layer_norm)
    for part, count in zip(layer.linear, rows, strict=True):
        _linear(part, count, _WIDTH)
