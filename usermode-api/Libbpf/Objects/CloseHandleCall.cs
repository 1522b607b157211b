using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    private void CloseHandle(NtHandle handle, [CallerMemberName] string function = "") => Result(new CloseHandleCall(handle), function);
}

/// <summary>Closes a handle that no descriptor owns: <c>CloseHandle</c>.</summary>
internal readonly struct CloseHandleCall(NtHandle handle) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        call.Library.Gate.NtClose(call.RequestId, handle);
        return EbpfResult.Success;
    }
}
