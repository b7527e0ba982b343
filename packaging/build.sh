#!/usr/bin/env bash
# Makes what is installed on office PCs: build.sh wheel | deb | windows-kit | all | check. Results land in build/dist/.
# Slow (5 to 15 minutes), so not part of packaging/test.sh: .ci/run runs `build.sh check` when packaging/ or a pin has
# changed since it passed last (checked.txt). It also installs the package in a clean root and proves the kit complete
# (check_deb.sh, check_kit.py).
set -euo pipefail
# shellcheck source=packaging/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/install.sh"

build=$root/build
venv=$build/venv-build
log=$build/build.log
dist=$build/dist
pins=$build/build-pins.txt
portable=$build/portable-python
checked=$here/checked.txt
from_portable=
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$root/hpviewer/__init__.py")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat -c %Y "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=$pins

# A pin of build-constraints.txt goes before that of constraints.txt.
write_pins() {
    awk -F '==' '/^[a-z]/ && !($1 in seen) { seen[$1] = 1; print }' \
        "$here/build-constraints.txt" "$here/constraints.txt" >"$pins"
}

# The Python that is bundled decides how old a system may be: portable_python.sh's runs from glibc 2.28 on, any other
# only where glibc is as new as here. $1: "portable" where that matters. PyInstaller needs Python's shared library.
build_python() {
    local python
    if [ -z "${HPVIEWER_BUILD_PYTHON:-}" ] && { [ "$1" = portable ] || [ -e "$portable/.inputs" ]; }; then
        if bash "$here/portable_python.sh"; then return; fi
        step "!!! 无法编译兼容旧系统的 Python：安装包将只能用于与本机同代或更新的系统"
        step "!!! no Python for older systems: the package will only run where glibc is as new as on this machine"
    fi
    python=${HPVIEWER_BUILD_PYTHON:-$(usable_python)} || give_up "需要 Python 3.11–3.13 · needs Python 3.11 to 3.13"
    "$python" -c 'import sys, sysconfig; sys.exit(not sysconfig.get_config_var("Py_ENABLE_SHARED"))' ||
        give_up "此 Python 没有共享库 · this Python has no shared library (--enable-shared): $python"
    printf '%s\n' "$python"
}

prepare() {
    mkdir -p "$dist"
    : >"$log"
    write_pins
    local python stamp=$venv/.inputs inputs
    install_system objdump:binutils dpkg-deb:dpkg
    python=$(build_python "${1:-}")
    case $python in "$portable"/*) from_portable=yes ;; esac
    inputs=$(printf '%s\n' "$python"; cat "$portable/.inputs" 2>/dev/null || true; cat "$pins" "$root/pyproject.toml" | sha256sum)
    same "$stamp" "$inputs" && return
    step "创建构建环境 · making build/venv-build with $python"
    logged "无法创建环境 · cannot make build/venv-build" "$python" -m venv --clear "$venv"
    { requirements ""; printf '%s\n' pip pyinstaller; } >"$build/requirements-build.txt"
    logged "无法安装 · pip install failed" "$venv/bin/python" -m pip install -q -r "$build/requirements-build.txt"
    printf '%s\n' "$inputs" >"$stamp"
}

wheel() {
    step "制作 wheel · building the wheel"
    logged "无法制作 wheel · the wheel failed" "$venv/bin/python" -m pip wheel -q --no-build-isolation --no-deps \
        -w "$dist" "$root"
}

# numpy's wheel carries OpenBLAS for every processor (28 MB); hpviewer multiplies no matrices. Built once (5 minutes on
# two cores), kept in build/wheels. Without a compiler the bundle takes the wheel as it is.
small_numpy() {
    local pin wheels=$build/wheels compiler=()
    if [ "$from_portable" ]; then
        wheels=$portable/wheels
        compiler=("CC=$portable/cc" "CXX=$portable/c++")
    fi
    pin=$(grep '^numpy==' "$pins")
    mkdir -p "$wheels"
    [ "$from_portable" ] || command -v g++ >/dev/null || { step "没有编译器，安装包将大 28 MB · no compiler: the package will be 28 MB larger"; return; }
    if ! ls "$wheels/${pin/==/-}"-*.whl >/dev/null 2>&1; then
        step "编译 numpy（不含 OpenBLAS）· compiling numpy without OpenBLAS (minutes)"
        logged "无法编译 numpy · numpy failed to build" env -u PIP_CONSTRAINT "${compiler[@]}" "$venv/bin/python" -m pip wheel -q "$pin" \
            --no-binary numpy --no-cache-dir --no-deps -w "$wheels" -Csetup-args=-Dblas=none -Csetup-args=-Dlapack=none \
            -Csetup-args=-Dallow-noblas=true -Csetup-args=-Dcpu-dispatch=none
    fi
    logged "无法安装 numpy · cannot install numpy" "$venv/bin/python" -m pip install -q --no-deps --no-index \
        --force-reinstall "$wheels/${pin/==/-}"-*.whl
}

# Of everything that decides how the packages are made, hpviewer itself aside. What is written for people does not count.
fingerprint() {
    (cd "$root" && find packaging pyproject.toml resources/web/package-lock.json -type f ! -name '*.md' \
        ! -path "packaging/${checked##*/}" ! -path '*/__pycache__/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
        sha256sum | cut -c 1-16)
}

