"""The data (CSV) and its only readers."""
