#!/usr/bin/env bash
# Profiles one row of `kernelsim bench` with perf and says which layer its time went to, in percent. A method that the JIT has inlined counts
# for the method that it went into.
#   tests/benchmarks/profile.sh ROW [SIZE] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
row=${1:?a row of kernelsim bench}
size=${2:-65536}
seconds=${3:-5}
tool=tools/kernelsim/bin/Release/net10.0/kernelsim.dll
[ -f "$tool" ] || dotnet build tools/kernelsim -c Release --nologo -v q
data=$(mktemp)
trap 'rm -f "$data"' EXIT

# Names of JIT-compiled methods come from /tmp/perf-PID.map, and only for code that is not mapped twice.
DOTNET_PerfMapEnabled=3 DOTNET_EnableWriteXorExecute=0 perf record -q -F 4999 -o "$data" \
  dotnet "$tool" bench --alone --cpus 2 --filter "$row" --size "$size" --seconds "$seconds" >&2
perf report -i "$data" --no-children --stdio -F overhead,dso,symbol 2>/dev/null | awk '
  /^ *[0-9.]+%/ {
    percent = $1 + 0
    layer = "runtime and host"
    if (/KernelSim\.Tool/) layer = "benchmark"
    else if (/KernelSim\.UserMode\.Marshalling|KernelSim\.Protocol.*Wire/) layer = "library: marshalling"
    else if (/KernelSim\.UserMode\.Device/) layer = "library: device"
    else if (/KernelSim\.UserMode/) layer = "library"
    else if (/KernelSim\.Nt\.Mm\.Pool/) layer = "kernel Mm: pool"
    else if (/KernelSim\.Nt\.Mm/) layer = "kernel Mm: user memory"
    else if (/KernelSim\.Nt\.SystemCalls|KernelSim\.Nt\.Ps/) layer = "kernel Ps: gate, process"
    else if (match($0, /KernelSim\.Nt\.[A-Z][a-z]+/)) layer = "kernel " substr($0, RSTART + 13, RLENGTH - 13)
    else if (/KernelSim\.Nt/) layer = "kernel: machine"
    else if (match($0, /KernelSim\.EbpfCore\.[A-Z][A-Za-z]+/)) layer = "driver " substr($0, RSTART + 19, RLENGTH - 19)
    else if (/KernelSim\.EbpfCore/) layer = "driver"
    else if (/KernelSim\.Protocol/) layer = "protocol: layouts, checks"
    else if (/Memmove|memmove|memcpy|SpanHelpers/) layer = "copies (runtime)"
    else if (/\[k\]/) layer = "host kernel"
    total[layer] += percent
  }
  END { for (layer in total) printf "%6.1f  %s\n", total[layer], layer }' | sort -rn
