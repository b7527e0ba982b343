#!/usr/bin/env bash
# Opens the window, or runs a command: packaging/run.sh find 文冲 --json. Installs what is missing first.
set -euo pipefail
# shellcheck source=packaging/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/install.sh"

wants_window() {
    while [ $# -gt 0 ]; do
        case $1 in
            --catalogue) shift $(($# > 1 ? 2 : 1)) ;;
            --catalogue=*) shift ;;
            *) return 1 ;;
        esac
    done
}

if wants_window "$@" && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    step "没有显示器，无法打开窗口。请在桌面环境中运行，或用 ssh -X 登录，或 xvfb-run bash packaging/run.sh；查询无需窗口：bash packaging/run.sh find 文冲"
    step "No display, so no window. Run it on a desktop, log in with ssh -X, or use xvfb-run bash packaging/run.sh; look-ups need none: bash packaging/run.sh find 文冲"
    exit 2
fi

install_hpviewer ""
exec "$venv/bin/python" -m hpviewer "$@"
