"""Turn decoded pictures into RGB of one size, in memory that is used again and again."""

from threading import Lock

from av.filter import Graph
from av.video.frame import VideoFrame


class RgbScaler:
    """Converts the pictures of one clip.

    A graph of filters lends its pictures from a pool and takes them back when they are let go.
    Without it each would be given new memory, which the system clears first: that costs more
    than the conversion.
    """

    def __init__(self, width: int, height: int) -> None:
        """Prepare for RGB pictures of ``width`` x ``height``."""
        self._size = (width, height)
        self._graphs: dict[tuple[object, ...], Graph] = {}
        self._lock = Lock()

    def scale(self, frame: VideoFrame) -> VideoFrame:
        """Return ``frame`` in RGB; the result is the caller's own."""
        kind = (frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range)
        with self._lock:
            graph = self._graphs.get(kind) or self._graphs.setdefault(kind, self._graph(frame))
            graph.push(frame)
            scaled = graph.pull()
        assert isinstance(scaled, VideoFrame)
        return scaled

    def _graph(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        stored = (
            f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:"
            f"time_base={frame.time_base or 1}:"
            f"colorspace={int(frame.colorspace)}:range={int(frame.color_range)}"
        )
        width, height = self._size
        graph.link_nodes(
            graph.add("buffer", stored),
            graph.add("scale", f"{width}:{height}:flags=bilinear"),
            graph.add("format", "pix_fmts=rgb24"),
            graph.add("buffersink"),
        ).configure()
        return graph