# Says whether `check` has passed since packaging or a dependency changed; .ci/run asks.
unchanged() {
    local known day
    read -r known day 2>/dev/null <"$checked" || true
    if [ "${known:-}" != "$(fingerprint)" ]; then
        step "安装包的做法或依赖有变，重新制作并检查 · packaging or a pin has changed: building and checking the packages"
        return 1
    fi
    step "安装包自 $day 检查后做法和依赖未变，不再制作 · packages unchanged since their check of $day: not built again"
}

icons() {
    mkdir -p "$build/bundle-work"
    logged "无法绘制图标 · no icons" env QT_QPA_PLATFORM=offscreen "$venv/bin/python" "$here/draw_icons.py" \
        "$root/resources/icons/hpviewer.svg" "$build/bundle-work"
}

bundle() {
    local work=$build/bundle-work
    small_numpy
    logged "无法安装 · cannot install the wheel" "$venv/bin/python" -m pip install -q --no-deps --no-index \
        --force-reinstall "$dist/hpviewer-$version-py3-none-any.whl"
    icons
    step "打包 · bundling with PyInstaller"
    logged "打包失败 · PyInstaller failed" env HPVIEWER_BUNDLE_WORK="$work" "$venv/bin/pyinstaller" --noconfirm \
        --log-level WARN --distpath "$build/bundle" --workpath "$work" "$here/hpviewer.spec"
    logged "瘦身失败 · slimming failed" "$venv/bin/python" "$here/slim_bundle.py" "$build/bundle/hpviewer" \
        ${from_portable:+"$portable/cc"}
}

# Packages of system-packages.txt whose library the bundle ($1) does not carry, as a Depends line.
depends() {
    local soname names line=
    while read -r soname names; do
        case $soname in '' | '#'*) continue ;; esac
        [ -e "$1/_internal/$soname" ] || line+=", ${names// / | }"
    done < <(sed 's/  */ /g' "$here/system-packages.txt")
    printf '%s\n' "${line#, }"
}

