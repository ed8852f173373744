"""The stages composed: Document -> events, store -> relations, and the quality gate."""
