#!/usr/bin/env bash
# portable_python.sh: compiles a Python that runs from glibc 2.28 on (Debian 10, UOS 20, Kylin V10), whatever the build
# machine has. Prints the interpreter's path; fails with a sentence where it cannot. Takes five minutes the first time,
# then nothing: the result stays in build/portable-python.
#
# Compiler: zig's clang (a wheel), which carries the symbol tables of older glibcs. Sources: Debian's source packages, with
# Debian's security fixes. OpenSSL is the build machine's: pip needs it here, and the bundle leaves it out (hpviewer.spec).
set -euo pipefail
# shellcheck source=packaging/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/install.sh"

release=bookworm
glibc=2.28
home=$root/build/portable-python
python=$home/python
cc=$home/cc
log=$root/build/portable-python.log
libraries=(zlib libffi bzip2 xz-utils)
zig_pin=$(grep '^ziglang==' "$here/build-constraints.txt")

# The newest of a package's versions that the mirror really has: security updates are replaced while one looks.
fetch() {
    local version
    while read -r version; do
        "${apt[@]}" source --download-only "$1=$version" >>"$log" 2>&1 && return
    done < <("${cache[@]}" showsrc "$1" | sed -n 's/^Version: //p' | sort -rVu)
    return 1
}

sources() {
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg site name
    rm -rf "$home/sources"
    mkdir -p "$home/sources/lists/partial" "$home/sources/cache/archives/partial"
    cd "$home/sources"
    # shellcheck source=/dev/null
    apt-get indextargets --format '$(RELEASE) $(SITE)' 'Created-By: Packages' 2>/dev/null |
        awk -v suite="$(. /etc/os-release && echo "$VERSION_CODENAME")" -v release=$release '
            $1 == suite && !main { main = $2; print $2, release }
            $1 == suite "-security" && !security { security = $2; print $2, release "-security" }' |
        while read -r site name; do printf 'deb-src [signed-by=%s] %s %s main\n' "$keyring" "$site" "$name"; done >sources.list
    [ -s sources.list ] || give_up "没有 Debian 源 · apt knows no Debian mirror"
    local options=(-o "Dir::Etc::sourcelist=$PWD/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$PWD/lists"
        -o "Dir::Cache=$PWD/cache" -o APT::Sandbox::User=root)
    apt=(apt-get -q "${options[@]}")
    cache=(apt-cache "${options[@]}")
    "${apt[@]}" update >>"$log" 2>&1 || true # without the security archive the release's own versions serve
    for name in python3.11 "${libraries[@]}"; do
        fetch "$name" || give_up "无法取得源码 · no source of $name in Debian $release"
    done
    for name in "${libraries[@]}"; do
        logged "源码损坏 · cannot unpack $name" dpkg-source --no-check -x "$name"_*.dsc "$home/sources/$name"
    done
    # Python as released: of Debian's patches those for security and crashes only, the rest suit Debian's own layout.
    mkdir python patches
    tar -C python --strip-components 1 -xf python3.11_*.orig.tar.*
    tar -C patches -xf python3.11_*.debian.tar.*
    grep -E '^[^#]*(CVE-|gh-|crash|deadlock|dereference)' patches/debian/patches/series | while read -r name; do
        logged "补丁不适用 · a security patch does not apply: $name" \
            patch -s -p1 -d python -i "$PWD/patches/debian/patches/$name"
    done
}

# cc and c++ of zig; what it says of its target is not what build scripts ask for.
compiler() {
    local zig word
    logged "无法创建环境 · no environment for zig" "$1" -m venv --clear "$home/zig"
    logged "无法安装 zig · cannot install $zig_pin" env -u PIP_CONSTRAINT "$home/zig/bin/python" -m pip install -q "$zig_pin"
    zig=$("$home/zig/bin/python" -c 'import ziglang, pathlib; print(pathlib.Path(ziglang.__file__).parent / "zig")')
    for word in cc c++; do
        cat >"$home/$word" <<SCRIPT
#!/bin/sh
case \$1 in -print-multiarch | --print-multiarch) echo x86_64-linux-gnu; exit ;; esac
export ZIG_GLOBAL_CACHE_DIR='$home/zig-cache'
exec '$zig' $word -target x86_64-linux-gnu.$glibc -fno-sanitize=undefined -Wno-date-time \
    -Wno-unterminated-string-initialization -Wno-error=implicit-function-declaration "\$@"
SCRIPT
        chmod 755 "$home/$word"
    done
}

