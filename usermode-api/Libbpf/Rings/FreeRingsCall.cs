using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    private void Free(RingManager? manager, [CallerMemberName] string function = "")
    {
        if (manager is not null)
        {
            manager.Subscription?.Stop();
            manager.Subscription = null;
            Call(new FreeRingsCall(manager.Rings, manager.WaitHandle), function, setsErrno: false);
            manager.WaitHandle = NtHandle.Invalid;
        }
    }
}

/// <summary>Releases what a manager holds.</summary>
internal readonly struct FreeRingsCall(List<MappedRing> rings, NtHandle waitHandle) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        OpenRings.Remove(call, rings, 0);
        call.Library.Rings.CloseEvent(call.Library.Gate, call.RequestId, waitHandle);
        return EbpfResult.Success;
    }
}
