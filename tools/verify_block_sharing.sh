#!/bin/sh
# Shows which files have blocks of equal content: `reftar duplicates` under the name that the first reftar’s tools had.
exec "$(dirname -- "$(readlink -f -- "$0")")/../bin/reftar.js" duplicates "$@"
