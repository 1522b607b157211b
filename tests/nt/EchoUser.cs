using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.Echo;

namespace KernelSim.Nt.Tests;

/// <summary>The user half of the echo sample: a program that opens the device and sends requests through its gate.</summary>
internal sealed class EchoUser(PsProcess process)
{
    public const uint StatusBlockBytes = 16;

    public ISystemGate Gate => process.Gate;

    public IUserMemory Memory => process.Memory;

    /// <summary>Opens the device, or another one by name.</summary>
    public NtStatus Open(out NtHandle file, CreateFileOptions options = CreateFileOptions.SynchronousIo, string name = EchoDevice.Win32Name) =>
        Gate.NtCreateFile(0, Put(Encoding.Unicode.GetBytes(name)), options, out file);

    /// <summary>Puts bytes into a heap block of their size.</summary>
    public UserRange Put(ReadOnlySpan<byte> bytes)
    {
        UserRange range = Room((uint)bytes.Length);
        bytes.CopyTo(Memory.Access(range.Address, range.Length, MemoryAccess.Write, "test"));
        return range;
    }

    /// <summary>A heap block of a size.</summary>
    public UserRange Room(uint bytes) => new(Memory.Allocate(bytes), bytes);

    public byte[] Get(UserRange range) => Memory.Access(range.Address, range.Length, MemoryAccess.Read, "test").ToArray();

    public IoStatusBlock StatusBlock(UserRange block) => MemoryMarshal.Read<IoStatusBlock>(Get(block));

    /// <summary>Sends one request and returns its status, the status block, and the reply's room.</summary>
    public (NtStatus Status, IoStatusBlock Block, byte[] Reply) Send(NtHandle file, IoControlCode code, ReadOnlySpan<byte> request, uint replyBytes)
    {
        UserRange block = Room(StatusBlockBytes);
        UserRange input = request.IsEmpty ? UserRange.Null : Put(request);
        UserRange output = replyBytes == 0 ? UserRange.Null : Room(replyBytes);
        NtStatus status = Gate.NtDeviceIoControlFile(0, file, NtHandle.Invalid, block.Address, code, input, output);
        return process.HasExited ? (status, default, []) : (status, StatusBlock(block), Get(output));
    }
}
