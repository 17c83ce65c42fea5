"""Scripts beside this one whose names are no identifiers."""
import importlib.util
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def script(name):
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(
        "script", os.path.join(HERE, name))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
