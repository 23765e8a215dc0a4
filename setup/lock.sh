#!/bin/sh
# lock.sh [UV OPTIONS]: writes setup/run.lock and setup/dev.lock anew from pyproject.toml.
#
# With hashes and without any index address, for every platform. Pinned versions stay unless
# --upgrade (or --upgrade-package NAME) is given. UV=... names another uv.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-uv}
command -v "$uv" >/dev/null 2>&1 || {
    echo "lock: uv is not installed. Install it (pip install uv, in any environment) or name it: make lock UV=/path/to/uv" >&2
    exit 1
}
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links "$@"
}
compile --group dev --output-file setup/dev.lock "$@" pyproject.toml
# The same versions as in the dev lock, so that one environment serves both.
compile --group build --constraint setup/dev.lock --output-file setup/run.lock "$@" pyproject.toml
