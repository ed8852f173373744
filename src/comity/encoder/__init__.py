"""A sentence -> vectors, once. The only user of the inference engine; the weights lie beside it."""

from comity.encoder.reader import PairQuery, PairReading, Reader, Tree, load_reader
from comity.encoder.wordpiece import Word, WordPiece, split_words, word_span

__all__ = [
    "PairQuery", "PairReading", "Reader", "Tree", "Word", "WordPiece", "load_reader", "split_words", "word_span",
]  # fmt: skip
