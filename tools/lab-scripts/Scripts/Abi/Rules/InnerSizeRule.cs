using System.Buffers.Binary;
using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Which maps a map of maps takes.</summary>
internal sealed class InnerSizeRule() : AbiRule(
    "inner.max_entries",
    "an inner map with another max_entries than the template",
    new AbiSide(
        "accepted, except for arrays without BPF_F_INNER_MAP; the flags must be the same",
        "kernel/bpf/map_in_map.c, bpf_map_meta_equal; arraymap.c, array_map_meta_equal"),
    new AbiSide("-EINVAL", "libs/execution_context/ebpf_maps.c, _check_value_type"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request)
    {
        if (request is not { Operation: ElementOperation.Update, Map.Inner: { } template }
            || request.Calls.Resolve(BinaryPrimitives.ReadInt32LittleEndian(request.Value), out LinuxMap? inner) is not null)
        {
            return null;
        }

        bool sameSize = inner!.MaxEntries == template.MaxEntries;
        if (!sameSize)
        {
            request.Calls.Cite(this);
        }

        // A per-CPU array compares like other types.
        bool comparesSize = template is { Family: LinuxMapFamily.Array, Type.IsPerCpu: false } && !template.Flags.HasFlag(LinuxMapFlags.InnerMap);
        return inner.Flags != template.Flags || (comparesSize && !sameSize) ? LinuxErrno.EINVAL : null;
    }
}
