#!/usr/bin/env bash
# check_deb.sh FILE.deb [RELEASE]: installs the package in a clean Debian, this machine's or an older release such as
# bullseye, uses it as a normal user, removes it. Needs root and Debian's package archive (debootstrap). Keeps the bare
# system in build/clean-root-RELEASE.tar for the next run.
set -euo pipefail
# shellcheck source=packaging/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/install.sh"

deb=$(realpath "$1")
log=$root/build/check-deb.log
mkdir -p "$root/build"
: >"$log"
[ "$(id -u)" = 0 ] || give_up "请以 root 运行 · run as root"
install_system debootstrap:debootstrap
export PATH=$PATH:/usr/sbin:/sbin
# shellcheck source=/dev/null
own=$(. /etc/os-release && echo "$VERSION_CODENAME")
codename=${2:-$own}
base=$root/build/clean-root-$codename.tar
work=$(mktemp -d)
clean=$work/root
trap 'rm -rf "$work"' EXIT

# Runs the rest inside the clean system, in mounts of its own that end with it. pivot_root, not chroot: the kernel
# gives a chrooted process no user namespace, and the web engine's sandbox needs one.
inside() {
    # shellcheck disable=SC2016
    unshare --mount --propagation private bash -c '
        set -e
        mount --bind "$1" "$1"
        cd "$1"
        mount --rbind /dev dev
        mount -t proc proc proc
        mount -t tmpfs tmpfs tmp
        mkdir -p .host
        pivot_root . .host
        umount -l /.host
        shift
        cd /
        exec "$@"' bash "$clean" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# As a clerk would: no root, a home of their own, nothing switched off.
as_clerk() { inside runuser -u clerk -- env HOME=/home/clerk "$@"; }

if [ ! -s "$base" ]; then
    step "建立干净系统 · making a clean Debian ($codename)"
    mirror=$(apt-get indextargets --format '$(SITE)' "Created-By: Packages" | head -1)
    logged "debootstrap" debootstrap --variant=minbase "$codename" "$clean" "$mirror"
    # xvfb and x11-utils to see a window, the other two for the file type; libglib2.0-bin asks for it
    cp /etc/resolv.conf "$clean/etc/" 2>/dev/null || true
    rm -f "$clean/etc/apt/sources.list"
    if [ "$codename" = "$own" ]; then
        cp -r /etc/apt/. "$clean/etc/apt/"
    else
        printf 'deb %s %s main\n' "$mirror" "$codename" >"$clean/etc/apt/sources.list"
    fi
    logged "apt-get update" inside apt-get update -q
    logged "apt-get install" inside apt-get install -y -q --no-install-recommends \
        xvfb xauth x11-utils shared-mime-info desktop-file-utils libglib2.0-bin ca-certificates
    tar -C "$clean" --one-file-system -cf "$base" .
else
    mkdir -p "$clean"
    tar -C "$clean" -xf "$base"
fi
inside useradd -m clerk

step "安装 · installing $(basename "$deb")"
cp "$deb" "$clean/root/"
started=$(date +%s)
logged "安装失败 · the package does not install" inside apt-get install -y -q --no-install-recommends \
    "/root/$(basename "$deb")"
step "已安装 · installed in $(($(date +%s) - started)) s"

# Every library that anything in the package asks for is there; libcups, for printing, is only recommended.
missing=$(inside sh -c 'find /opt/hpviewer -type f \( -name "*.so*" -o -name hpviewer -o -name QtWebEngineProcess \) \
    -exec env LD_LIBRARY_PATH=/opt/hpviewer/_internal:/opt/hpviewer/_internal/PySide6/Qt/lib ldd {} + 2>/dev/null' |
    awk '/not found/ && $1 != "libcups.so.2" { print $1 }' | sort -u)
[ -z "$missing" ] || give_up "缺少系统库 · libraries missing: $missing"

step "hpviewer --version"
as_clerk hpviewer --version >&2
step "find 文冲"
as_clerk hpviewer find 文冲 --json >"$work/found.json"
grep -q '"total": *[1-9]' "$work/found.json" || give_up "find 没有结果 · find found nothing"
step "snapshot"
started=$(date +%s%N)
as_clerk sh -c 'cd && hpviewer snapshot --out window.png 文冲' >>"$log" 2>&1 || give_up "snapshot 失败 · snapshot failed"
step "snapshot: $((($(date +%s%N) - started) / 1000000)) ms, $(stat -c %s "$clean/home/clerk/window.png") bytes"
cp "$clean/home/clerk/window.png" "$root/build/check-deb.png"
[ "$(stat -c %s "$clean/home/clerk/window.png")" -gt 40000 ] || give_up "图片太小 · the picture is empty"

step "窗口与沙箱 · window and sandbox"
# Looked at from outside, as root: a sandboxed process does not let its own user see it. The page's process is a fork
# of the zygote and keeps its command line.
page_status() {
    local folder
    for folder in /proc/[0-9]*; do
        [ "$(cat "$folder/comm" 2>/dev/null)" = QtWebEngineProc ] || continue
        tr '\0' ' ' <"$folder/cmdline" 2>/dev/null | grep -q '^/opt/hpviewer/' || continue
        awk '/^(Uid|NoNewPrivs|Seccomp):/ { printf "%s%s ", $1, $2 }' "$folder/status"
        [ "$(readlink "$folder/ns/user")" = "$(readlink /proc/self/ns/user)" ] || printf 'own user namespace'
        echo
    done
}
# shellcheck disable=SC2016
as_clerk xvfb-run -a -s "-screen 0 1366x768x24" sh -c '
    hpviewer & program=$!
    for try in $(seq 100); do
        xwininfo -root -tree | grep "(\"hpviewer\"" && sleep 4 && kill "$program" && wait "$program"
        kill -0 "$program" 2>/dev/null || exit 0
        sleep 0.2
    done
    exit 1' >"$work/window.txt" 2>>"$log" &
window=$!
while kill -0 "$window" 2>/dev/null; do
    page_status >"$work/now.txt"
    # The last look may fall between the page's end and the window's.
    [ ! -s "$work/now.txt" ] || grep -qs Seccomp:2 "$work/page.txt" || cp "$work/now.txt" "$work/page.txt"
    sleep 0.5
done
grep -q '"hpviewer"' "$work/window.txt" || give_up "窗口没有出现 · no window appeared"
head -1 "$work/window.txt" >&2
cat "$work/page.txt" >&2
grep -q 'NoNewPrivs:1 Seccomp:2 own user namespace' "$work/page.txt" || give_up "沙箱未启用 · the web page runs without its sandbox"

step "文件类型 · file type"
kind=$(as_clerk gio info -a standard::content-type /home/clerk/.local/share/hpviewer/catalogue.gpkg | tail -1)
step "$kind"
case $kind in *application/x-hpviewer-catalogue) ;; *) give_up "文件类型不对 · wrong file type" ;; esac
inside grep -q hpviewer-open.desktop /usr/share/applications/mimeinfo.cache || give_up "未关联 · not associated"

