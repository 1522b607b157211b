using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 1: associates maps with a program, once, and gives the compiler the values that stand for them in registers.</summary>
internal sealed unsafe class ResolveMapHandler() : ProgramHandler(EbpfOperationId.ResolveMap)
{
    /// <inheritdoc/>
    protected override EbpfResult Prepare(in ProtocolCall call)
    {
        const int Fixed = ResolveMapRequest.TailOffset;
        if (!call.Require(call.RequestLength >= Fixed, CheckTable.ResolveMapRequest, call.RequestLength, Fixed))
        {
            return call.Refused;
        }

        int count = (call.RequestLength - Fixed) / sizeof(long);
        int length = ResolveMapReply.TailOffset + (count * sizeof(ulong));
        if (!call.Require(call.ReplyLength >= length, CheckTable.ResolveMapRoom, call.ReplyLength, length)
            || !call.Require(count != 0, CheckTable.ResolveMapCount, count, 1))
        {
            return call.Refused;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        int count = (call.RequestLength - ResolveMapRequest.TailOffset) / sizeof(long);
        ReadOnlySpan<byte> tail = new(call.Request + ResolveMapRequest.TailOffset, count * sizeof(long));
        NtHandle[] handles = MemoryMarshal.Cast<byte, NtHandle>(tail).ToArray();
        List<EbpfMap> maps = new(count);
        EbpfResult result = EbpfResult.Success;
        foreach (NtHandle handle in handles)
        {
            result = call.ReferenceMap(handle, out EbpfMap? map);
            if (map is null)
            {
                break;
            }

            maps.Add(map);
        }

        if (result == EbpfResult.Success)
        {
            result = program.AssociateMaps(call.Caller, [.. maps]);
        }

        if (result == EbpfResult.Success)
        {
            for (int i = 0; i < count; i++)
            {
                ((ulong*)(call.Reply + ResolveMapReply.TailOffset))[i] = maps[i].Pointer.Value;
            }

            call.SetReplyLength(ResolveMapReply.TailOffset + (count * sizeof(ulong)));
        }

        foreach (EbpfMap map in maps)
        {
            map.Release(call.Current);
        }

        return result;
    }
}
