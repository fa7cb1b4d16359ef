"""Damage to files: the same clip with bytes flipped, cut off, zeroed, moved or made up."""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass

MP4_CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"meta")
MP4_BOXES = (
    *(b"ftyp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"stsd", b"stts", b"ctts", b"stss"),
    *(b"stsc", b"stsz", b"stco", b"elst", b"avc1", b"avcC", b"hvc1", b"hev1", b"hvcC", b"colr"),
    *(b"pasp", b"dref", b"url ", b"dinf"),
)
NASTY_NUMBERS = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x00FFFFFF, 0x10000000)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One damaged file: what kind of damage, where, and the bytes."""

    kind: str
    place: str
    content: bytes


def header_span(content: bytes) -> range:
    """Return where a file's description lies: the whole of ``moov``, else the first 600 bytes."""
    name = content.find(b"moov")
    if name < 4:
        return range(min(600, len(content)))
    size = int(struct.unpack(">I", content[name - 4 : name])[0])
    return range(name - 4, min(name - 4 + size, len(content)))


def flipped_header(content: bytes) -> Iterator[Mutation]:
    """Flip every bit of every byte of the header in turn, one byte at a time."""
    for place in header_span(content):
        yield Mutation(
            "header byte flipped", str(place), _put(content, place, content[place] ^ 255)
        )


def cuts(content: bytes) -> Iterator[Mutation]:
    """Cut the file off at every 1 %."""
    for percent in range(1, 100):
        yield Mutation("cut off", f"{percent} %", content[: len(content) * percent // 100])


def zeroed(content: bytes) -> Iterator[Mutation]:
    """Set stretches of the file to zero, short and long, from its start to its end."""
    for length in (16, 512, 8192):
        for percent in range(0, 100, 4):
            start = len(content) * percent // 100
            stop = min(start + length, len(content))
            damaged = content[:start] + bytes(stop - start) + content[stop:]
            yield Mutation("zeros in it", f"{length} bytes at {percent} %", damaged)


def nasty_boxes(content: bytes) -> Iterator[Mutation]:
    """Give every box of an MP4 impossible sizes and contents."""
    for box in (*MP4_CONTAINERS, *MP4_BOXES):
        name = content.find(box)
        if name < 4:
            continue
        for number in NASTY_NUMBERS:
            packed = struct.pack(">I", number)
            for offset in (-4, 8, 12, 16, 20):
                place = name + offset
                damaged = content[:place] + packed + content[place + 4 :]
                yield Mutation(
                    "impossible numbers", f"{number:#x} at {box.decode()}{offset:+d}", damaged
                )


def chance(content: bytes, count: int, seed: int) -> Iterator[Mutation]:
    """Damage the file by chance in ``count`` ways: bytes, bits, blocks moved, lost or doubled."""
    generator = random.Random(seed)
    kinds = (_random_bytes, _random_bits, _lost_block, _doubled_block, _moved_block)
    for number in range(count):
        change = kinds[number % len(kinds)]
        kind = change.__name__.strip("_").replace("_", " ")
        yield Mutation(kind, f"seed {seed}, number {number}", change(content, generator))


def _random_bytes(content: bytes, generator: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(generator.choice((1, 4, 16, 64, 256))):
        damaged[generator.randrange(len(damaged))] = generator.randrange(256)
    return bytes(damaged)


def _random_bits(content: bytes, generator: random.Random) -> bytes:
    """Flip bits of the header or of anywhere."""
    damaged = bytearray(content)
    places = generator.choice((header_span(content), range(len(content))))
    for _ in range(generator.choice((1, 2, 5, 20))):
        damaged[generator.choice(places)] ^= 1 << generator.randrange(8)
    return bytes(damaged)


def _lost_block(content: bytes, generator: random.Random) -> bytes:
    start, stop = _block(content, generator)
    return content[:start] + content[stop:]


def _doubled_block(content: bytes, generator: random.Random) -> bytes:
    start, stop = _block(content, generator)
    return content[:stop] + content[start:]


def _moved_block(content: bytes, generator: random.Random) -> bytes:
    start, stop = _block(content, generator)
    rest = content[:start] + content[stop:]
    place = generator.randrange(len(rest) + 1)
    return rest[:place] + content[start:stop] + rest[place:]


def _block(content: bytes, generator: random.Random) -> tuple[int, int]:
    start = generator.randrange(len(content) - 1)
    longest = min(len(content) - start, generator.choice((4, 64, 1024, 16384)))
    return start, start + generator.randrange(1, longest + 1)


def _put(content: bytes, place: int, value: int) -> bytes:
    return content[:place] + bytes([value]) + content[place + 1 :]
