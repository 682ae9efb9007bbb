"""Engines: the embedded one in its worker process, and a real OPA."""
