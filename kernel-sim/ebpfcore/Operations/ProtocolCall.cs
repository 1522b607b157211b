using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// One request as a handler sees it: checked by the driver, the core and the validator, in an epoch, at PASSIVE_LEVEL.
/// </summary>
/// <remarks>
/// METHOD_BUFFERED: <see cref="Request"/> and <see cref="Reply"/> are the same memory. A handler reads what it needs from the request
/// before it writes the first byte of the reply after the header.
/// </remarks>
internal readonly unsafe ref struct ProtocolCall
{
    public ProtocolCall(CoreContext core, KeThread current, Irp irp, string site, int requestLength, int replyLength)
    {
        Caller = new Caller(core, current, irp.Process, site);
        Irp = irp;
        RequestLength = requestLength;
        ReplyLength = replyLength;
    }

    /// <summary>The thread, the process and the site of the request, for code that is not tied to one operation.</summary>
    public readonly Caller Caller;

    /// <summary>The driver that serves the request.</summary>
    public CoreContext Core => Caller.Core;

    /// <summary>The calling thread.</summary>
    public KeThread Current => Caller.Current;

    /// <summary>The request's IRP, for handlers that leave it pending.</summary>
    public Irp Irp { get; }

    /// <summary>The site that checks report in traces: <c>ebpfcore:</c> and the operation's name.</summary>
    public string Site => Caller.Site;

    /// <summary>Length of the request in bytes, from its header: at most the length of the buffer.</summary>
    public int RequestLength { get; }

    /// <summary>Room for the reply in bytes; 0 if the operation has none.</summary>
    public int ReplyLength { get; }

    /// <summary>The tracked request: only for asynchronous operations, and only until it is pending.</summary>
    public AsyncRequest Async => (AsyncRequest)Irp.DriverContext!;

    /// <summary>The requesting process; null for the system.</summary>
    public PsProcess? Process => Caller.Process;

    /// <summary>Address of the request's first byte.</summary>
    public byte* Request => Irp.SystemBuffer;

    /// <summary>Address of the reply's first byte.</summary>
    public byte* Reply => Irp.SystemBuffer;

    /// <summary>Copies the fixed part of the request out of the shared memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>()
        where T : unmanaged => Unsafe.ReadUnaligned<T>(Request);

    /// <summary>Writes the fixed part of the reply, except for its header, which the dispatcher owns.</summary>
    public void WriteBody<T>(T reply)
        where T : unmanaged => Unsafe.CopyBlockUnaligned(
            Reply + OperationHeader.ByteCount, (byte*)&reply + OperationHeader.ByteCount, (uint)(sizeof(T) - OperationHeader.ByteCount));

    /// <summary>Sets the length in the reply's header, for replies with a tail.</summary>
    public void SetReplyLength(int length) => Unsafe.WriteUnaligned(Reply, (ushort)length);

    /// <summary>The result of the check that last refused: what a handler returns once <see cref="Require"/> has returned false.</summary>
    public EbpfResult Refused => Caller.Refused;

    /// <summary>Makes a check with this request's site: <see cref="KeThread.Require"/>.</summary>
    public bool Require(bool passed, Check check, long given, long expected) => Caller.Require(passed, check, given, expected);

    /// <summary>Looks up the object behind one of the caller's handles; the handler owns the reference that it gets.</summary>
    public EbpfResult Reference(NtHandle handle, EbpfObjectType type, out EbpfObject? @object) => Caller.Reference(handle, type, out @object);

    /// <summary>Looks up the map behind one of the caller's handles; the handler owns the reference that it gets.</summary>
    public EbpfResult ReferenceMap(NtHandle handle, out EbpfMap? map)
    {
        EbpfResult result = Reference(handle, EbpfObjectType.Map, out EbpfObject? @object);
        map = (EbpfMap?)@object;
        return result;
    }
}
