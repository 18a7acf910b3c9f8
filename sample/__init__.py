"""The bundled sample site: a fictional city's public web site, with planted leaks."""
