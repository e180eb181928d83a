#!/bin/sh
# Chromium and Chinese fonts for the browser tests, from Debian's or Ubuntu's
# packages. Does nothing where both are there; where it may not install them
# it says what to type and ends with 1.
set -eu

has_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    [ -d "/Applications/Chromium.app" ] || [ -d "/Applications/Google Chrome.app" ]
}

has_fonts() {
    [ "$(uname)" = "Darwin" ] && return 0 # macOS brings them
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family)" ]
}

stop() {
    echo "jiesu: $1" >&2
    exit 1
}

if has_browser && has_fonts; then exit 0; fi

if ! command -v apt-get >/dev/null 2>&1; then
    stop "the browser tests need Chromium and a Chinese font; install them by hand (macOS: brew install --cask chromium; Fedora: sudo dnf install chromium google-noto-sans-cjk-fonts)"
fi

packages="chromium fonts-noto-cjk fontconfig"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    as_root="sudo" # asks for the password on a terminal only
else
    stop "installing needs root; type as root: apt-get install $packages"
fi

apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3"
$apt update || echo "jiesu: apt-get update failed; trying with the package lists that are here" >&2
# shellcheck disable=SC2086 # several words are meant
$apt install -y --no-install-recommends $packages ||
    stop "apt-get could not install $packages; see its words above, and run make browsers again"
has_browser || stop "apt-get ended well, but there is no chromium command; on Ubuntu type: sudo snap install chromium"
