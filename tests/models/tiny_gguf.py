"""A language model of random weights in a GGUF file: nothing it says means anything, but all of it is real."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

_SIZE, _INNER, _LAYERS, _HEADS = 64, 128, 2, 4
_UNKNOWN, _NORMAL, _CONTROL, _BYTE = 2, 1, 3, 6


def write_tiny_gguf(path: Path, context: int = 2048) -> Path:
    """A Llama of two layers whose vocabulary is the 256 bytes and the characters of ASCII."""
    letters = ["\u2581".encode(), *(bytes([code]) for code in range(33, 127))]
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{code:02X}>".encode() for code in range(256)), *letters]
    types = [_UNKNOWN, _CONTROL, _CONTROL, *[_BYTE] * 256, *[_NORMAL] * len(letters)]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(context)
    writer.add_embedding_length(_SIZE)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_SIZE // _HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(types)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    random = np.random.default_rng(0)

    def weights(*shape: int) -> np.ndarray:
        return (random.standard_normal(shape) * 0.1).astype(np.float32)

    ones = np.ones(_SIZE, np.float32)
    writer.add_tensor("token_embd.weight", weights(len(tokens), _SIZE))
    writer.add_tensor("output_norm.weight", ones)
    writer.add_tensor("output.weight", weights(len(tokens), _SIZE))
    for layer in range(_LAYERS):
        block = f"blk.{layer}"
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"{block}.{name}.weight", weights(_SIZE, _SIZE))
        for name, shape in (("gate", (_INNER, _SIZE)), ("up", (_INNER, _SIZE)), ("down", (_SIZE, _INNER))):
            writer.add_tensor(f"{block}.ffn_{name}.weight", weights(*shape))
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"{block}.{name}.weight", ones)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