step "重装（更新）· installing over it"
before=$(sha256sum "$clean/home/clerk/.local/share/hpviewer/catalogue.gpkg")
logged "更新失败 · the update failed" inside apt-get install -y -q --reinstall "/root/$(basename "$deb")"
[ "$before" = "$(sha256sum "$clean/home/clerk/.local/share/hpviewer/catalogue.gpkg")" ] ||
    give_up "更新动了用户数据 · the update touched the user's data"

step "卸载 · removing"
logged "卸载失败 · removal failed" inside apt-get purge -y -q hpviewer
rm "$clean/root/$(basename "$deb")"
left=$(inside sh -c 'find / -xdev \( -path /proc -o -path /dev -o -path /var/log -o -path /var/cache/apt \
    -o -path /home/clerk \) -prune -o -iname "*hpviewer*" -print; grep -rl hpviewer /usr/share/applications /usr/share/mime 2>/dev/null' || true)
[ -z "$left" ] || give_up "卸载后残留 · left behind: $left"
[ "$before" = "$(sha256sum "$clean/home/clerk/.local/share/hpviewer/catalogue.gpkg")" ] ||
    give_up "卸载动了用户数据 · removal touched the user's data"
step "卸载后只剩用户自己的资料 · only the user's own data is left"
step "1 passed, 0 failed"
