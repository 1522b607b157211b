using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>How large a map of Linux can be.</summary>
internal sealed class CreateLimitsRule() : AbiRule(
    "create.limits",
    "a map with large values or very many elements",
    new AbiSide(
        "-E2BIG: a value per CPU over 32 KiB, an element of 4 MiB, 2^31 buckets",
        "kernel/bpf/hashtab.c, htab_map_alloc_check, htab_map_alloc; arraymap.c, array_map_alloc_check"),
    new AbiSide("created, or -ENOMEM", "libs/execution_context/ebpf_maps.c, _create_hash_map_internal"))
{
    private const uint LargestSlot = 32 << 10;
    private const uint LargestElement = 4 << 20;
    private const uint MostBuckets = 1U << 31;

    /// <inheritdoc/>
    public override LinuxErrno? OnCreate(LinuxMapRequest request)
    {
        LinuxMapType row = request.Row!;
        bool empty = request.MaxEntries == 0 || request.ValueSize == 0 || (row.Family != LinuxMapFamily.Queue && request.KeySize == 0);
        bool tooLarge = (row.IsPerCpu && request.ValueSize > LargestSlot) || row.Family switch
        {
            LinuxMapFamily.Hash => (ulong)request.KeySize + request.ValueSize >= LargestElement || request.MaxEntries > MostBuckets,
            LinuxMapFamily.Array => request.ValueSize > int.MaxValue,
            LinuxMapFamily.Queue => request.KeySize == 0 && request.ValueSize > LargestElement,
            _ => false,
        };
        return !empty && tooLarge ? LinuxErrno.E2BIG : null;
    }
}
