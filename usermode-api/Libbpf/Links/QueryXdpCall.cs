using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>The id of the XDP program that is attached to an interface.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="flags">Ignored.</param>
    /// <param name="prog_id">Address of room for the id, 4 bytes; receives 0 first.</param>
    /// <returns>0; -ENOENT if there is none.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameter; upstream does not look at it either.")]
    public int bpf_xdp_query_id(int ifindex, int flags, ulong prog_id) => Call(new QueryXdpCall(ifindex, prog_id));
}

/// <summary><c>bpf_xdp_query_id</c>.</summary>
internal readonly struct QueryXdpCall(int ifindex, ulong programId) : ILibraryCall
{
    private const string Site = "library:xdp_query_id.prog_id";

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiNextIdSize, "prog_id", programId, 1, sizeof(uint)))
        {
            return call.Refused;
        }

        Store(call, 0);
        EbpfResult result = XdpLinks.Find(call, ifindex, out uint id);
        if (result == EbpfResult.Success)
        {
            Store(call, id);
        }

        return result;
    }

    private void Store(ApiCall call, uint id) =>
        MemoryMarshal.Write(call.Memory.Access(programId, sizeof(uint), MemoryAccess.Write, Site), id);
}
