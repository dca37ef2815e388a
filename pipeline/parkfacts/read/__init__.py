"""One module a format: a file becomes a Source."""
