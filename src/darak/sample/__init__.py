"""A sample life: ten years of one fictional person as real export files, with questions whose answers are known."""

from darak.sample.generate import SampleLife, generate

__all__ = ["SampleLife", "generate"]
