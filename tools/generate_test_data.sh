#!/bin/sh
# Makes a folder of files that share content: `reftar testdata` under the name that the first reftar’s tools had.
exec "$(dirname -- "$(readlink -f -- "$0")")/../bin/reftar.js" testdata "$@"
