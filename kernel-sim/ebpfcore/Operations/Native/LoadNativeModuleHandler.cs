using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 31: starts a service's driver and creates a handle of the module in it. The tail is the service's name in UTF-16, up to
/// its end or to a zero.
/// </summary>
/// <remarks>Not in an epoch: it waits for drivers to unload, which wait for epochs.</remarks>
internal sealed unsafe class LoadNativeModuleHandler() : ProtocolHandler(EbpfOperationId.LoadNativeModule, entersEpoch: false)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        int length = call.RequestLength - LoadNativeModuleRequest.TailOffset;
        if (!call.Require(length % sizeof(char) == 0, CheckTable.NativeLoadName, length, length & ~1L))
        {
            return call.Refused;
        }

        Guid id = call.Read<LoadNativeModuleRequest>().ModuleId;
        ReadOnlySpan<byte> tail = new(call.Request + LoadNativeModuleRequest.TailOffset, length);
        ReadOnlySpan<char> name = MemoryMarshal.Cast<byte, char>(tail);
        int end = name.IndexOf('\0');
        string service = new(end < 0 ? name : name[..end]);
        EbpfResult result = call.Core.NativeModules.Load(call.Caller, service, id, out NativeModule? module, out NtHandle handle);
        LoadNativeModuleReply reply = default;
        if (module is not null)
        {
            reply.NativeModuleHandle = handle;
            reply.CountOfMaps = (ulong)module.Metadata.File.Maps.Count;
            reply.CountOfPrograms = (ulong)module.Metadata.File.Programs.Count;
            call.WriteBody(reply);
        }

        KernelEventSource.Log.NativeModuleLoad(
            call.Current.RequestId,
            call.Current.ProcessorNumber,
            id.ToString(),
            service,
            (long)reply.CountOfMaps,
            (long)reply.CountOfPrograms,
            ResultConversions.NameOf(result));
        return result;
    }
}
