"""Real servers, and scripted faulty ones, for tests. Nothing here knows the program."""
