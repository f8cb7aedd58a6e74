"""One module per port: where the house touches files, databases and networks."""
