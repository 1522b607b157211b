using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.NetEbpfExt.Xdp;

/// <summary>The XDP program type: its context, its helper, and contexts for test runs.</summary>
internal static unsafe class XdpProgramType
{
    private static readonly ContextDescriptor s_context = new() { Size = XdpMd.ByteCount, Data = 0, End = 8, Meta = 16 };

    /// <summary>The data of the program type's provider.</summary>
    public static ProgramData Data { get; } = new(
        new ProgramInfo(new ProgramTypeDescriptor("xdp", s_context, ProgramTypeTable.Xdp, BpfProgType.Xdp))
        {
            TypeHelpers =
            [
                new HelperPrototype(
                    HelperPrototype.FirstTypeSpecificId + 1,
                    "bpf_xdp_adjust_head",
                    HelperReturnType.Integer,
                    HelperArgumentType.PtrToCtx,
                    HelperArgumentType.Anything)
                {
                    ReallocatesPacket = true,
                },
            ],
        })
    {
        TypeHelpers = [XdpHelpers.AdjustHead],
        ContextCreate = Create,
        ContextDestroy = Destroy,
        RequiredIrql = Irql.Dispatch,
    };

    /// <summary>A packet is required, a context optional: its interface and its metadata are used.</summary>
    private static EbpfResult Create(KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created)
    {
        created = null;
        if (data.IsEmpty)
        {
            return EbpfResult.InvalidArgument;
        }

        int bufferLength = XdpHelpers.Headroom + data.Length;
        byte* block = current.Machine.Pool.Allocate((nuint)(sizeof(PacketFrame) + bufferLength), NetPoolTags.Extension);
        if (block == null)
        {
            return EbpfResult.NoMemory;
        }

        var frame = (PacketFrame*)block;
        frame->Buffer = block + sizeof(PacketFrame);
        frame->BufferLength = bufferLength;
        frame->Context.Data = frame->Buffer + XdpHelpers.Headroom;
        frame->Context.DataEnd = frame->Context.Data + data.Length;
        data.CopyTo(new Span<byte>(frame->Context.Data, data.Length));
        if (context.Length >= XdpMd.ByteCount)
        {
            XdpMd given = MemoryMarshal.Read<XdpMd>(context);
            frame->Context.DataMeta = given.DataMeta;
            frame->Context.IngressIfindex = given.IngressIfindex;
        }

        created = (byte*)&frame->Context;
        return EbpfResult.Success;
    }

    private static void Destroy(
        KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength)
    {
        ref XdpMd md = ref *(XdpMd*)context;
        dataLength = Math.Min(data.Length, (int)(md.DataEnd - md.Data));
        new ReadOnlySpan<byte>(md.Data, dataLength).CopyTo(data);

        // Pointers mean nothing outside of the kernel.
        XdpMd left = new() { DataMeta = md.DataMeta, IngressIfindex = md.IngressIfindex };
        contextLength = MemoryMarshal.TryWrite(contextOut, left) ? XdpMd.ByteCount : 0;
        current.Machine.Pool.Free((byte*)PacketFrame.Of(context), NetPoolTags.Extension);
    }
}
