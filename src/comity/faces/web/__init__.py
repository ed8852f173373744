"""The web pages and their JSON twins: `create_app` makes the application that `comity serve` runs."""
