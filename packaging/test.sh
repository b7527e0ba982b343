#!/usr/bin/env bash
# All checks: ruff, mypy, import-linter, unit tests (in an environment without PySide6), then the window and end to
# end. `test.sh bench` measures instead. Further arguments go to the last pytest run.
set -euo pipefail
# shellcheck source=packaging/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/install.sh"

install_hpviewer test xvfb-run:xvfb xauth:xauth
cd "$root"
PATH=$venv/bin:$PATH
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}; fi

if [ "${1:-}" = bench ]; then
    shift
    exec python -m pytest tests/bench -p no:xdist "$@"
fi

# Every check runs, so that one report names all that is wrong; the first failure is not the last word.
failed=()
check() {
    local name=$1
    shift
    step "$name"
    "$@" || failed+=("$name")
}

check "ruff check" ruff check --quiet --output-format concise hpviewer packaging tests
check "ruff format" ruff format --quiet --check hpviewer packaging tests
check "mypy" mypy
check "import-linter" lint-imports
check "unit tests, without PySide6" \
    python -m pytest tests/unit -q -n 2 -p no:pytest-qt -p no:benchmark -p tests.helpers.without_qt

# Last, and alone on the machine: real windows and pages need the cores, and pytest's closing line ends the run.
[ ${#failed[@]} = 0 ] || step "失败 · failed so far: ${failed[*]}"
status=0
python -m pytest tests/desktop tests/endtoend "$@" || status=$?
[ ${#failed[@]} = 0 ] || exit 1
exit "$status"
