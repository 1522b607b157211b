using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>How one request ended.</summary>
/// <param name="Status">What the system call returned.</param>
/// <param name="Information">The byte count in the status block.</param>
/// <param name="Bytes">The caller's output buffer afterwards.</param>
/// <param name="Refusal">The check that refused, if one did.</param>
internal sealed record Answer(NtStatus Status, ulong Information, byte[] Bytes, CheckRefusal? Refusal)
{
    /// <summary>The id of the check that refused, or null.</summary>
    public string? CheckId => Refusal is { } refusal ? CheckTable.Find(refusal.Check)!.Id : null;

    public OperationHeader Header => As<OperationHeader>();

    public T As<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Bytes);

    /// <summary>The reply from a place to the end that its header names.</summary>
    public byte[] Tail(int offset) => Bytes[offset..Header.Length];

    /// <summary>Fails unless the request ended with a result's status.</summary>
    public Answer Expect(EbpfResult result)
    {
        Assert.Equal(ResultConversions.ToNtStatus(result), Status);
        return this;
    }

    /// <summary>Fails unless a new map was refused for its memory, and the refusal says that pool has less left.</summary>
    public void ExpectMemoryRefused(long given)
    {
        Expect(EbpfResult.NoMemory);
        Assert.Equal((CheckTable.MapCreateMemory.Id, given), (CheckId, Refusal!.Value.Given));
        Assert.InRange(Refusal.Value.Expected, 0, given - 1);
    }

    /// <summary>Fails unless a check refused the request with these numbers.</summary>
    public void ExpectRefusal(Check check, long given, long expected)
    {
        Assert.Equal(ResultConversions.ToNtStatus(check.Result), Status);
        Assert.Equal(check.Id, CheckId);
        Assert.Equal((given, expected), (Refusal!.Value.Given, Refusal.Value.Expected));
    }
}
