"""A sentence -> vectors, once. The only user of the inference engine; the weights lie beside it."""

from comity.encoder.reader import PairQuery, PairReading, Reader, Reading, load_reader
from comity.encoder.wordpiece import Word, WordPiece, split_words

__all__ = [
    "PairQuery", "PairReading", "Reader", "Reading", "Word", "WordPiece", "load_reader", "split_words",
]  # fmt: skip