# pack BUNDLE FILE.deb [GLIBC]: the package from PyInstaller's folder. Icons are taken from build/bundle-work if drawn.
pack() {
    local bundle=$1 out=$2 glibc=${3:-2.28} stage size icon
    stage=$(mktemp -d)
    chmod 755 "$stage"
    install -d "$stage/DEBIAN" "$stage/opt" "$stage/usr/bin" "$stage/usr/share/applications" \
        "$stage/usr/share/mime/packages" "$stage/usr/share/doc/hpviewer" \
        "$stage/usr/share/icons/hicolor/scalable/apps" "$stage/usr/share/icons/hicolor/scalable/mimetypes"
    cp -a "$bundle" "$stage/opt/hpviewer"
    chmod -R u=rwX,go=rX "$stage/opt/hpviewer"
    ln -s /opt/hpviewer/hpviewer "$stage/usr/bin/hpviewer"
    install -m 644 "$here"/debian/*.desktop "$stage/usr/share/applications/"
    install -m 644 "$here/debian/hpviewer.xml" "$stage/usr/share/mime/packages/"
    install -m 644 "$here/debian/copyright" "$here/INSTALL.md" "$stage/usr/share/doc/hpviewer/"
    install -m 644 "$root/resources/icons/hpviewer.svg" "$stage/usr/share/icons/hicolor/scalable/apps/hpviewer.svg"
    install -m 644 "$root/resources/icons/hpviewer.svg" \
        "$stage/usr/share/icons/hicolor/scalable/mimetypes/application-x-hpviewer-catalogue.svg"
    for icon in "$build"/bundle-work/hpviewer-*.png; do
        [ -e "$icon" ] || continue
        size=${icon##*-}
        size=${size%.png}
        install -D -m 644 "$icon" "$stage/usr/share/icons/hicolor/${size}x$size/apps/hpviewer.png"
    done
    size=$(du -sk --apparent-size "$stage" | cut -f 1)
    sed -e "s/@VERSION@/$version/; s/@SIZE@/$size/; s/@GLIBC@/$glibc/; s/@DEPENDS@/$(depends "$bundle")/" \
        "$here/debian/control" >"$stage/DEBIAN/control"
    install -m 755 "$here/debian/postinst" "$here/debian/postrm" "$stage/DEBIAN/"
    (cd "$stage" && find opt usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$stage/DEBIAN/md5sums"
    find "$stage" -newermt "@$SOURCE_DATE_EPOCH" -print0 | xargs -0r touch -h -d "@$SOURCE_DATE_EPOCH"
    dpkg-deb --root-owner-group -Zxz -b "$stage" "$out" >/dev/null
    rm -rf "$stage"
}

deb() {
    local out=$dist/hpviewer_${version}_amd64.deb installed packed glibc
    bundle
    glibc=$("$venv/bin/python" "$here/check_symbols.py" "$build/bundle/hpviewer") || [ -z "$from_portable" ] ||
        give_up "安装包要求的系统过新 · the package asks for more than Debian 10 has: glibc $glibc"
    step "制作 deb · packing (glibc >= $glibc)"
    pack "$build/bundle/hpviewer" "$out" "$glibc"
    installed=$(($(dpkg-deb -f "$out" Installed-Size) / 1024))
    packed=$(($(stat -c %s "$out") / 1048576))
    step "$out: $installed MiB installed (limit 450), $packed MiB packed (limit 150)"
    if [ "$installed" -gt 450 ] || [ "$packed" -gt 150 ]; then give_up "超出大小限制 · over the limit"; fi
}

windows_kit() {
    local kit=$build/windows-kit/hpviewer-$version-windows out=$dist/hpviewer-$version-windows-kit.zip python
    step "下载 Windows 组件 · fetching wheels for Windows"
    rm -rf "$build/windows-kit"
    mkdir -p "$kit/wheels"
    cp "$dist/hpviewer-$version-py3-none-any.whl" "$kit/wheels/"
    "$venv/bin/python" "$here/windows/kit_requirements.py" "$root/pyproject.toml" "$here/windows/only-windows.txt" \
        >"$build/requirements-windows.txt"
    for python in 3.11 3.12 3.13; do
        logged "无法下载 · pip download failed for Python $python" env PIP_CONSTRAINT="$here/constraints.txt" \
            "$venv/bin/python" -m pip download -q -d "$kit/wheels" -r "$build/requirements-windows.txt" \
            --platform win_amd64 --implementation cp --python-version "$python" --only-binary=:all:
    done
    icons
    cp "$here"/windows/{install.cmd,install.ps1,uninstall.ps1} "$build/bundle-work/hpviewer.ico" "$kit/"
    # Windows PowerShell takes a script without this mark for GBK.
    sed -i '1s/^\xEF\xBB\xBF//; 1s/^/\xEF\xBB\xBF/; s/\r*$/\r/' "$kit"/*.ps1
    sed -i 's/\r*$/\r/' "$kit/install.cmd"
    cp "$here/INSTALL.md" "$root/LICENSE" "$kit/"
    printf '%s\n' "$version" >"$kit/VERSION"
    (cd "$kit" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >"$kit/SHA256SUMS"
    check_kit
    rm -f "$out"
    (cd "$build/windows-kit" && "$venv/bin/python" -m zipfile -c "$out" "hpviewer-$version-windows")
    step "$out: $(($(stat -c %s "$out") / 1048576)) MiB"
}

# pip resolves everything for Windows from the folder alone, without an index; then the same with Windows' own markers.
check_kit() {
    local wheels=$build/windows-kit/hpviewer-$version-windows/wheels python
    for python in 3.11 3.12 3.13; do
        logged "套件不完整 · the kit is incomplete for Python $python" env -u PIP_CONSTRAINT -u PIP_FIND_LINKS \
            PIP_CONFIG_FILE=/dev/null "$venv/bin/python" -m pip install -q --dry-run --no-index --find-links "$wheels" \
            --platform win_amd64 --implementation cp --python-version "$python" --only-binary=:all: \
            --target "$build/none" "hpviewer==$version"
        logged "套件不完整 · the kit is incomplete for Python $python" "$venv/bin/python" \
            "$here/windows/check_kit.py" "$wheels" "$python"
        step "Windows, Python $python: 套件完整 · complete without an index"
    done
}

case ${1:-} in
    wheel) prepare; wheel ;;
    deb) prepare portable; wheel; deb ;;
    windows-kit) prepare; wheel; windows_kit ;;
    all) prepare portable; wheel; deb; windows_kit ;;
    check)
        prepare portable
        wheel
        deb
        bash "$here/check_deb.sh" "$dist/hpviewer_${version}_amd64.deb"
        windows_kit
        printf '%s %s\n' "$(fingerprint)" "$(date +%F)" >"$checked"
        ;;
    unchanged) unchanged ;;
    pack) pack "$2" "$3" ;;
    *) step "build.sh wheel | deb | windows-kit | all | check | unchanged"; exit 2 ;;
esac
