"""comity: from news reports to who moves closer to whom, with the evidence."""

__version__ = "0.1.0"
