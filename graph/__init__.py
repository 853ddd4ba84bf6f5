"""The meaning: model, register, build, engines, store. `graph.open` is the door for Python users."""
