using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 15: closes any handle of the calling process.</summary>
internal sealed class CloseHandleHandler() : ProtocolHandler(EbpfOperationId.CloseHandle)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        NtHandle handle = call.Read<CloseHandleRequest>().Handle;
        bool closed = call.Process is { } process && process.Handles.Close(handle).IsSuccess;
        if (!call.Require(closed, CheckTable.CloseHandleOpen, handle.Value, 0))
        {
            return call.Refused;
        }

        return EbpfResult.Success;
    }
}
