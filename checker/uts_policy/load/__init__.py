"""Discovery, YAML with positions, configuration, git trees: files in, documents out."""
