"""The language: question files in, checked engine text out. Knows no resident and no case."""
