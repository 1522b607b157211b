using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>An asynchronous query of a ring, sent through a file object of its own that does not wait.</summary>
internal sealed class PendingQuery
{
    private readonly EbpfUser _user;
    private readonly NtHandle _file;
    private readonly ulong _block;
    private readonly ulong _output;

    public PendingQuery(EbpfUser user, NtHandle map, ulong consumer = 0, uint index = 0)
    {
        _user = user;
        Assert.Equal(NtStatus.Success, user.Open(out _file, CreateFileOptions.None));
        Assert.Equal(NtStatus.Success, user.Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle done));
        Done = done;
        byte[] message = EbpfUser.Message(
            EbpfOperationId.MapAsyncQuery, new MapAsyncQueryRequest { MapHandle = map, Index = index, ConsumerOffset = consumer });
        _block = user.Gate.Memory.Allocate(16);
        _output = user.Gate.Memory.Allocate(32);
        ulong input = user.Gate.Memory.Allocate((uint)message.Length);
        message.CopyTo(user.Gate.Memory.Access(input, (uint)message.Length, MemoryAccess.Write, "test"));
        Assert.True(user.Gate.BeginCall(out ulong id));
        Sent = user.Gate.NtDeviceIoControlFile(
            id, _file, Done, _block, EbpfDevice.ControlCode, new UserRange(input, (uint)message.Length), new UserRange(_output, 32));
        Refusal = user.Gate.TryGetRefusal(id, out CheckRefusal refusal) ? refusal : null;
        user.Gate.EndCall(id);
    }

    /// <summary>What sending it returned.</summary>
    public NtStatus Sent { get; }

    public CheckRefusal? Refusal { get; }

    /// <summary>Set when it is over.</summary>
    public NtHandle Done { get; }

    public bool IsOver => _user.Gate.NtWaitForSingleObject(0, Done, TimeSpan.Zero) == NtStatus.Success;

    public IoStatusBlock Block => MemoryMarshal.Read<IoStatusBlock>(_user.Gate.Memory.Access(_block, 16, MemoryAccess.Read, "test"));

    public NtStatus Status => new(Block.Status);

    public MapAsyncQueryReply Reply => MemoryMarshal.Read<MapAsyncQueryReply>(_user.Gate.Memory.Access(_output, 32, MemoryAccess.Read, "test"));

    public void Cancel() => Assert.Equal(NtStatus.Success, _user.Gate.NtCancelIoFile(0, _file));

    public void Wait() => Assert.Equal(NtStatus.Success, _user.Gate.NtWaitForSingleObject(0, Done, LimitedWaits.Limit));

    public void Expect(NtStatus status, ulong information)
    {
        Assert.True(IsOver);
        Assert.Equal((status, information), (Status, Block.Information));
    }
}
