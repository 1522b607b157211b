#!/usr/bin/env bash
# Applies every example to a copy of the tree, builds the copy, and compares what the examples print. The tree itself stays as it is.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en # the summaries of tests are read below
git -C "$root" ls-files -z --cached --others --exclude-standard | tar -C "$root" --null -T - -cf - | tar -C "$copy" -xf -
cd "$copy"
for patch in samples/adding/*.patch; do
  git apply "$patch"
done
dotnet build KernelSim.sln --configuration Release --verbosity quiet

kernelsim() { dotnet run --no-build --configuration Release --project tools/kernelsim -- "$@"; }

# Usage: shows PATCH EXPECTED < OUTPUT. The first example that does not print what is expected ends the script.
shows() {
  local output
  output=$(cat)
  if [[ $output == *"$2"* ]]; then
    echo "$1: ok"
  else
    printf '%s: expected this to be printed: %s\n%s\n' "$1" "$2" "$output" >&2
    return 1
  fi
}

kernelsim script - <<'END' | shows check '"check":"map.create.name_slash","given":1,"expected":0'
{"op":"map_create","type":"hash","name":"a/b","key_size":4,"value_size":4,"max_entries":8}
END
kernelsim operations | shows command epoch_synchronize
kernelsim tour --trace tour.nettrace >/dev/null
kernelsim trace events tour.nettrace --event ProcessorKick | shows event 'ProcessorKick(target='
kernelsim script - --abi linux <<'END' | shows abi-rule '"errno":"EINVAL"'
{"op":"map_create","as":"q","type":"queue","name":"q","key_size":0,"value_size":4,"max_entries":8}
{"op":"map_update_elem","fd":"q","value":"00000000"}
END
kernelsim lab predict next-key --seed 1 -c | shows topic 'An array has all of its elements from the start'
kernelsim lab start first-map --seed 1 >/dev/null
cp tests/end-to-end/Lab/Solutions/first-map/store.jsonl first-map/
kernelsim lab check --folder first-map | shows lab '100 of 100 points'
kernelsim museum run efw-empty-batch | shows exhibit 'a program that looks first'
dotnet test tests/architecture --no-build --configuration Release --filter HelperTests | shows helper 'Passed!'
dotnet test tests/usermode-api --no-build --configuration Release --filter OneFileTests | shows library-call 'Passed!'
kernelsim script - <<'END' | shows map-type '"value":"05000000"'
{"op":"map_create","as":"m","type":"flag_array","name":"m","key_size":4,"value_size":4,"max_entries":8}
{"op":"map_update_elem","fd":"m","key":"01000000","value":"01000000"}
{"op":"map_update_elem","fd":"m","key":"01000000","value":"04000000"}
{"op":"map_lookup_elem","fd":"m","key":"01000000"}
END
kernelsim script - <<'END' | shows operation '"reply":"0c0000002e00000001000000"'
{"op":"map_create","type":"hash","name":"m","key_size":4,"value_size":4,"max_entries":8}
{"op":"gate_ioctl","message":"0c0000002e00000001000000","reply_size":12}
END
kernelsim script - <<'END' | shows script-op '"us":1000000'
{"op":"advance_clock","us":1000000}
{"op":"clock"}
END
