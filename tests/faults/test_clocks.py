#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days in odd time zones, across changes of the clock, with the machine's own zone another one and
its clock set back and forth between imports. Whatever it shows, days land in order, without a gap,
never before they are signalled, and with the rows that Python's zoneinfo puts into them."""
import datetime
import random
import sys
import zoneinfo

import oracle
import trials
from world import Source, World, metric_row, need

ZONES = ("UTC", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "Asia/Kathmandu",
         "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Santiago",
         "America/Havana", "America/Asuncion", "Europe/Berlin", "Europe/London", "Europe/Dublin",
         "Africa/Casablanca", "Africa/Cairo", "Africa/El_Aaiun", "Asia/Tehran", "Asia/Gaza",
         "Asia/Beirut", "Asia/Pyongyang", "Asia/Amman", "Pacific/Kiritimati", "Pacific/Chatham",
         "Pacific/Marquesas", "Pacific/Pago_Pago", "Pacific/Easter", "Antarctica/Troll",
         "Atlantic/Azores", "Etc/GMT+12")
ONE_DAY = datetime.timedelta(1)


def changes(zone, year=2022):
    """Days of a year on which the zone's clocks change; one in the summer where there are none."""
    first = datetime.date(year, 1, 1)
    found = [one for one in (first + ONE_DAY * i for i in range(2, 360))
             if start_of(zone, one + ONE_DAY) - start_of(zone, one) != ONE_DAY]
    return found or [datetime.date(year, 6, 14)]


def start_of(zone, of_day):
    """The first instant of a day, in UTC; where midnight does not exist, the first that does."""
    low = datetime.datetime.combine(of_day, datetime.time(), datetime.timezone.utc) - ONE_DAY
    high = low + ONE_DAY * 2
    while high - low > datetime.timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).date() < of_day:
            low = middle
        else:
            high = middle
    return high


def text(instant):
    return instant.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def boundary_rows(zone, of_day):
    """Rows at both ends of a day and at the clock's change, and two that lie just outside."""
    begin, end = start_of(zone, of_day), start_of(zone, of_day + ONE_DAY)
    second = datetime.timedelta(seconds=1)
    inside = [begin, begin + second, begin + (end - begin) / 2, end - second]
    rows = [metric_row(f"u{i}", of_day.isoformat(), date=text(at), value=float(i),
                       timeuuid=f"{of_day}-{i}") for i, at in enumerate(inside)]
    return rows + [metric_row(f"o{i}", of_day.isoformat(), date=text(at), outside=True,
                              timeuuid=f"{of_day}-o{i}")
                   for i, at in enumerate((begin - second, end))]


class Clock:
    """Imports at moments of choice under another TZ, and what must hold after each."""

    def __init__(self, folder, zone_name, centre, seed):
        self.zone, self.pick = zoneinfo.ZoneInfo(zone_name), random.Random(seed)
        self.days = [centre + ONE_DAY * i for i in (-2, -1, 0, 1)]
        self.machine = {"TZ": self.pick.choice(ZONES)}
        self.world = World(folder)
        self.world.folder.mkdir(parents=True)
        begin = text(start_of(self.zone, self.days[0]))
        self.world.expect("init", now=begin)
        source = Source("shop", "csv", folder / "source",
                        ("--tolerance", "50", "--time-zone", zone_name))
        source.place.mkdir()
        self.source = source
        source.set_day(self.days[0].isoformat(), boundary_rows(self.zone, self.days[0]))
        self.world.sources.append(source)
        self.world.expect(*source.adding(), now=begin, environment=self.machine)

    def import_at(self, instant, alive=True):
        """Everything lands that is signalled and not to come; nothing else does."""
        before = oracle.Ledger(self.world.workspace).landed()
        self.world.expect("import", now=text(instant), environment=self.machine)
        landed = oracle.hold(self.world)
        oracle.hold_told(before, landed, "before the clock was set")
        today = instant.astimezone(self.zone).date()
        due = {one for one in self.source.signals if one <= today.isoformat()}
        here = {of_day for _, of_day in landed}
        come = sorted(here - {of_day for _, of_day in before} - due)
        need(not come, "P4: at", text(instant), "these days are to come, and landed:", come)
        need(not alive or due <= here, "O7: at", text(instant), "not landed:", sorted(due - here))

    def run(self):
        for one in self.days[1:]:
            self.source.set_day(one.isoformat(), boundary_rows(self.zone, one))
        for one in self.days:
            for at in (start_of(self.zone, one) - datetime.timedelta(seconds=1),
                       start_of(self.zone, one)):
                self.import_at(at)
                if self.pick.random() < 0.5:
                    away = self.pick.choice((-1, 1, -365, 3650, -3650)) * ONE_DAY
                    self.import_at(at + away if away < ONE_DAY else at - ONE_DAY, alive=False)
        self.import_at(start_of(self.zone, self.days[-1]) + ONE_DAY)
        check = self.world.expect("check", "--full",
                                  now=text(start_of(self.zone, self.days[-1]) + ONE_DAY))
        need(check["ok"], "the check finds", check["faults"])


def main():
    options = trials.arguments(__doc__, 9).parse_args()
    runner = trials.Trials(options)
    for name in ZONES:
        for number, centre in enumerate(changes(zoneinfo.ZoneInfo(name))):
            seed = options.seed * 1000 + number

            def trial(folder, name=name, centre=centre, seed=seed):
                Clock(folder, name, centre, seed).run()
            runner.add(f"{name} {centre}", trial)
    return runner.run("clocks and zones")


if __name__ == "__main__":
    sys.exit(main())
