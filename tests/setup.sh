#!/usr/bin/env bash
# Installs what the tests need beyond the .NET SDK, Node.js and npm on a Debian machine: Python packages, protoc with its gRPC plugin,
# Gymnasium, and npm's build of ONNX Runtime.
# Safe to run again; when everything is there it only checks, in about a second.
set -euo pipefail
export LC_ALL=C.UTF-8
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache="$root/.cache"
site="$cache/python/usr/lib/python3/dist-packages"
packages=(
    python3 python3-grpcio python3-protobuf python3-numpy python3-pytest python3-pytest-timeout python3-cloudpickle python3-typing-extensions
    python3-pip python3-setuptools python3-wheel python3-onnx
    protobuf-compiler protobuf-compiler-grpc libprotobuf-dev
)

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Runs a command until it succeeds, at most five times: mirrors fail for a moment, and another apt may hold the lock.
retry() {
    local attempt
    for attempt in 1 2 3 4 5; do
        "$@" && return 0
        if ((attempt < 5)); then
            say "'$1' failed, attempt $attempt of 5; trying again in $((attempt * 5)) s"
            sleep $((attempt * 5))
        fi
    done
    return 1
}

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || printf '%s\n' "$package"
    done
}

# apt-get on the system itself; the first argument says what for, should this need root.
system_apt() {
    local purpose="$1" as_root=()
    shift
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "$purpose: run this script as root, or install sudo"
        as_root=(sudo)
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o APT::Update::Error-Mode=any "$@"
}

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0
    say "installing ${missing[*]}"
    local purpose="missing ${missing[*]}"
    retry system_apt "$purpose" update || say "apt-get update failed; installing from the lists at hand"
    retry system_apt "$purpose" install -y --no-install-recommends "${missing[@]}" || die "could not install ${missing[*]}"
}

gymnasium_works() {
    PYTHONPATH="$site" /usr/bin/python3 - 2>"$cache/gymnasium.log" <<'PYTHON'
import gymnasium
import gymnasium.utils.env_checker
import gymnasium.vector
assert int(gymnasium.__version__.split(".")[0]) >= 1, gymnasium.__version__
PYTHON
}

# The archives this machine already takes its own Debian release from, one address a line.
debian_archives() {
    local codename
    codename="$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")"
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' "Release: $codename" | sort -u
}

# Gymnasium 1.x is younger than Debian 12. Its package is pure Python, so it is unpacked under .cache from a newer release,
# with an apt state of its own: the system never sees that release.
fetch_gymnasium() {
    local archive="$1" release="$2" apt_home="$cache/apt-$2" signed_by=""
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [[ -r "$keyring" ]] && signed_by="[signed-by=$keyring] "
    mkdir -p "$apt_home/lists/partial" "$apt_home/cache/archives/partial" "$apt_home/download"
    printf 'deb %s%s %s main\n' "$signed_by" "$archive" "$release" >"$apt_home/sources.list"
    local apt=(
        apt-get -q -o "Dir::State::lists=$apt_home/lists" -o "Dir::Cache=$apt_home/cache"
        -o "Dir::Etc::sourcelist=$apt_home/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Retries=3
        -o APT::Update::Error-Mode=any -o "APT::Sandbox::User=$(id -un)"
    )
    retry "${apt[@]}" update || return 1
    rm -f "$apt_home"/download/*.deb
    (cd "$apt_home/download" && retry "${apt[@]}" download python3-gymnasium) || return 1
    rm -rf "$cache/python"
    mkdir -p "$cache/python"
    dpkg -x "$apt_home"/download/python3-gymnasium_*.deb "$cache/python"
    rm -rf "$apt_home"
}

install_gymnasium() {
    gymnasium_works && return 0
    local archives archive release
    mapfile -t archives < <(debian_archives)
    if ((${#archives[@]} == 0)); then # images often ship without package lists
        retry system_apt "no package lists" update || say "apt-get update failed"
        mapfile -t archives < <(debian_archives)
    fi
    ((${#archives[@]})) || die "apt knows no Debian archive for this release: cannot fetch python3-gymnasium. See 'apt-get indextargets'."
    for release in sid testing; do
        for archive in "${archives[@]}"; do
            say "fetching python3-gymnasium of Debian $release into .cache/python"
            fetch_gymnasium "$archive" "$release" && gymnasium_works && return 0
        done
    done
    cat "$cache/gymnasium.log" >&2
    die "no Gymnasium 1.x that runs on $(/usr/bin/python3 --version) was found"
}

node_runtime="onnxruntime-node@1.30.0"

node_runtime_works() {
    (cd "$cache/node" 2>/dev/null && node -e '
const wanted = process.argv[1].split("@")[1];
if (require("onnxruntime-node/package.json").version !== wanted || !require("onnxruntime-node").InferenceSession) process.exit(1);
' "$node_runtime") >/dev/null 2>&1
}

# The package carries the libraries for the processor; its install script would only fetch those for CUDA, which no test needs.
install_node_runtime() {
    node_runtime_works && return 0
    command -v npm >/dev/null || die "this script needs Node.js with npm"
    say "installing $node_runtime into .cache/node"
    rm -rf "$cache/node"
    mkdir -p "$cache/node"
    retry npm install --prefix "$cache/node" --ignore-scripts --no-audit --no-fund --no-save --no-package-lock --loglevel=error "$node_runtime" >&2 ||
        die "could not install $node_runtime"
    find "$cache/node/node_modules/onnxruntime-node/bin" -mindepth 2 -maxdepth 2 ! -name linux -exec rm -rf {} + # 220 MB for other systems
    node_runtime_works || die "$node_runtime is installed but does not load on $(node --version)"
}

command -v apt-get >/dev/null || die "this script needs apt-get (Debian 12 or newer)"
mkdir -p "$cache"
exec 9>"$cache/setup.lock"
flock 9
install_packages
install_gymnasium
install_node_runtime
