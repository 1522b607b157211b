using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The sizes that keys and values can have.</summary>
internal sealed class CreateSizesRule() : AbiRule(
    "create.sizes",
    "the sizes of keys and values",
    new AbiSide(
        "an array has keys of 4 bytes, an LPM trie of 5 to 260, a ring buffer whole pages and no values: else -EINVAL",
        "kernel/bpf/arraymap.c, array_map_alloc_check; lpm_trie.c, trie_alloc; ringbuf.c, ringbuf_map_alloc"),
    new AbiSide(
        "keys of an array have any size, those of an LPM trie 4 bytes or more, a ring buffer has any value size",
        "libs/execution_context/ebpf_maps.c, _create_array_map, _create_lpm_map, _create_ring_buffer_map"))
{
    private const uint Index = sizeof(uint);
    private const uint Page = 4096;
    private const uint LeastPrefix = 5;
    private const uint MostPrefix = 260;

    /// <inheritdoc/>
    public override LinuxErrno? OnCreate(LinuxMapRequest request)
    {
        bool fits = request.Row!.Family switch
        {
            LinuxMapFamily.Array or LinuxMapFamily.Objects => request.KeySize == Index,
            LinuxMapFamily.Trie => request.KeySize is >= LeastPrefix and <= MostPrefix,
            LinuxMapFamily.Ring when request.Type == BpfMapType.Ringbuf => request.ValueSize == 0 && request.MaxEntries % Page == 0,
            _ => true,
        };
        return fits ? null : LinuxErrno.EINVAL;
    }
}
