using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.NetEbpfExt.Bind;

/// <summary>The BIND program type: its context, and contexts for test runs. It has no helpers of its own.</summary>
internal static unsafe class BindProgramType
{
    private static readonly ContextDescriptor s_context = new() { Size = BindMd.ByteCount, Data = 0, End = 8, Meta = -1 };

    /// <summary>The data of the program type's provider.</summary>
    public static ProgramData Data { get; } = new(
        new ProgramInfo(new ProgramTypeDescriptor("bind", s_context, ProgramTypeTable.Bind, BpfProgType.Bind)))
    {
        ContextCreate = Create,
        ContextDestroy = Destroy,
        RequiredIrql = Irql.Passive,
    };

    /// <summary>A context is required; the data are the application's path.</summary>
    private static EbpfResult Create(KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created)
    {
        created = null;
        if (context.Length < BindMd.ByteCount)
        {
            return EbpfResult.InvalidArgument;
        }

        byte* block = current.Machine.Pool.Allocate((nuint)(sizeof(BindFrame) + data.Length), NetPoolTags.Extension);
        if (block == null)
        {
            return EbpfResult.NoMemory;
        }

        var frame = (BindFrame*)block;
        frame->Context = MemoryMarshal.Read<BindMd>(context);
        byte* path = block + sizeof(BindFrame);
        data.CopyTo(new Span<byte>(path, data.Length));
        EbpfResult result = ApplicationId.Set(&frame->Context, path, data.Length);
        if (result != EbpfResult.Success)
        {
            current.Machine.Pool.Free(block, NetPoolTags.Extension);
            return result;
        }

        created = (byte*)&frame->Context;
        return EbpfResult.Success;
    }

    private static void Destroy(
        KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength)
    {
        ref BindMd md = ref *(BindMd*)context;
        int path = (int)(md.AppIdEnd - md.AppIdStart);
        dataLength = data.Length < path ? 0 : path;
        new ReadOnlySpan<byte>(md.AppIdStart, dataLength).CopyTo(data);

        // Pointers mean nothing outside of the kernel.
        BindMd left = md;
        left.AppIdStart = left.AppIdEnd = null;
        contextLength = MemoryMarshal.TryWrite(contextOut, left) ? BindMd.ByteCount : 0;
        current.Machine.Pool.Free((byte*)BindFrame.Of(context), NetPoolTags.Extension);
    }
}
