using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.ProgramTypes;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.NetEbpfExt.SockOps;

/// <summary>The SOCK_OPS program type: its context, its helpers, and contexts for test runs.</summary>
internal static unsafe class SockOpsProgramType
{
    private static readonly ContextDescriptor s_context = new() { Size = BpfSockOps.ByteCount, Data = -1, End = -1, Meta = -1 };

    /// <summary>The data of the program type's provider.</summary>
    public static ProgramData Data { get; } = new(
        new ProgramInfo(new ProgramTypeDescriptor("sockops", s_context, ProgramTypeTable.SockOps, BpfProgType.SockOps))
        {
            TypeHelpers =
            [
                new HelperPrototype(
                    HelperPrototype.FirstTypeSpecificId + 1,
                    "bpf_sock_ops_get_flow_id",
                    HelperReturnType.Integer,
                    HelperArgumentType.PtrToCtx),
            ],
            GlobalHelpers = [PidTgidHelper<SockOpsFrame>.Prototype],
        })
    {
        TypeHelpers = [SockOpsHelpers.GetFlowId],
        GlobalHelpers = [PidTgidHelper<SockOpsFrame>.GetCurrentPidTgid],
        ContextCreate = Create,
        ContextDestroy = Destroy,
        RequiredIrql = Irql.Dispatch,
    };

    /// <summary>A context is required, data are refused.</summary>
    private static EbpfResult Create(KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created)
    {
        created = null;
        if (!data.IsEmpty || context.Length < BpfSockOps.ByteCount)
        {
            return EbpfResult.InvalidArgument;
        }

        var frame = (SockOpsFrame*)current.Machine.Pool.Allocate((nuint)sizeof(SockOpsFrame), NetPoolTags.Extension);
        if (frame == null)
        {
            return EbpfResult.NoMemory;
        }

        frame->Context = MemoryMarshal.Read<BpfSockOps>(context);
        created = (byte*)&frame->Context;
        return EbpfResult.Success;
    }

    private static void Destroy(
        KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength)
    {
        dataLength = 0;
        contextLength = MemoryMarshal.TryWrite(contextOut, *(BpfSockOps*)context) ? BpfSockOps.ByteCount : 0;
        current.Machine.Pool.Free((byte*)SockOpsFrame.Of(context), NetPoolTags.Extension);
    }
}
