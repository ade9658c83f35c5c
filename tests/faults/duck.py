# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes Parquet with the DuckDB library itself, through ctypes: what the program says of
its files is held against what another reader finds in them. DAYMARK_DUCKDB names the library."""
import ctypes
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACE = pathlib.Path(os.environ.get("DUCKDB_ROOT", ROOT / "build/deps/duckdb"))
LIBRARY = os.environ.get("DAYMARK_DUCKDB", str(PLACE / "lib/libduckdb.so"))


class _Result(ctypes.Structure):
    _fields_ = [("columns", ctypes.c_uint64), ("rows", ctypes.c_uint64),
                ("changed", ctypes.c_uint64), ("list", ctypes.c_void_p),
                ("error", ctypes.c_char_p), ("inside", ctypes.c_void_p)]


class DuckError(Exception):
    """What DuckDB said of a statement that failed."""


def _library():
    duck = ctypes.CDLL(LIBRARY)
    pointer, index = ctypes.POINTER(_Result), ctypes.c_uint64
    for name, result, arguments in (
            ("open", ctypes.c_int, [ctypes.c_char_p, ctypes.c_void_p]),
            ("connect", ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p]),
            ("query", ctypes.c_int, [ctypes.c_void_p, ctypes.c_char_p, pointer]),
            ("destroy_result", None, [pointer]),
            ("result_error", ctypes.c_char_p, [pointer]),
            ("column_count", index, [pointer]),
            ("row_count", index, [pointer]),
            ("value_varchar", ctypes.c_void_p, [pointer, index, index]),
            ("free", None, [ctypes.c_void_p])):
        function = getattr(duck, "duckdb_" + name)
        function.restype, function.argtypes = result, arguments
    return duck


class Duck:
    """One connection to a database in memory; a thread has its own."""

    def __init__(self):
        self.library = _library()
        self.database, self.connection = ctypes.c_void_p(), ctypes.c_void_p()
        if (self.library.duckdb_open(None, ctypes.byref(self.database)) != 0 or
                self.library.duckdb_connect(self.database, ctypes.byref(self.connection)) != 0):
            raise DuckError("DuckDB could not be opened")
        self.rows("SET threads = 1")
        self.rows("SET enable_external_file_cache = false")

    def rows(self, statement):
        """The rows of a statement, each value as text or None."""
        result = _Result()
        try:
            if self.library.duckdb_query(self.connection, statement.encode(),
                                         ctypes.byref(result)) != 0:
                said = self.library.duckdb_result_error(ctypes.byref(result))
                raise DuckError((said or b"no reason").decode(errors="replace"))
            columns = self.library.duckdb_column_count(ctypes.byref(result))
            count = self.library.duckdb_row_count(ctypes.byref(result))
            return [tuple(self._value(result, column, row) for column in range(columns))
                    for row in range(count)]
        finally:
            self.library.duckdb_destroy_result(ctypes.byref(result))

    def _value(self, result, column, row):
        text = self.library.duckdb_value_varchar(ctypes.byref(result), column, row)
        if not text:
            return None
        value = ctypes.string_at(text).decode()
        self.library.duckdb_free(text)
        return value

    def landed(self, file):
        """The rows of a landed Parquet file: (unit, id type, metric, value, numerator,
        denominator)."""
        return [row[:3] + tuple(None if cell is None else float(cell) for cell in row[3:])
                for row in self.rows(
                    "SELECT unit_id, id_type, metric_name, metric_value, numerator, denominator "
                    f"FROM read_parquet({quoted(file)}, hive_partitioning = false)")]


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"
