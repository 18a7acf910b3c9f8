#!/usr/bin/env bash
# Makes .venv and installs what requirements.lock pins, hash by hash, then this project itself.
# Called by the Makefile; a missing system package is one sentence with the line that installs it.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${VENV:-.venv}

# Chinese where the locale is Chinese, neutral or unset, as the program itself does.
locale=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
tr_() {
    case "${locale%%.*}" in
        '' | C | POSIX | zh*) printf '%s\n' "$1" ;;
        *) printf '%s\n' "$2" ;;
    esac
}
fail() {
    tr_ "$1" "$2" >&2
    exit 2
}

python=${PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$candidate
            break
        fi
    done
fi
[ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || fail \
    "需要 Python 3.11 或更高版本，请先运行：sudo apt-get install -y python3 python3-venv" \
    "Python 3.11 or newer is needed; run: sudo apt-get install -y python3 python3-venv"

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail \
        "缺少 Python 的 venv 模块，请先运行：sudo apt-get install -y python3-venv" \
        "Python's venv module is missing; run: sudo apt-get install -y python3-venv"
    tr_ "正在建立 $venv ……" "Making $venv ..." >&2
    "$python" -m venv --clear "$venv"
fi

tr_ "正在安装 requirements.lock 所列依赖（首次约需一两分钟）……" \
    "Installing what requirements.lock lists (a minute or two the first time) ..." >&2
"$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --require-hashes -r requirements.lock || fail \
    "依赖安装失败：请检查网络或 pip 的镜像设置，然后重新运行同一命令。" \
    "The dependencies could not be installed: check the network or pip's index setting, then run the same command again."
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --editable . || fail \
    "本项目安装失败：请检查网络或 pip 的镜像设置，然后重新运行同一命令。" \
    "The project itself could not be installed: check the network or pip's index setting, then run the same command again."
