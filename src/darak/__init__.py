"""Darak keeps a whole life on its owner's machine and answers from it with citations."""

__version__ = "0.1.0"
