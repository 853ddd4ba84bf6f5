"""The law as dated data: rule packs in YAML, read and checked whole, chosen by day and jurisdiction."""
