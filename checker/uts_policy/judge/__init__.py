"""Levels, waivers, what was there before, identity: from violations and problems to the report."""
