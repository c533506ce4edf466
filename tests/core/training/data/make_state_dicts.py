#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the *.pt files of this folder, as torch.save (PyTorch 1.6 to 2.x, protocol 2) writes them.

Needs Python 3 alone. Stand-ins with the names of PyTorch's classes and functions make Python's own
pickler give the instructions that it gives for PyTorch's: a tensor reduces to a call of
torch._utils._rebuild_tensor_v2, a storage is a persistent id, and a state_dict() is an OrderedDict
with the attribute _metadata. Made in 2026 with Python 3.11; run it in this folder to make them anew:
the content does not depend on the time.
"""

import io
import pickle
import struct
import sys
import types
import zipfile
from collections import OrderedDict

torch = types.ModuleType("torch")
utils = types.ModuleType("torch._utils")
sys.modules.update({"torch": torch, "torch._utils": utils})

CODES = {"Float": "f", "Double": "d", "Half": "e", "Int": "i", "Long": "q", "Byte": "B",
         "Bool": "?", "Char": "b", "Short": "h", "BFloat16": None}
for kind in CODES:
    name = kind + "Storage"
    setattr(torch, name, type(name, (), {"__module__": "torch"}))


def function(name):
    """A function that is only pickled by its name."""
    def stand_in(*_):
        raise NotImplementedError
    stand_in.__module__ = "torch._utils"
    stand_in.__name__ = stand_in.__qualname__ = name
    setattr(utils, name, stand_in)
    return stand_in


rebuild_tensor = function("_rebuild_tensor_v2")
rebuild_parameter = function("_rebuild_parameter")


class Storage:
    def __init__(self, kind, values):
        self.kind, self.values = kind, list(values)

    def content(self):
        if self.kind == "BFloat16":  # the upper half of a float32
            return b"".join(struct.pack("<f", v)[2:] for v in self.values)
        return struct.pack(f"<{len(self.values)}{CODES[self.kind]}", *self.values)


class Tensor:
    def __init__(self, storage, size, stride=None, offset=0):
        if stride is None:
            stride = [1] * len(size)
            for i in reversed(range(len(size) - 1)):
                stride[i] = stride[i + 1] * size[i + 1]
        self.storage, self.size, self.stride, self.offset = storage, size, stride, offset

    def __reduce_ex__(self, protocol):
        return rebuild_tensor, (self.storage, self.offset, tuple(self.size), tuple(self.stride),
                                False, OrderedDict())


class Parameter:
    def __init__(self, data):
        self.data = data

    def __reduce_ex__(self, protocol):
        return rebuild_parameter, (self.data, True, OrderedDict())


def save(path, value):
    storages = []
    text = io.BytesIO()

    class Pickler(pickle.Pickler):
        def persistent_id(self, thing):
            if not isinstance(thing, Storage):
                return None
            if thing not in storages:
                storages.append(thing)
            return ("storage", getattr(torch, thing.kind + "Storage"),
                    str(storages.index(thing)), "cpu", len(thing.values))

    Pickler(text, protocol=2).dump(value)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        def put(name, content):
            archive.writestr(zipfile.ZipInfo("archive/" + name, (1980, 1, 1, 0, 0, 0)), content)
        put("data.pkl", text.getvalue())
        put("byteorder", b"little")
        for i, storage in enumerate(storages):
            put(f"data/{i}", storage.content())
        put("version", b"3\n")


def floats(count, first):
    """first, first + 1/4, first + 1/2, ..."""
    return Storage("Float", [first + i / 4 for i in range(count)])


def model():
    """nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).state_dict()"""
    state = OrderedDict()
    state["0.weight"] = Tensor(floats(6, 1), [2, 3])
    state["0.bias"] = Tensor(floats(2, -1), [2])
    state["1.weight"] = Tensor(floats(2, 10), [2])
    state["1.bias"] = Tensor(floats(2, 20), [2])
    state["1.running_mean"] = Tensor(floats(2, 30), [2])
    state["1.running_var"] = Tensor(floats(2, 40), [2])
    state["1.num_batches_tracked"] = Tensor(Storage("Long", [300]), [])
    state._metadata = OrderedDict([("", {"version": 1}), ("0", {"version": 1}),
                                   ("1", {"version": 2})])
    return state


def checkpoint():
    return {"epoch": 3, "arch": "resnet18", "best": 93.25, "seed": 2**40, "debt": -70000,
            "done": False, "parent": None, "history": [1, 2, (3, 4)],
            "optimizer": {"state": {0: {"step": 5, "momentum_buffer": Tensor(floats(2, 7), [2])}},
                          "param_groups": [{"lr": 1e-3, "params": [0, 1]}]},
            "state_dict": model()}


def views():
    shared = floats(24, 0)
    long = Storage("Float", range(300))
    return {
        "plain": Tensor(shared, [4, 6]),
        "transposed": Tensor(shared, [6, 4], [1, 6]),
        "corner": Tensor(shared, [2, 2], [6, 1], 8),
        "channels_last": Tensor(shared, [1, 2, 3, 4], [24, 1, 8, 2]),
        "expanded": Tensor(shared, [3, 2], [0, 1], 1),
        "far": Tensor(long, [2], [1], 298),
        "empty": Tensor(Storage("Float", []), [0, 3]),
        "half": Tensor(Storage("Half", [1.5, -2, 6e-8]), [3]),
        "bfloat16": Tensor(Storage("BFloat16", [1.5, -3]), [2]),
        "double": Tensor(Storage("Double", [0.1]), [1]),
        "int": Tensor(Storage("Int", [-5, 5]), [2]),
        "byte": Tensor(Storage("Byte", [200]), [1]),
        "bool": Tensor(Storage("Bool", [True, False]), [2]),
        "char": Tensor(Storage("Char", [-3, 4]), [2]),
        "short": Tensor(Storage("Short", [-300]), [1]),
    }


class Evil:
    def __reduce__(self):
        return print, ("executed",)


class Namespace:
    """argparse.Namespace, as training scripts keep their options."""


Namespace.__module__ = "argparse"
Namespace.__qualname__ = "Namespace"


if __name__ == "__main__":
    save("state_dict.pt", model())
    save("checkpoint.pt", checkpoint())
    save("views.pt", views())
    save("plain_dict.pt", dict(model()))
    save("parameters.pt", {"weight": Parameter(Tensor(Storage("Float", [0.5]), [1]))})
    save("evil.pt", {"weight": Tensor(floats(1, 1), [1]), "more": Evil()})
    sys.modules["argparse"] = types.ModuleType("argparse")
    sys.modules["argparse"].Namespace = Namespace
    save("options.pt", {"state_dict": model(), "args": Namespace()})
