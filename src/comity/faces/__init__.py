"""Words in, words out: the command line, the web pages and the JSON API. No logic."""
