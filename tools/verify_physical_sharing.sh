#!/bin/sh
# Shows whether files share blocks on disk: `reftar sharing` under the name that the first reftar’s tools had.
exec "$(dirname -- "$(readlink -f -- "$0")")/../bin/reftar.js" sharing "$@"
