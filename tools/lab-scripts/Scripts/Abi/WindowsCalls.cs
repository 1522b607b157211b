using System.Runtime.CompilerServices;
using System.Text;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Abi;

/// <summary>The personality of eBPF for Windows: each call is the library's.</summary>
/// <param name="session">The session whose calls it makes.</param>
internal sealed class WindowsCalls(ScriptSession session) : IMapCalls
{
    private Libbpf Library => session.Library;

    /// <inheritdoc/>
    public ScriptResult? Begin(ScriptCall call) => null;

    /// <inheritdoc/>
    public int Create(ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        ulong name = blocks.Copy(call.Text("name") is { } text ? Encoding.UTF8.GetBytes(text + "\0") : null);
        ulong options = call.Has("flags") || call.Has("inner_fd")
            ? blocks.Copy(StructBytes.Of(new BpfMapCreateOpts
            {
                Sz = (ulong)Unsafe.SizeOf<BpfMapCreateOpts>(),
                MapFlags = call.UInt32("flags"),
                InnerMapFd = call.Has("inner_fd") ? call.Descriptor("inner_fd") : 0,
            }))
            : 0;
        return Library.bpf_map_create(
            call.MapType("type"), name, call.UInt32("key_size"), call.UInt32("value_size"), call.UInt32("max_entries"), options);
    }

    /// <inheritdoc/>
    public int Update(int fd, ulong key, ulong value, ulong flags) => Library.bpf_map_update_elem(fd, key, value, flags);

    /// <inheritdoc/>
    public int Lookup(int fd, ulong key, ulong value, bool delete) =>
        delete ? Library.bpf_map_lookup_and_delete_elem(fd, key, value) : Library.bpf_map_lookup_elem(fd, key, value);

    /// <inheritdoc/>
    public int Delete(int fd, ulong key) => Library.bpf_map_delete_elem(fd, key);

    /// <inheritdoc/>
    public int GetNextKey(int fd, ulong key, ulong next) => Library.bpf_map_get_next_key(fd, key, next);

    /// <inheritdoc/>
    public int UpdateBatch(int fd, ulong keys, ulong values, ulong count, ulong options) =>
        Library.bpf_map_update_batch(fd, keys, values, count, options);

    /// <inheritdoc/>
    public int DeleteBatch(int fd, ulong keys, ulong count, ulong options) => Library.bpf_map_delete_batch(fd, keys, count, options);

    /// <inheritdoc/>
    public int LookupBatch(int fd, BatchBuffers buffers, bool delete) => delete
        ? Library.bpf_map_lookup_and_delete_batch(
            fd, buffers.InBatch, buffers.OutBatch, buffers.Keys, buffers.Values, buffers.Count, buffers.Options)
        : Library.bpf_map_lookup_batch(fd, buffers.InBatch, buffers.OutBatch, buffers.Keys, buffers.Values, buffers.Count, buffers.Options);

    /// <inheritdoc/>
    /// <remarks>Only the checked library writes the count of a call that failed.</remarks>
    public bool HasDelivered(int ret, uint count) => ret == 0 || (count > 0 && Library.Version == LibraryVersion.Checked);

    /// <inheritdoc/>
    public uint CursorSize(int fd, ScriptMap? map) => map?.KeySize ?? ScriptSession.UnknownSize;

    /// <inheritdoc/>
    /// <remarks>Before the fix the library left out the CPUs.</remarks>
    public ulong? LookupStride(ScriptMap? map) => Library.Version == LibraryVersion.Before3564 ? map?.SlotBytes : map?.ValueBytes;

    /// <inheritdoc/>
    public uint FlagsOf(in BpfMapInfo info) => info.MapFlags;

    /// <inheritdoc/>
    public ScriptResult? RefuseHelper(ScriptCall call, in BpfMapInfo info) => null;

    /// <inheritdoc/>
    /// <remarks>A helper returns a result, not an errno; the line shows both.</remarks>
    public ScriptResult HelperFailure(ScriptCall call, in BpfMapInfo info, EbpfResult result) =>
        ScriptResult.Failed(ResultConversions.ToErrno(result), new ScriptOutput("result", ResultConversions.NameOf(result)));

    /// <inheritdoc/>
    public void Forget(int fd)
    {
    }

    /// <inheritdoc/>
    public ScriptResult Result(int ret, params ScriptOutput[] outputs) => new()
    {
        Ret = ret,
        Refusal = ret < 0 ? Library.LastRefusal : null,
        Outputs = outputs,
    };
}
