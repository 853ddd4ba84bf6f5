"""The safe YAML loader that is compiled, where it is there: ten times as fast, and many files are read at every start."""

import yaml

LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
