"""Checks every ONNX file of a folder with the ONNX project's own checker; prints one line per file that passes."""
import pathlib
import sys

import onnx

for path in sorted(pathlib.Path(sys.argv[1]).glob("*/*.onnx")):
    model = onnx.load(str(path))
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    assert [value.name for value in inferred.graph.output] == [value.name for value in model.graph.output]
    print("ok", path.relative_to(sys.argv[1]))
