using KernelSim.Protocol.Gate;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>Copies between a process's heap and the tool's own variables, while the process's memory is held.</summary>
/// <param name="gate">The process's gate.</param>
internal sealed class ProcessMemory(ISystemGate gate)
{
    private const string Site = "program";

    /// <summary>malloc.</summary>
    public ulong Allocate(uint length) => gate.Memory.Allocate(length);

    /// <summary>free; nothing once the process has ended.</summary>
    public void Free(ulong address)
    {
        if (!gate.HasExited)
        {
            gate.Memory.Free(address);
        }
    }

    /// <summary>Copies bytes into the process.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        ulong request = Hold();
        try
        {
            bytes.CopyTo(gate.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, Site));
        }
        finally
        {
            gate.EndCall(request);
        }
    }

    /// <summary>Copies bytes out of the process.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Read(ulong address, Span<byte> bytes)
    {
        ulong request = Hold();
        try
        {
            gate.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Read, Site).CopyTo(bytes);
        }
        finally
        {
            gate.EndCall(request);
        }
    }

    private ulong Hold() => gate.BeginCall(out ulong request) ? request : throw new ProcessExitedException(gate.ProcessId, violation: null);
}
