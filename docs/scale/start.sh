#!/usr/bin/env bash
# Three OPA replicas that pull the bundle from a plain HTTP server, and nginx before them. Everything on this machine.
#
#   docs/scale/start.sh DIRECTORY
#
# DIRECTORY gets what the servers need and write. Ctrl-C ends them all. Ports: BALANCER, BUNDLES, REPLICAS.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
directory=${1:?usage: start.sh DIRECTORY}
balancer=${BALANCER:-8180}
bundles=${BUNDLES:-8189}
read -ra replicas <<<"${REPLICAS:-8181 8182 8183}"
opa=${UTS_POLICY_OPA:-opa}

mkdir -p "$directory"/{bundles,pids,nginx}
cd "$directory"
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
trap 'exit 0' INT TERM

# The rules, once; one file a replica, so that a new bundle can be tried on one of them.
uts-policy bundle --out bundles/bundle.tar.gz
for number in "${!replicas[@]}"; do cp bundles/bundle.tar.gz "bundles/$number.tar.gz"; done

start() { # NAME COMMAND…
    local name=$1
    shift
    "$@" >"$name.log" 2>&1 &
    echo $! >"pids/$name"
}

start bundles python3 -m http.server --bind 127.0.0.1 --directory bundles "$bundles"
for number in "${!replicas[@]}"; do
    BUNDLES_URL=http://127.0.0.1:$bundles BUNDLE=$number.tar.gz start "replica-$number" \
        "$opa" run --server --addr "127.0.0.1:${replicas[$number]}" --config-file "$here/opa.yaml" \
        --log-level error --skip-version-check
done

cp "$here/nginx.conf" nginx/
echo "listen 127.0.0.1:$balancer;" >nginx/listen.conf
printf 'server 127.0.0.1:%s max_fails=1 fail_timeout=2s;\n' "${replicas[@]}" >nginx/upstream.conf
globals='daemon off;'
if [ "$(id -u)" = 0 ]; then globals+=" user $(id -un) $(id -gn);"; fi # else its workers could not read this directory
start balancer nginx -p "$PWD/nginx" -c nginx.conf -g "$globals"

healthy() { python3 -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$1/health?bundles', timeout=1)" 2>/dev/null; }
patience=150
for port in "${replicas[@]}" "$balancer"; do
    until healthy "$port"; do
        sleep 0.2
        ((patience -= 1)) || { tail -n 3 ./*.log nginx/error.log >&2; exit 1; }
    done
done
echo "ready: uts-policy check --engine opa --opa-url http://127.0.0.1:$balancer"
wait
