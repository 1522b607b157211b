using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>A program that talks to the driver without a library: it writes the messages itself.</summary>
internal sealed class EbpfUser
{
    public EbpfUser(PsProcess process)
    {
        Process = process;
        OpenStatus = Open(out NtHandle device);
        Device = device;
    }

    public PsProcess Process { get; }

    public ISystemGate Gate => Process.Gate;

    /// <summary>How opening the device ended.</summary>
    public NtStatus OpenStatus { get; }

    /// <summary>A plain handle of the device.</summary>
    public NtHandle Device { get; }

    public NtStatus Open(out NtHandle handle, CreateFileOptions options = CreateFileOptions.SynchronousIo)
    {
        byte[] name = Encoding.Unicode.GetBytes(EbpfDevice.Win32Name);
        ulong address = Gate.Memory.Allocate((uint)name.Length);
        name.CopyTo(Gate.Memory.Access(address, (uint)name.Length, MemoryAccess.Write, "test"));
        NtStatus status = Gate.NtCreateFile(0, new UserRange(address, (uint)name.Length), options, out handle);
        Gate.Memory.Free(address);
        return status;
    }

    /// <summary>Sends raw bytes with room for a reply, and waits.</summary>
    public Answer Send(ReadOnlySpan<byte> request, int replyBytes = 0, IoControlCode? code = null, NtHandle? device = null)
    {
        Assert.True(Gate.BeginCall(out ulong id));
        ulong block = Gate.Memory.Allocate(16);
        ulong input = Gate.Memory.Allocate((uint)request.Length);
        ulong output = Gate.Memory.Allocate((uint)replyBytes);
        request.CopyTo(Gate.Memory.Access(input, (uint)request.Length, MemoryAccess.Write, "test"));
        NtStatus status = Gate.NtDeviceIoControlFile(
            id,
            device ?? Device,
            NtHandle.Invalid,
            block,
            code ?? EbpfDevice.ControlCode,
            request.IsEmpty ? UserRange.Null : new UserRange(input, (uint)request.Length),
            replyBytes == 0 ? UserRange.Null : new UserRange(output, (uint)replyBytes));
        CheckRefusal? refused = Gate.TryGetRefusal(id, out CheckRefusal refusal) ? refusal : null;
        ulong information = MemoryMarshal.Read<IoStatusBlock>(Gate.Memory.Access(block, 16, MemoryAccess.Read, "test")).Information;
        byte[] bytes = Gate.Memory.Access(output, (uint)replyBytes, MemoryAccess.Read, "test").ToArray();
        Gate.Memory.Free(block);
        Gate.Memory.Free(input);
        Gate.Memory.Free(output);
        Gate.EndCall(id);
        return new Answer(status, information, bytes, refused);
    }

    /// <summary>Sends a fixed part and a tail. The header is filled in: the operation, and the whole length.</summary>
    public Answer Send<T>(EbpfOperationId id, T request, ReadOnlySpan<byte> tail = default, int replyBytes = 0)
        where T : unmanaged => Send(Message(id, request, tail), replyBytes);

    public static byte[] Message<T>(EbpfOperationId id, T request, ReadOnlySpan<byte> tail = default)
        where T : unmanaged
    {
        byte[] message = [.. MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in request)), .. tail];
        MemoryMarshal.Write(message, new OperationHeader { Length = (ushort)message.Length, Id = id });
        return message;
    }

    public Answer CreateMap(EbpfMapDefinition definition, ReadOnlySpan<byte> name = default, long innerMap = -1) =>
        Send(
            EbpfOperationId.CreateMap,
            new CreateMapRequest { EbpfMapDefinition = definition, InnerMapHandle = new NtHandle(innerMap) },
            name,
            16);

    /// <summary>Creates a map that must come to be.</summary>
    public TestMap NewMap(
        BpfMapType type, uint keySize = 4, uint valueSize = 8, uint maxEntries = 64, string name = "", NtHandle? template = null)
    {
        Answer answer = CreateMap(
            new EbpfMapDefinition { Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries },
            Encoding.UTF8.GetBytes(name),
            (template ?? NtHandle.Invalid).Value);
        answer.Expect(EbpfResult.Success);
        Assert.True(PerCpuLayout.TryCreate(type, valueSize, Gate.MaximumProcessorCount, out PerCpuLayout layout));
        return new TestMap(this, answer.As<CreateMapReply>().Handle, keySize, layout);
    }

    public Answer Close(NtHandle handle) =>
        Send(EbpfOperationId.CloseHandle, new CloseHandleRequest { Handle = handle });

    public Answer Info(NtHandle handle, int wanted = 96, int room = 96) =>
        Send(EbpfOperationId.GetObjectInfo, new GetObjectInfoRequest { Handle = handle }, new byte[wanted], 12 + room);

    public Answer NextId(EbpfOperationId operation, uint start) =>
        Send(operation, new GetNextIdRequest { StartId = start }, replyBytes: 12);

    public Answer HandleById(EbpfOperationId operation, uint id) =>
        Send(operation, new GetHandleByIdRequest { Id = id }, replyBytes: 16);

    public Answer Pin(NtHandle handle, ReadOnlySpan<byte> path) =>
        Send(EbpfOperationId.UpdatePinning, new UpdatePinningRequest { Handle = handle }, path);

    public Answer Unpin(ReadOnlySpan<byte> path) => Pin(NtHandle.Invalid, path);

    public Answer GetPinned(ReadOnlySpan<byte> path) =>
        Send(EbpfOperationId.GetPinnedObject, default(GetPinnedObjectRequest), path, 16);
}