# Static, so that the bundle has no more files to look after.
build_libraries() {
    local parts=$home/parts
    rm -rf "$parts"
    mkdir -p "$parts/lib" "$parts/include"
    export CC=$cc CFLAGS="-O2 -fPIC"
    cd "$home/sources/zlib"
    logged "zlib" ./configure --static
    logged "zlib" make -j2 libz.a
    cp libz.a "$parts/lib/" && cp zlib.h zconf.h "$parts/include/"
    cd "$home/sources/bzip2"
    logged "bzip2" make -j2 libbz2.a "CC=$cc" "CFLAGS=$CFLAGS -D_FILE_OFFSET_BITS=64"
    cp libbz2.a "$parts/lib/" && cp bzlib.h "$parts/include/"
    cd "$home/sources/libffi"
    logged "libffi" ./configure --disable-shared --with-pic --disable-docs
    logged "libffi" make -j2
    cp x86_64-*/.libs/libffi.a "$parts/lib/" && cp x86_64-*/include/ffi*.h "$parts/include/"
    cd "$home/sources/xz-utils"
    logged "xz" ./configure --prefix="$parts" --libdir="$parts/lib" --disable-shared --with-pic --disable-nls --disable-doc \
        --disable-xz --disable-xzdec --disable-lzmadec --disable-lzmainfo --disable-lzma-links --disable-scripts
    logged "xz" make -j2 -C src/liblzma install
    # Only OpenSSL of the build machine's headers: the others belong to its own glibc.
    mkdir -p "$parts/ssl/include" "$parts/ssl/lib"
    cp -r /usr/include/openssl "$parts/ssl/include/"
    [ ! -d /usr/include/x86_64-linux-gnu/openssl ] ||
        cp /usr/include/x86_64-linux-gnu/openssl/* "$parts/ssl/include/openssl/"
    ln -s /usr/lib/x86_64-linux-gnu/lib{ssl,crypto}.so "$parts/ssl/lib/"
    unset CFLAGS
}

build_python() {
    local parts=$home/parts
    cd "$home/sources/python"
    rm -rf "$python"
    sed -i 's/^    def add_multiarch_paths(self):$/&\n        return  # the headers of the machine/' setup.py
    sed -i 's/-Wl,-h/-Wl,-soname,/' Makefile.pre.in
    sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c # a security patch has it look into the interpreter
    printf '%s\n' '*disabled*' _crypt _curses _curses_panel _dbm _gdbm _sqlite3 _tkinter _uuid nis ossaudiodev readline \
        >Modules/Setup.local
    logged "configure" ./configure -q --prefix="$python" --enable-shared --without-static-libpython --disable-test-modules \
        --with-openssl="$parts/ssl" "CC=$cc" "OPT=-DNDEBUG -fwrapv -O3" "CPPFLAGS=-I$parts/include" \
        "LDFLAGS=-L$parts/lib -Wl,-rpath,$python/lib -Wl,--allow-shlib-undefined"
    # PY3LIBRARY: a library without code of its own, which zig does not link and nothing here asks for
    logged "make" make -s -j2 PY3LIBRARY=
    logged "make install" make -s install PY3LIBRARY=
    # For pip (PEP 600): no wheel that asks for a newer glibc.
    cat >"$python/lib/python3.11/_manylinux.py" <<PYTHON
def manylinux_compatible(major, minor, _machine):
    return (major, minor) <= (${glibc/./, })
PYTHON
    mkdir -p "$python/licences"
    cp "$home/sources/python/LICENSE" "$python/licences/python.txt"
    cp "$home/sources/zlib/debian/copyright" "$python/licences/zlib.txt"
    cp "$home/sources/libffi/LICENSE" "$python/licences/libffi.txt"
    cp "$home/sources/bzip2/LICENSE" "$python/licences/bzip2.txt"
    cp "$home/sources/xz-utils/COPYING" "$python/licences/xz.txt"
    logged "Python 不完整 · modules are missing" "$python/bin/python3" -c \
        'import bz2, ctypes, decimal, hashlib, lzma, pyexpat, select, socket, ssl, zlib, _elementtree, _posixsubprocess'
    logged "glibc" "$python/bin/python3" "$here/check_symbols.py" "$python/lib" --skip '_ssl.*|_hashlib.*'
}

[ "$(uname -m)" = x86_64 ] || give_up "只用于 x86_64 · only for x86_64"
mkdir -p "$home"
: >"$log"
inputs=$(printf '%s %s ' "$home" "$zig_pin"; sha256sum <"$here/portable_python.sh")
if ! same "$home/.inputs" "$inputs"; then
    command -v apt-get >/dev/null || give_up "需要 apt · needs apt for Debian's sources"
    rm -f "$home/.inputs"
    install_system make:make patch:patch ar:binutils xz:xz-utils dpkg-source:dpkg-dev \
        $([ -e /usr/include/openssl/ssl.h ] || echo openssl-headers:libssl-dev)
    host=$(usable_python) || give_up "需要 Python 3.11–3.13 · needs Python 3.11 to 3.13"
    step "编译可在 glibc $glibc 上运行的 Python（约 5 分钟）· compiling a Python for glibc $glibc (5 minutes)"
    sources
    compiler "$host"
    build_libraries
    build_python
    rm -rf "$home/sources" "$home/parts"
    printf '%s\n' "$inputs" >"$home/.inputs"
fi
printf '%s\n' "$python/bin/python3"
