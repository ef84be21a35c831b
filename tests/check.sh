#!/usr/bin/env bash
# Sets up, builds and runs every test. Ends with the one line `N passed, N failed`; exits 0 only when nothing failed.
#   --update   also rewrites the generated files (Python stubs, golden files, README tables) from the code as it is
set -euo pipefail
exec 2>&1 # one ordered stream, so that the summary is the last line of what is shown
export LC_ALL=C.UTF-8 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
reports="$root/.cache/check"
passed=0 failed=0 finished=""

summarize() {
    trap - EXIT
    [[ -n "$finished" ]] || { echo "FAILED: check.sh stopped early"; failed=$((failed + 1)); }
    echo "$passed passed, $failed failed"
    ((failed == 0)) && exit 0
    exit 1
}
trap summarize EXIT
trap 'exit 130' INT TERM

fail() {
    echo "FAILED: $*"
    failed=$((failed + 1))
}

# stage NAME COMMAND...: runs it, shows its time, and returns its status.
stage() {
    local name="$1" status=0 start=$SECONDS
    shift
    echo "== $name"
    "$@" || status=$?
    echo "-- $name: $((SECONDS - start)) s"
    return "$status"
}

# count LABEL STATUS TALLY...: adds a runner's report; a runner that failed without naming a test counts as one failure.
count() {
    local label="$1" status="$2" tally_passed=0 tally_failed=1
    shift 2
    read -r tally_passed tally_failed < <(/usr/bin/python3 tests/tally.py "$@") || fail "cannot read the reports of $label"
    passed=$((passed + tally_passed))
    failed=$((failed + tally_failed))
    ((status == 0 || tally_failed > 0)) || fail "$label ended with status $status though no test failed"
}

# No trailing blanks, no carriage returns, in the files that dotnet format does not read.
check_text() {
    local found
    found="$(grep -rnIE '[[:space:]]+$' --include='*.'{py,pyi,sh,proto,csproj,props,targets,json,yml,toml,html,css,js,ts} \
        --exclude-dir={.git,.cache,bin,obj,artifacts,node_modules,TestResults,__pycache__,dist} . || true)"
    [[ -z "$found" ]] || { echo "$found"; echo "trailing blanks"; return 1; }
}

# The test assemblies of the solution: every project in it under a tests folder that names itself so.
test_assemblies() {
    dotnet sln VsgGym.sln list | tr '\\' '/' | { grep -E '[.]Tests[.]csproj$' || true; } | sed -E 's|.*/||; s|[.]csproj$|.dll|'
}

build() {
    dotnet build VsgGym.sln -c Release -v quiet -clp:NoSummary
}

# What learners use of the stand-in must be in the official TorchSharp too, which compiles here though it does not run.
build_on_official_torch() {
    dotnet build src/VsgGym.Learning -c Release -p:UpstreamTorch=true --artifacts-path "$root/.cache/official-torch" -v quiet -clp:NoSummary
}

run_dotnet_tests() {
    # one project at a time: the tests of deadlines and dead clients share few cores
    dotnet test VsgGym.sln -c Release --no-build -m:1 --results-directory "$reports/dotnet" \
        --logger trx --logger 'console;verbosity=minimal' --blame-hang-timeout 20m --blame-hang-dump-type none
}

run_python_tests() {
    env PYTHONPATH="$root/clients/python:$root/.cache/python/usr/lib/python3/dist-packages" PYTHONNOUSERSITE=1 \
        VSGGYM_SERVER_DLL="$root/src/VsgGym.Server/bin/Release/net10.0/VsgGym.Server.dll" \
        /usr/bin/python3 -m pytest clients/python/tests -q --timeout=900 --durations=5 --junit-xml="$reports/pytest.xml"
}

run_tests() {
    local status=0 assemblies
    mapfile -t assemblies < <(test_assemblies)
    stage "dotnet test" run_dotnet_tests || status=$?
    count "dotnet test" "$status" trx "$reports/dotnet" "${assemblies[@]}"
    status=0
    stage "pytest" run_python_tests || status=$?
    count "pytest" "$status" junit "$reports/pytest.xml"
}

update=""
case "${1:-}" in
    "") ;;
    --update) update=1 ;;
    *) finished=1; fail "unknown argument '$1'; usage: check.sh [--update]"; exit 1 ;;
esac

command -v dotnet >/dev/null || { finished=1; fail "the .NET 10 SDK is not installed: no dotnet on PATH"; exit 1; }
stage "set-up" bash tests/setup.sh || { finished=1; fail "set-up"; exit 1; }
rm -rf "$reports"
mkdir -p "$reports/dotnet"
if [[ -n "$update" ]]; then
    export VSGGYM_UPDATE=1
    stage "stubs" bash clients/python/generate_stubs.sh || fail "stubs"
else
    unset VSGGYM_UPDATE
    stage "stubs" bash clients/python/generate_stubs.sh --check || fail "stubs"
fi
stage "text" check_text || fail "text"
if stage "build" build; then
    stage "format" dotnet format whitespace VsgGym.sln --verify-no-changes --no-restore || fail "format: run dotnet format whitespace VsgGym.sln"
    stage "official TorchSharp" build_on_official_torch || fail "official TorchSharp: the learners use what it lacks"
    run_tests
else
    fail "build (no test ran)"
fi
finished=1
