"""Readers of three motion-capture file formats: .trc, .mot and .c3d, as far as needed here."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gaitcam.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class MarkerFile:
    """Marker paths: ``time_s`` (N,), ``path_m[name]`` (N, 3), gaps as NaN, file's own axes."""

    time_s: FloatArray
    path_m: dict[str, FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class ForceFile:
    """Channels of a force recording: ``time_s`` (N,), ``channel[name]`` (N,), file's units."""

    time_s: FloatArray
    channel: dict[str, FloatArray]


def read_trc(path: Path) -> MarkerFile:
    """Read a tab-separated .trc file (OpenSim, Motion Analysis)."""
    lines = path.read_text(encoding="latin1").splitlines()
    header = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=False))
    scale = {"mm": 1e-3, "m": 1.0}[header["Units"].strip()]
    names = [name for name in lines[3].rstrip("\t").split("\t")[2:] if name]
    rows = [_numbers(line, 2 + 3 * len(names)) for line in lines[5:] if line.strip()]
    table = np.array(rows)
    points = table[:, 2:].reshape(len(table), len(names), 3) * scale
    points[(points == 0).all(axis=2)] = np.nan
    return MarkerFile(table[:, 1], {name: points[:, i] for i, name in enumerate(names)})


def _numbers(line: str, count: int) -> list[float]:
    cells = [float(cell) if cell.strip() else np.nan for cell in line.split("\t")[:count]]
    return cells + [np.nan] * (count - len(cells))


def read_mot(path: Path) -> ForceFile:
    """Read a whitespace-separated .mot or .sto file (OpenSim)."""
    lines = path.read_text(encoding="latin1").splitlines()
    start = next(i for i, line in enumerate(lines) if line.strip() == "endheader") + 1
    rows = [line.split() for line in lines[start:] if line.strip()]
    table = np.array(rows[1:], dtype=np.float64)
    return ForceFile(table[:, 0], {name: table[:, i] for i, name in enumerate(rows[0])})


def read_c3d(path: Path) -> tuple[MarkerFile, ForceFile]:
    """Read points [mm -> m] and analog channels of a little-endian, floating-point .c3d file.

    Layout after the C3D user guide (c3d.org): 512-byte blocks, header, parameters, then per
    frame the points (x, y, z, residual) and the analog samples.
    """
    data = path.read_bytes()
    points, analog_per_frame, first, last = struct.unpack("<4H", data[2:10])
    data_block, analog_rate = struct.unpack("<2H", data[16:20])
    parameters = _c3d_parameters(data, 512 * (data[0] - 1))
    frames = last - first + 1
    width = 4 * points + analog_per_frame
    table = np.frombuffer(data, "<f4", frames * width, 512 * (data_block - 1))
    table = table.reshape(frames, width).astype(np.float64)
    xyzr = table[:, : 4 * points].reshape(frames, points, 4)
    xyz = np.where(xyzr[..., 3:] < 0, np.nan, xyzr[..., :3] * 1e-3)
    rate = float(np.asarray(parameters["POINT:RATE"]).item())
    labels = parameters["POINT:LABELS"]
    markers = MarkerFile(np.arange(frames) / rate, {n: xyz[:, i] for i, n in enumerate(labels)})
    names = list(parameters.get("ANALOG:LABELS", []))
    samples = table[:, 4 * points :].reshape(frames * max(analog_rate, 1), -1) if names else None
    channels = {} if samples is None else {n: samples[:, i] for i, n in enumerate(names)}
    count = 0 if samples is None else len(samples)
    return markers, ForceFile(np.arange(count) / (rate * max(analog_rate, 1)), channels)


def _c3d_parameters(data: bytes, start: int) -> dict[str, list[str] | FloatArray]:
    """Return ``GROUP:NAME`` -> values of the parameter section."""
    groups: dict[int, str] = {}
    found: dict[tuple[int, str], list[str] | FloatArray] = {}
    position = start + 4
    while True:
        length, group = struct.unpack("bb", data[position : position + 2])
        if length == 0 or group == 0:
            break
        name_end = position + 2 + abs(length)
        name = data[position + 2 : name_end].decode("latin1")
        (step,) = struct.unpack("<h", data[name_end : name_end + 2])
        if group < 0:
            groups[-group] = name
        else:
            found[group, name] = _c3d_values(data, name_end + 2)
        if step == 0:
            break
        position = name_end + step
    return {f"{groups[group]}:{name}": value for (group, name), value in found.items()}


def _c3d_values(data: bytes, start: int) -> list[str] | FloatArray:
    kind, dimensions = struct.unpack("bB", data[start : start + 2])
    shape = list(data[start + 2 : start + 2 + dimensions])
    begin = start + 2 + dimensions
    count = int(np.prod(shape)) if shape else 1
    if kind == -1:
        text = data[begin : begin + count].decode("latin1")
        width = shape[0] if shape else 1
        return [text[i : i + width].strip() for i in range(0, len(text), width)] if width else []
    kinds = {1: "i1", 2: "<i2", 4: "<f4"}
    return np.frombuffer(data, kinds[kind], count, begin).astype(np.float64)
