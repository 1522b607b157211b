using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>A process that uses the driver.</summary>
internal sealed class SceneProgram(PsProcess process)
{
    /// <summary>What the kernel knows it as.</summary>
    public PsProcess Process => process;

    /// <summary>Its system calls.</summary>
    public ISystemGate Gate => process.Gate;

    /// <summary>Opens the device, overlapped: a request may return pending.</summary>
    public NtStatus Open(string name, out NtHandle handle) =>
        Gate.NtCreateFile(0, SceneRequest.Place(Gate, Encoding.Unicode.GetBytes(name)), CreateFileOptions.None, out handle);
}

/// <summary>A control request of a program: its event, its status block and its room for the reply, which stay until the program ends.</summary>
internal sealed class SceneRequest
{
    /// <summary>What the room for a reply is filled with before.</summary>
    private const byte Untouched = 0xCC;

    private const string Site = "lab";

    private readonly ISystemGate _gate;
    private readonly NtHandle _done;
    private readonly ulong _statusBlock;
    private readonly UserRange _room;
    private NtStatus _returned;

    /// <summary>Prepares a request.</summary>
    /// <param name="gate">The gate of its process.</param>
    /// <param name="room">Bytes of room for the reply.</param>
    public SceneRequest(ISystemGate gate, int room)
    {
        _gate = gate;
        gate.NtCreateEvent(0, manualReset: true, initialState: false, out _done);
        _statusBlock = gate.Memory.Allocate((uint)Marshal.SizeOf<IoStatusBlock>());
        byte[] bytes = new byte[room];
        Array.Fill(bytes, Untouched);
        _room = Place(gate, bytes);
    }

    /// <summary>Copies bytes into a process.</summary>
    public static UserRange Place(ISystemGate gate, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return UserRange.Null;
        }

        UserRange range = new(gate.Memory.Allocate((uint)bytes.Length), (uint)bytes.Length);
        bytes.CopyTo(gate.Memory.Access(range.Address, range.Length, MemoryAccess.Write, Site));
        return range;
    }

    /// <summary>Sends it.</summary>
    /// <returns>What the system call returned, with the reply unless the request is pending.</returns>
    public SceneOutcome Send(NtHandle file, IoControlCode code, byte[] input)
    {
        _returned = _gate.NtDeviceIoControlFile(0, file, _done, _statusBlock, code, Place(_gate, input), _room);
        return _returned == NtStatus.Pending ? new SceneOutcome(_returned.Name) : Ended(_returned);
    }

    /// <summary>How it has ended, or that it waits.</summary>
    public SceneOutcome Look()
    {
        if (_returned != NtStatus.Pending)
        {
            return Ended(_returned);
        }

        return _gate.NtWaitForSingleObject(0, _done, TimeSpan.Zero) == NtStatus.Success
            ? Ended(new NtStatus(ReadBlock().Status))
            : new SceneOutcome(SceneOutcome.Waits);
    }

    private SceneOutcome Ended(NtStatus status)
    {
        ReadOnlySpan<byte> room = _room.Length == 0 ? [] : _gate.Memory.Access(_room.Address, _room.Length, MemoryAccess.Read, Site);
        ulong information = status.IsError ? 0 : ReadBlock().Information;
        int reply = (int)Math.Min(information, _room.Length);
        return new SceneOutcome(status.Name)
        {
            HasReply = !status.IsError,
            Information = information,
            Reply = room[..reply].ToArray(),
            BytesBehind = room[reply..].Length - room[reply..].Count(Untouched),
        };
    }

    private IoStatusBlock ReadBlock() => MemoryMarshal.Read<IoStatusBlock>(
        _gate.Memory.Access(_statusBlock, (uint)Marshal.SizeOf<IoStatusBlock>(), MemoryAccess.Read, Site));
}
