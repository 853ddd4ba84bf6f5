"""Outside faces: command line, HTTP."""
