#!/bin/sh
# environment.sh run|dev: makes .venv beside this folder, holding exactly what the lock names.
#
# Quick when nothing changed (a stamp holds the lock's hash), starts again after an interrupted
# set-up, and says in one line what is wrong and how to mend it. Only wheels whose hash is in the
# lock are installed, so nothing that is downloaded runs in order to be installed.
set -u
umask 022 # never an environment that others can write to, never one that its owner cannot read
cd "$(dirname "$0")/.." || exit 1
which=${1:-run}
venv=.venv
unfinished=$venv/dermlock-unfinished
log=$venv/dermlock-set-up.log

# What would send pip or python elsewhere than into .venv.
unset PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIREMENT PIP_EDITABLE PIP_NO_DEPS
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_PROGRESS_BAR=off PIP_REQUIRE_VIRTUALENV=1

stop() {
    printf 'dermlock set-up: %s\n' "$1" >&2
    exit 1
}

# Two makes at once take turns.
exec 9<setup/environment.sh
if command -v flock >/dev/null 2>&1; then
    flock 9
fi

# The first Python that is new enough; PYTHON=... names another one.
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c "$new_enough" >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    first=${PYTHON:-python3}
    found=$("$first" --version 2>&1) ||
        stop "$first does not start. Install Python 3.11 or later (Debian: apt install python3 python3-venv) and run make again."
    stop "$found is too old, dermlock needs 3.11 or later. Install a newer one and name it: make PYTHON=python3.12"
fi

# What an environment was made of. Its folder belongs to it: scripts in a moved checkout point to the old place.
made_of() {
    "$python" - "setup/$1.lock" pyproject.toml <<'PY'
import hashlib, pathlib, sys
lock, project = (hashlib.sha256(pathlib.Path(name).read_bytes()).hexdigest() for name in sys.argv[1:])
print(f"{lock} {sys.version_info[0]}.{sys.version_info[1]} {pathlib.Path.cwd()}\n{project}")
PY
}
wanted=$(made_of "$which" 2>/dev/null) || stop "setup/$which.lock cannot be read. Take it back: git checkout -- setup"
stamp=$venv/dermlock-$which.stamp
had=$(cat "$stamp" 2>/dev/null)

works() {
    $venv/bin/python -c "$new_enough" >/dev/null 2>&1
}
if [ "$had" = "$wanted" ] && [ ! -e $unfinished ] && [ -x $venv/bin/dermlock ] && works; then
    exit 0
fi

"$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
    stop "$python comes without its venv module. Install it (Debian: apt install python3-venv) and run make again."

# Whatever is half there, of another Python, of another lock or of another place is made anew.
if [ -e $unfinished ] || { [ -d $venv ] && ! works; } ||
    { [ -n "$had" ] && [ "$(echo "$had" | head -n 1)" != "$(echo "$wanted" | head -n 1)" ]; }; then
    rm -rf $venv 2>/dev/null || stop "the old .venv cannot be removed. Remove it yourself and run make again."
fi
{ mkdir -p $venv && : >$unfinished; } 2>/dev/null ||
    stop "$(id -un 2>/dev/null || id -u) cannot write to this folder. Clone dermlock into a folder of your own."
rm -f $venv/dermlock-*.stamp

# Says why pip failed, from what it wrote.
explain() {
    if grep -q 'DO NOT MATCH THE HASHES' $log; then
        stop "a downloaded package is not the one in the lock, so nothing was installed. Try another network, or run make lock if you changed it."
    elif grep -qi 'no space left on device' $log; then
        stop "the disk is full. Free about 300 MB and run make again."
    elif grep -qE 'Failed to establish a new connection|Temporary failure in name resolution|ProxyError|Cannot connect to proxy|ConnectTimeout|Read timed out|Connection (refused|reset|broken)|Network is unreachable|SSLError' $log; then
        stop "the package index cannot be reached. Connect to the network (behind a proxy: set https_proxy) and run make again."
    fi
    stop "$(grep -m 1 '^ERROR' $log || tail -n 1 $log) The whole output is in $log; mend that and run make again."
}

trap 'stop "interrupted. Run make again: it begins anew."' INT TERM HUP
echo "Setting up dermlock's own environment in $venv (once, a minute or so) ..." >&2
"$python" -m venv $venv >$log 2>&1 || explain
$venv/bin/python -m pip install --retries 2 --timeout 20 --require-hashes --only-binary :all: \
    --requirement "setup/$which.lock" >>$log 2>&1 || explain
$venv/bin/python -m pip install --no-deps --no-build-isolation --no-index --editable . >>$log 2>&1 || explain

# The dev lock contains the run lock.
if [ "$which" = dev ]; then
    made_of run >$venv/dermlock-run.stamp
fi
echo "$wanted" >"$stamp"
rm -f $unfinished
