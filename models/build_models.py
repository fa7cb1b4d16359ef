"""Rebuild the pose model bundles of this folder from two registry packages.

MediaPipe's Tasks API reads a ``.task`` bundle: a stored zip of a person detector and a
landmark network.  The ``mediapipe`` package on PyPI ships none, but the same networks are
published, under Apache-2.0, in an older ``mediapipe`` wheel (the detector) and in the
``@mediapipe/pose`` package on npm (the three landmark networks).

    pip download --no-deps mediapipe==0.10.21 --only-binary=:all: --python-version 3.11 \
        --platform manylinux_2_28_x86_64
    npm pack @mediapipe/pose@0.5.1675469404
    python models/build_models.py mediapipe-0.10.21-*.whl mediapipe-pose-0.5.1675469404.tgz

The detector is packed unchanged: it carries its own metadata, and a second entry makes it
find nobody, without an error.  The landmark networks lack the entry that tells the Tasks
API how their input is scaled; it is added here.
"""

import argparse
import hashlib
import tarfile
import zipfile
from pathlib import Path

import flatbuffers
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata_schema
from mediapipe.tasks.metadata import schema_py_generated as model_schema
from mediapipe.tasks.python.metadata.metadata_writers import model_asset_bundle_utils

DETECTOR_MEMBER = "mediapipe/modules/pose_detection/pose_detection.tflite"
LANDMARKS_MEMBER = "package/pose_landmark_{variant}.tflite"
VARIANTS = ("lite", "full", "heavy")
METADATA_NAME = b"TFLITE_METADATA"


def read_detector(wheel: Path) -> bytes:
    """Return the person detector as it lies in the ``mediapipe`` wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(DETECTOR_MEMBER)


def read_landmark_network(package: Path, variant: str) -> bytes:
    """Return one landmark network (``lite``, ``full`` or ``heavy``) out of the npm package."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(LANDMARKS_MEMBER.format(variant=variant))
        if member is None:
            raise SystemExit(f"{package}: {LANDMARKS_MEMBER.format(variant=variant)} is not a file")
        return member.read()


def describe_input(output_count: int) -> bytes:
    """Return a metadata buffer: RGB input divided by 255, ``output_count`` plain outputs."""
    scaling = metadata_schema.NormalizationOptionsT()
    scaling.mean = [0.0, 0.0, 0.0]
    scaling.std = [255.0, 255.0, 255.0]
    unit = metadata_schema.ProcessUnitT()
    unit.optionsType = metadata_schema.ProcessUnitOptions.NormalizationOptions
    unit.options = scaling

    image = metadata_schema.ImagePropertiesT()
    image.colorSpace = metadata_schema.ColorSpaceType.RGB
    content = metadata_schema.ContentT()
    content.contentPropertiesType = metadata_schema.ContentProperties.ImageProperties
    content.contentProperties = image

    tensor = metadata_schema.TensorMetadataT()
    tensor.name = "image"
    tensor.content = content
    tensor.processUnits = [unit]

    graph = metadata_schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [tensor]
    graph.outputTensorMetadata = [metadata_schema.TensorMetadataT() for _ in range(output_count)]
    metadata = metadata_schema.ModelMetadataT()
    metadata.subgraphMetadata = [graph]

    builder = flatbuffers.Builder(0)
    builder.Finish(metadata.Pack(builder), file_identifier=b"M001")
    return bytes(builder.Output())


def add_metadata(network: bytes) -> bytes:
    """Return ``network`` with an input description, replacing one that it already has."""
    model = model_schema.ModelT.InitFromObj(model_schema.Model.GetRootAsModel(network, 0))
    buffer = model_schema.BufferT()
    buffer.data = list(describe_input(len(model.subgraphs[0].outputs)))
    model.buffers.append(buffer)

    entry = model_schema.MetadataT()
    entry.name = METADATA_NAME
    entry.buffer = len(model.buffers) - 1
    others = [known for known in model.metadata or [] if known.name != METADATA_NAME]
    model.metadata = [*others, entry]

    builder = flatbuffers.Builder(len(network))
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


def main() -> None:
    """Write the three bundles beside this script and print their checksums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path, help="mediapipe-0.10.21 wheel from PyPI")
    parser.add_argument("package", type=Path, help="mediapipe-pose-0.5.1675469404.tgz from npm")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    arguments = parser.parse_args()

    detector = read_detector(arguments.wheel)
    for variant in VARIANTS:
        landmarks = add_metadata(read_landmark_network(arguments.package, variant))
        path = arguments.out / f"pose_landmarker_{variant}.task"
        parts = {
            "pose_detector.tflite": detector,
            "pose_landmarks_detector.tflite": landmarks,
        }
        model_asset_bundle_utils.create_model_asset_bundle(parts, str(path))
        print(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}  {path.stat().st_size}"
        )


if __name__ == "__main__":
    main()
