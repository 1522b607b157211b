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
  !/^ *[0-9.]+%/ { next }
  {
    percent = $1 + 0
    # A method is written "[Assembly] Type::Method(...)"; the types of its result and parameters have no space after the assembly.
    type = match($0, /[A-Za-z]\] [A-Z][A-Za-z0-9_.]+/) ? substr($0, RSTART + 3, RLENGTH - 3) : ""
    # Start, set-up and compilation: not what a call costs.
    if (/libclrjit/ || (type != "" && /QuickJitted|InstrumentedTier|MinOptJitted/)) next
    if (type ~ /^KernelSim\.Tool/) next
    if (type ~ /^KernelSim\.UserMode/) layer = "library"
    else if (type ~ /^KernelSim\.(Protocol|Tracing)/) layer = "protocol: layouts, checks"
    else if (type ~ /^KernelSim\.Nt\.(SystemCalls|Ps)/) layer = "kernel: gate and process"
    else if (type ~ /^KernelSim\.Nt\.Io/) layer = "kernel: I/O manager"
    else if (type ~ /^KernelSim\.Nt\.Ob/) layer = "kernel: handles and objects"
    else if (type ~ /^KernelSim\.Nt\.Mm\.Pool/) layer = "kernel: pool"
    else if (type ~ /^KernelSim\.Nt\.Mm/) layer = "kernel: user memory"
    else if (type ~ /^KernelSim\.Nt/) layer = "kernel: processors, lookaside lists"
    else if (type ~ /^KernelSim\.EbpfCore\.(Hash|Maps|Rings)/) layer = "driver: map store"
    else if (type ~ /^KernelSim\.EbpfCore\.Epochs/) layer = "driver: epochs"
    else if (type ~ /^KernelSim\.(EbpfCore|NetEbpfExt)/) layer = "driver: dispatch and handler"
    else if (/Memmove|memmove|memcpy/) layer = "copies"
    else if (/\[k\]/) layer = "host kernel"
    else layer = "runtime: locks, casts, collector"
    total[layer] += percent
    all += percent
  }
  END { for (layer in total) printf "%5.1f %%  %s\n", 100 * total[layer] / all, layer }' | sort -rn
