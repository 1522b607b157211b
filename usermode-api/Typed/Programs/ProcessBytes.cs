using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>Bytes in the process's heap for the duration of a call; no bytes are the address NULL.</summary>
internal readonly ref struct ProcessBytes : IDisposable
{
    private readonly ISystemGate _gate;
    private readonly ulong _request;

    /// <summary>Copies bytes to the process's heap.</summary>
    public ProcessBytes(ISystemGate gate, ReadOnlySpan<byte> bytes)
        : this(gate, bytes.Length)
    {
        if (Address != 0)
        {
            bytes.CopyTo(gate.Memory.Access(Address, (uint)bytes.Length, MemoryAccess.Write, "session:buffer"));
        }
    }

    /// <summary>Allocates a buffer in the process's heap.</summary>
    public ProcessBytes(ISystemGate gate, int length)
    {
        _gate = gate;
        if (length > 0 && gate.BeginCall(out _request))
        {
            Address = gate.Memory.Allocate((uint)length);
        }
    }

    /// <summary>Address of the bytes.</summary>
    public ulong Address { get; }

    /// <summary>The current bytes; empty if there is no buffer.</summary>
    public byte[] ToArray(int length) =>
        Address == 0 ? [] : _gate.Memory.Access(Address, (uint)length, MemoryAccess.Read, "session:buffer").ToArray();

    /// <summary>Frees the block.</summary>
    public void Dispose()
    {
        if (Address != 0)
        {
            _gate.Memory.Free(Address);
        }

        if (_request != 0)
        {
            _gate.EndCall(_request);
        }
    }
}
