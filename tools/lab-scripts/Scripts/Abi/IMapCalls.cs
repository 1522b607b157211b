using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.LabScripts.Abi;

/// <summary>
/// The calls on maps as a script's program makes them, with the addresses of its buffers: a personality of <c>script</c>. A call returns 0, a
/// descriptor, or a negated errno in the personality's numbers.
/// </summary>
internal interface IMapCalls
{
    /// <summary>A call of the script begins.</summary>
    /// <returns>The result of a call that this system does not have; null if the call can be made.</returns>
    ScriptResult? Begin(ScriptCall call);

    /// <summary><c>bpf_map_create</c>.</summary>
    int Create(ScriptCall call);

    /// <summary><c>bpf_map_update_elem</c>.</summary>
    int Update(int fd, ulong key, ulong value, ulong flags);

    /// <summary><c>bpf_map_lookup_elem</c> and <c>bpf_map_lookup_and_delete_elem</c>.</summary>
    int Lookup(int fd, ulong key, ulong value, bool delete);

    /// <summary><c>bpf_map_delete_elem</c>.</summary>
    int Delete(int fd, ulong key);

    /// <summary><c>bpf_map_get_next_key</c>.</summary>
    int GetNextKey(int fd, ulong key, ulong next);

    /// <summary><c>bpf_map_update_batch</c>.</summary>
    int UpdateBatch(int fd, ulong keys, ulong values, ulong count, ulong options);

    /// <summary><c>bpf_map_delete_batch</c>.</summary>
    int DeleteBatch(int fd, ulong keys, ulong count, ulong options);

    /// <summary><c>bpf_map_lookup_batch</c> and <c>bpf_map_lookup_and_delete_batch</c>.</summary>
    int LookupBatch(int fd, BatchBuffers buffers, bool delete);

    /// <summary>Whether the last batch lookup, which returned <paramref name="ret"/>, delivered what its count says.</summary>
    bool HasDelivered(int ret, uint count);

    /// <summary>Bytes of a batch cursor of a map; of an unknown map if null.</summary>
    uint CursorSize(int fd, ScriptMap? map);

    /// <summary>Bytes between the values of a batch lookup, as the library lays them out; null for an unknown map.</summary>
    ulong? LookupStride(ScriptMap? map);

    /// <summary>The flags that a map was created with.</summary>
    uint FlagsOf(in BpfMapInfo info);

    /// <summary>The result of a program's helper call that fails before the store is asked; null if it is asked.</summary>
    ScriptResult? RefuseHelper(ScriptCall call, in BpfMapInfo info);

    /// <summary>The result of a program's helper call that the store refused.</summary>
    ScriptResult HelperFailure(ScriptCall call, in BpfMapInfo info, EbpfResult result);

    /// <summary>A descriptor is being closed.</summary>
    void Forget(int fd);

    /// <summary>The result of a call that returned <paramref name="ret"/>.</summary>
    ScriptResult Result(int ret, params ScriptOutput[] outputs);
}
