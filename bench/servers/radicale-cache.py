"""Puts into Radicale's own cache what it would find out at the first read of a calendar, at 10 ms an event.

The texts of the bench are already as Radicale needs them, so that parsing them with vobject and writing them again is
left out: `radicale-cache.py STORAGE CALENDAR`. A cache that another version of Radicale does not accept is made anew
by the server itself.
"""

import os
import re
import sys

from radicale import config
from radicale.item import get_etag
from radicale.item.filter import TIMESTAMP_MAX, TIMESTAMP_MIN
from radicale.storage import load
from radicale.storage.multifilesystem.cache import CacheContent

folder, path = sys.argv[1:]
configuration = config.load()
settings = {"storage": {"filesystem_folder": folder, "_filesystem_fsync": False}}
configuration.update(settings, "bench", privileged=True)
storage = load(configuration)
with storage.acquire_lock("w"):
    collection, *_ = storage.discover(path)
    def from_text(item):
        """The content of a cache entry, taken from the text."""
        uid = re.search(r"^UID:(.*?)\r$", item, re.MULTILINE).group(1)
        return CacheContent(uid, get_etag(item), item, "VCALENDAR", "VEVENT", TIMESTAMP_MIN, TIMESTAMP_MAX)

    collection._item_cache_content = from_text
    for name in os.listdir(collection._filesystem_path):
        if not name.startswith("."):
            with open(os.path.join(collection._filesystem_path, name), "rb") as file:
                raw = file.read()
            collection._store_item_cache(name, raw.decode(), collection._item_cache_hash(raw))
    collection.sync()
