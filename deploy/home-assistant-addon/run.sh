#!/bin/sh
# From the options to a home that runs. A home.toml in the add-on's own folder says everything that options cannot.
set -eu
settings=/config/home.toml
if [ ! -e "$settings" ]; then
    settings=/data/home.toml
    /opt/laag/bin/python /usr/share/laag/options.py /data/options.json > "$settings.part"
    mv "$settings.part" "$settings"
fi
/opt/laag/bin/laag check-config "$settings"
exec /opt/laag/bin/laag home run "$settings"
