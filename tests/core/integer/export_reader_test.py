# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads exported networks with NumPy and onnx, which share no code with the program, runs them
operation by operation and compares every node with the integer engine.

usage: export_reader_test.py EXPORT_SAMPLES FOLDER    (exit code 77: skipped)
"""

import json
import pathlib
import subprocess
import sys

try:
    import numpy as np
    import onnx
    from onnx import numpy_helper
except ImportError as problem:
    print(f"SKIPPED: {problem} (Debian: python3-numpy, python3-onnx)")
    sys.exit(77)


def windows(x, kernel, strides, pads, fill):
    """[N, C, H, W] -> [N, C, OH, OW, kh, kw]; pads are top, left, bottom, right."""
    x = np.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])), constant_values=fill)
    view = np.lib.stride_tricks.sliding_window_view(x, tuple(kernel), axis=(2, 3))
    return view[:, :, :: strides[0], :: strides[1]]


def convolve(x, weights, strides, pads, groups):
    """Convolution in the number type of its operands."""
    view = windows(x, weights.shape[2:], strides, pads, 0)
    share = x.shape[1] // groups
    filters = weights.shape[0] // groups
    parts = [
        np.einsum(
            "ncyxij,ocij->noyx",
            view[:, g * share : (g + 1) * share],
            weights[g * filters : (g + 1) * filters],
        )
        for g in range(groups)
    ]
    return np.concatenate(parts, axis=1)


def count_reached(x, thresholds):
    moved = np.moveaxis(x, 1, -1)[..., None]
    return np.moveaxis(np.count_nonzero(moved >= thresholds, axis=-1), -1, 1)


def shuffle(x, r):
    n, c, h, w = x.shape
    x = x.reshape(n, c // (r * r), r, r, h, w)
    return x.transpose(0, 1, 4, 2, 5, 3).reshape(n, c // (r * r), h * r, w * r)


def enlarge(x, factor):
    return x.repeat(factor, axis=2).repeat(factor, axis=3)


def both(padding):
    return [padding[0], padding[1], padding[0], padding[1]]


# NPZ: by network.json alone, in int64.


def run_npz_node(node, arrays, x):
    operation = node["operation"]
    array = lambda key: arrays[node[key]].astype(np.int64)
    if operation == "dot_product":
        return convolve(
            x[0], array("weights"), node["stride"], both(node["padding"]), node["groups"]
        )
    if operation == "thresholds":
        form = node["format"]
        least = -(2 ** (form["bits"] - 1)) if form["signed"] else 0
        return least + count_reached(x[0], array("thresholds"))
    if operation in ("maximum_pool", "sum_pool"):
        is_sum = operation == "sum_pool"
        fill = 0 if is_sum else np.iinfo(np.int64).min
        view = windows(x[0], node["kernel"], node["stride"], both(node["padding"]), fill)
        return view.sum(axis=(4, 5)) if is_sum else view.max(axis=(4, 5))
    if operation == "sum":
        return sum(x[1:], x[0])
    if operation == "concatenation":
        return np.concatenate(x, axis=1)
    if operation == "resize":
        return enlarge(x[0], node["factor"])
    if operation == "pixel_shuffle":
        return shuffle(x[0], node["factor"])
    if operation == "flatten":
        return x[0].reshape(x[0].shape[0], -1, 1, 1)
    assert operation == "scores", operation
    return x[0] * array("multipliers")[:, None, None] + array("offsets")[:, None, None]


def run_npz(path, codes):
    with np.load(path, allow_pickle=False) as arrays:
        description = json.loads(arrays["network.json"])
        values = {description["input"]: codes}
        for node in description["nodes"][1:]:
            inputs = [values[name] for name in node["inputs"]]
            value = values[node["name"]] = run_npz_node(node, arrays, inputs)
            assert list(value.shape[1:]) == node["shape"], node["name"]
            low, high = node["range"]
            assert low <= value.min() and value.max() <= high, node["name"]
        return values, description["output"]


def check_npz_arrays(path):
    with np.load(path, allow_pickle=False) as arrays:
        description = json.loads(arrays["network.json"])
        assert description["schema"] == "a2q-integer-network-1"
        for node in description["nodes"]:
            if "weights" in node:
                weights = arrays[node["weights"]]
                assert weights.dtype == np.min_scalar_type(-int(np.abs(weights).max() or 1))
                assert weights.shape[0] == node["shape"][0]
                assert list(weights.shape[2:]) == node["kernel"]
            if "thresholds" in node:
                thresholds = arrays[node["thresholds"]]
                levels = 2 ** node["format"]["bits"] - 1
                assert thresholds.shape == (node["shape"][0], levels)
                assert thresholds.dtype in (np.int32, np.int64)
                assert (np.diff(thresholds.astype(np.int64), axis=1) >= 0).all()
            if node["scale"] is not None:
                assert arrays[node["name"] + ".scale"] == node["scale"]


# QONNX: operator by operator, in the containers of the file.


def attributes_of(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def average_pool(x, at):
    """As QONNX executes it: an average in float32, times the area, rounded, shifted."""
    k, s = at["kernel"], at["stride"]
    view = windows(x.astype(np.float32), (k, k), (s, s), (0, 0, 0, 0), 0)
    average = view.sum(axis=(4, 5), dtype=np.float32) / np.float32(k * k)
    sums = np.round(average * (k * k)).astype(np.int64)
    accumulator = int((2 ** at["ibits"] - 1) * k * k).bit_length()
    return np.right_shift(sums, max(0, accumulator - at["obits"])).astype(np.float32)


def run_qonnx_node(node, x):
    at = attributes_of(node)
    operator = node.op_type
    if operator in ("MultiThreshold", "QuantAvgPool2d"):
        assert node.domain == "qonnx.custom_op.general"
        assert at["data_layout"] == b"NCHW"
    if operator == "Conv":
        assert at["dilations"] == [1, 1] and at["kernel_shape"] == list(x[1].shape[2:])
        return convolve(x[0], x[1], at["strides"], at["pads"], at["group"])
    if operator == "MatMul":
        return x[0] @ x[1]
    if operator == "MultiThreshold":
        counts = count_reached(x[0], x[1])
        return (counts * at["out_scale"] + at["out_bias"]).astype(x[0].dtype)
    if operator == "MaxPool":
        view = windows(x[0], at["kernel_shape"], at["strides"], at["pads"], -np.inf)
        return view.max(axis=(4, 5))
    if operator == "QuantAvgPool2d":
        return average_pool(x[0], at)
    if operator == "Add":
        return x[0] + x[1]
    if operator == "Mul":
        return x[0] * x[1]
    if operator == "Concat":
        return np.concatenate(x, axis=at["axis"])
    if operator == "Resize":
        assert at["mode"] == b"nearest" and x[2][2] == x[2][3]
        return enlarge(x[0], int(x[2][2]))
    if operator == "DepthToSpace":
        assert at["mode"] == b"CRD"
        return shuffle(x[0], at["blocksize"])
    if operator == "Flatten":
        return x[0].reshape(x[0].shape[0], -1)
    if operator == "Unsqueeze":
        assert at["axes"] == [2, 3]
        return x[0][:, :, None, None]
    assert operator == "Cast", operator
    return x[0].astype(onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[at["to"]])


def annotations_of(graph):
    out = {}
    for annotation in graph.quantization_annotation:
        (entry,) = annotation.quant_parameter_tensor_names
        assert entry.key == "finn_datatype" and annotation.tensor_name not in out
        out[annotation.tensor_name] = entry.value
    return out


def limits_of(data_type):
    if data_type == "BINARY":
        return 0, 1
    bits = int(data_type.lstrip("UINT"))
    if data_type.startswith("U"):
        return 0, 2**bits - 1
    return -(2 ** (bits - 1)), 2 ** (bits - 1) - 1


def check_value(value, info, data_type):
    tensor = info.type.tensor_type
    sizes = [d.dim_value for d in tensor.shape.dim]
    assert sizes[0] == 1 and list(value.shape[1:]) == sizes[1:], info.name
    assert value.dtype == onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[tensor.elem_type], info.name
    low, high = limits_of(data_type)
    assert low <= value.min() and value.max() <= high, (info.name, data_type)


def run_qonnx(path, codes):
    model = onnx.load(path)
    onnx.checker.check_model(model)
    graph = model.graph
    data_types = annotations_of(graph)
    infos = {i.name: i for i in [*graph.input, *graph.value_info, *graph.output]}
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    for name, constant in values.items():
        if name in data_types:
            low, high = limits_of(data_types[name])
            assert (constant == np.round(constant)).all(), name
            assert low <= constant.min() and constant.max() <= high, name
    values[graph.input[0].name] = codes.astype(np.float32)
    for node in graph.node:
        (output,) = node.output
        value = values[output] = run_qonnx_node(node, [values[name] for name in node.input])
        check_value(value, infos[output], data_types[output])
    return values, graph.output[0].name


def compare(values, output, expected, samples, file):
    for name, wanted in expected.items():
        got = values[name].reshape(samples, -1).astype(np.int64)
        wanted = np.array(wanted, dtype=np.int64).reshape(samples, -1)
        assert (got == wanted).all(), f"{file}: '{name}' differs"
    assert output in expected, file


def check_network(base):
    truth = json.loads(base.with_suffix(".json").read_text())
    samples = truth["samples"]
    check_npz_arrays(base.with_suffix(".npz"))
    with np.load(base.with_suffix(".npz")) as arrays:
        first = json.loads(arrays["network.json"])["nodes"][0]
    codes = np.array(truth["nodes"][first["name"]], dtype=np.int64)
    codes = codes.reshape(samples, *first["shape"])
    for run, ending in ((run_npz, ".npz"), (run_qonnx, ".onnx")):
        values, output = run(base.with_suffix(ending), codes)
        compare(values, output, truth["nodes"], samples, base.name + ending)
        print(f"{base.name}{ending}: {len(truth['nodes'])} nodes, {samples} samples: equal")


def main(program, folder):
    subprocess.run([program, folder], check=True)
    networks = sorted(pathlib.Path(folder).glob("*.npz"))
    assert len(networks) == 3, networks
    for path in networks:
        check_network(path.with_suffix(""))


if __name__ == "__main__":
    main(*sys.argv[1:])
