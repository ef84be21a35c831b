#!/usr/bin/env bash
# Writes the client's generated modules, clients/python/vsggym/_proto, from protos/vsggym/v1.
# With --check it writes nothing and fails when they are out of date.
#
# protoc 3.21 is wanted on purpose: what it generates runs on every protobuf runtime since 4.21, and newer output does not.
# The files keep their proto names (vsggym/v1/...) in the descriptor pool; only the Python modules live elsewhere, so that
# the package works from a plain folder. The standard health and reflection contracts are left out: another package in the
# same process may bring its own.
set -euo pipefail
export LC_ALL=C
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
target="$root/clients/python/vsggym/_proto"

case "${1:-}" in
    "" | --check) ;;
    *) echo "usage: generate_stubs.sh [--check]" >&2; exit 2 ;;
esac
version="$(protoc --version | tr -dc '0-9.')"
[[ "$version" == 3.21.* ]] || { echo "protoc 3.21 is needed, found $version" >&2; exit 1; }
plugin="$(command -v grpc_python_plugin)" || { echo "grpc_python_plugin is not installed (protobuf-compiler-grpc)" >&2; exit 1; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/out" "$work/package"
cd "$root/protos"
protos=(vsggym/v1/*.proto)
[[ -e "${protos[0]}" ]] || { echo "no proto files in $root/protos/vsggym/v1" >&2; exit 1; }
protoc -I . --python_out="$work/out" --pyi_out="$work/out" --plugin=protoc-gen-grpc_python="$plugin" --grpc_python_out="$work/out" "${protos[@]}"

printf '"""Generated from protos/vsggym/v1 by generate_stubs.sh; do not edit."""\n' >"$work/package/__init__.py"
for file in "$work"/out/vsggym/v1/*; do
    # A proto without services yields a gRPC module without content.
    [[ "$file" != *_pb2_grpc.py ]] || grep -q '^class ' "$file" || continue
    # Imports become relative, and messages name the module they are in (pickle needs that).
    sed -E -e 's/^from vsggym\.v1 import /from . import /' \
        -e "s/'vsggym\.v1\.([a-z0-9_]+_pb2)'/'vsggym._proto.\1'/" \
        -e 's/[[:blank:]]+$//' "$file" >"$work/package/$(basename "$file")"
done
if grep -rnE '(from|import) vsggym\.v1' "$work/package" >&2; then
    echo "an import form that this script does not know" >&2
    exit 1
fi

if [[ "${1:-}" == --check ]]; then
    diff -r --exclude=__pycache__ "$target" "$work/package" >&2 ||
        { echo "the stubs in $target are out of date: run clients/python/generate_stubs.sh" >&2; exit 1; }
else
    rm -rf "$target"
    mkdir -p "$(dirname "$target")"
    cp -r "$work/package" "$target"
fi
