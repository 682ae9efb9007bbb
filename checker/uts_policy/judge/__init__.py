"""Levels, waivers, baseline, identity: violations in, the report out."""
