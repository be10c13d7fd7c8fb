"""Reads feeds with an independent library and says what it saw.

Usage: read_feeds.py icalendar|vobject|libical < JSON array of feed texts
Prints a JSON array: for each feed a sorted list of "UID|start|end", or {"error": "..."}.
Instants are seconds since 1970-01-01T00:00:00Z; dates are YYYYMMDD; floating times are read as UTC.
"""
import datetime
import json
import sys


def shown(value):
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=datetime.timezone.utc)
        return str(int(value.timestamp()))
    return value.strftime("%Y%m%d")


def end_of(start, end, duration):
    if end is not None:
        return end
    return None if duration is None or start is None else start + duration


def icalendar(text):
    from icalendar import Calendar

    for event in Calendar.from_ical(text).walk("VEVENT"):
        def get(name):
            return event.decoded(name) if name in event else None

        start = get("DTSTART")
        yield str(event["UID"]), shown(start), shown(end_of(start, get("DTEND"), get("DURATION")))


def vobject(text):
    import vobject as library

    # It remembers zones by name for as long as the process lives, whatever the next feed says of them.
    zones = vars(library.icalendar)["__tzidMap"]
    for name in [name for name in zones if name != "UTC"]:
        del zones[name]
    calendar = library.readOne(text)
    for event in getattr(calendar, "vevent_list", []):
        def get(name):
            return getattr(event, name).value if hasattr(event, name) else None

        start = get("dtstart")
        yield event.uid.value, shown(start), shown(end_of(start, get("dtend"), get("duration")))


def libical(text):
    import gi

    gi.require_version("ICalGLib", "3.0")
    from gi.repository import ICalGLib

    def moment(component, name):
        time = getattr(component, name)()
        if time is None or time.is_null_time():
            return ""
        if time.is_date():
            return "%04d%02d%02d" % (time.get_year(), time.get_month(), time.get_day())
        return str(time.as_timet_with_zone(time.get_timezone()))

    calendar = ICalGLib.Component.new_from_string(text)
    kind = ICalGLib.ComponentKind.VEVENT_COMPONENT
    event = calendar.get_first_component(kind)
    while event is not None:
        has_end = event.count_properties(ICalGLib.PropertyKind.DTEND_PROPERTY) > 0
        has_duration = event.count_properties(ICalGLib.PropertyKind.DURATION_PROPERTY) > 0
        end = moment(event, "get_dtend") if has_end or has_duration else ""
        yield event.get_uid(), moment(event, "get_dtstart"), end
        event = calendar.get_next_component(kind)


def main():
    read = {"icalendar": icalendar, "vobject": vobject, "libical": libical}[sys.argv[1]]
    results = []
    for text in json.load(sys.stdin):
        try:
            results.append(sorted("|".join(parts) for parts in read(text)))
        except Exception as error:  # each library has its own
            results.append({"error": "%s: %s" % (type(error).__name__, str(error)[:200])})
    json.dump(results, sys.stdout)


main()
